"""Relations between the mentions of each sentence, with polarity, certainty and cues.

A sentence becomes a row of elements (`elements`), its triggers get their forms (`forms`), its
mentions are grouped (`grouping`) and labelled with their places (`labels`), frames give each
trigger its arguments (`matching`), and the rules' table of trigger class, frame, types and outcome
gives the predicate. Nothing here knows a language: all words are the grammar's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.context.aims import is_aim, whole_aim
from extractors.context.cues import ContextCue
from extractors.context.finding import ContextReader
from extractors.context.rules import Context
from extractors.nlp.words import level
from extractors.relations.anaphora import resolve_anaphora
from extractors.relations.attributives import lift_attributives, lift_nested, put_back
from extractors.relations.clauses import lift_clauses
from extractors.relations.cochange import find_co_changes
from extractors.relations.elements import Element, Group, read_elements
from extractors.relations.forms import set_forms
from extractors.relations.grammar import Grammar, Rule
from extractors.relations.grouping import make_groups
from extractors.relations.labels import label_groups
from extractors.relations.matching import Match, Matcher
from extractors.relations.mediators import FLIPPED, Found, with_mediators
from kg.model import (
    ASPECTS,
    Aspect,
    Cue,
    Document,
    Language,
    Mention,
    RelationMention,
    Sentence,
    Sign,
    Span,
)

# A treatment group is compared; it is not what changes.
ARM = "arm"
# Cells and organisms are where something happens, not what does it (see `qualifiers`).
ARGUMENT_TYPES = ("Drug", "Protein", "Disease", "Outcome", "Process")
# Forms inside a noun phrase, which a denial or an aim around it takes for granted.
PRESUPPOSED = ("attributive", "participle")


def find_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    rules: Mapping[Language, Grammar],
) -> tuple[RelationMention, ...]:
    """The relations that the sentences of a document state, in the order of the text.

    `rules` comes from `grammar.load_rules`. Arguments are ids of `mentions`; trigger and cues have
    passage offsets and lie inside the sentence.
    """
    relations: list[RelationMention] = []
    for place in places(document, sentences, mentions, rules):
        for found in place.read().found:
            relations.append(place.finish(found, f"r{len(relations) + 1}"))
    return tuple(relations)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen in a sentence: its row of elements, matches of frames, cues, relations."""

    elements: list[Element]
    matches: list[Match]
    cues: list[ContextCue]
    found: list[Found]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence in which two mentions or more may be related.

    `mentions` may be arguments; `asked` where the whole sentence is an aim.
    """

    sentence: Sentence
    text: str
    mentions: tuple[Mention, ...]
    grammar: Grammar
    asked: bool

    def read(self) -> Reading:
        """The sentence, read by the rules."""
        start, end = self.sentence.start, self.sentence.end
        text = self.text[start:end]
        return analyse(text, self.mentions, start, self.grammar, asked=self.asked)

    def finish(self, found: Found, identifier: str) -> RelationMention:
        """What was found in the sentence, as a relation of the passage."""
        return _finish(found, identifier, self.sentence, self.text)


def places(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    rules: Mapping[Language, Grammar],
) -> Iterator[Place]:
    """The sentences of a document that name two things or more, in the order of the text."""
    passages = {passage.id: passage for passage in document.passages}
    by_sentence: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    last_of = {sentence.passage: sentence.id for sentence in sentences}
    for sentence in sentences:
        named = by_sentence.get(sentence.id, [])
        inside = tuple(mention for mention in named if mention.type in ARGUMENT_TYPES)
        if len(inside) < 2:
            continue
        passage = passages[sentence.passage]
        grammar = rules[passage.language]
        asked = last_of.get(passage.id) == sentence.id and is_aim(passage, grammar.context)
        yield Place(sentence, passage.text, inside, grammar, asked)


def read_sentence(
    text: str, mentions: Sequence[Mention], offset: int, grammar: Grammar, *, asked: bool = False
) -> list[Found]:
    """What one sentence states; under the label of an aim all of it is only `asked`."""
    return analyse(text, mentions, offset, grammar, asked=asked).found


def analyse(
    text: str, mentions: Sequence[Mention], offset: int, grammar: Grammar, *, asked: bool = False
) -> Reading:
    """A sentence that starts at `offset` of its passage, with all that was seen on the way."""
    named = [(m.start - offset, m.end - offset) for m in mentions]
    cues = find_heeded(text, named, grammar)
    if asked:
        cues.append(whole_aim(text))
    text = level(text, grammar.language)
    elements, nested = read_elements(text, mentions, offset, grammar.vocabulary)
    set_forms(elements)
    inner = lift_nested(elements, nested, grammar.vocabulary)
    elements, clauses = lift_clauses(elements)
    elements, lifted = lift_attributives(elements)
    elements = resolve_anaphora(make_groups(elements))
    clauses = [make_groups(clause) for clause in clauses]
    for row in (elements, *clauses):
        label_groups(row)
    elements = put_back(elements, [*lifted, *inner, *clauses])
    matches = list(Matcher(elements, grammar).matches())
    found: list[Found] = []
    for match in matches:
        if match.subject is not None:
            found += _relations(match, elements, grammar, cues)
    found = [*with_mediators(found, elements), *_co_changes(matches, elements, grammar, cues)]
    return Reading(elements, matches, cues, _distinct(found))


def _co_changes(
    matches: list[Match], elements: list[Element], grammar: Grammar, cues: list[ContextCue]
) -> Iterable[Found]:
    rule = grammar.co_change
    if rule is None:
        return
    for left, right, sign, match in find_co_changes(matches, elements):
        element = elements[match.at]
        governing = tuple(cue for cue in cues if cue.governs(element.start, element.end))
        if any(cue.kind in ("negation", "aim") for cue in governing):
            continue
        yield Found(
            left,
            "associated_with",
            right,
            rule,
            element,
            match,
            None,
            tuple(cue.cue() for cue in governing),
            sign,
            derived=rule.derived,
        )


def find_heeded(text: str, named: Sequence[tuple[int, int]], grammar: Grammar) -> list[ContextCue]:
    """The cues of a sentence that deny, weaken or ask a relation."""
    return [cue for cue in _context(grammar.context).find(text, named) if cue.heeded]


@lru_cache(maxsize=8)
def _context(context: Context) -> ContextReader:
    return ContextReader(context)


def _relations(
    match: Match, elements: list[Element], grammar: Grammar, cues: list[ContextCue]
) -> Iterable[Found]:
    element = elements[match.at]
    governing = [cue for cue in cues if cue.governs(element.start, element.end)]
    if any(cue.kind == "aim" for cue in governing) and not _presupposed(match.at, elements):
        return
    if element.form in PRESUPPOSED:
        governing = [cue for cue in governing if cue.kind not in ("negation", "aim")]
    negations = [cue for cue in governing if cue.kind == "negation"]
    denied = bool(negations) != match.denied
    assert match.subject is not None  # noqa: S101 - the caller looked
    subject, target = elements[match.subject].group, elements[match.object].group
    assert subject is not None  # noqa: S101
    assert target is not None  # noqa: S101
    flips = match.inverted
    if target.host == ARM and match.object != match.subject:
        return
    if _effect_of(target, match, elements):
        return
    loss = _loss(subject, match, elements)
    if loss is not None:
        flips = not flips
    pairs = _pairs(subject, target, match, elements)
    if element.target is not None:
        own = _modified(element, target, elements)
        pairs = [(left, right) for left, right in pairs if right in own]
    for left, right in pairs:
        rule = _choose(grammar, match, (left, subject), (right, target), negated=denied)
        if rule is None or left.id == right.id or left.text.lower() == right.text.lower():
            continue
        if rule.predicate == "causes" and target.host == "cells":
            continue  # to promote cancer cells is not to cause the cancer
        predicate = FLIPPED.get(rule.predicate, rule.predicate) if flips else rule.predicate
        negated = (
            denied != (rule.polarity == "negated") if rule.when is None else rule.when == "negated"
        )
        kept = tuple(cue.cue() for cue in governing if cue.kind != "aim")
        if loss is not None:
            kept += (Cue("loss", loss[0], loss[1], "", rule.id),)
        yield Found(
            left,
            predicate,
            right,
            rule,
            element,
            match,
            _aspect(rule, target, right),
            kept,
            _sign(rule, elements, match),
            "negated" if negated else "positive",
        )


def _presupposed(at: int, elements: list[Element]) -> bool:
    """Whether an aim takes the relation for granted: X-induced Y, the mechanism of X doing Y."""
    if elements[at].form in PRESUPPOSED:
        return True
    if elements[at].form not in ("finite", "gerund"):
        return False
    return any(element.has("factive") for element in elements[max(0, at - 9) : at + 9])


def _modified(element: Element, target: Group, elements: list[Element]) -> list[Mention]:
    """The members that an attributive word is said of: its own and those up to the next one's."""
    first = element.target.group.slots[0][0] if element.target and element.target.group else None
    others = {
        e.target.group.slots[0][0].id
        for e in elements
        if e.target is not None and e.target.group is not None and e is not element
    }
    members = target.mentions()
    start = next((n for n, m in enumerate(members) if m is first), 0)
    end = next((n for n in range(start + 1, len(members)) if members[n].id in others), len(members))
    return members[start:end]


