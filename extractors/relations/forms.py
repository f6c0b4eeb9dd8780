"""Which words of a sentence are triggers, and in which form they stand.

The form (finite, passive, gerund, noun after a light verb, …) chooses the frames. It is read from
the word's own inflection, where the language has one, and from the words beside it.
"""

from __future__ import annotations

from extractors.relations.elements import Element
from extractors.relations.noun_forms import (
    CLOSING,
    TRIGGERS,
    brought_about,
    controls,
    noun_form,
    set_seen,
    set_titles,
    take_adjective,
    take_sign,
)
from extractors.relations.verbal_nouns import (
    describes,
    given,
    in_noun_phrase,
    is_state,
    of_treatment,
    previous,
)

# What a marker before an uninflected verb makes of it: 被V, 通过V, 使V.
_MARKED = {"agent": "passive", "means": "mediating", "causee": "finite", "without": "gerund"}
_NOMINAL_LEFT = ("determiner", "particle", "before", "negative")


def set_forms(elements: list[Element]) -> None:
    """Set `trigger`, `form` and `verbal` of every element, from left to right."""
    for at, element in enumerate(elements):
        if element.group is not None:
            continue
        if element.has("opaque") or (element.has("control") and not controls(elements, at)):
            continue
        if element.has(*TRIGGERS):
            trigger, form = _read(elements, at)
            element.trigger, element.form = trigger, form
            element.verbal = form in ("finite", "passive", "comparative")
            if form in ("finite", "passive"):
                before = previous(elements, at)
                if before is not None and _is_auxiliary(before, element):
                    before.verbal = False
            if form in ("noun", "light", "copular") and trigger == "affect" and at:
                take_adjective(elements[at - 1], element)
            if trigger == "change" and form == "light" and brought_about(elements, at):
                element.trigger = "affect"  # led to changes in Y: which way is not told
            if trigger == "affect" and element.verbal:
                take_sign(elements, at)
        elif element.has("be", "light", "report", "plain", "method"):
            element.verbal = not element.has("before") and not _is_modifier(elements, at)
            if element.has("aspect") and element.has("plain"):
                before = previous(elements, at)  # 释放Y as against Y释放
                element.verbal = before is None or before.has("comma", "modal", "subordinate")
    set_seen(elements)
    set_titles(elements)


def _is_auxiliary(before: Element, verb: Element) -> bool:
    """Whether a verb only supports the one behind it (*has* increased, 呈下降, 有密切关系)."""
    bare = verb.tags.get("form") == ("base",) and "noun" not in verb.tags
    return before.has("be", "have") or (bare and before.has("light") and not before.trigger)


def _read(elements: list[Element], at: int) -> tuple[str, str]:
    element = elements[at]
    tags = element.tags
    if "attributive" in tags and _joins(elements, at):
        return tags["attributive"][0], "attributive"
    if _joins_unknown(elements, at):
        return "", ""
    if "exposure" in tags and of_treatment(tags) and not _acts(elements, at):
        return "", ""
    if in_noun_phrase(elements, at):
        return "", ""
    if "verb" in tags and describes(elements, at):
        return tags["verb"][0], "adjective"
    if "verb" in tags and not _compares(elements, at):
        form = _verb_form(elements, at)
        if form != "noun":
            return tags["verb"][0], form
        return tags.get("noun", tags["verb"])[0], noun_form(elements, at)
    if "noun" in tags:
        return tags["noun"][0], noun_form(elements, at)
    if "comparative" in tags:
        return tags["comparative"][0], "comparative"
    if "linked" in tags:
        return tags["linked"][0], "finite"
    if "adjective" in tags:
        return _adjective(elements, at)
    return "", ""


def _adjective(elements: list[Element], at: int) -> tuple[str, str]:
    trigger = elements[at].tags["adjective"][0]
    if trigger == "affect" and not _governs_place(elements, at):
        return "", ""  # an important Y is not what is important for Y
    return trigger, "predicative" if noun_form(elements, at) == "copular" else "adjective"


def _governs_place(elements: list[Element], at: int) -> bool:
    """Whether an adjective has a place of its own (*important in*, *vital to the Y*)."""
    after = following(elements, at)
    named = " " in elements[at].text
    return (
        named
        or after is None
        or after.has("before", "to")
        or bool(after.trigger or after.tags.get("noun"))
    )


def _compares(elements: list[Element], at: int) -> bool:
    """Whether a word such as *lower* is the adjective (had lower Y, was lower in X)."""
    tags, before = elements[at].tags, previous(elements, at)
    if "adjective" not in tags or "base" not in tags.get("form", ()):
        return False
    if before is None or before.has("to"):
        return False
    if before.verbal and before.trigger:
        return True  # was associated with lower Y
    return before.has("have", "light", "be", "determiner", "before")


