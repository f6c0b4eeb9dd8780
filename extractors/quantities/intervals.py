"""Bounds behind a number: 0.75 (95% CI 0.60–0.94), 12 (IQR 8–15), M(P25, P75)."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.quantities.amounts import Amount, trimmed, unit_at
from extractors.quantities.rules import load_quantity_rules
from extractors.quantities.values import Reading
from kg.model import LANGUAGES, IntervalKind, Language, QuantityKind

_WITH_INTERVAL: tuple[QuantityKind, ...] = (
    "ratio", "measurement", "percentage", "duration", "correlation", "fold-change", "rate", "age",
)  # fmt: skip


def bounded(text: str, reading: Reading, language: Language) -> Reading:
    """The reading with the interval that stands behind it: 0.75 (95% CI 0.60–0.94)."""
    amount = reading.amount
    if reading.kind not in _WITH_INTERVAL or amount.low is None or amount.low != amount.high:
        return reading
    found = interval_behind(text, amount, language)
    if found is None:
        return reading
    match, interval = found
    low, high = (float(re.sub(r"[−–]", "-", match[side]).replace("·", ".").replace(" ", ""))
                 for side in ("low", "high"))  # fmt: skip
    if low > high:
        return reading
    end = amount.start + len(trimmed(text[amount.start : match.end()]))
    unit, dimension, kind = amount.unit, amount.dimension, reading.kind
    if unit is None and kind == "measurement":
        unit, dimension, end = unit_at(text, end)
        kind = "duration" if dimension == "time" else kind
    return replace(
        reading, kind=kind, value=amount.low, interval=interval,
        amount=replace(amount, end=end, low=low, high=high, unit=unit, dimension=dimension),
    )  # fmt: skip


def interval_behind(
    text: str, amount: Amount, language: Language
) -> tuple[re.Match[str], IntervalKind] | None:
    """The bounds right behind a number and what they are, by the rules of any language."""
    for one in (language, *(other for other in LANGUAGES if other != language)):
        for rule in load_quantity_rules(one)[1]:
            if rule.needs is not None and not rule.needs.search(text[: amount.start]):
                continue
            if match := rule.pattern.match(text, amount.end):
                return match, rule.interval
    return None


def lone_interval(text: str, amount: Amount, language: Language) -> Reading | None:
    """The bounds of a confidence interval whose estimate does not stand right before it."""
    start = replace(amount, start=amount.start, end=amount.start)
    found = interval_behind(text, start, language)
    if found is None:
        return None
    match, interval = found
    end = amount.start + len(trimmed(text[amount.start : match.end()]))
    low, high = (float(re.sub(r"[−–]", "-", match[side]).replace("·", ".").replace(" ", ""))
                 for side in ("low", "high"))  # fmt: skip
    if low > high:
        return None
    bounds = Amount(amount.start, end, low, high)
    return Reading(bounds, "interval", f"{language}.quantity.interval", interval=interval)
