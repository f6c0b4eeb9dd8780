"""Which of the phrases of a sentence a relation or result in it is qualified by.

A phrase belongs to what its clause states. Where it stands behind one statement and before the
next, it belongs to the first; where several of a kind could belong, the nearest list of them does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.qualifiers.finding import Phrase, SentenceText
from kg.qualifiers import QualifierKind, Reach

# Kinds that an earlier clause of the sentence tells for the later ones too.
_LASTING = ("species", "setting", "disease")
_PLACES = ("species", "cell", "setting")
_LIST_GAP = 12  # signs between two members of a list
_DOSE_BEFORE, _DOSE_BEHIND = 4, 10  # signs between "low dose" and the drug: of, at a


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation or result as far as phrases attach to it, in offsets of the passage.

    `low` and `high` bound its arguments and its trigger, which begins at `at`; `agent` is the
    concept of its subject, which stands at `place`, and `drugs` are the ids of mentions of it;
    `ends` are the concepts and `mentions` the ids of its arguments.
    """

    at: int
    low: int
    high: int
    agent: str
    place: tuple[int, int] | None
    ends: frozenset[str]
    mentions: frozenset[str]
    drugs: frozenset[str]


def attach(
    stated: Stated,
    kind: QualifierKind,
    phrases: Sequence[Phrase],
    others: Sequence[Stated],
    breaks: Sequence[int],
    text: SentenceText,
) -> tuple[tuple[Phrase, ...], Reach]:
    """The phrases of one kind that qualify a statement, and where they stand."""
    fitting = [p for p in phrases if p.kind == kind and _may_qualify(p, stated)]
    if kind == "dose":
        return tuple(p for p in fitting if _is_dose_of(p, stated)), "clause"
    clause = Clause(stated, phrases, others, breaks, text)
    local = [p for p in fitting if clause.holds(p)]
    if local:
        return _nearest_list(local, stated), "clause"
    earlier = [p for p in fitting if p.end <= stated.at]
    if kind in _LASTING and earlier:
        return _nearest_list(earlier, stated), "sentence"
    return (), "clause"


def _may_qualify(phrase: Phrase, stated: Stated) -> bool:
    """Whether a phrase is none of the arguments, nor names one of them again."""
    if phrase.mention is not None and phrase.mention.id in stated.mentions:
        return False
    return phrase.meaning not in stated.ends


def _is_dose_of(phrase: Phrase, stated: Stated) -> bool:
    if phrase.quantity is not None:
        return phrase.quantity.of in stated.drugs
    if stated.place is None:
        return False
    start, end = stated.place
    return 0 <= start - phrase.end <= _DOSE_BEFORE or 0 <= phrase.start - end <= _DOSE_BEHIND


class Clause:
    """The clause of a statement, and the other statements in it."""

    def __init__(
        self,
        stated: Stated,
        phrases: Sequence[Phrase],
        others: Sequence[Stated],
        breaks: Sequence[int],
        text: SentenceText,
    ) -> None:
        self._stated = stated
        self._breaks = breaks
        self._text = text
        self._number = bisect_right(breaks, stated.at)
        self._others = [o for o in others if bisect_right(breaks, o.at) == self._number]
        self._behind = min((o.at for o in self._others if o.at > stated.at), default=None)
        # "lowered A in rats and raised B in cells": the first statement has a place of its own.
        self._has_place = self._behind is not None and any(
            p.kind in _PLACES and stated.at < p.start < self._behind and _may_qualify(p, stated)
            for p in phrases
        )

    def holds(self, phrase: Phrase) -> bool:
        """Whether a phrase belongs to the statement of this clause."""
        stated = self._stated
        if bisect_right(self._breaks, phrase.start) != self._number:
            return False
        if phrase.start < stated.at:
            # Behind another statement, it belongs to that one.
            return not any(o.at < phrase.start for o in self._others)
        if self._behind is None or phrase.start < self._behind:
            return True
        if self._has_place:
            return False
        between = [o for o in self._others if stated.at < o.at < phrase.start]
        if all(o.agent == stated.agent for o in between):
            return True
        start = self._text.sentence.start
        gap = self._text.raw[stated.high - start : phrase.start - start]
        return "," not in gap and "，" not in gap


def _nearest_list(phrases: Iterable[Phrase], stated: Stated) -> tuple[Phrase, ...]:
    """The phrase that stands nearest to a statement, with the rest of its list."""
    ordered = sorted(phrases, key=lambda p: p.start)
    lists: list[list[Phrase]] = []
    for phrase in ordered:
        if lists and phrase.start - lists[-1][-1].end <= _LIST_GAP:
            lists[-1].append(phrase)
        else:
            lists.append([phrase])
    nearest = min(lists, key=lambda found: min(_distance(p, stated) for p in found))
    seen: set[str] = set()
    kept = []
    for phrase in nearest:
        if phrase.meaning not in seen:
            seen.add(phrase.meaning)
            kept.append(phrase)
    return tuple(kept)


def _distance(phrase: Phrase, stated: Stated) -> int:
    if phrase.start >= stated.high:
        return phrase.start - stated.high
    return max(0, stated.low - phrase.end)
