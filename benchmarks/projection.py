"""What it adds that the two languages read each other: with and without what is read by its help.

Alone, a document has neither the mentions nor the relations that one language has from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.table import shared, write_table
from extractors.alignment.sharing import METHOD
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import score
from kg.assembly.belief import is_projected
from kg.model import Extraction

MEASURES = ("mentions.relaxed", "mentions.strict", "relations.pair", "relations.full")


def without(extraction: Extraction) -> Extraction:
    """The extraction with what each language was read to state by itself."""
    mentions = tuple(m for m in extraction.mentions if m.method != METHOD)
    known = {mention.id for mention in mentions}
    own = tuple(
        r for r in extraction.relations
        if not is_projected(r.rule) and {r.subject, r.object} <= known
    )  # fmt: skip
    apart = tuple(replace(mention, aligned=()) for mention in mentions)  # links are not measured
    return replace(extraction, mentions=apart, relations=own)


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
                    "recall alone": f"{alone[name].recall:.3f}",
                    "recall together": f"{together[name].recall:.3f}",
                    "added": together[name].predicted - alone[name].predicted,
                }  # fmt: skip


def main() -> None:
    """Measure and write ``results/projection.tsv``."""
    write_table(
        "projection", rows(), about="F1 and recall, each language alone and by help of the other"
    )
