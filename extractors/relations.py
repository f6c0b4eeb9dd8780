"""Relations between the mentions of each sentence, with polarity, certainty and cues.

A sentence becomes a row of elements (`extractors.elements`), its triggers get their forms
(`extractors.forms`), its mentions are grouped and labelled (`extractors.grouping`), frames give
each trigger its arguments (`extractors.matching`), and the rules' table of trigger class, frame,
types and outcome gives the predicate. Nothing here knows a language: all words are the grammar's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.context import ContextReader, governs
from extractors.elements import Element, Group, read_elements
from extractors.forms import set_forms
from extractors.grammar import Grammar, Rule
from extractors.grouping import label_groups, make_groups
from extractors.matching import Match, Matcher
from kg.model import (
    Aspect,
    Cue,
    Document,
    Language,
    Mention,
    Predicate,
    RelationMention,
    Sentence,
    Sign,
    Span,
)

FLIPPED: Mapping[Predicate, Predicate] = {
    "increases": "decreases", "decreases": "increases", "treats": "causes", "causes": "treats",
}  # fmt: skip
CO_CHANGE_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation before it gets its id; offsets are the sentence's own."""

    subject: Mention
    predicate: Predicate
    object: Mention
    rule: Rule
    element: Element
    at: int
    aspect: Aspect | None
    cues: tuple[Cue, ...]
    sign: Sign | None = None
    polarity: str = "positive"
    derived: str | None = None
    via: tuple[str, ...] = ()


def find_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    rules: Mapping[Language, Grammar],
) -> tuple[RelationMention, ...]:
    """The relations that the sentences of a document state, in the order of the text.

    `rules` comes from `extractors.grammar.load_rules`. Arguments are ids of `mentions`; trigger
    and cues have passage offsets and lie inside the sentence.
    """
    passages = {passage.id: passage for passage in document.passages}
    by_sentence: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    relations: list[RelationMention] = []
    for sentence in sentences:
        inside = by_sentence.get(sentence.id, [])
        if len(inside) < 2:
            continue
        passage = passages[sentence.passage]
        text = passage.text[sentence.start : sentence.end]
        for found in read_sentence(text, inside, sentence.start, rules[passage.language]):
            relations.append(_finish(found, f"r{len(relations) + 1}", sentence, passage.text))
    return tuple(relations)


def read_sentence(
    text: str, mentions: Sequence[Mention], offset: int, grammar: Grammar
) -> list[_Found]:
    """What one sentence states."""
    elements = read_elements(text, mentions, offset, grammar.vocabulary)
    set_forms(elements)
    elements = make_groups(elements)
    label_groups(elements)
    cues = _context(grammar).find(text)
    found: list[_Found] = []
    changes: list[Match] = []
    for match in Matcher(elements, grammar).matches():
        if match.subject is None:
            changes.append(match)
        else:
            found += _relations(match, elements, grammar, cues)
    return _distinct(found)


@lru_cache(maxsize=8)
def _reader(rules: tuple[object, ...]) -> ContextReader:
    return ContextReader(rules)  # type: ignore[arg-type]


def _context(grammar: Grammar) -> ContextReader:
    return _reader(grammar.cues)


def _relations(
    match: Match, elements: list[Element], grammar: Grammar, cues: list[Cue]
) -> Iterable[_Found]:
    element = elements[match.at]
    governing = [cue for cue in cues if governs(cue, element.start, element.end)]
    if any(cue.kind == "aim" for cue in governing) and not _presupposed(match.at, elements):
        return
    negations = [cue for cue in governing if cue.kind == "negation"]
    assert match.subject is not None  # noqa: S101 - the caller looked
    subject, target = elements[match.subject].group, elements[match.object].group
    assert subject is not None  # noqa: S101
    assert target is not None  # noqa: S101
    flips = match.inverted
    loss = _loss(subject, elements)
    if loss is not None:
        flips = not flips
    for left, right in _pairs(subject, target, match):
        rule = _choose(grammar, match, left, right, subject, negated=bool(negations))
        if rule is None or left.id == right.id or left.text.lower() == right.text.lower():
            continue
        predicate = FLIPPED.get(rule.predicate, rule.predicate) if flips else rule.predicate
        negated = bool(negations) != (rule.polarity == "negated") if rule.when is None else True
        kept = tuple(cue for cue in governing if cue.kind != "aim")
        if loss is not None:
            kept += (Cue("loss", loss[0], loss[1], "", rule.id),)
        yield _Found(
            left,
            predicate,
            right,
            rule,
            element,
            match.at,
            _aspect(rule, target, right),
            kept,
            _sign(rule, elements, match),
            "negated" if negated else "positive",
        )