def _pairs(
    subject: Group, target: Group, match: Match, elements: list[Element]
) -> list[tuple[Mention, Mention]]:
    if not match.pair:
        subjects, objects = subject.mentions(), target.mentions()
        if len(subjects) == len(objects) > 1 and _respectively(match, elements):
            return list(zip(subjects, objects, strict=True))
        return [(s, o) for s in subjects for o in objects]
    members = subject.mentions()
    split = subject.split or 1
    return [(s, o) for s in members[:split] for o in members[split:]]


def _respectively(match: Match, elements: list[Element]) -> bool:
    """Whether each subject has its own object (A and B lower C and D, respectively)."""
    last = max(match.at, match.object)
    around = [*elements[max(0, match.at - 3) : match.at], *elements[last + 1 : last + 4]]
    return any(element.has("respective") for element in around)


def _choose(
    grammar: Grammar,
    match: Match,
    left_of: tuple[Mention, Group],
    right_of: tuple[Mention, Group],
    *,
    negated: bool,
) -> Rule | None:
    (left, subject), (right, target) = left_of, right_of
    for rule in grammar.index.get((match.trigger_class, match.frame), ()):
        if left.type not in rule.subject or right.type not in rule.object:
            continue
        if rule.subject_host and (subject.host or subject.role) not in rule.subject_host:
            continue
        if rule.when is not None and negated != (rule.when == "negated"):
            continue
        if rule.object_aspect and target.aspect_of(right) not in rule.object_aspect:
            continue
        if rule.subject_aspect and subject.aspect_of(left) not in rule.subject_aspect:
            continue
        if rule.object_valence and _valence_among(grammar, right, target) not in (
            rule.object_valence
        ):
            continue
        return rule
    return None


