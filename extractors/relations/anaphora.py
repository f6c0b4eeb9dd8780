"""Words that stand for things named before in the sentence.

*The former*, *the latter*, 两者 stand for one or both of two; 上述指标 for all that was told to
change; 其 before a loss (其缺失) for the topic, behind a verb (上调其表达) for what was named last.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.relations.elements import NO_TAGS, Element, Group
from extractors.relations.verbal_nouns import CHANGING
from kg.model import Mention

KINDS = ("former", "latter", "pair")


def resolve_anaphora(elements: list[Element]) -> list[Element]:
    """The row with each such word read as the mentions it stands for.

    The two things are those of the last coordination of two, otherwise the last two groups. A word
    without two things before it stays a word.
    """
    resolved: list[Element] = []
    for at, element in enumerate(elements):
        chosen: list[list[Mention]] = []
        if element.has(*KINDS) and (pair := _pair(resolved)):
            first, last = pair
            named = {"former": first, "latter": last}
            chosen = next((named[kind] for kind in named if element.has(kind)), first + last)
        elif element.has("again"):
            chosen = _changed(resolved)
        elif element.has("own") and at + 1 < len(elements):
            chosen = _owner(resolved, elements[at + 1])
        if chosen:
            group = Group([list(slot) for slot in chosen])
            element = replace(element, tags=NO_TAGS, group=group)
        resolved.append(element)
    return resolved


def _changed(before: list[Element]) -> list[list[Mention]]:
    """What changed by what the sentence has told so far."""
    slots: list[list[Mention]] = []
    for at, element in enumerate(before):
        verb = next((e for e in before[at + 1 : at + 9] if e.verbal or e.group), None)
        if element.group is not None and verb is not None and verb.trigger in CHANGING:
            slots += element.group.slots
    return slots


def _owner(before: list[Element], behind: Element) -> list[list[Mention]]:
    """Whose loss, or whose expression as an object, is meant."""
    clause: list[Element] = []
    for element in before:
        clause = [] if element.has("stop") else [*clause, element]
    groups = [element.group for element in clause if element.group is not None]
    if not groups:
        return []
    if behind.has("loss", "gain") and clause[-1].has("comma", "subordinate"):
        return groups[0].slots
    if behind.has("aspect") and clause[-1].trigger and clause[-1].verbal and len(groups) > 1:
        return groups[-1].slots
    return []


def _pair(before: list[Element]) -> tuple[list[list[Mention]], list[list[Mention]]] | None:
    """The two things named last, a coordination of two before all."""
    groups = [element.group for element in before if element.group is not None]
    for group in reversed(groups):
        if len(group.slots) == 2:
            return group.slots[:1], group.slots[1:]
    if len(groups) < 2:
        return None
    return groups[-2].slots, groups[-1].slots
