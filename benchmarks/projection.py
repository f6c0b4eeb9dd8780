"""What it adds that the two languages read each other: relations with and without projection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.table import shared, write_table
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import score
from kg.assembly.belief import is_projected
from kg.model import Extraction

MEASURES = ("relations.pair", "relations.full")


def without(extraction: Extraction) -> Extraction:
    """The extraction with what each language was read to state by itself."""
    own = tuple(r for r in extraction.relations if not is_projected(r.rule))
    return replace(extraction, relations=own)


def rows() -> Iterator[dict[str, object]]:
    """One row for each part, language and measure."""
    for part in ("dev", "validation"):
        golds = load_gold(shared("evaluation", f"bilingual_{part}.json"))
        read = list(extract_gold(golds))
        alone, together = score(golds, map(without, read)), score(golds, read)
        for measure in MEASURES:
            for language in ("en", "zh"):
                name = f"{measure}.{language}"
                yield {
                    "part": part, "measure": name, "alone": f"{alone[name].f1:.3f}",
                    "together": f"{together[name].f1:.3f}",
                    "added": together[name].predicted - alone[name].predicted,
                }  # fmt: skip


def main() -> None:
    """Measure and write ``results/projection.tsv``."""
    write_table(
        "projection", rows(), about="F1 of relations, each language alone and by help of the other"
    )
