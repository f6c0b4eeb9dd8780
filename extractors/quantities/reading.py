"""Quantities of a document: doses, regimens, durations, counts, rates, effects, p values, ages.

Each number that `extractors.quantities.amounts` finds is given a kind: by the words beside it, as
the rules of ``quantities.yaml`` list them, else by its unit and by what is counted. It is linked to
the nearest mention of a type that fits the kind within its clause. A number that says nothing of
these kinds is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.quantities.amounts import (
    Amount,
    find_amounts,
    flatten,
    number_value,
    trimmed,
    vocabulary,
)
from extractors.quantities.links import described, with_groups_and_times
from extractors.quantities.rules import QuantityRule, load_quantity_rules
from kg.model import (
    LANGUAGES,
    Document,
    IntervalKind,
    Language,
    Mention,
    Quantity,
    QuantityKind,
    Sentence,
)

_WHOLE = r"(\d{1,3}(?: \d{3})+|\d{1,6})"
_FRACTION = re.compile(rf"(?<![\w./]){_WHOLE}\s?/\s?{_WHOLE}(?![\w/])(?!\.\d)")
_CONFIDENCE = re.compile(r"\s?%?\s?(?:CI\b|confidence|可信区间|置信区间)")
_SECOND_PERCENTAGE = re.compile(r"\s?(?:[-–—−~∼]|to|至|到)\s?(\d+(?:\.\d+)?)\s?%")
_SHARED_UNIT = re.compile(r"\s?(?:vs\.?|versus|and|to|比|和|与|[,;，；、/→])\s?")
_SHARED_WITHIN = 12
_YEAR = range(1800, 2101)
_DOSE_DIMENSIONS = frozenset({"mass", "activity", "radiation"})
_TIMES = ("min", "h", "d", "wk", "mo")
_PERIODS = {"y": "a", "m": "mo", "d": "d", "年": "a", "月": "mo"}
_SCALES = {"百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5}
_WITH_INTERVAL: tuple[QuantityKind, ...] = (
    "ratio", "measurement", "percentage", "duration", "correlation", "fold-change", "rate", "age",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    amount: Amount
    kind: QuantityKind
    rule: str
    total: float | None = None
    value: float | None = None
    interval: IntervalKind | None = None


def find_quantities(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Quantity, ...]:
    """All quantities of a document in text order, named q1, q2, …, linked where a mention fits."""
    passages = {passage.id: passage for passage in document.passages}
    by_sentence: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    found: list[Quantity] = []
    for sentence in sentences:
        passage = passages[sentence.passage]
        original = passage.text[sentence.start : sentence.end]
        text, inside = flatten(original), by_sentence[sentence.id]
        own: list[Quantity] = []
        for reading in _readings(text, _places(inside, sentence), passage.language):
            name = f"q{len(found) + len(own) + 1}"
            own.append(_quantity(name, reading, original, text, inside, sentence))
        found += with_groups_and_times(own, original, inside, sentence, passage.language)
    return tuple(found)


def _quantity(
    name: str,
    reading: _Reading,
    original: str,
    text: str,
    mentions: Sequence[Mention],
    sentence: Sentence,
) -> Quantity:
    amount = reading.amount
    whole = reading.total is None and _is_total(text, amount)
    return Quantity(
        name, sentence.passage, sentence.id, sentence.start + amount.start,
        sentence.start + amount.end, original[amount.start : amount.end], reading.kind,
        amount.low, amount.high, amount.unit, reading.total, amount.comparator,
        described(reading.kind, text, (amount.start, amount.end), mentions, sentence, whole=whole),
        value=reading.value, sd=amount.sd, interval=reading.interval, rule=reading.rule,
    )  # fmt: skip


def _places(mentions: Iterable[Mention], sentence: Sentence) -> list[tuple[int, int, str]]:
    return [(m.start - sentence.start, m.end - sentence.start, m.type) for m in mentions]


def _readings(
    text: str, places: Sequence[tuple[int, int, str]], language: Language
) -> Iterator[_Reading]:
    """The quantities of one sentence; a part of a counted whole gets the whole as its total."""
    done, total = 0, None
    fractions = {match.start(): match for match in _FRACTION.finditer(text)}
    held: _Reading | None = None
    for amount in find_amounts(text):
        if amount.start < done or _in_name(amount, places):
            continue
        fraction = next((m for s, m in fractions.items() if s <= amount.start < m.end()), None)
        reading = (
            _fraction(fraction, language) if fraction
            else _classified(text, amount, total, places, language)
        )  # fmt: skip
        if reading is None:
            continue
        reading = _bounded(text, reading, language)
        if reading.amount.start < done:
            continue
        if reading.kind == "count" and _is_total(text, reading.amount):
            total = reading.amount.low
        if held is not None:
            yield _sharing(text, held, reading)
        held = reading
        done = reading.amount.end
    if held is not None:
        yield held


def _sharing(text: str, first: _Reading, second: _Reading) -> _Reading:
    """A measure without a unit has that of the one right behind it: 12.1±3.2 vs 20.4±4.0 mg/d."""
    one, other = first.amount, second.amount
    between = text[one.end : other.start]
    if (
        one.deviation and other.deviation and one.unit is None and first.kind == second.kind
        and len(between) <= _SHARED_WITHIN and _SHARED_UNIT.match(between)
    ):  # fmt: skip
        return replace(first, amount=replace(one, unit=other.unit, dimension=other.dimension))
    return first


def _in_name(amount: Amount, places: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the number is a part of a mention such as IL-6 or "type 2 diabetes"."""
    return any(start < amount.end and amount.start < end for start, end, _ in places)


