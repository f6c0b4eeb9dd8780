"""`kg discrepancies`: where the two languages of a document do not say the same."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from kg.commands import printing
from kg.model import DISCREPANCY_KINDS, Language
from kg.settings import Settings, settings_options

_RDF = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")


@click.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(DISCREPANCY_KINDS),
              help="Only this kind (may be repeated).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "tsv", "json", *_RDF]),
              default="table", show_default=True,
              help="Form of the report.")  # fmt: skip
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en",
              show_default=True, help="Language of the messages.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="File to write.")  # fmt: skip
@settings_options
def discrepancies(
    documents: tuple[str, ...], kinds: tuple[str, ...], form: str, language: Language,
    output: Path | None, settings: Settings,
) -> None:  # fmt: skip
    """Report where the English and the Chinese of documents differ.

    Terms, polarity, direction, entities, numbers, units, hedges and missing sentences, each with
    the words and the sentences of both sides; of all documents, or of those named.
    """
    from kg.discrepancies import difference_quads, find_differences, tsv
    from kg.files.replacing import replacing
    from kg.store.formats import serialize
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store, ExitStack() as stack:
        found = find_differences(store, documents=documents, kinds=kinds, language=language)
        if form == "table" and output is None:
            shown = ("document", "kind", "message")
            printing.print_table(shown, ([getattr(row, name) for name in shown] for row in found))
            click.echo(f"{len(found):,} discrepancies", err=True)
            return
        out = stack.enter_context(replacing(output)) if output else sys.stdout.buffer
        if form in _RDF:
            quads = difference_quads(store, found)
            graphs = form in ("nquads", "trig", "jsonld")
            serialize(quads if graphs else (quad.triple for quad in quads), out, form)
        elif form == "json":
            rows = [asdict(row) for row in found]
            out.write(f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n".encode())
        else:
            out.writelines(f"{line}\n".encode() for line in tsv(found))
