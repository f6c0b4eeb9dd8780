"""Results of the two languages that report one outcome, and where their directions part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.alignment.quantities import number_differs
from kg.model import Discrepancy, Group, Quantity, Result, Sentence, Side

_Figure = tuple[str, float | None, float | None, float | None]

_NAMES_ZH = {
    "increased": "升高",
    "decreased": "降低",
    "no difference": "无差异",
    "not stated": "未说明",
}
_FLIPPED = {"increased": "decreased", "decreased": "increased", "no difference": "no difference"}
_UNTOLD = "not stated"


def align_results(
    results: Sequence[Result],
    sentences: Mapping[str, Sentence],
    terms: Mapping[str, str],
    languages: Mapping[str, str],
    quantities: Mapping[str, Quantity] | None = None,
) -> tuple[tuple[Result, ...], tuple[Discrepancy, ...]]:
    """The results with their counterparts filled in, and the directions and values that differ.

    Two results belong together where their sentences are aligned and their outcomes are one term
    (`terms`, as in `align_relations`); of several, the one with the same arms is taken first. A
    comparison told the other way round (A above B, B below A) is the same, and results whose arms
    have the same values are preferred. Where all values of an arm are told in both languages and
    one alone differs, that is a discrepancy of numbers.
    """
    numbers = quantities or {}
    by_sentence: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if languages[result.sentence] == "zh":
            by_sentence[result.sentence].append(result)
    scored = sorted(
        (
            (-_score(en, zh, terms, numbers), en.id, zh.id, en, zh)
            for en in results
            if languages[en.sentence] == "en"
            for other in sentences[en.sentence].aligned
            for zh in by_sentence.get(other, ())
            if terms[en.outcome] == terms[zh.outcome]
        ),
        key=lambda row: row[:3],
    )
    partner: dict[str, str] = {}
    discrepancies = []
    for _, _, _, en, zh in scored:
        if en.id in partner or zh.id in partner:
            continue
        partner |= {en.id: zh.id, zh.id: en.id}
        if not _agree(en, zh, terms):
            discrepancies.append(_differ(en, zh))
        discrepancies.extend(_other_values(en, zh, numbers))
    aligned = tuple(replace(r, aligned=(partner[r.id],)) if r.id in partner else r for r in results)
    return aligned, tuple(discrepancies)


def _score(
    en: Result, zh: Result, terms: Mapping[str, str], numbers: Mapping[str, Quantity]
) -> int:
    sides = [
        _same(one, other, terms)
        for one, other in ((en.arm, zh.arm), (en.comparator, zh.comparator))
    ]
    shared = set(_figures(en, numbers)) & set(_figures(zh, numbers))
    return sum(sides) + 2 * _agree(en, zh, terms) + 2 * len(shared)


def _figures(result: Result, numbers: Mapping[str, Quantity]) -> list[_Figure]:
    """The values of all arms, in order, whatever their unit."""
    found = (numbers[name] for arm in result.values for name in arm.values if name in numbers)
    return [(q.kind, q.value, q.low, q.high) for q in found]


def _other_values(en: Result, zh: Result, numbers: Mapping[str, Quantity]) -> Iterator[Discrepancy]:
    """The one value on which arms with the same kinds of numbers in the same order differ.

    A number that the alignment of quantities already linked elsewhere, or reported, is left to it:
    where one is left alone on each side, it is told there.
    """
    if len(en.values) != len(zh.values):
        return
    for mine, theirs in zip(en.values, zh.values, strict=True):
        pair = [[numbers[n] for n in arm.values if n in numbers] for arm in (mine, theirs)]
        if [q.kind for q in pair[0]] != [q.kind for q in pair[1]]:
            continue
        for a, b in zip(*pair, strict=True):
            if not (a.aligned or b.aligned) and (a.value, a.low, a.high) != (
                b.value,
                b.low,
                b.high,
            ):
                yield number_differs(a, b)


def _agree(en: Result, zh: Result, terms: Mapping[str, str]) -> bool:
    if _UNTOLD in (en.direction, zh.direction):
        return True
    turned = en.arm is not None and zh.comparator is not None and (
        _same(en.arm, zh.comparator, terms) and not _same(en.arm, zh.arm, terms)
    )  # fmt: skip
    return zh.direction == (_FLIPPED[en.direction] if turned else en.direction)


def _same(one: Group | None, other: Group | None, terms: Mapping[str, str]) -> bool:
    """Whether two groups are one: by their drug where both have one, else by their role."""
    if one is None or other is None:
        return one is other
    if one.mention is not None and other.mention is not None:
        return terms[one.mention] == terms[other.mention]
    return one.role == other.role


def _differ(en: Result, zh: Result) -> Discrepancy:
    words = [result.trigger.text if result.trigger else "" for result in (en, zh)]
    return Discrepancy(
        "direction",
        Side(en.sentence, en.id, words[0]),
        Side(zh.sentence, zh.id, words[1]),
        f"the result differs: {en.direction} in English (“{words[0]}”), "
        f"{zh.direction} in Chinese (“{words[1]}”)",
        f"结果不一致：英文为{_NAMES_ZH[en.direction]}（“{words[0]}”），"
        f"中文为{_NAMES_ZH[zh.direction]}（“{words[1]}”）",
    )
