"""Examples without an annotator: what the rules of two languages read of the same text.

Where both languages state a relation it is taken for true in both; where only the rules of one do,
the aligned sentence of the other is taken to state it too, with less trust; where the mentions are
aligned and neither language relates them, they are taken not to be related.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from extractors.mining.bitext import Unit
from extractors.models.relation_features import Pair, pairs_of
from extractors.pipeline import Pipeline
from extractors.relations.grammar import load_rules
from extractors.relations.reading import places
from extractors.training.relation_texts import Example, label_of
from kg.assembly.belief import is_projected
from kg.model import Document, Extraction, Language, Passage, RelationMention

# How much is trusted what both state, what the other language states, what neither does.
AGREED, OTHER, NEITHER = 0.7, 0.5, 0.3


def silver(
    units: Iterable[Unit], pipeline: Pipeline, report: Callable[[str], None] = lambda message: None
) -> Iterator[tuple[Language, Example]]:
    """Examples of both languages from aligned texts, read by a pipeline without learned readers."""
    for number, unit in enumerate(units):
        if number % 500 == 0:
            report(f"read {number} aligned texts")
        document = Document(unit.id, (Passage("en", "en", unit.en), Passage("zh", "zh", unit.zh)))
        yield from examples_of(pipeline.extract(document))


def examples_of(extraction: Extraction) -> Iterator[tuple[Language, Example]]:
    """The examples of one document that was read in both languages."""
    told = _Told(extraction)
    document = extraction.document
    for place in places(document, extraction.sentences, extraction.mentions, load_rules()):
        if not place.sentence.aligned:
            continue
        for pair in pairs_of(place, place.read()):
            known = told.of(pair, place.sentence.aligned)
            if known is not None:
                label, weight = known
                yield place.grammar.language, Example(
                    "silver", document.id, pair.features, label, weight,
                    f"{pair.left.text} | {pair.right.text}",
                )  # fmt: skip


class _Told:
    """What the rules of both languages said of the mentions of a document."""

    def __init__(self, extraction: Extraction) -> None:
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.own: dict[frozenset[str], RelationMention] = {
            frozenset((r.subject, r.object)): r
            for r in extraction.relations
            if not r.derived and not is_projected(r.rule)
        }

    def of(self, pair: Pair, aligned: tuple[str, ...]) -> tuple[str | None, float] | None:
        """The label of a pair and its weight; None where nothing can be told."""
        lefts, rights = (
            [o for o in self.mentions[m.id].aligned if self.mentions[o].sentence in aligned]
            for m in (pair.left, pair.right)
        )
        if not lefts or not rights:
            return None
        own = self.own.get(frozenset((pair.left.id, pair.right.id)))
        others = [
            (relation, relation.subject == left)
            for left in lefts
            for right in rights
            if (relation := self.own.get(frozenset((left, right)))) is not None
        ]
        if own is None and not others:
            return None, NEITHER
        if not others:
            return None
        relation, forward = others[0]
        label = label_of(relation.predicate, ">" if forward else "<")
        if own is None:
            return label, OTHER
        mine = label_of(own.predicate, ">" if own.subject == pair.left.id else "<")
        return (mine, AGREED) if mine == label else None
