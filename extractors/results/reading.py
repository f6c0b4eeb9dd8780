"""Results: what the sentences of a document report of outcomes, one arm against another.

For each measured thing of a sentence the nearest trigger of its clause is taken, the patterns of
``results.yaml`` tell which group is the arm and which the comparator, and the numbers beside them
give values, effect and significance. Where no word tells the direction, the numbers do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.context.cues import ContextCue
from extractors.context.finding import find_cues
from extractors.nlp.words import level
from extractors.results.arms import Arms
from extractors.results.elements import MEASURED, Element, read_elements
from extractors.results.grammar import Pattern, ResultGrammar
from extractors.results.groups import find_groups
from extractors.results.numbers import Numbers, numbers_of
from extractors.results.shares import share_numbers
from kg.model import (
    ArmValues,
    Cue,
    Direction,
    Document,
    Group,
    Language,
    Mention,
    Quantity,
    Result,
    Sentence,
    Significance,
    Span,
)

# A group belongs to "than" or "compared with" within so many signs.
_COMPARED_WITHIN = 45
_CLOSED_WITHIN = 3
_OBJECT_WITHIN = 5
_OWNED, _TOO_FAR = 500.0, 170.0
_JOINED = 30
_STATED, _INFERRED = 0.8, 0.6
Placed = TypeVar("Placed", Mention, Quantity)


@dataclass(frozen=True, slots=True)
class _Reading:
    trigger: Element | None
    direction: Direction
    rule: str
    arm: Group | None
    comparator: Group | None


def find_results(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    grammars: Mapping[Language, ResultGrammar],
) -> tuple[Result, ...]:
    """The results that the sentences of a document report, in the order of the text.

    `grammars` comes from `grammar.load_result_grammars`.
    """
    passages = {passage.id: passage for passage in document.passages}
    named, counted = _by_sentence(mentions), _by_sentence(quantities)
    arms = Arms(document, sentences, mentions, grammars)
    results: list[Result] = []
    for sentence in sentences:
        inside, figures = named.get(sentence.id, []), counted.get(sentence.id, [])
        if sentence.section == "title" or not inside:
            continue
        passage = passages[sentence.passage]
        text = passage.text[sentence.start : sentence.end]
        grammar = grammars[passage.language]
        reader = SentenceReader(text, inside, figures, sentence.start, grammar)
        cues = [cue for cue in find_cues(text, passage.language) if cue.heeded]
        for outcome, found in reader.readings():
            reading = _resolved(found, arms, passage.language)
            place = reading.trigger or outcome
            governing = [cue for cue in cues if cue.governs(place.start, place.end)]
            if any(cue.kind == "aim" for cue in governing):
                continue
            if sentence.section in ("background", "methods") and reading.comparator is None:
                continue
            numbers = reader.numbers(outcome, reading.arm, reading.comparator)
            reading, values = _with_arms(reading, numbers, arms, passage.language)
            result = _result(f"x{len(results) + 1}", sentence, outcome, reading, numbers,
                             governing, text)  # fmt: skip
            results.append(replace(result, values=values))
    return tuple(results)


def _by_sentence(values: Sequence[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = defaultdict(list)
    for value in values:
        found[value.sentence].append(value)
    return found


def _result(
    name: str,
    sentence: Sentence,
    outcome: Element,
    reading: _Reading,
    numbers: Numbers,
    cues: Sequence[ContextCue],
    text: str,
) -> Result:
    trigger = reading.trigger
    direction = reading.direction
    significance: Significance | None = numbers.significance
    if direction == "no difference":
        significance = "not significant"
    elif significance == "not significant":
        direction = "no difference"
    weak = [cue for cue in cues if cue.kind == "hypothesis"]
    return Result(
        name, sentence.id, outcome.id, direction, reading.rule,
        None if trigger is None else Span(
            sentence.start + trigger.start, sentence.start + trigger.end,
            text[trigger.start : trigger.end],
        ),
        reading.arm, reading.comparator, numbers.arm, numbers.comparator, numbers.effect,
        numbers.p_value, significance, numbers.time,
        "negated" if trigger is not None and trigger.word == "alike" else "positive",
        "hypothesis" if weak else "asserted",
        tuple(_placed(cue.cue(), sentence.start) for cue in weak),
        _STATED if trigger is not None else _INFERRED,
    )  # fmt: skip


def _resolved(reading: _Reading, arms: Arms, language: Language) -> _Reading:
    """The reading with the drugs of its groups; an arm that is not named is the treated one."""
    arm = arms.with_drug(reading.arm, language)
    comparator = arms.with_drug(reading.comparator, language)
    if arm is None and (comparator is None or comparator.role != "treatment"):
        arm = arms.unnamed(language)
    return replace(reading, arm=arm, comparator=comparator)


def _with_arms(
    reading: _Reading, numbers: Numbers, arms: Arms, language: Language
) -> tuple[_Reading, tuple[ArmValues, ...]]:
    """The reading and the values of its arms, with those that the sentence only counts."""
    groups: list[Group | None] = []
    for told in numbers.told:
        group = told.group
        if told.unnamed is not None and (listed := arms.counted(language, told.total)):
            group = listed[told.unnamed]
        groups.append(arms.with_drug(group, language))
    values = tuple(
        ArmValues(group, told.ids, told.phase, told.time)
        for group, told in zip(groups, numbers.told, strict=True)
    )
    if reading.trigger is None or (reading.arm and reading.arm.role == "all"):
        sides = [
            next((g for g, told in zip(groups, numbers.told, strict=True) if told is side), None)
            for side in (numbers.first, numbers.second)
        ]
        changed = numbers.first is not None and numbers.first.phase == "after"
        comparator = Group("baseline") if changed else sides[1]
        if sides[0] is not None and (comparator is not None):
            reading = replace(reading, arm=sides[0], comparator=comparator)
    elif reading.comparator is None and numbers.second and numbers.second.phase == "before":
        reading = replace(reading, comparator=Group("baseline"))
    return reading, values


def _placed(cue: Cue, start: int) -> Cue:
    low = None if cue.scope_start is None else cue.scope_start + start
    high = None if cue.scope_end is None else cue.scope_end + start
    return Cue(cue.kind, cue.start + start, cue.end + start, cue.text, cue.rule, low, high)


class SentenceReader:
    """One sentence with its elements, read outcome by outcome."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        quantities: Sequence[Quantity],
        offset: int,
        grammar: ResultGrammar,
    ) -> None:
        self.text = level(text, grammar.language)
        self.grammar = grammar
        self.quantities = {quantity.id: quantity for quantity in quantities}
        groups = find_groups(text, mentions, offset, grammar)
        measured = [m for m in mentions if m.type in (*MEASURED, "Disease")]
        self.shares = share_numbers(text, quantities, groups, measured, offset, grammar)
        self.row = read_elements(text, mentions, quantities, offset, grammar)

    def readings(self) -> Iterator[tuple[Element, _Reading]]:
        """Each outcome with what is read of it."""
        for outcome in self.row:
            if outcome.kind == "outcome":
                reading = self._stated(outcome) or self._counted(outcome)
                if reading is not None:
                    yield outcome, reading

    def numbers(self, outcome: Element, arm: Group | None, comparator: Group | None) -> Numbers:
        """The numbers that belong to an outcome."""
        return numbers_of(
            outcome, self.row, self.quantities, self.shares, arm, comparator,
            significant=self._is_significant(outcome),
        )  # fmt: skip

    def _is_significant(self, outcome: Element) -> bool:
        """Whether words behind an outcome call the difference significant: 差异有统计学意义."""
        for element in self.row[self.row.index(outcome) + 1 :]:
            if element.kind in ("stop", "outcome"):
                return False
            words = self.text[element.start : element.end]
            if element.kind == "trigger" and element.word == "changed":
                return self.grammar.significant.search(words) is not None
        return False

    def _stated(self, outcome: Element) -> _Reading | None:
        clause = self._clause(outcome)
        triggers = [e for e in clause if e.kind == "trigger" and e.word != "changed"]
        if not triggers:
            return None
        trigger = min(triggers, key=lambda e: self._cost(outcome, e, clause))
        if self._cost(outcome, trigger, clause) > _TOO_FAR:
            return None
        before = [e for e in triggers if e.word == "alike" and e.end <= trigger.start]
        if before and trigger.start <= outcome.start:
            trigger = before[-1]
        pattern, arm, comparator = self._match(outcome, trigger, clause)
        trigger = self._denied_behind(outcome, trigger) or trigger
        direction = self._direction(trigger, outcome)
        if direction is None:
            return None
        return _Reading(
            trigger,
            direction,
            pattern.id,
            arm.group if arm else None,
            comparator.group if comparator else None,
        )

    def _clause(self, outcome: Element) -> list[Element]:
        """The elements between the stops around an outcome."""
        at = self.row.index(outcome)
        first = last = at
        while first > 0 and self.row[first - 1].kind != "stop":
            first -= 1
        while last + 1 < len(self.row) and self.row[last + 1].kind != "stop":
            last += 1
        return self.row[first : last + 1]

    def _cost(self, outcome: Element, trigger: Element, clause: Sequence[Element]) -> float:
        """How far a trigger stands from an outcome; other outcomes of a list cost nothing."""
        low, high = min(outcome.end, trigger.end), max(outcome.start, trigger.start)
        between = [e for e in clause if low <= e.start and e.end <= high]
        free = sum(e.end - e.start for e in between if e.kind in ("outcome", "join", "number"))
        crossed = sum(e.kind == "trigger" for e in between)
        beside = between[:1] if trigger.start < outcome.start else between[-1:]
        joined = any(e.kind == "join" for e in beside)
        other_side = self.grammar.behind * (trigger.start > outcome.start)
        owned = _OWNED * self._has_object(trigger, outcome, clause)
        return max(0, high - low - free) + 60 * crossed + other_side + owned + _JOINED * joined

    def _has_object(self, trigger: Element, outcome: Element, clause: Sequence[Element]) -> bool:
        """Whether another outcome stands right behind a trigger: inhibition of Y, 抑制Y."""
        if trigger.start < outcome.start:
            return False
        behind = (e for e in clause if e.start >= trigger.end and e.kind != "than_behind")
        following = next(behind, None)
        return (
            following is not None
            and following.kind == "outcome"
            and following.start - trigger.end <= _OBJECT_WITHIN
        )

    def _direction(self, trigger: Element, outcome: Element) -> Direction | None:
        """The direction that a trigger tells; what is restored goes up if good and down if bad."""
        if trigger.word == "alike":
            return "no difference"
        if trigger.word in ("up", "down"):
            return "increased" if trigger.word == "up" else "decreased"
        valence = self._valence(outcome)
        if trigger.word == "restored" and valence is None:
            return None
        up = trigger.word != "worse"
        return "increased" if up == (valence != "bad") else "decreased"

    def _valence(self, outcome: Element) -> str | None:
        """Whether an outcome is good or bad to have more of; its last word tells."""
        words = self.text[outcome.start : outcome.end]
        last = {
            name: max((m.end() for m in pattern.finditer(words)), default=-1)
            for name, pattern in self.grammar.valence.items()
        }
        if last["bad"] == last["good"] == -1:
            return None
        return "bad" if last["bad"] > last["good"] else "good"

    def _denied_behind(self, outcome: Element, trigger: Element) -> Element | None:
        """A likeness told of no outcome of its own: …, but the difference was not significant."""
        start = self.row.index(outcome)
        stop = next((n for n, e in enumerate(self.row) if n > start and e.kind == "stop"), None)
        if stop is None or trigger.start > self.row[stop].start:
            return None
        behind = []
        for element in self.row[stop + 1 :]:
            if element.kind in ("stop", "outcome"):
                break
            behind.append(element)
        told = [e for e in behind if e.kind == "trigger" and e.word != "changed"]
        return told[0] if told and told[0].word == "alike" else None

    def _match(
        self, outcome: Element, trigger: Element, clause: Sequence[Element]
    ) -> tuple[Pattern, Element | None, Element | None]:
        """The first pattern whose order holds, with its arm and comparator."""
        compared = self._compared(clause)
        behind = [id(comparator) for _, comparator in compared]
        arms: list[Element | None] = [
            e for e in clause
            if e.kind == "group" and id(e) not in behind and e.word != "baseline"
        ]  # fmt: skip
        arms.sort(key=lambda g: abs(g.start - trigger.start) if g else 0)
        compared.sort(key=lambda pair: pair[1].word == "baseline")
        pairs: list[tuple[Element | None, Element | None]] = [*compared] or [(None, None)]
        for pattern in self.grammar.patterns:
            for than, comparator in pairs:
                if ("comparator" in pattern.order) != (comparator is not None):
                    continue
                for arm in arms or [None]:
                    if ("arm" in pattern.order) != (arm is not None):
                        continue
                    places = {"outcome": outcome, "trigger": trigger, "arm": arm,
                              "comparator": comparator, "than": than}  # fmt: skip
                    starts = [e.start for part in pattern.order if (e := places[part])]
                    if starts == sorted(starts):
                        return pattern, arm, comparator
        fallback = next(p for p in self.grammar.patterns if set(p.order) == {"outcome", "trigger"})
        return fallback, None, None

    def _compared(self, clause: Sequence[Element]) -> list[tuple[Element, Element]]:
        """The groups behind a word of comparison, each with that word."""
        pairs = []
        ends = {e.end for e in clause if e.kind == "trigger"}
        for at, element in enumerate(clause):
            words = self.text[element.start : element.end]
            direct = element.kind == "trigger" and words.endswith(tuple(self.grammar.directs))
            behind = element.kind == "than_behind" and (
                len(self.text[: element.start].rstrip()) in ends
            )
            following = next((e for e in clause[at + 1 :] if e.kind in ("group", "trigger")), None)
            opened = element.kind == "than_open" and self._closed(following, clause)
            if element.kind != "than" and not (direct or behind or opened):
                continue
            if clause[at + 1 : at + 2] and clause[at + 1].kind == "number" and (
                self.grammar.falls[0].search(words)
            ):  # fmt: skip
                continue  # fell from 3.2 to 1.1 on losartan
            if (
                following is not None
                and following.kind == "group"
                and following.word != "all"
                and following.start - element.end <= _COMPARED_WITHIN
            ):
                word = Element("than", element.end, element.end) if direct else element
                pairs.append((word, following))
        return pairs

    def _closed(self, group: Element | None, clause: Sequence[Element]) -> bool:
        """Whether a word such as 相比 stands right behind a group."""
        return group is not None and any(
            e.kind == "than_close" and 0 <= e.start - group.end <= _CLOSED_WITHIN for e in clause
        )

    def _counted(self, outcome: Element) -> _Reading | None:
        """What the numbers tell where no word does: a direction, or values alone."""
        clause = self._clause(outcome)
        found = self.numbers(outcome, None, None)
        groups = [e.group for e in clause if e.kind == "group" and e.word != "all"]
        arm, comparator = (*groups, None, None)[:2]
        if found.first is not None and found.second is not None:
            changed = found.first.phase == "after"
            arm = found.first.group
            comparator = Group("baseline") if changed else found.second.group
        name = f"{self.grammar.language}.result"
        if found.direction is not None:
            return _Reading(None, found.direction, f"{name}.by-numbers", arm, comparator)
        if len(found.told) < 2:
            return None
        if found.first is None:
            arm = comparator = None
        return _Reading(None, "not stated", f"{name}.values", arm, comparator)
