"""`kg export`: the graph for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.export.formats import FORMATS, find_format
from kg.model import MENTION_TYPES, PREDICATES
from kg.settings import Settings, settings_options

STATUSES = ("asserted", "hypothesized", "denied", "retracted")


def _listing() -> str:
    """The formats for the help: name, title, what opens it."""
    wide = max(len(form.name) for form in FORMATS)
    return "\n".join(f"  {form.name:{wide}}  {form.en} ({form.tool})" for form in FORMATS)


@click.command(epilog=f"\b\nFormats:\n{_listing()}")
@click.argument("format")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, packed where it ends in .gz; formats of two files add _nodes, _edges.",
)
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="NAME",
    help="Only this graph, for RDF: statements, terminology, ontology, documents, a document or an "
    "IRI (may be repeated).",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(MENTION_TYPES, case_sensitive=False),
    help="Only statements with an end of this type (may be repeated).",
)
@click.option(
    "--predicate",
    "predicates",
    multiple=True,
    type=click.Choice(PREDICATES),
    help="Only statements of this predicate (may be repeated).",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(STATUSES),
    help="Only statements of this status (may be repeated).",
)
@click.option(
    "--min-belief",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only statements believed so far.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Only what this document bears on, such as pubmed:22456094 (may be repeated).",
)
@click.option("--since", default="", metavar="DATE", help="Only documents from this date on.")
@click.option("--until", default="", metavar="DATE", help="Only documents up to this date.")
@click.option("--reifiers", is_flag=True, help="Add RDF 1.2 triple terms (rdf:reifies), for RDF.")
@settings_options
def export(
    format: str,
    output: Path | None,
    graphs: tuple[str, ...],
    types: tuple[str, ...],
    predicates: tuple[str, ...],
    statuses: tuple[str, ...],
    min_belief: float,
    documents: tuple[str, ...],
    since: str,
    until: str,
    reifiers: bool,
    settings: Settings,
) -> None:
    """Write the graph, or a part of it, in a FORMAT for other tools.

    To a file, or to standard output. Dates are years, months or days, such as 2012 or 2012-05-31.
    """
    form = find_format(format)
    if (graphs or reifiers) and not form.is_rdf:
        raise click.UsageError(f"--graph and --reifiers are for RDF, which {form.name} is not")
    if output is None and len(form.parts) > 1:
        raise click.UsageError(f"{form.name} has {len(form.parts)} files: name them with -o NAME")
    from typing import Any, cast

    from kg.export.running import export_files, export_stream
    from kg.export.selection import Selection, check_date, check_documents
    from kg.store.opening import open_store

    chosen = Selection(
        types=cast(Any, frozenset(types)),
        predicates=cast(Any, frozenset(predicates)),
        min_belief=min_belief,
        statuses=cast(Any, frozenset(statuses)),
        documents=frozenset(documents),
        since=check_date(since),
        until=check_date(until),
    )
    with open_store(settings, read_only=True) as store:
        check_documents(store, documents)
        if output is None:
            export_stream(store, form, chosen, sys.stdout.buffer, graphs=graphs, reifiers=reifiers)
        else:
            export_files(store, form, chosen, output, graphs=graphs, reifiers=reifiers)
