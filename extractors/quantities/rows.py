"""Numbers in a row that share their unit, and the two ends of a change.

A number without a unit has that of the number that it is in a row with: 12.1±3.2 vs 20.4±4.0 mg/d,
80、60和40 U/L, 由3.2降至1.1 g/d. "From 3.2 to 1.1 g/d" behind a word of change is two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.nlp.words import level
from extractors.quantities.amounts import Amount
from extractors.quantities.values import Reading
from extractors.results.grammar import load_result_grammar
from kg.model import Language, QuantityKind

_WORD = r"(?:\b(?:vs\.?|versus|and|or|to)\b|[比和与及或、/→])"
_IN_A_ROW = re.compile(rf"\s?[)\]]?\s?(?:[,;]|{_WORD}|, ?{_WORD})\s?[(\[]?\s?")
_CHANGED_TO = re.compile(r"\s?[)\]]?\s?[^\d,;。、]{0,6}?(?:to|至|到)\s?[(\[]?\s?")
_JOINED = re.compile(_WORD)
_TO = re.compile(r"\s(?:to)\s|\s?[至到]\s?")
_YEARS = range(1800, 2101)
_SHARING: tuple[QuantityKind, ...] = ("measurement", "dose", "percentage", "duration")
_CHANGES = ("up", "down", "better", "worse", "restored", "changed")


def with_shared_units(text: str, found: Sequence[Reading | Amount]) -> list[Reading]:
    """The readings of a sentence in order; numbers (`Amount`s) that share no unit are left out."""
    readings: list[Reading] = []
    for one, joined in zip(reversed(found), reversed(_joined(text, found)), strict=True):
        behind = readings[-1] if readings else None
        if isinstance(one, Reading):
            readings.append(_shared(text, one, behind))
        elif behind is not None and joined and _shares(text, one, behind):
            amount = replace(one, unit=behind.amount.unit, dimension=behind.amount.dimension)
            readings.append(Reading(amount, behind.kind, behind.rule))
    return readings[::-1]


def _joined(text: str, found: Sequence[Reading | Amount]) -> list[bool]:
    """Whether the row that each number is in has a word such as *and* or *vs* in it."""
    marks = [False] * len(found)
    for at in range(len(found) - 2, -1, -1):
        between = text[_amount(found[at]).end : _amount(found[at + 1]).start]
        changed = _CHANGED_TO.fullmatch(between)
        if _IN_A_ROW.fullmatch(between) or changed:
            marks[at] = marks[at + 1] or bool(changed or _JOINED.search(between))
    return marks


def _amount(one: Reading | Amount) -> Amount:
    return one.amount if isinstance(one, Reading) else one


def _shared(text: str, one: Reading, behind: Reading | None) -> Reading:
    """A mean without a unit, with that of the mean behind it."""
    amount = one.amount
    if behind is None or not (amount.deviation and amount.unit is None):
        return one
    if not behind.amount.deviation or one.kind != behind.kind or not _near(text, amount, behind):
        return one
    unit, dimension = behind.amount.unit, behind.amount.dimension
    return replace(one, amount=replace(amount, unit=unit, dimension=dimension))


def _shares(text: str, amount: Amount, behind: Reading) -> bool:
    """Whether a bare number has the unit of the one behind it, and is no year."""
    plain = amount.unit is None and amount.low is not None and amount.low == amount.high
    return (
        plain and behind.kind in _SHARING and behind.amount.unit is not None
        and amount.low not in _YEARS and behind.interval is None
        and _near(text, amount, behind)
    )  # fmt: skip


def _near(text: str, amount: Amount, behind: Reading) -> bool:
    between = text[amount.end : behind.amount.start]
    return bool(_IN_A_ROW.fullmatch(between) or _CHANGED_TO.fullmatch(between))


def ends_of_change(text: str, amount: Amount, language: Language) -> Iterator[Amount]:
    """The two numbers of "fell from 3.2 to 1.1 g/d"; any other number as it is."""
    written = text[amount.start : amount.end]
    to = _TO.search(written)
    grammar = load_result_grammar(language)
    if (
        to is None or amount.deviation or amount.low is None or amount.low == amount.high
        or not grammar.falls[0].search(text[: amount.start].rstrip())
    ):  # fmt: skip
        yield amount
        return
    clause = level(text[: amount.start], language)
    words = (grammar.words[m[0].lower()] for m in grammar.word.finditer(clause))
    high = amount.high if amount.high is not None else amount.low
    if amount.low < high and not any(kind in _CHANGES for kind in words):
        yield amount
        return
    end = amount.start + to.start()
    yield replace(amount, end=end, high=amount.low, comparator=None, number_end=end)
    yield replace(amount, start=amount.start + to.end(), low=high, comparator=None)
