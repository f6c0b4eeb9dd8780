"""Co-change: two things whose changes one sentence reports together (A rose while B fell).

Such a pair gives an `associated_with` with a sign, marked as derived: a weaker kind of evidence
that no one stated, with its own error rate downstream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.relations.elements import Element
from extractors.relations.matching import Match
from kg.model import Mention, Sign

DIRECTIONS = ("increase", "decrease")
FRAME = "change"
MOST = 6


def find_co_changes(
    matches: Iterable[Match], elements: list[Element]
) -> Iterator[tuple[Mention, Mention, Sign, Match]]:
    """(one thing, the other, sign, second change) for neighbouring changes with one cause or none.

    The sign is + where both go the same way. At most six pairs of a sentence are given, so that
    long lists of measures do not flood the graph.
    """
    changes = sorted(
        (m for m in matches if m.frame == FRAME and m.trigger_class in DIRECTIONS and not m.pair),
        key=lambda m: m.at,
    )
    count = 0
    for first, second in pairwise(changes):
        if first.subject != second.subject or first.object == second.object:
            continue
        if any(e.has("stop") for e in elements[first.at : second.at]):
            continue
        sign: Sign = "+" if first.trigger_class == second.trigger_class else "-"
        for left in _members(elements, first.object):
            for right in _members(elements, second.object):
                if left.text.lower() != right.text.lower() and count < MOST:
                    count += 1
                    yield left, right, sign, second


def _members(elements: list[Element], at: int) -> list[Mention]:
    group = elements[at].group
    return [] if group is None else group.mentions()
