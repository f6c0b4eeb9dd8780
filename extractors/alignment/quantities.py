"""Numbers that the two languages share, and numbers on which they differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.alignment.sentences import Group
from kg.model import Discrepancy, Quantity, Side

Pair = tuple[Quantity, Quantity]
_PER_TIME = re.compile(r"(?<=.)/(?:h|d|wk|mo|a)$")


def align_quantities(
    quantities: Sequence[Quantity], groups: Sequence[Group]
) -> tuple[tuple[Quantity, ...], tuple[Discrepancy, ...]]:
    """The quantities with their counterparts filled in, and the numbers and units that differ."""
    by_sentence: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        by_sentence[quantity.sentence].append(quantity)
    partner: dict[str, list[str]] = defaultdict(list)
    reports: list[Discrepancy] = []
    for group in groups:
        if not (group.en and group.zh):
            continue
        en = [q for identifier in group.en for q in by_sentence[identifier]]
        zh = [q for identifier in group.zh for q in by_sentence[identifier]]
        for a, b in _same(en, zh):
            partner[a.id].append(b.id)
            partner[b.id].append(a.id)
        if len(group.en) == len(group.zh) == 1:
            reports.extend(_differences(en, zh, partner))
    filled = tuple(
        replace(q, aligned=tuple(partner[q.id])) if q.id in partner else q for q in quantities
    )
    return filled, tuple(reports)


def _same(en: Sequence[Quantity], zh: Sequence[Quantity]) -> Iterator[Pair]:
    """Pairs of equal value, the strictest agreement first; each quantity is used once."""
    used: set[str] = set()
    for strict in (True, False):
        for a in en:
            for b in zh:
                if a.id in used or b.id in used or not _equal(a, b):
                    continue
                if strict and (a.kind, a.unit, a.total) != (b.kind, b.unit, b.total):
                    continue
                if not strict and _unit_differs(a, b):
                    continue
                used |= {a.id, b.id}
                yield a, b


def _equal(a: Quantity, b: Quantity) -> bool:
    return (a.value, a.low, a.high) == (b.value, b.low, b.high)


def _unit_differs(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind and bool(a.unit and b.unit) and _bare(a.unit) != _bare(b.unit)


def _bare(unit: str | None) -> str:
    """A unit without "a day" and the like, which translations often leave to the context.

    >>> _bare("mg/kg/d"), _bare("/wk"), _bare("mg/L")
    ('mg/kg', 'wk', 'mg/L')
    """
    return _PER_TIME.sub("", unit or "").strip("/")


def _differences(
    en: Sequence[Quantity], zh: Sequence[Quantity], partner: Mapping[str, list[str]]
) -> Iterator[Discrepancy]:
    """What is left of one kind on both sides, if it is exactly one number each."""
    lonely_en = [q for q in en if q.id not in partner]
    lonely_zh = [q for q in zh if q.id not in partner]
    for a in lonely_en:
        rivals = [b for b in lonely_zh if b.kind == a.kind]
        if len(rivals) != 1 or sum(q.kind == a.kind for q in lonely_en) != 1:
            continue
        b = rivals[0]
        if _equal(a, b) and _unit_differs(a, b):
            yield _unit_report(a, b)
        elif not _equal(a, b):
            yield number_differs(a, b)


def number_differs(a: Quantity, b: Quantity) -> Discrepancy:
    """What is told of an English and a Chinese number that should be one."""
    return Discrepancy(
        "number", *_sides(a, b),
        f"the number differs: “{a.text}” in English, “{b.text}” in Chinese",
        f"数字不一致：英文为“{a.text}”，中文为“{b.text}”",
    )  # fmt: skip


def _unit_report(a: Quantity, b: Quantity) -> Discrepancy:
    return Discrepancy(
        "unit", *_sides(a, b), f"the unit differs: “{a.text}” in English, “{b.text}” in Chinese",
        f"单位不一致：英文为“{a.text}”，中文为“{b.text}”",
    )  # fmt: skip


def _sides(a: Quantity, b: Quantity) -> tuple[Side, Side]:
    return Side(a.sentence, a.id, a.text), Side(b.sentence, b.id, b.text)
