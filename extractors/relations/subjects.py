"""Subjects that no mention names: *screening reduces Y* says nothing of what was named before."""

from __future__ import annotations

from extractors.relations.elements import Element

# How long an unknown word is at least, so that it is a noun rather than a particle.
UNKNOWN_LATIN, UNKNOWN_HAN = 3, 2


def has_own_subject(elements: list[Element], at: int) -> bool:
    """Whether an unknown noun stands before the verb, and so is its subject."""
    if not elements[at].acts():
        return False
    named = False
    for element in reversed(elements[:at]):
        if element.group is not None or element.has("and", "before", "particle"):
            return False
        if element.tags:
            if element.has("adverb", "modal", "positive", "negative") and not element.verbal:
                continue
            return named
        word = element.text
        if word.endswith("ly") or not word[0].isalpha():
            continue
        named = named or len(word) >= (UNKNOWN_LATIN if word.isascii() else UNKNOWN_HAN)
    return named


def has_unknown_subject(elements: list[Element], at: int) -> bool:
    """Whether the verb has a subject in which no mention stands (that screening reduces Y)."""
    if not elements[at].verbal or not has_own_subject(elements, at):
        return False
    for element in reversed(elements[:at]):
        if element.group is not None or element.has("before", "aspect", "exposure", "host"):
            return False
        if element.verbal or element.has("comma", "stop", "relative", "subordinate", "report"):
            return True
    return True


def find_inserted(elements: list[Element], at: int) -> int:
    """Where what stands between commas before a verb begins (*X, a Y of Z, lowers W*); or 0."""
    end = at - 1
    while end > 0 and elements[end].has("adverb", "modal", "be", "have"):
        end -= 1
    if end <= 0 or not elements[end].has("comma"):
        return 0
    for place in range(end - 1, 0, -1):
        element = elements[place]
        if element.has("stop", "subordinate") or element.verbal:
            return 0
        if element.has("comma") and not elements[place + 1].has("and"):
            opens = elements[place + 1].has("determiner")
            named = elements[place - 1].group is not None
            return place if opens and named and not _parted(elements, place, end) else 0
    return 0


def _parted(elements: list[Element], low: int, high: int) -> bool:
    """Whether *and* joins what stands between two commas to a list."""
    return elements[high - 1].has("and") or elements[low + 1].has("and")