def _verb_form(elements: list[Element], at: int) -> str:
    element = elements[at]
    forms = element.tags.get("form", ("base",))
    before = previous(elements, at)
    after = elements[at + 1] if at + 1 < len(elements) else None
    if "gerund" in forms:
        return _gerund_form(elements, at, before, after)
    if "past" in forms and "base" not in forms:
        return _past_form(elements, at, before, after)
    if after is not None and after.has("after") and "past" not in forms:
        return "noun"  # 调控中, 升高后: the marker closes a noun phrase
    marked = _MARKED.get(before.tags["before"][0]) if before and before.has("before") else None
    if marked is not None:
        return marked
    if before is not None and before.has("to"):
        return "infinitive"
    if before is not None and before.has("modal", "be", "have"):
        return "finite"
    if after is not None and after.has("such", "be") and of_treatment(element.tags):
        return "noun"  # Y的治疗包括X
    if given(elements, at):
        return "finite"
    if is_state(elements, at):
        return "noun"
    if before is not None and (before.has(*_NOMINAL_LEFT) or before.form == "adjective"):
        return "finite" if before.has("particle") and _takes_object(element, after) else "noun"
    return _open_form(elements, at, before, after)


def _open_form(
    elements: list[Element], at: int, before: Element | None, after: Element | None
) -> str:
    """The form of a verb that no word beside it makes a noun."""
    element = elements[at]
    if "noun" in element.tags:
        forms = element.tags.get("form", ("base",))
        if before is not None and before.has("comma", "and") and _goes_on(elements, at, after):
            return "finite"
        acts = after is not None and (
            _opens_object(after) if "third" in forms else _governs(before, after)
        )
        return "finite" if acts or _subject_beside(elements, at) else "noun"
    return "finite"


def _gerund_form(
    elements: list[Element], at: int, before: Element | None, after: Element | None
) -> str:
    of = after is not None and "of" in after.tags.get("before", ())
    if before is None:
        return "noun" if of else "gerund"
    if before.has("be"):
        return "finite"
    if of or before.has("determiner"):
        return "noun"
    if before.group is not None and not _takes(after):
        return "noun"  # insulin binding was lower
    if before.has("and") and _last_form(elements, at) == "mediating":
        return "mediating"  # by blocking A and reducing B
    marker = before.tags["before"][0] if before.has("before") else ""
    return "mediating" if marker in ("agent", "means") else "gerund"


def _takes(after: Element | None) -> bool:
    """Whether what follows a verb may begin its object."""
    if after is None or after.has("stop", "comma", "be", "modal", "close"):
        return False
    return not (after.has("before", "and") or after.verbal)


def _takes_object(element: Element, after: Element | None) -> bool:
    """Whether an uninflected verb stands right before a name (其抑制X, 有效的预防Y)."""
    return (
        after is not None
        and after.group is not None
        and "noun" not in element.tags
        and element.tags.get("form") == ("base",)
    )


def _goes_on(elements: list[Element], at: int, after: Element | None) -> bool:
    """Whether a base form is the next verb of a chain (can relieve A, decrease the B, and …)."""
    if "base" not in elements[at].tags.get("form", ()) or after is None:
        return False
    if not (after.group is not None or after.has("determiner")):
        return False
    for element in reversed(elements[:at]):
        if element.has("stop", "subordinate", "relative"):
            return False
        if element.form in ("finite", "infinitive"):
            return "base" in element.tags.get("form", ())
    return False


def _governs(before: Element | None, after: Element) -> bool:
    """Whether a word that is verb or noun alike stands before its object (严重影响Y), as a verb."""
    if before is not None and before.trigger:
        return False
    return after.group is not None or after.has("host")


def _last_form(elements: list[Element], at: int) -> str:
    """The form of the trigger before, in the same phrase."""
    for element in reversed(elements[:at]):
        if element.verbal or element.has(*CLOSING):
            return ""
        if element.trigger and element.form != "adjective":
            return element.form
    return ""


def _opens_object(element: Element) -> bool:
    return element.group is not None or element.has("determiner", "aspect", "adjective")


def _past_form(
    elements: list[Element], at: int, before: Element | None, after: Element | None
) -> str:
    if before is None:
        return "adjective"
    if before.has("be"):
        return "passive"
    if before.text == "had" and _names(after):
        return "adjective"  # had reduced levels of Y
    if before.has("have", "modal"):
        return "finite"
    if before.has("determiner", "before", "light", "report") or (
        before.trigger and before.form in ("finite", "adjective", "gerund", "infinitive")
    ):
        return "adjective"
    if after is not None and "agent" in after.tags.get("before", ()):
        return "participle"
    if elements[at].tags["verb"][0] == "associate" and _stands_alone(
        elements[at], following(elements, at)
    ):
        return "adjective"  # the associated pain
    if before.has("and", "comma"):
        if _precedes_be(elements, at):
            return "adjective"
        last = next((e for e in reversed(elements[:at]) if e.trigger or e.verbal), None)
        if last is not None and last.form in ("adjective", "passive"):
            return last.form
    elif _has_verb(elements, at):
        return "adjective" if after is not None and _opens_object(after) else "participle"
    return "finite"


def _names(element: Element | None) -> bool:
    """Whether a noun phrase without article goes on."""
    if element is None or element.has("determiner"):
        return False
    return element.group is not None or element.has("aspect") or not element.tags


