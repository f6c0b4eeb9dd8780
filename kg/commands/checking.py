"""`kg validate` and `kg stats`: what is wrong with the graph, and what it holds."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

import click

from kg.commands.opening import language_option
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.model import Language, Severity, Violation
    from kg.store.base import Store
    from kg.validation.placing import Place

SHOWN = 200
FAILED = 3
_RDF = ("turtle", "ntriples", "jsonld", "rdfxml")
_WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "heads": ("severity", "check", "document", "sentence", "offset", "what", "words"),
        "more": "… and {} more; --json lists all",
        "none": "no violation", "some": "violations",
        "error": "error", "warning": "warning", "info": "info",
    },
    "zh": {
        "heads": ("严重程度", "检查", "文献", "句子", "偏移", "问题", "文字"),
        "more": "…… 另有 {} 处；--json 列出全部",
        "none": "没有违规", "some": "违规",
        "error": "错误", "warning": "警告", "info": "提示",
    },
}  # fmt: skip


@click.command()
@click.option("--shacl", is_flag=True, help="Let the SHACL library try every node, which is slow.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", *_RDF]), default="table",
    help="A table, JSON Lines, or a SHACL report as RDF.", show_default=True,
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each violation.")
@language_option
@settings_options
def validate(
    shacl: bool, form: str, as_json: bool, language: str | None, settings: Settings
) -> int:
    """Check shapes, rules and quotes of the graph, and tell where each fault stands.

    Exit status 0 where nothing is wrong, 3 where there are errors or warnings. Notes of severity
    "info" are counted and do not make the check fail; --json and RDF list them.
    """
    from kg.store.opening import open_store
    from kg.validation.validating import validate

    counts: Counter[Severity] = Counter()
    with open_store(settings, read_only=True) as store:
        found = _counting(validate(store, screened=not shacl), counts)
        if as_json or form == "json":
            for violation, place in _placed(store, found):
                click.echo(json.dumps(asdict(violation) | asdict(place), ensure_ascii=False))
        elif form == "table":
            _print_table(store, found, counts, cast("Language", language or "en"))
        else:
            from kg.store.formats import serialize
            from kg.validation.reporting import report

            serialize(report(_placed(store, found)), sys.stdout.buffer, form)
    return FAILED if counts["error"] + counts["warning"] else 0


def _counting(found: Iterator[Violation], counts: Counter[Severity]) -> Iterator[Violation]:
    for violation in found:
        counts[violation.severity] += 1
        yield violation


def _placed(store: Store, found: Iterator[Violation]) -> Iterator[tuple[Violation, Place]]:
    from kg.validation.placing import place_of

    for violation in found:
        yield violation, place_of(store, violation)


def _print_table(
    store: Store, found: Iterator[Violation], counts: Counter[Severity], language: Language
) -> None:
    """Print the first faults, each where it stands, and how many there are."""
    from kg.commands.printing import print_table

    words = _WORDS[language]
    serious = (violation for violation in found if violation.severity != "info")
    rows = [
        (words[violation.severity], violation.check, place.document or violation.entity,
         place.sentence, "" if place.start is None else str(place.start),
         _told(violation, language), place.quote[:80])
        for _, (violation, place) in zip(range(SHOWN), _placed(store, serious), strict=False)
    ]  # fmt: skip
    for _ in serious:  # those that are not shown are counted too
        pass
    failed = counts["error"] + counts["warning"]
    if rows:
        print_table(words["heads"], rows)
    if failed > len(rows):
        click.echo(words["more"].format(failed - len(rows)))
    levels = ", ".join(f"{counts[name]} {words[name]}" for name in ("error", "warning", "info"))
    click.echo(f"{words['some'] if failed else words['none']} ({levels})")


def _told(violation: Violation, language: Language) -> str:
    """What is wrong, of which property, with which value."""
    name = violation.property.rpartition("#")[2].rpartition("/")[2]
    value = f" ({violation.value[:80]})" if violation.value else ""
    return f"{name}: {violation.message_in(language)}{value}".removeprefix(": ")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@settings_options
def stats(as_json: bool, settings: Settings) -> None:
    """Show what the graph holds: documents, concepts, statements, agreement of the languages."""
    from kg.statistics import find_statistics
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        found = asdict(find_statistics(store))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_column(justify="right")
    for title, value in found.items():
        rows = value if isinstance(value, dict) else {"": value}
        for number, (name, count) in enumerate(rows.items()):
            table.add_row("" if number else title.replace("_", " "), name, f"{count:,}")
    Console().print(table)
