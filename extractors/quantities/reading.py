"""Quantities of a document: doses, durations, counts, percentages, p values, ratios, ages.

Each number that `extractors.quantities.amounts` finds is given a kind by its unit and the words
beside it, and is linked to the nearest mention of a type that fits the kind within its clause: a
dose to a drug, a count or percentage to an outcome. A number that says nothing of these kinds is
left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.quantities.amounts import Amount, find_amounts, flatten, trimmed, vocabulary
from kg.model import Document, Mention, Quantity, QuantityKind, Sentence

_WHOLE = r"(\d{1,3}(?: \d{3})+|\d{1,6})"
_FRACTION = re.compile(rf"(?<![\w./]){_WHOLE}\s?/\s?{_WHOLE}(?![\w/])(?!\.\d)")
_P_VALUE = re.compile(
    r"(?<![A-Za-z])[Pp]\s?(?:-?\s?values?|值|均|all)?\s?(?:of|was|is|为|[=:]|均)?\s?$"
)
_INTERVAL = re.compile(
    r"[\s,;:(\[]*95\s?%\s?(?:CI|confidence interval|可信区间|置信区间)[^()\[\]。;]{0,40}?"
    r"\d[\d.,\s~∼–—−-]*(?:to|至)?"
    r"[\s\d.]*[)\]]?",
    re.IGNORECASE,
)  # fmt: skip
_CONFIDENCE = re.compile(r"\s?%?\s?(?:CI\b|confidence|可信区间|置信区间)")
_SECOND_PERCENTAGE = re.compile(r"\s?(?:[-–—−~∼]|to|至|到)\s?(\d+(?:\.\d+)?)\s?%")
# How many signs nearer a mention of a less fitting type must stand.
_LESS_FITTING = 15
_COMMA = 20
_YEAR = range(1800, 2101)
_DOSE_DIMENSIONS = frozenset({"mass", "activity", "radiation", "dose rate"})
# The types that a quantity of each kind may describe, the likeliest first.
_FITTING: dict[QuantityKind, tuple[tuple[str, ...], ...]] = {
    "dose": (("Drug",),),
    "duration": (("Drug", "Outcome", "Disease"),),
    "count": (("Outcome",), ("Disease",)),
    "fraction": (("Outcome",), ("Disease", "Protein")),
    "percentage": (("Outcome",), ("Disease", "Protein", "Process")),
    "p-value": (("Outcome", "Process", "Protein"), ("Disease",)),
    "measurement": (("Outcome",), ("Protein", "Drug", "Process")),
    "ratio": (("Disease", "Outcome"),),
    "age": (),
}


@dataclass(frozen=True, slots=True)
class _Reading:
    amount: Amount
    kind: QuantityKind
    total: float | None = None


def find_quantities(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Quantity, ...]:
    """All quantities of a document in text order, named q1, q2, …, linked where a mention fits."""
    texts = {passage.id: passage.text for passage in document.passages}
    by_sentence: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    found: list[Quantity] = []
    for sentence in sentences:
        original = texts[sentence.passage][sentence.start : sentence.end]
        text = flatten(original)
        inside = by_sentence[sentence.id]
        for reading in _readings(text, _places(inside, sentence)):
            amount = reading.amount
            found.append(
                Quantity(
                    f"q{len(found) + 1}", sentence.passage, sentence.id,
                    sentence.start + amount.start, sentence.start + amount.end,
                    original[amount.start : amount.end], reading.kind, amount.low, amount.high,
                    amount.unit, reading.total, amount.comparator,
                    _described(reading, text, inside, sentence),
                )
            )  # fmt: skip
    return tuple(found)


def _places(mentions: Iterable[Mention], sentence: Sentence) -> list[tuple[int, int, str]]:
    return [(m.start - sentence.start, m.end - sentence.start, m.type) for m in mentions]


def _readings(text: str, places: Sequence[tuple[int, int, str]]) -> Iterator[_Reading]:
    """The quantities of one sentence; a part of a counted whole gets the whole as its total."""
    done, total = 0, None
    fractions = {match.start(): match for match in _FRACTION.finditer(text)}
    for amount in find_amounts(text):
        if amount.start < done or _in_name(amount, places):
            continue
        fraction = next((m for s, m in fractions.items() if s <= amount.start < m.end()), None)
        reading = _fraction(fraction) if fraction else _classified(text, amount, total, places)
        if reading is None:
            continue
        if reading.kind == "count" and _is_total(text, reading.amount):
            total = reading.amount.low
        yield reading
        done = reading.amount.end


def _in_name(amount: Amount, places: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the number is a part of a mention such as IL-6 or "type 2 diabetes"."""
    return any(start < amount.end and amount.start < end for start, end, _ in places)


