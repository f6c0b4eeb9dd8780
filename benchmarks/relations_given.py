"""Relations apart from recognition: the gold mentions are given, only what affects what is read.

Rules were written with the seed and the documents *d1-* of the development part in sight; *d2-* and
the validation part were only scored. The difference between them is what was learnt by heart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.table import score_row, shared, write_table
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import Gold, load_gold
from extractors.evaluation.scores import score
from kg.model import Extraction

LEARNED = "model:relations-"
MEASURES = tuple(
    f"relations.{measure}.{language}" for measure in ("pair", "full") for language in ("en", "zh")
)


def parts() -> Iterator[tuple[str, tuple[Gold, ...]]]:
    """The parts of the gold standard by how much of them was read while rules were written."""
    dev = load_gold(shared("evaluation", "bilingual_dev.json"))
    yield "dev", dev
    yield "dev, read", tuple(gold for gold in dev if not gold.id.startswith("d2-"))
    yield "dev, scored only", tuple(gold for gold in dev if gold.id.startswith("d2-"))
    yield "validation", load_gold(shared("evaluation", "bilingual_validation.json"))


def by_rules(extraction: Extraction) -> Extraction:
    """The extraction without what a learned model added to the rules' relations."""
    own = tuple(r for r in extraction.relations if LEARNED not in r.rule)
    return replace(extraction, relations=own)


def rows() -> Iterator[dict[str, object]]:
    """One row for each part and measure, with the learned relations and without them."""
    for part, golds in parts():
        read = extract_gold(golds, given_mentions=True)
        for name, extractions in (
            (part, read), (f"{part}, rules alone", tuple(map(by_rules, read))),
        ):  # fmt: skip
            scores = score(golds, extractions)
            for measure in MEASURES:
                yield score_row(name, measure, scores[measure])


def main() -> None:
    """Measure and write ``results/relations_given.tsv``."""
    write_table("relations_given", rows(), about="Relations read between given gold mentions")
