"""Words that stand for two things named before: *the former*, *the latter*; 前者, 后者, 两者."""

from __future__ import annotations

from dataclasses import replace

from extractors.relations.elements import NO_TAGS, Element, Group
from kg.model import Mention

KINDS = ("former", "latter", "pair")


def resolve_anaphora(elements: list[Element]) -> list[Element]:
    """The row with each such word read as the mentions it stands for.

    The two things are those of the last coordination of two, otherwise the last two groups. A word
    without two things before it stays a word.
    """
    resolved: list[Element] = []
    for element in elements:
        pair = _pair(resolved) if element.has(*KINDS) else None
        if pair is None:
            resolved.append(element)
            continue
        first, last = pair
        chosen = first if element.has("former") else last if element.has("latter") else first + last
        resolved.append(replace(element, tags=NO_TAGS, group=Group([list(s) for s in chosen])))
    return resolved


def _pair(before: list[Element]) -> tuple[list[list[Mention]], list[list[Mention]]] | None:
    """The two things named last, a coordination of two before all."""
    groups = [element.group for element in before if element.group is not None]
    for group in reversed(groups):
        if len(group.slots) == 2:
            return group.slots[:1], group.slots[1:]
    if len(groups) < 2:
        return None
    return groups[-2].slots, groups[-1].slots
