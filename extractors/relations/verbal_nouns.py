"""Words that look like verbs and stand inside a noun phrase (Y的发生, X缺失小鼠, 治疗Y的靶点)."""

from __future__ import annotations

from extractors.relations.elements import Element
from extractors.relations.vocabulary import Tags

CHANGING = ("increase", "decrease", "worsen", "improve", "restore")


def in_noun_phrase(elements: list[Element], at: int) -> bool:
    """Whether a word that is listed as a trigger states nothing where it stands."""
    tags = elements[at].tags
    verbs = tags.get("verb", ())
    return (
        ("aspect" in tags and before_role_noun(elements, at))
        or ("aspect" in tags and "cause" in verbs and told_of(elements, at))
        or ("treat" in verbs and target_ahead(elements, at))
        or ("loss" in tags and of_host(elements, at))
    )


def of_treatment(tags: Tags) -> bool:
    """Whether a word may say that something is treated."""
    return "treat" in (*tags.get("verb", ()), *tags.get("noun", ()))


def previous(elements: list[Element], at: int) -> Element | None:
    """The element to the left, adverbs and negations skipped."""
    for element in reversed(elements[:at]):
        unknown_adverb = not element.tags and element.group is None and element.text.endswith("ly")
        skipped = unknown_adverb or element.has("adverb", "negative", "positive")
        if not skipped or element.has("determiner"):
            return element
    return None


def target_ahead(elements: list[Element], at: int) -> bool:
    """Whether the noun that a verb belongs to names a target."""
    linked = False
    for element in elements[at + 1 : at + 9]:
        linked = linked or element.has("linker")
        if linked and "target" in element.tags.get("noun", ()):
            return True
        if element.verbal or element.has("comma", "stop"):
            return False
    return False


def of_host(elements: list[Element], at: int) -> bool:
    """Whether a loss stands between what is lost and in whom (X缺失小鼠)."""
    if at == 0 or at + 1 >= len(elements) or not elements[at + 1].has("host"):
        return False
    return elements[at - 1].group is not None or elements[at - 1].has("aspect")


def given(elements: list[Element], at: int) -> bool:
    """Whether a word between a drug and its verb tells how it is given (X口服治疗Y)."""
    if at < 2 or elements[at - 2].group is None or at + 1 >= len(elements):
        return False
    marked = "after" in elements[at - 1].tags.get("before", ())
    return marked and of_treatment(elements[at].tags) and elements[at + 1].group is not None


def is_state(elements: list[Element], at: int) -> bool:
    """Whether a change behind a mention is part of its noun phrase (X升高和Y是…)."""
    element, before = elements[at], elements[at - 1] if at else None
    if element.tags.get("form") != ("base",) or before is None or at + 3 >= len(elements):
        return False
    if before.group is None and not before.has("aspect"):
        return False
    after, second, third = elements[at + 1 : at + 4]
    changes = element.tags["verb"][0] in CHANGING
    return changes and after.has("and") and second.group is not None and third.has("be")


def told_of(elements: list[Element], at: int) -> bool:
    """Whether a word such as 发生 is what another word is said of: it has no object of its own."""
    before = elements[at - 1] if at else None
    if before is None or (before.group is None and not before.has("linker", "aspect")):
        return False
    for element in elements[at + 1 : at + 4]:
        if element.has("light", "be", "verb") and not element.has("aspect"):
            return True
        if not element.has("adverb", "particle"):
            return False
    return False


def describes(elements: list[Element], at: int) -> bool:
    """Whether a change is linked to what changes behind it (逐渐加重的腹痛), and has no subject."""
    tags = elements[at].tags
    if not set(CHANGING) & set(tags.get("verb", ())) or at + 2 >= len(elements):
        return False
    if not elements[at + 1].has("linker") or elements[at + 2].group is None:
        return False
    before = previous(elements, at)
    return before is not None and (before.verbal or before.has("be", "light", "and", "such"))


def before_role_noun(elements: list[Element], at: int) -> bool:
    """Whether a word is linked to a role noun behind it (Y发生的重要原因)."""
    after = elements[at + 1] if at + 1 < len(elements) else None
    if after is None or not after.has("linker") or elements[at - 1].group is None:
        return False
    for element in elements[at + 2 : at + 6]:
        if element.has("noun"):
            return True
        if element.group is not None or element.has("comma", "stop"):
            return False
    return False
