"""Relations inside noun phrases (X-induced Y, X诱导的Y), lifted out before the clause is read.

The cause and the joining word are taken out of the row, so that what is left reads as if only Y
stood there: *A reduces B and X-induced Y* coordinates B and Y. They are put back behind a full
stop, where the frame *attributive* finds them; `Element.target` remembers Y.
"""

from __future__ import annotations

from extractors.nlp.words import cut
from extractors.relations.elements import Element
from extractors.relations.grouping import make_groups
from extractors.relations.vocabulary import Vocabulary
from kg.model import Mention

Lifted = list[list[Element]]
_CHAIN = ("and", "open", "close", "aspect", "host", "exposure", "particle", "loss", "gain")
_STOP = {"stop": ()}


def lift_attributives(elements: list[Element]) -> tuple[list[Element], Lifted]:
    """The row without causes inside noun phrases, and those causes with their joining words."""
    lifted: Lifted = []
    at = 0
    while at < len(elements):
        element = elements[at]
        target = _next_group(elements, at) if element.form == "attributive" else None
        start = _chain_start(elements, at) if target is not None else at
        if target is None or start == at:
            at += 1
            continue
        element.target = target
        lifted.append([*make_groups(elements[start:at]), element])
        elements = elements[:start] + elements[at + 1 :]
        at = start
    return elements, lifted


def lift_nested(
    elements: list[Element], nested: list[tuple[Mention, Element]], vocabulary: Vocabulary
) -> Lifted:
    """Causes named inside a longer mention (*sepsis-induced cardiac dysfunction*)."""
    lifted: Lifted = []
    for mention, outer in nested:
        start = mention.start - outer.offset
        inside = outer.text[start + len(mention.text) :]
        words = [word for _, _, word in cut(inside)]
        hit = vocabulary.longest(words, 0) if words else None
        if hit is None or "attributive" not in hit[1] or not outer.group:
            continue
        begin = outer.start + start + len(mention.text)
        first, last = cut(inside)[0][0], cut(inside)[hit[0] - 1][1]
        joint = Element(begin + first, begin + last, inside[first:last], hit[1])
        joint.trigger, joint.form, joint.target = hit[1]["attributive"][0], "attributive", outer
        cause = Element(
            outer.start + start, begin, mention.text, {}, group=type(outer.group)([[mention]])
        )
        lifted.append([cause, joint])
    return lifted


def put_back(elements: list[Element], lifted: Lifted) -> list[Element]:
    """The row with the lifted causes behind it, each after a full stop."""
    row = list(elements)
    for chain in lifted:
        row.append(Element(chain[0].start, chain[0].start, "", _STOP))
        row += chain
    return row


def _next_group(elements: list[Element], at: int) -> Element | None:
    for element in elements[at + 1 : at + 9]:
        if element.group is not None:
            return element
        if element.verbal or element.has("comma", "stop", "relative", "subordinate"):
            return None
    return None


def _chain_start(elements: list[Element], at: int) -> int:
    """Where the cause begins: the last mention before, with what is coordinated to it."""
    start = last = at
    for place in range(at - 1, max(-1, at - 16), -1):
        element = elements[place]
        if element.group is not None:
            start = place
            if last == at:
                last = place
        elif (element.verbal or not element.has(*_CHAIN)) and not (
            place == at - 1 and element.trigger in ("increase", "decrease")
        ):
            break
    if start == at:
        return at
    before = elements[start - 1] if start else None
    governed = before is not None and (before.verbal or before.trigger or before.has("adverb"))
    return _with_alias(elements, last) if governed else start


def _with_alias(elements: list[Element], at: int) -> int:
    if at >= 2 and elements[at - 1].has("open") and elements[at - 2].group is not None:
        return at - 2
    return at
