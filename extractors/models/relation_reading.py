"""What a learned model thinks of the pairs of a sentence that no rule joined.

Which predicate holds it chooses among those that the rules know for the words between and around
the two mentions, and where there is no such word, by what it has learnt. A reading that an aim
governs is none, one that a denial governs is denied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.context.cues import ContextCue
from extractors.models.relation_features import Pair, pairs_of
from extractors.models.relation_weights import RelationModel
from extractors.relations.elements import Element
from extractors.relations.grammar import load_rules
from extractors.relations.reading import Place, Reading
from kg.model import (
    Cue,
    Language,
    MentionType,
    Predicate,
    RelationMention,
    Span,
)

UNDIRECTED = ("associated_with", "binds")
_NEAR = 4  # elements before and behind the two in which a word may tell what holds
Models = Mapping[Language, RelationModel]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of which no rule read anything: its chance, and its likeliest label.

    `told_by` is the word that tells the label, where one does; `cues` are those that govern it, or
    the second mention.
    """

    pair: Pair
    chance: float
    label: str
    told_by: Element | None
    cues: tuple[ContextCue, ...]

    def relation(self, place: Place, identifier: str, rule: str) -> RelationMention | None:
        """The relation that the pair states; None where it is only asked."""
        kinds = {cue.kind for cue in self.cues}
        if "aim" in kinds:
            return None
        ends = (self.pair.left.id, self.pair.right.id)
        subject, target = ends[::-1] if self.label.endswith("<") else ends
        predicate: Predicate = self.label.rstrip("<>")  # type: ignore[assignment]
        start = place.sentence.start
        trigger = None
        if self.told_by is not None:
            first, last = self.told_by.start + start, self.told_by.end + start
            trigger = Span(first, last, place.text[first:last])
        return RelationMention(
            identifier, place.sentence.id, subject, predicate, target, rule, trigger,
            polarity="negated" if "negation" in kinds else "positive",
            certainty="hypothesis" if "hypothesis" in kinds else "asserted",
            cues=tuple(moved(cue.cue(), start, place.text) for cue in self.cues),
            confidence=round(self.chance, 4),
        )  # fmt: skip


def moved(cue: Cue, offset: int, text: str) -> Cue:
    """A cue of a sentence, in the offsets of its passage."""
    start, end = offset + cue.start, offset + cue.end
    return replace(
        cue, start=start, end=end, text=text[start:end],
        scope_start=None if cue.scope_start is None else offset + cue.scope_start,
        scope_end=None if cue.scope_end is None else offset + cue.scope_end,
    )  # fmt: skip


def judge(place: Place, reading: Reading, model: RelationModel) -> list[Judged]:
    """What a model thinks of the pairs of a sentence that no rule joined."""
    pairs = [pair for pair in pairs_of(place, reading) if pair.read is None]
    if not pairs:
        return []
    chances, labels = model.score([pair.features for pair in pairs])
    judged = []
    for pair, chance, likely in zip(pairs, chances, labels, strict=True):
        known = dict(zip(model.labels, likely.tolist(), strict=True))
        word, label = _told(place, reading, pair, known)
        start, end = (word.start, word.end) if word else _behind(place, pair)
        cues = tuple(cue for cue in reading.cues if cue.governs(start, end))
        judged.append(Judged(pair, float(chance), label, word, cues))
    return judged


def _behind(place: Place, pair: Pair) -> tuple[int, int]:
    """Where the second mention stands in the sentence."""
    offset = place.sentence.start
    return pair.right.start - offset, pair.right.end - offset


def _told(
    place: Place, reading: Reading, pair: Pair, known: Mapping[str, float]
) -> tuple[Element | None, str]:
    """The likeliest label that a word between or beside two mentions can state, and the word."""
    offset = place.sentence.start
    row = sorted((e for e in reading.elements if e.text), key=lambda e: (e.start, -e.end))
    left, right = pair.left.end - offset, pair.right.start - offset
    between = [e for e in row if e.trigger and left <= e.start and e.end <= right]
    before = [e for e in row if e.end <= pair.left.start - offset][-_NEAR:]
    behind = [e for e in row if e.start >= pair.right.end - offset][:_NEAR]
    for words in (between, [e for e in before if e.trigger], [e for e in behind if e.trigger]):
        told = [
            (known[label], word.start, label, word)
            for word in words
            for label in _stated(
                place.grammar.language, word.trigger, pair.left.type, pair.right.type
            )
            if label in known
        ]
        if told:
            _, _, label, word = max(told, key=lambda t: (t[0], -t[1]))
            return word, label
    return None, max(known, key=lambda label: known[label])


@lru_cache(maxsize=4096)
def _stated(
    language: Language, trigger: str, left: MentionType, right: MentionType
) -> frozenset[str]:
    """The labels that the rules of a language know for a class of words between two types."""
    labels = set()
    for rule in load_rules()[language].rules:
        if trigger not in rule.trigger or rule.derived or rule.status != "active":
            continue
        for subject, target, way in ((left, right, ">"), (right, left, "<")):
            if subject in rule.subject and target in rule.object:
                labels.add(rule.predicate + ("" if rule.predicate in UNDIRECTED else way))
    return frozenset(labels)
