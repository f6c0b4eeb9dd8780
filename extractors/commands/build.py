"""`kg build`: abstracts in, a graph out; what changes is replaced, what is withdrawn is removed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.commands.running import Tally, check_inputs, read_inputs
from extractors.readers.records import Deletion, Failure, failure_of
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.model import Extraction
    from kg.store.base import Store


@dataclass
class Changes:
    """How many documents were added, replaced, unchanged and removed."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        """One line of counts."""
        return (
            f"{self.added:,} added, {self.replaced:,} replaced, {self.unchanged:,} unchanged, "
            f"{self.removed:,} removed"
        )


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
              help="Processes that read documents side by side.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Give the summary as JSON.")
@settings_options
def build(inputs: tuple[str, ...], jobs: int, settings: Settings, *, as_json: bool) -> int:
    """Read abstracts and put what they state into the graph.

    INPUT is what `kg extract` reads, or its output. A document that is there already is replaced;
    one that PubMed has withdrawn is removed. Bad records are told and left out; the exit status
    is then 1.
    """
    from kg.store.opening import open_store
    from kg.store.snapshots import publish_snapshot

    check_inputs(inputs, None)
    tally = Tally()
    with open_store(settings) as store:
        changes = load_results(store, read_inputs(inputs, jobs=jobs, tally=tally), tally)
        if not settings.store and any((changes.added, changes.replaced, changes.removed)):
            publish_snapshot(store, settings)
    if as_json:
        click.echo(json.dumps(tally.as_json() | vars(changes)))
    else:
        click.echo(tally.summary(), err=True)
        click.echo(f"{changes} in {settings.store or Path(settings.data)}", err=True)
    return 1 if tally.failures else 0


def load_results(
    store: Store, results: Iterable[Extraction | Deletion], tally: Tally
) -> Changes:  # fmt: skip
    """Carry out extractions and deletions in the order in which they come."""
    from kg.errors import NotFoundError
    from kg.loading import load_extractions, remove_documents

    changes = Changes()
    for withdrawn, run in itertools.groupby(results, key=lambda r: isinstance(r, Deletion)):
        if withdrawn:
            names = (item.id for item in run if isinstance(item, Deletion))
            report = remove_documents(store, names)
        else:
            extractions = (item for item in run if not isinstance(item, Deletion))
            report = load_extractions(store, extractions)
        changes.added += len(report.added)
        changes.replaced += len(report.replaced)
        changes.unchanged += len(report.unchanged)
        changes.removed += len(report.removed)
        for name, error in report.failed:
            if not isinstance(error, NotFoundError):  # a withdrawn document that was never here
                tally.fail(Failure(name, error.what, failure_of(error, name).remedy))
    return changes
