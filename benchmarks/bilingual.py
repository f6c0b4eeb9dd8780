"""The whole line against the bilingual gold standard: read, align, score.

Only figures are written. What is missed is never shown here: the validation part is for scoring
alone, and what is tuned to the development part shows as the difference between the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.table import score_row, shared, write_table
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import score

PARTS = ("dev", "validation")


def rows() -> Iterator[dict[str, object]]:
    """One row for each part and measure."""
    for part in PARTS:
        golds = load_gold(shared("evaluation", f"bilingual_{part}.json"))
        for measure, value in score(golds, extract_gold(golds)).items():
            yield score_row(part, measure, value)


def main() -> None:
    """Measure and write ``results/bilingual.tsv``."""
    about = (
        "Bilingual gold standard, 22 development and 18 validation documents, read from the text"
    )
    write_table("bilingual", rows(), about=about)
