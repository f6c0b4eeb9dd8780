"""The examples of the rules, read as marked-up sentences and tried against the engine.

``<subject>X</subject>``, ``<object>Y</object>`` and ``<trigger>…</trigger>`` mark a relation;
``<cue>…</cue>`` the words that deny or weaken it, ``<scope>`` a stretch that a cue governs where no
relation is marked. A type may follow the words after a bar
(``<subject>insulin|Drug</subject>``), otherwise the first type that the rule allows is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.context.finding import ContextReader
from extractors.context.rules import CueRule
from extractors.relations.grammar import Grammar, Rule
from extractors.relations.reading import find_relations
from kg.errors import RuleError
from kg.model import (
    MENTION_TYPES,
    Document,
    Language,
    Mention,
    MentionType,
    Passage,
    RelationMention,
    Sentence,
)

_TAG = re.compile(r"<(/?)(\w+)((?:\s+\w+=\w+)*)>")
NAMES = ("subject", "object", "trigger", "cue", "scope")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of an example with its attributes."""

    name: str
    start: int
    end: int
    type: MentionType | None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """An example without its markup, and what was marked."""

    text: str
    marks: tuple[Marked, ...]

    def get(self, name: str) -> Marked | None:
        """The first stretch with a name."""
        return next((mark for mark in self.marks if mark.name == name), None)


def read_example(marked: str, *, where: str = "") -> Example:
    """The plain text and the marked stretches of an example.

    >>> example = read_example("<subject>Aspirin|Drug</subject> helps.")
    >>> example.text, example.marks[0].type
    ('Aspirin helps.', 'Drug')
    """
    text, position = "", 0
    marks: list[Marked] = []
    opened: tuple[str, int, tuple[tuple[str, str], ...]] | None = None
    for tag in _TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if tag[2] not in NAMES or bool(tag[1]) != (opened is not None and opened[0] == tag[2]):
            raise RuleError(
                f"markup {tag[0]} is out of place in {marked!r}",
                where=where,
                remedy=f"mark {', '.join(NAMES)}, each closed before the next",
            )
        if opened is None:
            pairs = [pair.split("=") for pair in tag[3].split()]
            opened = (tag[2], len(text), tuple((key, value) for key, value in pairs))
            continue
        words, _, kind = text[opened[1] :].partition("|")
        text = text[: opened[1]] + words
        if kind and kind not in MENTION_TYPES:
            raise RuleError(
                f"mention type '{kind}' is unknown in {marked!r}",
                where=where,
                remedy=f"use {', '.join(MENTION_TYPES)}",
            )
        marks.append(
            Marked(
                opened[0],
                opened[1],
                len(text),
                kind or None,
                opened[2],
            )
        )
        opened = None
    if opened is not None:
        raise RuleError(
            f"<{opened[0]}> is not closed in {marked!r}", where=where, remedy="close it"
        )
    return Example(text + marked[position:], tuple(marks))


def read_relations(
    example: Example, rule: Rule | CueRule, grammar: Grammar
) -> tuple[RelationMention, ...]:
    """What the engine finds in an example, its marked subject and object being the mentions."""
    language: Language = grammar.language
    document = Document("example", (Passage("p1", language, example.text),))
    sentence = Sentence("s1", "p1", 0, len(example.text))
    mentions = [
        Mention(
            mark.name, "p1", "s1", mark.start, mark.end, example.text[mark.start : mark.end],
            mark.type or _first_type(rule, mark.name),
        )
        for mark in example.marks
        if mark.name in ("subject", "object")
    ]  # fmt: skip
    return find_relations(document, (sentence,), mentions, {language: grammar})


def _first_type(rule: Rule | CueRule, name: str) -> MentionType:
    if isinstance(rule, CueRule):
        return "Drug" if name == "subject" else "Outcome"
    allowed = getattr(rule, name)
    order: Sequence[MentionType] = ("Drug", "Disease", "Protein", "Outcome", "Process")
    if name == "object":
        order = ("Disease", "Protein", "Outcome", "Process", "Drug")
    return next(kind for kind in order if kind in allowed)


def fault(marked: str, rule: Rule | CueRule, grammar: Grammar, *, matches: bool) -> str | None:
    """Why an example does not hold, or None where it does."""
    example = read_example(marked, where=rule.id)
    if isinstance(rule, CueRule):
        return _cue_fault(example, rule, grammar, matches=matches)
    found = read_relations(example, rule, grammar)
    own = [relation for relation in found if relation.rule == rule.id]
    if not matches:
        return f"found {own[0].rule}" if own else None
    if not own:
        return f"found {[r.rule for r in found]}"
    relation = own[0]
    trigger = example.get("trigger")
    if (relation.subject, relation.object) != ("subject", "object"):
        return "subject and object are exchanged"
    if trigger is None or relation.trigger is None:
        return "no trigger is marked"
    span = (relation.trigger.start, relation.trigger.end)
    if span != (trigger.start, trigger.end):
        return f"the trigger is {relation.trigger.text!r}"
    for key, value in trigger.attributes:
        if getattr(relation, key) != value:
            return f"{key} is {getattr(relation, key)}"
    return None


def _cue_fault(example: Example, rule: CueRule, grammar: Grammar, *, matches: bool) -> str | None:
    """Why an example of a context rule does not hold; relations are read where any is marked."""
    cues = [c for c in ContextReader(grammar.context).find(example.text) if c.rule == rule.id]
    if example.get("subject"):
        found = read_relations(example, rule, grammar)
        hit = any(cue.rule == rule.id for relation in found for cue in relation.cues)
        if (not found if rule.kind == "aim" else hit) != matches:
            return f"found {[(r.predicate, r.cues) for r in found]}"
    elif bool(cues) != matches:
        return f"found {cues}"
    if not matches:
        return None
    marked, scope = example.get("cue"), example.get("scope")
    if marked is None:
        return "no cue is marked"
    own = [cue for cue in cues if (cue.start, cue.end) == (marked.start, marked.end)]
    if not own:
        return f"the cue is {[cue.text for cue in cues]}"
    if scope is not None and not any(
        c.extent[0] <= scope.start and scope.end <= c.extent[1] for c in own
    ):
        return f"the scope is {[example.text[slice(*cue.extent)] for cue in own]}"
    return None