def _fraction(match: re.Match[str], language: Language) -> _Reading | None:
    part, whole = (float(number.replace(" ", "")) for number in match.groups())
    if part > whole or whole < 2:
        return None
    amount = Amount(match.start(), match.end(), part, part)
    return _Reading(amount, "fraction", f"{language}.quantity.fraction", whole)


def _classified(
    text: str,
    amount: Amount,
    total: float | None,
    places: Sequence[tuple[int, int, str]],
    language: Language,
) -> _Reading | None:
    """The reading of a number by the rules, else by its unit, else by what is counted."""
    if _CONFIDENCE.match(text[amount.end :]):
        return _lone_interval(text, amount, language)
    for rule in _rules(language):
        if reading := _ruled(text, amount, rule):
            return _second_percentage(text, reading)
    if amount.unit is not None or amount.deviation:
        return _with_unit(text, amount, places, language)
    if _interval_behind(text, amount, language):
        kind: QuantityKind = "ratio" if _ratio_named(text[: amount.start]) else "measurement"
        return _Reading(amount, kind, f"{language}.quantity.with-interval")
    return _count(text, amount, total, language)


@cache
def _rules(language: Language) -> tuple[QuantityRule, ...]:
    """The rules of a text's language, then those of the others: Latin stands in Chinese too."""
    order = [language, *(other for other in LANGUAGES if other != language)]
    return tuple(rule for one in order for rule in load_quantity_rules(one)[0])


def _ruled(text: str, amount: Amount, rule: QuantityRule) -> _Reading | None:
    """The reading of a number by one rule, or None where the rule does not hold."""
    if amount.low is None or not _fits(amount, rule):
        return None
    before = rule.before.search(text[: amount.start]) if rule.before else None
    after, end = _behind(text, amount, rule)
    if (rule.before and before is None) or (
        rule.after and after is None and not rule.optional_after
    ):
        return None
    told = after.groupdict() if after else {}
    start = amount.start
    if before and rule.keep:
        start = before.end() - len(before[0].lstrip())
    found = replace(amount, start=start, end=end, unit=_unit(rule, amount, told))
    if rule.per:
        found = replace(found, low=1.0, high=1.0)
    total = rule.total
    if part := told.get("part"):
        low = number_value(part)
        found, total = replace(found, low=low, high=low, unit=None), amount.low
    return _Reading(found, rule.kind, rule.id, total)


def _fits(amount: Amount, rule: QuantityRule) -> bool:
    """Whether a number has the unit and the size that a rule asks for."""
    low = amount.low or 0.0
    if rule.dimensions and (amount.dimension or "none") not in rule.dimensions:
        return False
    if rule.per and (amount.unit or "").partition("/")[0] not in _TIMES:
        return False
    if rule.most is not None and abs(low) > rule.most:
        return False
    return not rule.whole or low == int(low)


def _behind(
    text: str, amount: Amount, rule: QuantityRule
) -> tuple[re.Match[str] | None, int]:  # fmt: skip
    """What a rule finds behind a number or behind its unit, and where the quantity then ends."""
    if rule.after is None:
        return None, amount.end
    for place in dict.fromkeys((amount.number_end, amount.end)):
        if match := rule.after.match(text, place):
            return match, max(match.end(), amount.end if place == amount.end else 0)
    return None, amount.end


def _unit(rule: QuantityRule, amount: Amount, told: dict[str, str | None]) -> str | None:
    """The UCUM unit that a rule gives: /(12.h) of every 12 hours, /(100.a) of person-years."""
    if rule.per:
        time = (amount.unit or "").partition("/")[0]
        return f"/{time}" if amount.low == 1 else f"/({amount.low:g}.{time})"
    if rule.kind == "rate" and ("per" in told or "time" in told):
        people = float(re.sub(r"\D", "", told.get("per") or "") or 1)
        people *= _SCALES.get(told.get("scale") or "", 1.0)
        period = _PERIODS.get((told.get("time") or " ")[0].lower())
        if period is None:
            return f"/{people:.0f}"
        return f"/({people:.0f}.{period})" if people > 1 else f"/{period}"
    return rule.unit or amount.unit


