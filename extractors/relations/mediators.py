"""A relation as it is found, and the mediators that its clause names.

X lowers Y by blocking M: M stands in `via`, and M itself raises Y.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from extractors.relations.elements import Element
from extractors.relations.grammar import Rule
from extractors.relations.matching import Match
from kg.model import Aspect, Cue, Mention, Predicate, Sign

FLIPPED: Mapping[Predicate, Predicate] = {
    "increases": "decreases", "decreases": "increases", "treats": "causes", "causes": "treats",
}  # fmt: skip
# Forms of a trigger that tells by what means: by inhibiting M, through inhibition of M.
MEDIATING = "mediating"


@dataclass(frozen=True, slots=True)
class Found:
    """A relation before it gets its id; offsets are the sentence's own."""

    subject: Mention
    predicate: Predicate
    object: Mention
    rule: Rule
    element: Element
    match: Match
    aspect: Aspect | None
    cues: tuple[Cue, ...]
    sign: Sign | None = None
    polarity: str = "positive"
    derived: str | None = None
    via: tuple[str, ...] = ()


def with_mediators(found: list[Found], elements: list[Element]) -> list[Found]:
    """The relations, each with the mediators that its clause names (by inhibiting M, through M)."""
    mediating = [f for f in found if f.match.frame == "means" or f.element.form == MEDIATING]
    told: list[Found] = []
    for item in found:
        mediates = item.match.frame == "means" or item.element.form == MEDIATING
        if mediates:
            told.append(item)
            continue
        via = tuple(
            dict.fromkeys(
                other.object.id
                for other in mediating
                if other.subject.id == item.subject.id
                and other.object.id not in (item.object.id, item.subject.id)
                and other.match.clause == item.match.clause
                and _neighbours(other.match.at, item.match.at, elements)
            )
        )
        told.append(replace(item, via=via) if via else item)
        if _signed(item):
            told += [
                _mediated(item, other)
                for other in mediating
                if other.object.id in via
                and other.subject.id == item.subject.id
                and _signed(other)
                and _neighbours(other.match.at, item.match.at, elements)
            ]
    named = {(item.subject.id, mediator) for item in told for mediator in item.via}
    return [
        item
        for item in told
        if item.match.frame != "means" or (item.subject.id, item.object.id) not in named
    ]


def _neighbours(one: int, other: int, elements: list[Element]) -> bool:
    """Whether no further finite verb stands between two triggers."""
    low, high = sorted((one, other))
    return not any(e.verbal and e.trigger for e in elements[low + 1 : high])


def _signed(item: Found) -> bool:
    return item.predicate in ("increases", "decreases")


def _mediated(main: Found, means: Found) -> Found:
    """What the mediator does to the object (X lowers Y by blocking M: M raises Y)."""
    predicate = main.predicate
    if means.predicate == "decreases":
        predicate = FLIPPED.get(predicate, predicate)
    return replace(main, subject=means.object, predicate=predicate, via=())
