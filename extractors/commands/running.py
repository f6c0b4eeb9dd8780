"""What `extract` and `build` share: reading all inputs, counting, and telling what failed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.options import STANDARD, ReadingOptions
from extractors.readers.records import Annotated, Deletion, Failure, Item, Readable
from kg.model import Extraction

if TYPE_CHECKING:
    from extractors.pipeline import Pipeline

MOST_SHOWN = 20  # failures, and documents that come again, that are told one by one


@dataclass
class Tally:
    """Counts of one run; what fails is told on standard error as it comes."""

    documents: int = 0
    mentions: int = 0
    relations: int = 0
    deletions: int = 0
    failures: int = 0
    repeated: int = 0
    seen: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)

    def count(self, extraction: Extraction) -> None:
        """Add an extraction; a document that came before is told."""
        identifier = extraction.document.id
        if identifier in self.seen:
            self.repeated += 1
            if self.repeated <= MOST_SHOWN:
                click.echo(f"kg: {identifier}: read twice; the later one counts", err=True)
        self.seen.add(identifier)
        self.documents += 1
        self.mentions += len(extraction.mentions)
        self.relations += len(extraction.relations)

    def met(self, item: Item) -> Item:
        """The item, after what it leaves out is counted."""
        if isinstance(item, Annotated):
            self.left_out.update(dict(item.left_out))
        return item

    def fail(self, failure: Failure) -> None:
        """Add a failure, and print the first ones."""
        self.failures += 1
        if self.failures <= MOST_SHOWN:
            click.echo(f"kg: {failure}", err=True)

    def summary(self) -> str:
        """One line: documents, mentions, relations, failures; one more for what was left out."""
        parts = [
            _counted(self.documents, "document"),
            _counted(self.mentions, "mention"),
            _counted(self.relations, "relation"),
        ]
        if self.repeated:
            parts.append(f"{self.repeated:,} read again")
        if self.deletions:
            parts.append(_counted(self.deletions, "deletion"))
        parts.append(_counted(self.failures, "failure"))
        hidden = self.failures - MOST_SHOWN
        line = ", ".join(parts) + (f" ({hidden:,} not shown)" if hidden > 0 else "")
        told = "; ".join(f"{count:,} {what}" for what, count in sorted(self.left_out.items()))
        return f"{line}\nleft out: {told}" if told else line

    def as_json(self) -> dict[str, object]:
        """The counts by name."""
        names = ("documents", "mentions", "relations", "deletions", "failures", "repeated")
        counts = {name: getattr(self, name) for name in names}
        return counts | ({"left_out": dict(self.left_out)} if self.left_out else {})


def read_inputs(
    inputs: Iterable[str],
    *,
    jobs: int,
    tally: Tally,
    data: Path | None,
    reading: ReadingOptions = STANDARD,
    output: Path | None = None,
    progress: bool = True,
    skip: Callable[[Readable], bool] = lambda item: False,
) -> Iterator[Extraction | Deletion]:
    """The extractions and deletions of all inputs, counted; failures are told and left out.

    They are read as `reading` tells, with the lexicon of the `data` directory. `output` is left
    out where it lies in a directory that is an input. What `skip` tells of is not read.
    """
    from extractors.batch import extract_all
    from extractors.readers.reading import read_documents

    beside = reading.annotations is not None
    items = (
        tally.met(item)
        for path in inputs
        for item in read_documents(path, leave_out=output, annotations=beside)
    )
    wanted = (item for item in items if isinstance(item, Deletion | Failure) or not skip(item))
    results = extract_all(wanted, jobs=jobs, make=pipeline_of(data, reading), tell=_tell)
    for result in _with_progress(results) if progress and sys.stderr.isatty() else results:
        if isinstance(result, Failure):
            tally.fail(result)
            continue
        if isinstance(result, Deletion):
            tally.deletions += 1
        else:
            tally.count(result)
        yield result


def _tell(note: str) -> None:
    click.echo(f"kg: {note}", err=True)


def pipeline_of(data: Path | None, reading: ReadingOptions = STANDARD) -> Callable[[], Pipeline]:
    """What makes a pipeline, here and in other processes, with the lexicon of a data directory."""
    from extractors.mentions.compiling import find_lexicon
    from extractors.pipeline import Pipeline

    trained = data if data is not None and (data / "models").is_dir() else None
    return partial(Pipeline, options=replace(reading, lexicon=find_lexicon(data), trained=trained))


def check_inputs(inputs: tuple[str, ...], output: Path | None) -> None:
    """Refuse an output that is one of the inputs, and standard input read twice."""
    if inputs.count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only")
    if output is not None and any(
        name != "-" and output.exists() and Path(name).exists() and output.samefile(name)
        for name in inputs
    ):
        raise click.UsageError(f"{output} is an input; name another output")


def _with_progress(
    results: Iterable[Extraction | Deletion | Failure],
) -> Iterator[Extraction | Deletion | Failure]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} documents"), TimeElapsedColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False
    ) as progress:
        task = progress.add_task("reading", total=None)
        for result in results:
            progress.advance(task)
            yield result


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
