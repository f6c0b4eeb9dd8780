"""`kg lexicon`: what the terminology knows of a text, and how large it is.

The group itself is that of the graph's floor, which imports terminologies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from extractors.commands.manifest import print_manifest
from kg.commands.lexicon import lexicon as lexicon
from kg.commands.printing import print_table
from kg.model import LANGUAGES, Language
from kg.settings import Settings, data_options

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon, TermMatch

_COLUMNS = ("text", "concept", "type", "label_en", "label_zh", "name", "scope")


@lexicon.command()
@click.argument("text")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None,
              help="Language of the text (default: by its script).")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Also names that lie inside longer ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_options
def lookup(
    text: str, lang: Language | None, settings: Settings, *, every: bool, as_json: bool
) -> int:
    """Show the concepts whose names stand in TEXT, a name or a whole sentence.

    Where there is none, TEXT is read as the pinyin of a Chinese name, or as its initials.
    The exit status is 1 where there is none.
    """
    from extractors.mentions.compiling import find_lexicon, load_compiled
    from extractors.mentions.lexicon import TermMatch, longest
    from extractors.mentions.pinyin import by_pinyin
    from extractors.normalize import has_han

    language: Language = lang or ("zh" if has_han(text) else "en")
    known = load_compiled(find_lexicon(settings.data))
    matches = known.matches(text, language)
    rows = [
        row for match in (matches if every else longest(matches)) for row in _rows(match, known)
    ]
    if not rows and (spelt := by_pinyin(text, known)):
        rows = _rows(TermMatch(0, len(text), text, spelt), known)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        print_table(_COLUMNS, [[str(row[column] or "") for column in _COLUMNS] for row in rows])
    else:
        click.echo(f"kg: no name of the terminology stands in {text!r}", err=True)
    return 0 if rows else 1


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


def _rows(match: TermMatch, known: Lexicon) -> list[dict[str, Any]]:
    return [
        {"text": match.text, "start": match.start, "end": match.end, "concept": entry.concept,
         "type": entry.type, "label_en": known.label(entry.concept, "en"),
         "label_zh": known.label(entry.concept, "zh"), "name": entry.name, "scope": entry.scope}
        for entry in match.entries
    ]  # fmt: skip
