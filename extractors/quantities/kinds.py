"""What kind of quantity a number is: by the rules, else by its unit, else by what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.quantities.amounts import Amount, number_value, vocabulary
from extractors.quantities.intervals import interval_behind, lone_interval
from extractors.quantities.rules import QuantityRule, load_quantity_rules
from extractors.quantities.values import Reading
from kg.model import LANGUAGES, Language, QuantityKind

_WHOLE = r"(\d{1,3}(?: \d{3})+|\d{1,6})"
_FRACTION = re.compile(rf"(?<![\w./]){_WHOLE}\s?/\s?{_WHOLE}(?![\w/])(?!\.\d)")
_CONFIDENCE = re.compile(r"\s?%?\s?(?:CI\b|confidence|可信区间|置信区间)")
_SECOND_PERCENTAGE = re.compile(r"\s?(?:[-–—−~∼]|to|至|到)\s?(\d+(?:\.\d+)?)\s?%")
_YEAR = range(1800, 2101)
_DOSE_DIMENSIONS = frozenset({"mass", "activity", "radiation"})
_TIMES = ("min", "h", "d", "wk", "mo")
_PERIODS = {"y": "a", "m": "mo", "d": "d", "年": "a", "月": "mo"}
_SCALES = {"百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5}
_MEASURED_TYPES = ("Outcome", "Protein", "Process")


def fractions_in(text: str) -> list[re.Match[str]]:
    """Whatever is written like a fraction, 9/11."""
    return list(_FRACTION.finditer(text))


def fraction(match: re.Match[str], language: Language) -> Reading | None:
    """The reading of a part of a whole; None where it cannot be one."""
    part, whole = (float(number.replace(" ", "")) for number in match.groups())
    if part > whole or whole < 2:
        return None
    amount = Amount(match.start(), match.end(), part, part)
    return Reading(amount, "fraction", f"{language}.quantity.fraction", whole)


def classified(
    text: str,
    amount: Amount,
    total: float | None,
    places: Sequence[tuple[int, int, str]],
    language: Language,
) -> Reading | None:
    """The reading of a number by the rules, else by its unit, else by what is counted."""
    if _CONFIDENCE.match(text[amount.end :]):
        return lone_interval(text, amount, language)
    for rule in _rules(language):
        if reading := _ruled(text, amount, rule):
            return _second_percentage(text, reading)
    if amount.unit is not None or amount.deviation:
        return _with_unit(text, amount, places, language)
    if interval_behind(text, amount, language):
        kind: QuantityKind = "ratio" if _ratio_named(text[: amount.start]) else "measurement"
        return Reading(amount, kind, f"{language}.quantity.with-interval")
    return _count(text, amount, total, language)


@cache
def _rules(language: Language) -> tuple[QuantityRule, ...]:
    """The rules of a text's language, then those of the others: Latin stands in Chinese too."""
    order = [language, *(other for other in LANGUAGES if other != language)]
    return tuple(rule for one in order for rule in load_quantity_rules(one)[0])


def _ruled(text: str, amount: Amount, rule: QuantityRule) -> Reading | None:
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
    return Reading(found, rule.kind, rule.id, total)


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


def _second_percentage(text: str, reading: Reading) -> Reading:
    """10%-20%: the second half of a range whose both ends have the sign."""
    amount = reading.amount
    upper = _SECOND_PERCENTAGE.match(text, amount.end) if reading.kind == "percentage" else None
    if upper is None or amount.low != amount.high or float(upper[1]) <= (amount.low or 0):
        return reading
    return replace(reading, amount=replace(amount, end=upper.end(), high=float(upper[1])))


def _ratio_named(before: str) -> bool:
    return _patterns()["ratio_name"].search(before) is not None


def _with_unit(
    text: str, amount: Amount, places: Sequence[tuple[int, int, str]], language: Language
) -> Reading | None:
    def of(kind: QuantityKind) -> Reading:
        return Reading(amount, kind, f"{language}.quantity.{kind}")

    if amount.dimension == "time" and not amount.deviation:
        return None if _is_date(text, amount) else of("duration")
    if amount.dimension in ("count", "frequency") and amount.unit == "{times}":
        return None
    if amount.deviation:
        return of("measurement")
    drugs = [end for _, end, kind in places if kind == "Drug"]
    near = any(kind == "Drug" and _adjacent(text, amount, s, e) for s, e, kind in places)
    if amount.dimension == "dose rate":
        return of("measurement" if _is_measured(amount, places) else "dose")
    if amount.dimension in _DOSE_DIMENSIONS and drugs:
        return of("dose")
    if amount.dimension == "concentration" and near:
        return of("dose")
    return of("measurement")


def _is_measured(amount: Amount, places: Sequence[tuple[int, int, str]]) -> bool:
    """Whether "1.1 g/d" is what an outcome came to, not a dose: that stands last before it."""
    before = [(end, kind) for _, end, kind in places if end <= amount.start]
    return "/kg" not in (amount.unit or "") and bool(before) and max(before)[1] in _MEASURED_TYPES


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


def _count(text: str, amount: Amount, total: float | None, language: Language) -> Reading | None:
    low, after = amount.low, text[amount.end :]
    if low is None or low != int(low) or low < 0 or amount.deviation:
        return None
    patterns, rule = _patterns(), f"{language}.quantity.count"
    of_total = patterns["of_total"].match(after)
    if of_total:
        denominator = float(of_total[1].replace(",", ""))
        if denominator >= low:
            end = amount.end + of_total.end(1)
            return Reading(replace(amount, end=end), "count", rule, denominator)
    noun = patterns["counted"].match(after)
    if noun:
        counted = replace(amount, end=amount.end + noun.end(1))
        whole_named = total is not None and low <= total
        part = total if whole_named and not is_total(text, counted) else None
        return Reading(counted, "count", rule, part)
    if total is not None and low <= total and patterns["acts"].match(after):
        return Reading(amount, "count", rule, total)
    return None


def is_total(text: str, amount: Amount) -> bool:
    """Whether the words beside a count make it the whole of which parts follow."""
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
