"""How far the rules know the documents they were written beside: parts of the gold compared.

The documents *d1-* of the development part were read while rules were written, *d2-* were only
scored, and the validation part was never opened. F1 of each part has a bootstrap interval over its
documents. Whether two parts differ by more than chance is told by splitting their documents at
random into parts of the same sizes: `random splits` is the range of 95 % of the differences so
made, `share` how many of them are as large as the one observed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add

from benchmarks.relations_given import parts
from benchmarks.table import write_table
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import Gold
from extractors.evaluation.scores import Score, score_document
from kg.model import Extraction

DRAWS = 2000
MEASURES = tuple(
    f"{measure}.{language}"
    for measure in ("mentions.strict", "relations.pair", "relations.full")
    for language in ("en", "zh")
)
PARTS = ("dev, read", "dev, scored only", "dev", "validation")
PAIRS = (("dev, read", "dev, scored only"), ("dev, scored only", "validation"),
         ("dev", "validation"))  # fmt: skip


def f1(scores: Sequence[Score]) -> float:
    """F1 of several documents together."""
    return reduce(add, scores, Score()).f1


def interval(values: Sequence[float]) -> str:
    """The middle 95 % of drawn values.

    >>> interval([n / 1000 for n in range(1001)])
    '0.025 to 0.975'
    """
    ordered = sorted(values)
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in (0.025, 0.975))
    return f"{low:.3f} to {high:.3f}"


def bootstrap(scores: Sequence[Score], draws: random.Random) -> list[float]:
    """F1 of as many documents, drawn again and again with replacement."""
    return [f1(draws.choices(scores, k=len(scores))) for _ in range(DRAWS)]


def random_splits(
    one: Sequence[Score], other: Sequence[Score], draws: random.Random
) -> list[float]:
    """Differences of F1 between random parts of all documents, of the sizes of the two given."""
    pool = [*one, *other]
    found = []
    for _ in range(DRAWS):
        draws.shuffle(pool)
        found.append(f1(pool[: len(one)]) - f1(pool[len(one) :]))
    return found


def by_document(
    golds: Sequence[Gold], read: Sequence[Extraction]
) -> Iterator[tuple[str, dict[str, Score]]]:
    """The scores of each document, by its identifier."""
    extractions = {extraction.document.id: extraction for extraction in read}
    for gold in golds:
        yield gold.id, dict(score_document(gold, extractions[gold.id]))


def rows() -> Iterator[dict[str, object]]:
    """First the parts by themselves, then their differences, for given and for own mentions."""
    members = dict(parts())
    golds = (*members["dev"], *members["validation"])
    for mentions in ("given", "own"):
        read = extract_gold(golds, given_mentions=mentions == "given")
        scores = dict(by_document(golds, read))
        for measure in MEASURES:
            if mentions == "given" and measure.startswith("mentions"):
                continue
            of_part = {part: [scores[gold.id][measure] for gold in members[part]] for part in PARTS}
            yield from _rows(measure, mentions, of_part)


def _rows(
    measure: str, mentions: str, of_part: Mapping[str, Sequence[Score]]
) -> Iterator[dict[str, object]]:
    draws = random.Random(0)  # noqa: S311 - reproducible, not secret
    told = {"measure": measure, "mentions": mentions}
    for part, scores in of_part.items():
        yield told | {
            "part": part, "documents": len(scores), "f1": f"{f1(scores):.3f}",
            "95 %": interval(bootstrap(scores, draws)), "random splits": "", "share": "",
        }  # fmt: skip
    for one, other in PAIRS:
        left, right = of_part[one], of_part[other]
        observed = f1(left) - f1(right)
        drawn = random_splits(left, right, draws)
        both = zip(bootstrap(left, draws), bootstrap(right, draws), strict=True)
        yield told | {
            "part": f"{one} − {other}", "documents": len(left) + len(right),
            "f1": f"{observed:+.3f}", "95 %": interval([a - b for a, b in both]),
            "random splits": interval(drawn),
            "share": f"{sum(abs(d) >= abs(observed) for d in drawn) / DRAWS:.3f}",
        }  # fmt: skip


def main() -> None:
    """Measure and write ``results/overfitting.tsv``."""
    about = "Parts of the bilingual gold standard that were read, only scored and never opened"
    write_table("overfitting", rows(), about=about)
