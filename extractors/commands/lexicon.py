"""`kg lexicon`: what the terminology knows of a text, and how large it is.

The group itself is that of the graph's floor, which imports terminologies.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.commands.manifest import print_manifest
from kg.commands.lexicon import lexicon as lexicon
from kg.model import LANGUAGES, Language
from kg.settings import Settings, data_options

if TYPE_CHECKING:
    from extractors.lookup.finding import Composed


@lexicon.command()
@click.argument("text")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None,
              help="Language of the answer (default: that of the text).")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Also names that lie inside longer ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_options
def lookup(
    text: str, lang: Language | None, settings: Settings, *, every: bool, as_json: bool
) -> int:
    """Show the concepts that TEXT names, a name or a whole sentence, and why.

    Told are how each name matches, its source and licence, other identifiers, and what stands
    above the concept. Where TEXT is no name, so are concepts that it may mean: what is written
    like it or composed like it; and a Chinese name by its pinyin, or by its initials.
    The exit status is 1 where there is none.
    """
    from extractors.lookup.finding import look_up
    from extractors.lookup.telling import WORDS, lines, rows
    from extractors.mentions.compiling import find_lexicon, load_compiled, read_manifest
    from extractors.mentions.lexicon import is_general
    from extractors.normalize import has_han

    folder = find_lexicon(settings.data)
    known = load_compiled(folder)
    language: Language = "zh" if has_han(text) else "en"
    told = lang or language
    hits = look_up(text, language, known, composed=_composed(folder), every=every)
    manifest = read_manifest(settings.data)
    found = rows(hits, known, {source["name"]: source for source in manifest["sources"]}, told)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif found:
        click.echo("\n".join(lines(found, told)))
    else:
        why = f" ({WORDS[told]['general']})" if is_general(text) else ""
        click.echo(f"kg: {WORDS[told]['none']} {text!r}{why}", err=True)
    return 0 if found else 1


def _composed(folder: Path | None) -> Composed | None:
    """Names by their parts; none where no lexicon was compiled."""
    from extractors.composition.building import load_composition, load_names
    from extractors.lookup.finding import Composed

    return None if folder is None else Composed(load_names(folder), load_composition(folder))


@lexicon.command("build")
@click.option("--without", multiple=True, metavar="SOURCE",
              help="Leave an imported source out (can be given again).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@data_options
def build_(without: tuple[str, ...], settings: Settings, *, as_json: bool) -> None:
    """Build the lexicon from the starter terminology and all imported sources.

    Concepts that several vocabularies have become one. The lexicon takes the place of the former
    one when it is whole; a build that fails leaves that as it was.
    """
    from rich.console import Console

    from extractors.mentions.compiling import build_lexicon
    from kg.terminology.building import imported_rows

    used = imported_rows(settings.data, without=without)
    with Console(stderr=True).status("building the lexicon") as status:
        version = build_lexicon(settings.data, used, told=status.update)
    print_manifest(version.manifest, as_json=as_json)


@lexicon.command()
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@data_options
def stats(settings: Settings, *, as_json: bool) -> None:
    """Count the concepts and names by type and language, and tell where they come from."""
    from extractors.mentions.compiling import read_manifest

    print_manifest(read_manifest(settings.data), as_json=as_json)