def _stands_alone(element: Element, after: Element | None) -> bool:
    """Whether a word that takes *with* has none."""
    if " " in element.text:
        return False
    return after is None or not {"with", "goal"} & set(after.tags.get("before", ()))


def _has_verb(elements: list[Element], at: int) -> bool:
    """Whether the clause has its verb already, so that a past form behind it is a participle."""
    for element in reversed(elements[:at]):
        if element.verbal and not element.has("report", "before"):
            return True
        if element.has("comma", "and", "to", "open", *CLOSING) or element.form == "infinitive":
            return False
    return False


def _precedes_be(elements: list[Element], at: int) -> bool:
    """Whether a copula follows in the same phrase, so that a past form is an adjective before."""
    for element in elements[at + 1 : at + 14]:
        forms = element.tags.get("form", ()) if element.has("verb") else ()
        if (
            element.has("be", "modal")
            or "third" in forms
            or ("base" in forms and not element.has("noun"))
        ):
            return True
        if element.has("comma", "stop", "and", "relative", "subordinate", "to"):
            return False
    return False


def following(elements: list[Element], at: int) -> Element | None:
    """The element to the right, adverbs and signs skipped."""
    return next(
        (e for e in elements[at + 1 :] if not e.has("adverb", "positive", "negative")), None
    )


def _subject_beside(elements: list[Element], at: int) -> bool:
    before = previous(elements, at)
    return before is not None and (
        before.group is not None or before.has("relative", "aspect", "host", "exposure", "close")
    )


def _joins(elements: list[Element], at: int) -> bool:
    if at + 1 < len(elements) and elements[at + 1].has("before"):
        return False
    left = elements[at - 1] if at else None
    if left is not None and left.has("close"):
        return True
    if "verb" in elements[at].tags and _is_main_verb(elements, at):
        return False
    if left is None or not (
        left.group
        or left.has("host", "exposure", "aspect")
        or left.trigger in ("increase", "decrease")
    ):
        return False
    return any(e.group is not None for e in elements[at + 1 : at + 9])


def _joins_unknown(elements: list[Element], at: int) -> bool:
    """Whether a word joins a cause that is no mention to the object of a verb (抑制光照所致的Y)."""
    if "attributive" not in elements[at].tags or at < 2:
        return False
    if elements[at - 1].tags or elements[at - 1].group is not None:
        return False
    for element in elements[at + 1 : at + 7]:
        if element.group is not None:
            break
        if element.has("comma", "stop", "verb", "before", "be"):
            return False
    else:
        return False
    return any(e.verbal and e.trigger for e in elements[max(0, at - 4) : at - 1])


def _is_main_verb(elements: list[Element], at: int) -> bool:
    """Whether a word such as *induced* is the only verb of its clause, and so no attribute."""
    if not elements[at].has("verb") or at + 1 >= len(elements):
        return False
    for element in elements[at + 1 :]:
        if element.has("stop", "subordinate", "relative"):
            break
        if element.has("be", "modal", "have") or (
            element.has("verb", "report", "plain", "method")
            and not element.has("before", "noun", "adjective")
        ):
            return False
    if at > 1 and elements[at - 1].group is not None and elements[at - 2].has("before"):
        return False  # in X induced Y
    for element in reversed(elements[:at]):
        if element.has("stop", "subordinate", "relative"):
            break
        if element.verbal or element.acts():
            return False
        if (
            element.has("before")
            and element.group is None
            and element.tags["before"][0] in ("target", "agent", "means")
        ):
            return False
    return True


def _acts(elements: list[Element], at: int) -> bool:
    """Whether a word such as *treatment* is said of a disease rather than of a drug."""
    if at + 1 < len(elements) and elements[at + 1].has("such", "be"):
        for element in reversed(elements[max(0, at - 4) : at]):
            if element.group is not None:
                return element.group.slots[0][0].type == "Disease"
    for place in range(at - 1, max(0, at - 5), -1):
        group = elements[place].group
        if group is not None:
            first = place
            while first >= 2 and elements[first - 1].has("and") and elements[first - 2].group:
                first -= 2  # 用于A和B的治疗
            aimed = "goal" in elements[first - 1].tags.get("before", ())
            if aimed and group.slots[0][0].type in ("Disease", "Outcome"):
                return True
            break
    for element in elements[at + 1 : at + 7]:
        if element.group is not None:
            return element.group.slots[0][0].type in ("Disease", "Outcome")
        if (
            element.has("after", "comma", "stop", "host", "verb", "light", "modal")
            or element.verbal
        ):
            return False
        if element.has("before") and not {"of", "goal"} & set(element.tags["before"]):
            return False
    return False


def _is_modifier(elements: list[Element], at: int) -> bool:
    """Whether a plain verb's past form stands inside a noun phrase (*the treated cells*)."""
    if at + 1 < len(elements) and elements[at + 1].has("linker"):
        return elements[at].has("method", "plain")  # 新诊断的Y
    before = previous(elements, at)
    if before is None or not before.has("determiner", "before"):
        return False
    return "past" in elements[at].tags.get("form", ()) or elements[at].has("exposure")
