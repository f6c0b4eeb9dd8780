"""`kg evaluate`: how well documents with known answers are read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.commands.mechanisms import mechanisms
from extractors.commands.reading import reading_options
from extractors.commands.running import pipeline_of
from extractors.options import STANDARD, ReadingOptions
from kg.errors import KgError
from kg.settings import Settings, data_options

if TYPE_CHECKING:
    from extractors.evaluation.gold import Gold
    from extractors.evaluation.scores import Scores
    from kg.model import Extraction

COLUMNS = ("measure", "precision", "recall", "f1", "predicted", "gold")


@click.group()
def evaluate() -> None:
    """Measure how well documents with known answers are read, and paths against curated ones."""


evaluate.add_command(mechanisms)


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--extractions", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Output of kg extract to score, in place of reading the documents now.",
)  # fmt: skip
@click.option(
    "--given-mentions", is_flag=True,
    help="Give the annotated mentions and read only relations and alignment.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
              help="Processes that read documents side by side.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "tsv", "json"]), default="table",
              show_default=True, help="Form of the scores.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@reading_options
@data_options
def bilingual(
    gold: Path, extractions: Path | None, form: str, jobs: int, settings: Settings,
    reading: ReadingOptions, *, given_mentions: bool, as_json: bool,
) -> None:  # fmt: skip
    """Score mentions, relations, alignment and sentences against a bilingual gold standard.

    GOLD is a JSON array of annotated documents.
    """
    from extractors.evaluation.gold import load_gold
    from extractors.evaluation.scores import score
    from kg.io import read_extractions

    golds = load_gold(gold)
    if extractions is not None:
        read = tuple(read_extractions(extractions))
    else:
        read = extract_gold(
            golds, jobs=jobs, given_mentions=given_mentions, data=settings.data, reading=reading
        )
    click.echo(format_scores(score(golds, read), "json" if as_json else form))


def extract_gold(
    golds: tuple[Gold, ...], *, jobs: int = 1, given_mentions: bool = False,
    data: Path | None = None, reading: ReadingOptions = STANDARD,
) -> tuple[Extraction, ...]:  # fmt: skip
    """The extractions of annotated documents, read with the lexicon of a data directory.

    Where none is given it is the starter terminology's.

    Raises
    ------
    KgError
        where one of them cannot be extracted.
    """
    from extractors.batch import extract_all
    from kg.model import Extraction

    items = [gold.with_mentions() if given_mentions else gold.document() for gold in golds]
    read = []
    for result in extract_all(items, jobs=jobs, make=pipeline_of(data, reading)):
        if not isinstance(result, Extraction):
            raise KgError(f"cannot be evaluated ({result})", remedy="see the failure")
        read.append(result)
    return tuple(read)


def format_scores(scores: Scores, form: str) -> str:
    """The scores as a table for people, as TSV, or as JSON.

    >>> from extractors.evaluation.scores import Score
    >>> format_scores({"sentences": Score(1, 2, 1, 2)}, "json")
    '{"sentences": {"precision": 0.5, "recall": 0.5, "f1": 0.5, "predicted": 2, "gold": 2}}'
    """
    rows = [
        (name, *(round(v, 3) for v in (s.precision, s.recall, s.f1)), s.predicted, s.gold)
        for name, s in scores.items()
    ]
    if form == "json":
        return json.dumps({row[0]: dict(zip(COLUMNS[1:], row[1:], strict=True)) for row in rows})
    if form == "tsv":
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *rows])
        return out.getvalue().rstrip("\n")
    lines = [f"{'measure':24}{'P':>7}{'R':>7}{'F1':>7}{'predicted':>11}{'gold':>7}"]
    lines += [f"{n:24}{p:7.3f}{r:7.3f}{f:7.3f}{k:11}{g:7}" for n, p, r, f, k, g in rows]
    return "\n".join(lines)
