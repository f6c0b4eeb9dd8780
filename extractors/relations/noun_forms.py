"""Nouns that state a relation: the form in which they stand, and what an adjective makes of them.

Prepositions that state one in a phrase without verb (a title) are marked here too.
"""

from __future__ import annotations

from extractors.relations.elements import Element

WINDOW = 9
TRIGGERS = ("verb", "noun", "adjective", "attributive", "linked", "comparative")
CLOSING = ("stop", "relative", "subordinate")


def set_titles(elements: list[Element]) -> None:
    """Let prepositions of a phrase without verb state a relation (*X for Y*, *X in Y patients*)."""
    begin = 0
    for end in range(len(elements) + 1):
        if end < len(elements) and not elements[end].has("stop"):
            continue
        phrase = elements[begin:end]
        if not any(e.acts() or e.has("be", "have", "modal", "report", "light") for e in phrase):
            for element in phrase:
                if element.has("title") and not element.trigger:
                    element.trigger, element.form = element.tags["title"][0], "title"
        begin = end + 1


def set_seen(elements: list[Element]) -> None:
    """Let *lower Y was seen after X* be read as *Y was lowered after X*."""
    for at, element in enumerate(elements):
        seen = element.trigger == "occur" or element.has("report")
        if not seen or "past" not in element.tags.get("form", ()):
            continue
        change = _changed_subject(elements, at)
        if change is not None:
            element.trigger, element.form, element.verbal = change.trigger, "passive", True
            element.start, element.end, element.text = change.start, change.end, change.text
            change.trigger = change.form = ""


def _changed_subject(elements: list[Element], at: int) -> Element | None:
    """The adjective of change of the subject of *was seen*, where there is just one."""
    auxiliary, named, changes = False, False, []
    for element in reversed(elements[max(0, at - 2 * WINDOW) : at]):
        if element.has("be"):
            auxiliary = True
            continue
        if element.acts() or element.has("comma", "before", *CLOSING):
            break
        named = named or element.group is not None
        if named and element.form == "adjective" and element.trigger in ("increase", "decrease"):
            changes.append(element)
    return changes[0] if auxiliary and len(changes) == 1 else None


def controls(elements: list[Element], at: int) -> bool:
    """Whether *control* is what something does to Y (the control of Y, to control Y), no group."""
    if not elements[at].has(*TRIGGERS) or at + 1 >= len(elements):
        return False
    after, before = elements[at + 1], elements[at - 1] if at else None
    if "of" in after.tags.get("before", ()):
        return True
    acts = before is not None and before.has("modal", "to", "relative")
    return acts and (after.group is not None or after.has("determiner", "aspect"))


def noun_form(elements: list[Element], at: int) -> str:
    """`copular` after *is a …*, `light` after *plays a …*; otherwise a plain noun."""
    for element in reversed(elements[max(0, at - WINDOW) : at]):
        if element.has("comma", *CLOSING):
            opens = element.has("comma") and _apposed(elements, elements.index(element))
            return "copular" if opens else "noun"
        if element.has("light"):
            return "light"
        if element.has("be"):
            return "copular"
        own = element.form == "predicative" and " " in element.text
        if own or (element.trigger and element.verbal):
            # is required for the inhibition of Y: the noun has arguments of its own
            return "light" if element.trigger == "cause" and not own else "noun"
        if element.verbal:
            break
        if element.has("before") and not element.has("and"):
            if "means" in element.tags["before"]:
                return "mediating"
            if "as" in element.tags["before"]:
                return "copular"
            if not {"of", "goal"} & set(element.tags["before"]):
                break
    return "noun"


def brought_about(elements: list[Element], at: int) -> bool:
    """Whether the verb before a noun says that something causes it."""
    verb = next((e for e in reversed(elements[:at]) if e.verbal), None)
    return verb is not None and verb.trigger == "cause"


def _apposed(elements: list[Element], comma: int) -> bool:
    """Whether a comma opens an apposition (*X, a selective inhibitor of Y, …*)."""
    following = elements[comma + 1] if comma + 1 < len(elements) else None
    if following is None or not following.has("determiner") or comma == 0:
        return False
    return elements[comma - 1].group is not None


def take_sign(elements: list[Element], at: int) -> None:
    """Let *negatively regulates* be read as a decrease."""
    for element in elements[max(0, at - 2) : at]:
        if element.has("positive"):
            elements[at].trigger = "increase"
        elif element.has("negative"):
            elements[at].trigger = "decrease"


def take_adjective(adjective: Element, noun: Element) -> None:
    """Let *inhibitory effect* be read as its adjective says."""
    if adjective.form in ("adjective", "predicative") and adjective.trigger:
        noun.trigger = adjective.trigger
        adjective.trigger = adjective.form = ""