def _fraction(match: re.Match[str]) -> _Reading | None:
    part, whole = (float(number.replace(" ", "")) for number in match.groups())
    if part > whole or whole < 2:
        return None
    return _Reading(Amount(match.start(), match.end(), part, part), "fraction", whole)


def _classified(
    text: str, amount: Amount, total: float | None, places: Sequence[tuple[int, int, str]]
) -> _Reading | None:
    before, after = text[: amount.start], text[amount.end :]
    if _P_VALUE.search(before.rstrip(" =")) and amount.low is not None and amount.low <= 1:
        start = len(before.rstrip(" =")) - len(_last(_P_VALUE, before.rstrip(" =")))
        return _Reading(replace(amount, start=start), "p-value")
    if _CONFIDENCE.match(after):
        return None
    ratio = _ratio(text, amount)
    if ratio:
        return ratio
    age = _age(before, text[amount.number_end :], amount)
    if age:
        return age
    percent = _percentage(before, after, amount)
    if percent:
        return percent
    if amount.unit is not None:
        return _with_unit(text, amount, places)
    return _count(text, amount, total)


def _ratio(text: str, amount: Amount) -> _Reading | None:
    """A ratio with its confidence interval, its name right before it or earlier in the sentence."""
    if amount.unit is not None:
        return None
    before = text[: amount.start]
    named = _patterns()["ratio"].search(before)
    interval = _INTERVAL.match(text, amount.end)
    if named is None and not (interval and _patterns()["ratio_name"].search(before)):
        return None
    start = named.start() if named else amount.start
    end = start + len(trimmed(text[start : interval.end()])) if interval else amount.end
    return _Reading(replace(amount, start=start, end=end), "ratio")


