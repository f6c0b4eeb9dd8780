"""`kg build`: abstracts in, a graph out; what changes is replaced, what is withdrawn is removed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from extractors.commands.reading import annotation_option, reading_options
from extractors.commands.running import Tally, check_inputs, read_inputs
from extractors.options import ReadingOptions
from extractors.readers.records import Deletion, failure_of
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.loading import LoadReport
    from kg.model import Extraction
    from kg.rdf.terminology import Terminology
    from kg.store.base import Store

SHOWN = ("added", "replaced", "unchanged", "removed")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
              help="Processes that read documents side by side.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Give the summary as JSON.")
@reading_options
@annotation_option
@settings_options
def build(
    inputs: tuple[str, ...], jobs: int, settings: Settings, reading: ReadingOptions, *,
    as_json: bool,
) -> int:  # fmt: skip
    """Read abstracts and put what they state into the graph.

    INPUT is what `kg extract` reads, or its output. A document that is there already is replaced;
    one that PubMed has withdrawn is removed. Bad records are told and left out; the exit status
    is then 1.
    """
    from kg.publishing import publish, writing
    from kg.terminology.serving import open_terminology

    check_inputs(inputs, None)
    tally = Tally()
    with writing(settings) as store:
        results = read_inputs(inputs, jobs=jobs, tally=tally, data=settings.data, reading=reading)
        report = load_results(store, results, tally, open_terminology(settings.data))
        changed = [*report.added, *report.replaced]
        if changed or report.removed or report.concepts:
            publish(
                store, settings, changed=changed, removed=report.removed, concepts=report.concepts
            )
    counts = {name: count for name, count in report.counts().items() if name in SHOWN}
    if as_json:
        click.echo(json.dumps(tally.as_json() | counts))
    else:
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        click.echo(tally.summary(), err=True)
        click.echo(f"{told} in {settings.store or settings.data}", err=True)
    return 1 if tally.failures else 0


def load_results(
    store: Store,
    results: Iterable[Extraction | Deletion],
    tally: Tally,
    terminology: Terminology | None = None,
) -> LoadReport:
    """Carry out extractions and deletions in the order in which they come."""
    from kg.errors import NotFoundError
    from kg.loading import LoadReport, load_extractions, remove_documents

    report = LoadReport()
    for withdrawn, run in itertools.groupby(results, key=lambda r: isinstance(r, Deletion)):
        if withdrawn:
            names = (item.id for item in run if isinstance(item, Deletion))
            report += remove_documents(store, names, terminology=terminology)
        else:
            extractions = (item for item in run if not isinstance(item, Deletion))
            report += load_extractions(store, extractions, terminology=terminology)
    for name, error in report.failed:
        if not isinstance(error, NotFoundError):  # a withdrawn document that was never here
            tally.fail(failure_of(error, name))
    return report
