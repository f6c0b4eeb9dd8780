"""`kg validate` and `kg stats`: what is wrong with the graph, and what it holds."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.model import Violation

SHOWN = 200


@click.command()
@click.option("--all", "everything", is_flag=True, help="Try the shapes on all documents.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each violation.")
@settings_options
def validate(everything: bool, as_json: bool, settings: Settings) -> int:
    """Check shapes, rules and quotes of the graph; exit status 3 where there are violations.

    Notes of severity "info" are counted and do not make the check fail; --json lists them.
    """
    from kg.store.opening import open_store
    from kg.validation.validating import SAMPLE, validate

    counts: Counter[str] = Counter()
    with open_store(settings, read_only=True) as store:
        for violation in validate(store, sample=None if everything else SAMPLE):
            counts[violation.severity] += 1
            if as_json:
                click.echo(json.dumps(asdict(violation), ensure_ascii=False))
            elif violation.severity != "info" and counts.total() - counts["info"] <= SHOWN:
                click.echo(_line(violation))
    failed = counts["error"] + counts["warning"]
    if not as_json:
        if failed > SHOWN:
            click.echo(f"… and {failed - SHOWN} more; --json lists all")
        words = ", ".join(f"{counts[level]} {level}" for level in ("error", "warning", "info"))
        click.echo(f"{'violations' if failed else 'no violation'} ({words})")
    return 3 if failed else 0


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


def _line(violation: Violation) -> str:
    place = f"{violation.entity} {violation.property}".strip()
    value = f" ({violation.value[:80]})" if violation.value else ""
    return f"{violation.severity}: {violation.check}: {place}: {violation.message}{value}"
