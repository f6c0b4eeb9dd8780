"""Result tables: a TSV whose first lines say which command made it and on what."""

from __future__ import annotations

import csv
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.evaluation.scores import Score

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
SHARED = ROOT.parent / "shared"


class MissingData(Exception):  # noqa: N818 - it is a reason to skip, not a failure
    """The corpus that a benchmark needs is not at hand."""


def shared(*parts: str) -> Path:
    """A file of the shared corpora; raises `MissingData` where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        raise MissingData(f"there is no ../shared/{'/'.join(parts)}")
    return path


def score_row(part: str, measure: str, value: Score) -> dict[str, object]:
    """One row of a table of scores."""
    return {
        "part": part, "measure": measure, "precision": f"{value.precision:.3f}",
        "recall": f"{value.recall:.3f}", "f1": f"{value.f1:.3f}",
        "predicted": value.predicted, "gold": value.gold,
    }  # fmt: skip


def write_table(name: str, rows: Iterable[Mapping[str, object]], *, about: str) -> Path:
    """Write ``results/<name>.tsv`` and print it; `about` says in one line what was measured."""
    listed = list(rows)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.tsv"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(
            f"# {about}\n# python -m benchmarks {name} · Python {platform.python_version()}\n"
        )
        writer = csv.DictWriter(out, list(listed[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
    print(path.read_text(encoding="utf-8"))
    return path
