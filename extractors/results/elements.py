"""A sentence as a row of elements: outcomes, groups, triggers of change or likeness, numbers.

Words of change that stand together are one trigger: *no significant difference*, *greater
reduction* (a reduction), *smaller increase* (a decrease), *did not reduce* (alike).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.nlp.words import level
from extractors.results.grammar import ResultGrammar
from extractors.results.groups import find_groups
from kg.model import Group, Mention, Quantity

MEASURED = ("Outcome", "Protein", "Process")
_AROUND = 40  # signs beside a disease in which a word of measure may stand
CHANGES = ("up", "down", "better", "worse", "restored")
_DENIED_WITHIN = 45  # signs between a denial and the change that it denies
_COMPOUND_WITHIN = 6
_PLAIN_BRACKETS = str.maketrans("（）［］", "()[]")
_OPPOSITE = {
    "up": "down", "down": "up", "better": "worse", "worse": "better", "restored": "worse",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of a sentence with its part in a comparison; `word` is the list it came from."""

    kind: str
    start: int
    end: int
    word: str = ""
    group: Group | None = None
    id: str = ""


def read_elements(
    text: str,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    offset: int,
    grammar: ResultGrammar,
) -> list[Element]:
    """The elements of a sentence in the order of the text; offsets are the sentence's own."""
    outcomes = [
        Element("outcome", m.start - offset, m.end - offset, id=m.id)
        for m in mentions
        if m.type in MEASURED or (m.type == "Disease" and _is_counted(text, m, offset, grammar))
    ]
    numbers = [
        Element("number", q.start - offset, q.end - offset, q.kind, id=q.id) for q in quantities
    ]
    taken = [(e.start, e.end) for e in (*outcomes, *numbers)]
    groups = [
        Element("group", g.start - offset, g.end - offset, g.role, g, g.mention or "")
        for g in find_groups(text, mentions, offset, grammar)
        if g.start is not None
        and g.end is not None
        and not _covered(g.start - offset, g.end - offset, [(o.start, o.end) for o in outcomes])
    ]
    taken += [(e.start, e.end) for e in groups]
    words = [
        Element(grammar.words[match[0].lower()], match.start(), match.end(), match[0].lower())
        for match in grammar.word.finditer(level(text, grammar.language))
        if not _covered(match.start(), match.end(), taken)
        and not (grammar.words[match[0].lower()] == "stop" and _bracketed(text, match.start()))
    ]
    row = sorted([*outcomes, *numbers, *groups, *words], key=lambda e: (e.start, -e.end))
    return list(_triggers(row))


def _bracketed(text: str, at: int) -> bool:
    """Whether a place lies in brackets, where a semicolon parts no clauses."""
    head = text[:at].translate(_PLAIN_BRACKETS)
    opened = max(head.rfind("("), head.rfind("["))
    return opened > max(head.rfind(")"), head.rfind("]"))


def _is_counted(text: str, mention: Mention, offset: int, grammar: ResultGrammar) -> bool:
    """Whether a disease is what is measured, as in "the incidence of stroke", 卒中发生率."""
    start, end = mention.start - offset, mention.end - offset
    around = f"{text[max(0, start - _AROUND) : start]}{{disease}}{text[end : end + _AROUND]}"
    return grammar.measures.search(level(around, grammar.language)) is not None


def _covered(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in taken)


def _triggers(row: list[Element]) -> Iterable[Element]:
    """The row with words of change put together to triggers, and the rest as it is."""
    at = 0
    while at < len(row):
        element = row[at]
        if element.kind == "deny":
            last = _denied(row, at)
            if last is not None:
                yield Element("trigger", element.start, row[last].end, "alike")
                at = last + 1
                continue
        if element.kind in CHANGES:
            head, last = element, at
            while last + 1 < len(row) and _compound(head, row[last + 1]):
                head = replace(row[last + 1], kind=_compounded(head.kind, row[last + 1].kind))
                last += 1
            yield Element("trigger", element.start, row[last].end, head.kind)
            at = last + 1
            continue
        if element.kind in ("alike", "changed"):
            yield replace(element, kind="trigger", word=element.kind)
        elif element.kind != "deny":
            yield element
        at += 1


def _denied(row: list[Element], at: int) -> int | None:
    """The last of the words of change that a denial governs, or None where there is none."""
    last = None
    for index in range(at + 1, len(row)):
        element = row[index]
        limit = _DENIED_WITHIN if last is None else _COMPOUND_WITHIN
        if element.start - row[last or at].end > limit or element.kind in ("stop", "outcome"):
            break
        if element.kind in ("group", "number", "deny", "than", "than_behind"):
            break
        if element.kind in (*CHANGES, "changed", "alike"):
            last = index
    return last


def _compound(head: Element, following: Element) -> bool:
    return following.kind in CHANGES and 0 <= following.start - head.end <= _COMPOUND_WITHIN


def _compounded(first: str, second: str) -> str:
    """Greater reduction is a reduction, smaller reduction an increase, greater benefit a benefit.

    >>> _compounded("up", "down"), _compounded("down", "down"), _compounded("better", "up")
    ('down', 'up', 'up')
    """
    return _OPPOSITE[second] if first == "down" else second