def _last(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _age(before: str, after: str, amount: Amount) -> _Reading | None:
    match = _patterns()["age"].match(after)
    if match:
        unit = "mo" if "month" in match[0] or "月" in match[0] else "a"
        unit = "wk" if "周龄" in match[0] else "d" if "日龄" in match[0] else unit
        return _Reading(replace(amount, end=amount.number_end + match.end(), unit=unit), "age")
    if amount.dimension == "time" and _patterns()["age_before"].search(before):
        return _Reading(amount, "age")
    return None


def _percentage(before: str, after: str, amount: Amount) -> _Reading | None:
    if before.endswith("百分之"):
        return _Reading(replace(amount, start=amount.start - 3, unit="%"), "percentage")
    match = re.match(r"\s?(?:%|percent\b|per cent\b)", after)
    if match is None:
        return None
    end = amount.end + match.end()
    upper = _SECOND_PERCENTAGE.match(after, match.end())
    if upper and amount.low == amount.high and float(upper[1]) > (amount.low or 0):
        high = float(upper[1])
        return _Reading(
            replace(amount, end=amount.end + upper.end(), high=high, unit="%"), "percentage"
        )
    return _Reading(replace(amount, end=end, unit="%"), "percentage")


def _with_unit(
    text: str, amount: Amount, places: Sequence[tuple[int, int, str]]
) -> _Reading | None:
    if amount.dimension == "time":
        return None if _is_date(text, amount) else _Reading(amount, "duration")
    if amount.dimension in ("count", "frequency") and amount.unit == "{times}":
        return None
    drugs = [end for _, end, kind in places if kind == "Drug"]
    near = any(kind == "Drug" and _adjacent(text, amount, s, e) for s, e, kind in places)
    if amount.dimension == "dose rate":
        return _Reading(amount, "dose")
    if amount.dimension in _DOSE_DIMENSIONS and drugs and not amount.deviation:
        return _Reading(amount, "dose")
    if amount.dimension == "concentration" and near and not amount.deviation:
        return _Reading(amount, "dose")
    return _Reading(amount, "measurement")


def _adjacent(text: str, amount: Amount, start: int, end: int) -> bool:
    """Whether "10 μmol/L X" or "X (10 μmol/L)" stands here."""
    if start >= amount.end:
        return text[amount.end : start].strip(" 的") in ("", "of")
    return end <= amount.start and text[end : amount.start].strip() in ("(", "", "at", "[")


def _is_date(text: str, amount: Amount) -> bool:
    """Whether "2012年" or "3月" or "5日" is a point in time, not a length of it."""
    written = text[amount.start : amount.end]
    if amount.low is not None and amount.low in _YEAR and amount.unit == "a":
        return True
    if written.endswith(("月", "日")) and not written.endswith("个月"):
        return (
            bool(re.search(r"[年月]\s?$", text[: amount.start]))
            or bool(re.match(r"\s?(?:\d+\s?日|至\s?\d{4}\s?年)", text[amount.end :]))
            or bool(re.search(r"\d{4}\s?年", text[: amount.start][-8:]))
        )
    return False


def _count(text: str, amount: Amount, total: float | None) -> _Reading | None:
    low, after = amount.low, text[amount.end :]
    if low is None or low != int(low) or amount.deviation:
        return None
    patterns = _patterns()
    of_total = patterns["of_total"].match(after)
    if of_total:
        denominator = float(of_total[1].replace(",", ""))
        if denominator >= low:
            end = amount.end + of_total.end(1)
            return _Reading(replace(amount, end=end), "count", denominator)
    noun = patterns["counted"].match(after)
    if noun:
        counted = replace(amount, end=amount.end + noun.end(1))
        whole_named = total is not None and low <= total
        part = total if whole_named and not _is_total(text, counted) else None
        return _Reading(counted, "count", part)
    if total is not None and low <= total and patterns["acts"].match(after):
        return _Reading(amount, "count", total)
    return None


def _is_total(text: str, amount: Amount) -> bool:
    patterns = _patterns()
    return bool(
        patterns["total_before"].search(text[: amount.start])
        or patterns["total_after"].match(text[amount.end :])
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = vocabulary().words

    def either(name: str) -> str:
        ordered = sorted(words[name], key=len, reverse=True)
        return "|".join(
            re.escape(w) + (r"\b" if w[-1].isascii() and w[-1].isalpha() else "") for w in ordered
        )

    ages = "|".join(words["age"])
    return {
        "ratio": re.compile(
            rf"(?<![A-Za-z])(?:{either('ratios')})\s?(?:\((?:[a-z]?OR|HR|RR|SMD|WMD|MD|AUC)\)|was|were|of|为|是|[,:=])?[\s=:,]*$",
            re.IGNORECASE,
        ),
        "ratio_name": re.compile(rf"(?<![A-Za-z])(?:{either('ratios')})"),
        "age": re.compile(rf"\s?(?:{ages})", re.IGNORECASE),
        "age_before": re.compile(rf"(?:{either('age_before')})\D{{0,14}}$", re.IGNORECASE),
        "of_total": re.compile(
            r"\s(?:out of|of)\s(?:the\s|these\s|all\s|our\s)?(\d[\d,]*)(?![\d.%])", re.IGNORECASE
        ),
        "counted": re.compile(
            rf"(\s?(?:[A-Za-z][\w-]*\s){{0,4}}?(?:{either('counted')}))(?!\w*[%/])"
        ),
        "acts": re.compile(rf"\s(?:{either('acts')})|\s?\(\d", re.IGNORECASE),
        "total_before": re.compile(
            rf"(?<![A-Za-z])(?:{either('total_before')})\s(?:the\s|these\s|all\s|our\s)?(?:remaining\s|other\s)?$",
            re.IGNORECASE,
        ),
        "total_after": re.compile(rf"[^,.。;；，\d]{{0,30}}?(?:{either('total_after')})"),
        "partings": re.compile(rf"[;；。:：]|(?<![A-Za-z])(?:{either('partings')})"),
    }


def _described(
    reading: _Reading, text: str, mentions: Sequence[Mention], sentence: Sentence
) -> str | None:
    """The mention that a quantity describes: the nearest of a fitting type in its clause."""
    start, end = sentence.start + reading.amount.start, sentence.start + reading.amount.end
    whole = reading.total is None and _is_total(text, reading.amount)
    ranked = sorted(
        (distance + _LESS_FITTING * rank, m.start, m.id)
        for rank, kinds in enumerate(_FITTING[reading.kind])
        for m in mentions
        if m.type in kinds
        and not (whole and m.type == "Outcome")
        and (distance := _distance(reading.kind, text, start, end, m, sentence)) is not None
        and not (whole and distance >= _COMMA)
    )
    return ranked[0][2] if ranked else None


def _distance(
    kind: QuantityKind, text: str, start: int, end: int, mention: Mention, sentence: Sentence
) -> float | None:
    """How far a mention stands from a quantity, in signs, or None where they are parted.

    What follows a count is what was counted; a dose, a percentage in brackets, a measure and a
    p value follow what they describe. A comma counts as twenty signs; a whole is linked to
    nothing beyond one. A mention inside ("14 asthma patients") goes before all others.
    """
    if mention.start >= end:
        between = text[end - sentence.start : mention.start - sentence.start]
        against = kind not in ("count", "fraction")
        if kind == "dose" and between.strip(" 的") in ("", "of"):
            against = False
    elif mention.end <= start:
        between = text[mention.end - sentence.start : start - sentence.start]
        against = kind in ("count", "fraction")
    else:
        return -_COMMA
    if _patterns()["partings"].search(between):
        return None
    commas = sum(sign in ",，、" for sign in between)
    bracketed = 30 if between.count("(") < between.count(")") else 0
    return len(between) + _COMMA * commas + bracketed + (25 if against else 0)
