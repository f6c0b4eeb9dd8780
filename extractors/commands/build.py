"""`kg build`: abstracts in, a graph out; what changes is replaced, what is withdrawn is removed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import click

from extractors.commands.reading import annotation_option, reading_options
from extractors.commands.running import Tally, check_inputs, pipeline_of, read_inputs
from extractors.options import ReadingOptions, Reread
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
@click.option("--reread", type=click.Choice(get_args(Reread)), default="changed", show_default=True,
              help="Which documents that are there already are read again: those that changed or "
              "were read with another version, lexicon, rules or models; all; or those that "
              "changed alone (text).")  # fmt: skip
@reading_options
@annotation_option
@settings_options
def build(
    inputs: tuple[str, ...], jobs: int, reread: Reread, settings: Settings,
    reading: ReadingOptions, *, as_json: bool,
) -> int:  # fmt: skip
    """Read abstracts and put what they state into the graph.

    INPUT is what `kg extract` reads, or its output. A document that is there already is replaced;
    one that neither changed nor would be read otherwise is left as it is, without reading it; one
    that PubMed has withdrawn is removed. Bad records are told and left out; the exit status
    is then 1.
    """
    from extractors.commands.known import Known
    from kg.publishing import publish, writing
    from kg.terminology.serving import open_terminology

    check_inputs(inputs, None)
    tally = Tally()
    with writing(settings) as store:
        known = Known(store, pipeline_of(settings.data, reading)().marks, reread)
        results = read_inputs(
            inputs, jobs=jobs, tally=tally, data=settings.data, reading=reading, skip=known.is_known
        )
        report = load_results(store, results, tally, open_terminology(settings.data))
        report.unchanged += known.skipped
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
        if known.outdated:
            click.echo(
                f"kg: {known.outdated:,} documents were read with other versions; read them again "
                "with --reread changed", err=True,
            )  # fmt: skip
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