def _valence_among(grammar: Grammar, mention: Mention, group: Group) -> str:
    """The valence of a mention; a neutral one is as the others of its list are (恶心、镇静)."""
    own = _valence(grammar, mention)
    if own != "neutral" or mention.type != "Outcome":
        return own
    others = {_valence(grammar, other) for other in group.mentions()} - {"neutral"}
    return others.pop() if len(others) == 1 else own


def _valence(grammar: Grammar, mention: Mention) -> str:
    """Whether more of a thing is good or bad, by the last telling word of its name."""
    text = mention.text.lower()
    found = [
        (text.rfind(word) + len(word), len(word), name)
        for name, words in grammar.valence.items()
        for word in words
        if word in text
    ]
    if found:
        return max(found)[2]
    return "bad" if mention.type == "Disease" else "neutral"


def _effect_of(target: Group, match: Match, elements: list[Element]) -> bool:
    """Whether the object is only the owner of what is changed (*abolished the effect of X*)."""
    if target.under is None or target.under == match.at:
        return False
    if match.trigger_class == "occur":
        return True  # a fall of Y was seen: not Y
    return elements[target.under].trigger in ("affect", "treat", "relieve") and (
        match.trigger_class in ("increase", "decrease", "restore")
        and elements[match.at].trigger == match.trigger_class
    )


def _loss(group: Group, match: Match, elements: list[Element]) -> tuple[int, int] | None:
    if group.loss is not None:
        return group.loss
    if group.under in (None, match.at):
        return None
    if group.under is not None and elements[group.under].trigger == "decrease":
        return elements[group.under].start, elements[group.under].end
    return None


def _aspect(rule: Rule, target: Group, mention: Mention) -> Aspect | None:
    if rule.aspect is not None:
        return rule.aspect
    stated = target.aspect_of(mention)
    if stated:
        return next((aspect for aspect in ASPECTS if aspect == stated), "other")
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


def _distinct(found: list[Found]) -> list[Found]:
    """The best reading of each pair of mentions; relations of one kind are told once."""
    best: dict[tuple[frozenset[str], int], Found] = {}
    for item in found:
        key = (frozenset((item.subject.id, item.object.id)), 0)
        if key not in best or _rank(item) > _rank(best[key]):
            best[key] = item
    return list(best.values())


def _rank(item: Found) -> float:
    return item.rule.confidence - (1.0 if item.derived else 0.0)


def _finish(found: Found, identifier: str, sentence: Sentence, text: str) -> RelationMention:
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
