"""Small clauses inside noun phrases, lifted out and read behind a full stop of their own.

- *X (a Y inhibitor)*, X（Y抑制剂）: X is an inhibitor of Y.
- 抑制Y的X可…: X inhibits Y. Only where X is a thing that acts and another verb follows, as 抑制Y的Z
  may also mean that Y's Z is inhibited.

What is left reads as if only X stood there.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.relations.elements import Element, Group
from extractors.relations.vocabulary import Tags

_BE: Tags = {"be": ()}
_ROLE_NOUNS = ("increase", "decrease", "target")
# What an agent is, by what it is said to act on.
_AGENTS = {
    "Protein": ("Drug",), "Drug": ("Drug",), "Process": ("Drug", "Protein"),
    "Disease": ("Drug",), "Outcome": ("Drug",),
}  # fmt: skip


def lift_clauses(elements: list[Element]) -> tuple[list[Element], list[list[Element]]]:
    """The row without such clauses, and each clause with its subject."""
    lifted: list[list[Element]] = []
    elements = _lift_brackets(elements, lifted)
    return _lift_relatives(elements, lifted), lifted


def _lift_brackets(elements: list[Element], lifted: list[list[Element]]) -> list[Element]:
    kept: list[Element] = []
    at = 0
    while at < len(elements):
        element = elements[at]
        end = _closed(elements, at) if element.has("open") and kept and kept[-1].group else 0
        inside = elements[at + 1 : end]
        noun = next((e for e in inside if e.trigger in _ROLE_NOUNS and e.has("noun")), None)
        if end and noun is not None and any(e.group is not None for e in inside):
            noun.form, noun.verbal = "copular", False
            be = Element(element.start, element.start, "", _BE, verbal=True)
            lifted.append([_copy(kept[-1]), be, *inside])
            at = end + 1
            continue
        kept.append(element)
        at += 1
    return kept


def _closed(elements: list[Element], at: int) -> int:
    for place in range(at + 1, min(at + 10, len(elements))):
        if elements[place].has("close"):
            return place
        if elements[place].verbal or elements[place].has("open", "stop", "comma"):
            return 0
    return 0


def _lift_relatives(elements: list[Element], lifted: list[list[Element]]) -> list[Element]:
    kept: list[Element] = []
    at = 0
    while at < len(elements):
        linker = _linker(elements, at) if _opens(kept) else 0
        if linker and _may_act(elements[linker - 1], elements, linker + 1):
            lifted.append([_copy(elements[linker + 1]), *elements[at:linker]])
            at = linker + 1
            continue
        kept.append(elements[at])
        at += 1
    return kept


def _opens(before: list[Element]) -> bool:
    """Whether what follows begins a clause."""
    return not before or before[-1].has("comma", "stop", "subordinate", "report")


def _linker(elements: list[Element], at: int) -> int:
    """Where the linker stands after a verb with its objects; 0 where this is no such clause."""
    if not elements[at].trigger or elements[at].form != "finite":
        return 0
    for place in range(at + 1, min(at + 8, len(elements))):
        element = elements[place]
        if element.has("linker"):
            return place if elements[place - 1].group is not None else 0
        if element.group is None and (element.verbal or not element.has("and", "enumerator")):
            return 0
    return 0


def _may_act(target: Element, elements: list[Element], at: int) -> bool:
    """Whether what follows the linker is an agent with a verb of its own."""
    agent = elements[at].group if at < len(elements) else None
    if agent is None or target.group is None:
        return False
    if agent.slots[0][0].type not in _AGENTS[target.group.slots[0][0].type]:
        return False
    for element in elements[at + 1 : at + 7]:
        if element.verbal:
            return True
        if element.group is not None or not element.has("aspect", "adverb", "modal", "particle"):
            return False
    return False


def _copy(element: Element) -> Element:
    """The same mention once more, to be labelled apart."""
    slots = element.group.slots if element.group is not None else []
    return replace(element, group=Group([list(slot) for slot in slots]))