def _presupposed(at: int, elements: list[Element]) -> bool:
    """Whether an aim takes the relation for granted: X-induced Y, the mechanism of X doing Y."""
    if elements[at].form == "attributive":
        return True
    if elements[at].form not in ("finite", "gerund"):
        return False
    return any(element.has("factive") for element in elements[max(0, at - 9) : at + 9])


def _pairs(subject: Group, target: Group, match: Match) -> Iterable[tuple[Mention, Mention]]:
    if not match.pair:
        return [(s, o) for s in subject.mentions() for o in target.mentions()]
    members = subject.mentions()
    split = subject.split or 1
    return [(s, o) for s in members[:split] for o in members[split:]]


def _choose(
    grammar: Grammar, match: Match, left: Mention, right: Mention, subject: Group, *, negated: bool
) -> Rule | None:
    for rule in grammar.index.get((match.trigger_class, match.frame), ()):
        if left.type not in rule.subject or right.type not in rule.object:
            continue
        if rule.subject_host and subject.host not in rule.subject_host:
            continue
        if rule.when == "negated" and not negated:
            continue
        if rule.object_valence and _valence(grammar, right) not in rule.object_valence:
            continue
        return rule
    return None


def _valence(grammar: Grammar, mention: Mention) -> str:
    text = mention.text.lower()
    for name in ("bad", "good"):
        if any(word in text for word in grammar.valence.get(name, ())):
            return name
    return "bad" if mention.type == "Disease" else "neutral"


def _loss(group: Group, elements: list[Element]) -> tuple[int, int] | None:
    if group.loss is not None:
        return group.loss
    if group.under is not None and elements[group.under].trigger == "decrease":
        return elements[group.under].start, elements[group.under].end
    return None


def _aspect(rule: Rule, target: Group, mention: Mention) -> Aspect | None:
    if rule.aspect is not None:
        return rule.aspect
    if target.aspect:
        return target.aspect  # type: ignore[return-value]
    return "process" if mention.type == "Process" else None


def _sign(rule: Rule, elements: list[Element], match: Match) -> Sign | None:
    if rule.predicate != "associated_with":
        return None
    for element in elements[max(0, match.at - 3) : match.at + 4]:
        if element.has("positive"):
            return "+"
        if element.has("negative"):
            return "-"
    return rule.sign  # type: ignore[return-value]


def _distinct(found: list[_Found]) -> list[_Found]:
    """The best reading of each pair of mentions; relations of one kind are told once."""
    best: dict[tuple[frozenset[str], int], _Found] = {}
    for item in found:
        key = (frozenset((item.subject.id, item.object.id)), 0)
        if key not in best or item.rule.confidence > best[key].rule.confidence:
            best[key] = item
    return list(best.values())


def _finish(found: _Found, identifier: str, sentence: Sentence, text: str) -> RelationMention:
    start = sentence.start
    element = found.element
    trigger = Span(
        start + element.start,
        start + element.end,
        text[start + element.start : start + element.end],
    )
    cues = tuple(
        replace(
            cue,
            start=cue.start + start,
            end=cue.end + start,
            text=text[cue.start + start : cue.end + start],
            scope_start=None if cue.scope_start is None else cue.scope_start + start,
            scope_end=None if cue.scope_end is None else cue.scope_end + start,
        )
        for cue in found.cues
    )
    hypothesis = any(cue.kind == "hypothesis" for cue in cues)
    return RelationMention(
        id=identifier,
        sentence=sentence.id,
        subject=found.subject.id,
        predicate=found.predicate,
        object=found.object.id,
        rule=found.rule.id,
        trigger=trigger,
        aspect=found.aspect,
        sign=found.sign,
        via=found.via,
        polarity=found.polarity,  # type: ignore[arg-type]
        certainty="hypothesis" if hypothesis else "asserted",
        cues=cues,
        derived=found.derived,
        confidence=found.rule.confidence,
    )
