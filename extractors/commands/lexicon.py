"""`kg lexicon`: what the terminology knows of a text, and how large it is.

The group itself is that of the graph's floor, which imports terminologies.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from kg.commands.lexicon import lexicon as lexicon
from kg.model import LANGUAGES, MENTION_TYPES, Language

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon, TermMatch

_COLUMNS = ("text", "concept", "type", "label_en", "label_zh", "name", "scope")


@lexicon.command()
@click.argument("text")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None,
              help="Language of the text (default: by its script).")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Also names that lie inside longer ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def lookup(text: str, lang: Language | None, *, every: bool, as_json: bool) -> int:
    """Show the concepts whose names stand in TEXT, a name or a whole sentence.

    The exit status is 1 where there is none.
    """
    from extractors.mentions.lexicon import load_lexicon, longest
    from extractors.normalize import has_han

    language: Language = lang or ("zh" if has_han(text) else "en")
    known = load_lexicon()
    matches = known.matches(text, language)
    rows = [
        row for match in (matches if every else longest(matches)) for row in _rows(match, known)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        _print_table(_COLUMNS, [[str(row[column] or "") for column in _COLUMNS] for row in rows])
    else:
        click.echo(f"kg: no name of the terminology stands in {text!r}", err=True)
    return 0 if rows else 1


@lexicon.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(*, as_json: bool) -> None:
    """Count the concepts and names by type and language."""
    from extractors.mentions.lexicon import load_lexicon

    known = load_lexicon()
    concepts: dict[str, set[str]] = {kind: set() for kind in MENTION_TYPES}
    names: Counter[tuple[str, str]] = Counter()
    for entry in known.entries():
        concepts[entry.type].add(entry.concept)
        names[entry.type, entry.language] += 1
    columns = ("type", "concepts", "names_en", "names_zh", "names_both")
    rows: list[dict[str, Any]] = [
        {"type": kind, "concepts": len(concepts[kind]), "names_en": names[kind, "en"],
         "names_zh": names[kind, "zh"], "names_both": names[kind, "mul"]}
        for kind in MENTION_TYPES
    ]  # fmt: skip
    rows.append({"type": "all"} | {c: sum(row[c] for row in rows) for c in columns[1:]})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        _print_table(columns, [[str(row[column]) for column in columns] for row in rows])


def _rows(match: TermMatch, known: Lexicon) -> list[dict[str, Any]]:
    return [
        {"text": match.text, "start": match.start, "end": match.end, "concept": entry.concept,
         "type": entry.type, "label_en": known.label(entry.concept, "en"),
         "label_zh": known.label(entry.concept, "zh"), "name": entry.name, "scope": entry.scope}
        for entry in match.entries
    ]  # fmt: skip


def _print_table(columns: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*(column.replace("_", " ") for column in columns), box=None)
    for row in rows:
        table.add_row(*row)
    Console(soft_wrap=True).print(table)
