"""Relations that a learned model adds to what the rules read, in each language.

The rules dispose: what they read stands as it is, and the model is asked about other pairs only.
First with a witness: what one language states is looked for between the counterparts in the aligned
sentence of the other, where less certainty is enough; predicate and order are the witness's, and a
sentence that denies what the witness affirms, or only asks it, does not state it. Such a reading is
a rendition of the same claim (``<lang>.projected.model:…``). Then alone, where the model is nearly
sure; what it adds so is in turn a witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.models.relation_reading import UNDIRECTED, Judged, Models, judge
from extractors.relations.grammar import Grammar
from extractors.relations.reading import Place, places
from kg.assembly.rates import PROJECTED
from kg.model import Extraction, Language, RelationMention


def add_learnt(
    extraction: Extraction, rules: Mapping[Language, Grammar], models: Models
) -> Extraction:
    """The extraction of an aligned document with what the models of its languages add."""
    if not models:
        return extraction
    joiner = _Joiner(extraction, rules, models)
    for relation in extraction.relations:
        joiner.witness(relation)
    for relation in list(joiner.alone()):
        joiner.witness(relation)
    relations = tuple(
        replace(r, aligned=(joiner.partner[r.id],)) if r.id in joiner.partner else r
        for r in (*extraction.relations, *joiner.added)
    )
    return replace(extraction, relations=relations)


class _Joiner:
    """The pairs of a document that no rule joined, and what is made of them."""

    def __init__(
        self, extraction: Extraction, rules: Mapping[Language, Grammar], models: Models
    ) -> None:
        self.models = models
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.sentences = {sentence.id: sentence for sentence in extraction.sentences}
        self.related = {frozenset((r.subject, r.object)) for r in extraction.relations}
        found = places(extraction.document, extraction.sentences, extraction.mentions, rules)
        self.places = {
            place.sentence.id: place for place in found if place.grammar.language in models
        }
        self.judged: dict[str, dict[frozenset[str], Judged]] = {}
        self.added: list[RelationMention] = []
        self.partner: dict[str, str] = {}

    def witness(self, relation: RelationMention) -> None:
        """Look for a relation of one language in the aligned sentences of the other."""
        if relation.aligned or relation.derived or relation.id in self.partner:
            return
        found = [
            (judged.chance, twin)
            for identifier in self.sentences[relation.sentence].aligned
            if (place := self.places.get(identifier)) is not None
            for judged in self._counterparts(relation, place)
            if (twin := self._twin(relation, judged, place)) is not None
        ]
        if found:
            twin = self._add(max(found, key=lambda item: item[0])[1])
            self.partner[relation.id] = twin.id

    def alone(self) -> Iterator[RelationMention]:
        """Add the pairs of which a model is nearly sure, one for each two names of a sentence."""
        for place in self.places.values():
            model = self.models[place.grammar.language]
            least = model.thresholds.alone
            best: dict[frozenset[str], Judged] = {}
            for pair, judged in self._judged(place).items():
                ends = (judged.pair.left, judged.pair.right)
                names = frozenset(mention.concept or mention.text.lower() for mention in ends)
                better = names not in best or judged.chance > best[names].chance
                if judged.chance >= least and pair not in self.related and better:
                    best[names] = judged
            for judged in best.values():
                relation = judged.relation(place, "", model.rule)
                if relation is not None:
                    yield self._add(relation)

    def _add(self, relation: RelationMention) -> RelationMention:
        relation = replace(relation, id=f"l{len(self.added) + 1}")
        self.added.append(relation)
        self.related.add(frozenset((relation.subject, relation.object)))
        return relation

    def _judged(self, place: Place) -> dict[frozenset[str], Judged]:
        known = self.judged.get(place.sentence.id)
        if known is None:
            judged = judge(place, place.read(), self.models[place.grammar.language])
            known = {frozenset((j.pair.left.id, j.pair.right.id)): j for j in judged}
            self.judged[place.sentence.id] = known
        return known

    def _counterparts(self, relation: RelationMention, place: Place) -> list[Judged]:
        known = self._judged(place)
        least = self.models[place.grammar.language].thresholds.helped
        pairs = (
            frozenset((subject, target))
            for subject in self.mentions[relation.subject].aligned
            for target in self.mentions[relation.object].aligned
        )
        return [
            known[pair]
            for pair in pairs
            if pair in known and pair not in self.related and known[pair].chance >= least
        ]

    def _twin(
        self, relation: RelationMention, judged: Judged, place: Place
    ) -> RelationMention | None:
        language = place.grammar.language
        read = judged.relation(place, "", f"{language}.{PROJECTED}.{self.models[language].rule}")
        if read is None or (read.polarity != relation.polarity and read.trigger is not None):
            return None
        subject, target = judged.pair.left.id, judged.pair.right.id
        if subject not in self.mentions[relation.subject].aligned:
            subject, target = target, subject
        sign = relation.sign if relation.predicate in UNDIRECTED else None
        hedged = "hypothesis" in (relation.certainty, read.certainty)
        return replace(
            read, subject=subject, predicate=relation.predicate, object=target, sign=sign,
            polarity=relation.polarity, aspect=relation.aspect, aligned=(relation.id,),
            certainty="hypothesis" if hedged else "asserted",
        )  # fmt: skip