def _second_percentage(text: str, reading: _Reading) -> _Reading:
    """10%-20%: the second half of a range whose both ends have the sign."""
    amount = reading.amount
    upper = _SECOND_PERCENTAGE.match(text, amount.end) if reading.kind == "percentage" else None
    if upper is None or amount.low != amount.high or float(upper[1]) <= (amount.low or 0):
        return reading
    return replace(reading, amount=replace(amount, end=upper.end(), high=float(upper[1])))


def _bounded(text: str, reading: _Reading, language: Language) -> _Reading:
    """The reading with the interval that stands behind it: 0.75 (95% CI 0.60–0.94)."""
    amount = reading.amount
    if reading.kind not in _WITH_INTERVAL or amount.low is None or amount.low != amount.high:
        return reading
    found = _interval_behind(text, amount, language)
    if found is None:
        return reading
    match, interval = found
    low, high = (float(re.sub(r"[−–]", "-", match[side]).replace("·", ".").replace(" ", ""))
                 for side in ("low", "high"))  # fmt: skip
    if low > high:
        return reading
    end = amount.start + len(trimmed(text[amount.start : match.end()]))
    return replace(
        reading, amount=replace(amount, end=end, low=low, high=high), value=amount.low,
        interval=interval,
    )  # fmt: skip


def _interval_behind(
    text: str, amount: Amount, language: Language
) -> tuple[re.Match[str], IntervalKind] | None:
    for one in (language, *(other for other in LANGUAGES if other != language)):
        for rule in load_quantity_rules(one)[1]:
            if match := rule.pattern.match(text, amount.end):
                return match, rule.interval
    return None


def _lone_interval(text: str, amount: Amount, language: Language) -> _Reading | None:
    """The bounds of a confidence interval whose estimate does not stand right before it."""
    start = replace(amount, start=amount.start, end=amount.start)
    found = _interval_behind(text, start, language)
    if found is None:
        return None
    match, interval = found
    end = amount.start + len(trimmed(text[amount.start : match.end()]))
    low, high = (float(re.sub(r"[−–]", "-", match[side]).replace("·", ".").replace(" ", ""))
                 for side in ("low", "high"))  # fmt: skip
    if low > high:
        return None
    bounds = Amount(amount.start, end, low, high)
    return _Reading(bounds, "interval", f"{language}.quantity.interval", interval=interval)


def _ratio_named(before: str) -> bool:
    return _patterns()["ratio_name"].search(before) is not None


def _with_unit(
    text: str, amount: Amount, places: Sequence[tuple[int, int, str]], language: Language
) -> _Reading | None:
    def of(kind: QuantityKind) -> _Reading:
        return _Reading(amount, kind, f"{language}.quantity.{kind}")

    if amount.dimension == "time" and not amount.deviation:
        return None if _is_date(text, amount) else of("duration")
    if amount.dimension in ("count", "frequency") and amount.unit == "{times}":
        return None
    if amount.deviation:
        return of("measurement")
    drugs = [end for _, end, kind in places if kind == "Drug"]
    near = any(kind == "Drug" and _adjacent(text, amount, s, e) for s, e, kind in places)
    if amount.dimension == "dose rate":
        return of("dose")
    if amount.dimension in _DOSE_DIMENSIONS and drugs:
        return of("dose")
    if amount.dimension == "concentration" and near:
        return of("dose")
    return of("measurement")


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


def _count(text: str, amount: Amount, total: float | None, language: Language) -> _Reading | None:
    low, after = amount.low, text[amount.end :]
    if low is None or low != int(low) or low < 0 or amount.deviation:
        return None
    patterns, rule = _patterns(), f"{language}.quantity.count"
    of_total = patterns["of_total"].match(after)
    if of_total:
        denominator = float(of_total[1].replace(",", ""))
        if denominator >= low:
            end = amount.end + of_total.end(1)
            return _Reading(replace(amount, end=end), "count", rule, denominator)
    noun = patterns["counted"].match(after)
    if noun:
        counted = replace(amount, end=amount.end + noun.end(1))
        whole_named = total is not None and low <= total
        part = total if whole_named and not _is_total(text, counted) else None
        return _Reading(counted, "count", rule, part)
    if total is not None and low <= total and patterns["acts"].match(after):
        return _Reading(amount, "count", rule, total)
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

    return {
        "ratio_name": re.compile(rf"(?<![A-Za-z])(?:{either('ratios')})"),
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
    }
