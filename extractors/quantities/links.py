"""What a quantity belongs to: the mention that it describes, its group and its time point."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from extractors.quantities.amounts import vocabulary
from extractors.results.grammar import load_result_grammar
from extractors.results.groups import find_groups
from kg.model import Language, Mention, Quantity, QuantityKind, Sentence, Span

# How many signs nearer a mention of a less fitting type must stand.
_LESS_FITTING = 15
_COMMA = 20
_GROUP_WITHIN = 30
# The types that a quantity of each kind may describe, the likeliest first.
_FITTING: Mapping[QuantityKind, tuple[tuple[str, ...], ...]] = {
    "dose": (("Drug",),),
    "frequency": (("Drug",),),
    "duration": (("Drug", "Outcome", "Disease"),),
    "time-point": (),
    "count": (("Outcome",), ("Disease",)),
    "group-size": (("Drug",),),
    "fraction": (("Outcome",), ("Disease", "Protein")),
    "percentage": (("Outcome",), ("Disease", "Protein", "Process")),
    "rate": (("Outcome", "Disease"),),
    "p-value": (("Outcome", "Process", "Protein"), ("Disease",)),
    "measurement": (("Outcome",), ("Protein", "Drug", "Process")),
    "interval": (("Outcome",), ("Protein", "Process", "Disease")),
    "ratio": (("Disease", "Outcome"),),
    "correlation": (("Outcome", "Protein", "Process"), ("Disease",)),
    "fold-change": (("Outcome", "Protein", "Process"), ("Disease",)),
    "age": (),
}
_MEASURED: tuple[QuantityKind, ...] = (
    "count", "fraction", "percentage", "rate", "measurement", "ratio", "fold-change",
)  # fmt: skip
_GROUPED: tuple[QuantityKind, ...] = (*_MEASURED, "group-size", "dose", "age")


def described(
    kind: QuantityKind,
    text: str,
    span: tuple[int, int],
    mentions: Sequence[Mention],
    sentence: Sentence,
    *,
    whole: bool,
) -> str | None:
    """The mention that a quantity describes: the nearest of a fitting type in its clause.

    `span` is the quantity's in the sentence; a `whole`, of which parts are told, is no outcome's.
    """
    start, end = sentence.start + span[0], sentence.start + span[1]
    ranked = sorted(
        (distance + _LESS_FITTING * rank, m.start, m.id)
        for rank, kinds in enumerate(_FITTING[kind])
        for m in mentions
        if m.type in kinds
        and not (whole and m.type == "Outcome")
        and (distance := _distance(kind, text, start, end, m, sentence)) is not None
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
    if _partings().search(between):
        return None
    commas = sum(sign in ",，、" for sign in between)
    bracketed = 30 if between.count("(") < between.count(")") else 0
    return len(between) + _COMMA * commas + bracketed + (25 if against else 0)


@cache
def _partings() -> re.Pattern[str]:
    words = sorted(vocabulary().words["partings"], key=len, reverse=True)
    either = "|".join(
        re.escape(w) + (r"\b" if w[-1].isascii() and w[-1].isalpha() else "") for w in words
    )
    return re.compile(rf"[;；。:：]|(?<![A-Za-z])(?:{either})")


def with_groups_and_times(
    quantities: Sequence[Quantity],
    text: str,
    mentions: Sequence[Mention],
    sentence: Sentence,
    language: Language,
) -> list[Quantity]:
    """The quantities of one sentence, each with the group beside it and the only time point."""
    times = [q for q in quantities if q.kind == "time-point"]
    time = times[0].id if len(times) == 1 else None
    groups = [
        group
        for group in find_groups(text, mentions, sentence.start, load_result_grammar(language))
        if group.role in ("treatment", "control", "other", "baseline")
    ]
    spans = [
        Span(g.start, g.end, g.text) for g in groups if g.start is not None and g.end is not None
    ]
    return [
        replace(
            q,
            group=_beside(q, quantities, spans, text, sentence) if q.kind in _GROUPED else None,
            time=time if q.kind in _MEASURED else None,
        )
        for q in quantities
    ]


def _shares_brackets(
    quantity: Quantity, others: Sequence[Quantity], between: str, text: str, sentence: Sentence
) -> bool:
    """Whether brackets behind a group hold several such values: in A than in B (12% vs 25%)."""
    if not re.search(r"[(（\[]", between):
        return False
    close = re.search(r"[)）\]]", text[quantity.end - sentence.start :])
    end = quantity.end + close.start() if close else sentence.end
    return any(q.kind == quantity.kind and quantity.end <= q.start < end for q in others) or any(
        q.kind == quantity.kind and quantity.start - _GROUP_WITHIN <= q.start < quantity.start
        for q in others
    )


def _beside(
    quantity: Quantity,
    others: Sequence[Quantity],
    groups: Sequence[Span],
    text: str,
    sentence: Sentence,
) -> Span | None:
    """The nearest group with no comma and no other number between; "12% in A" before "A, 12%"."""
    ranked = []
    for group in groups:
        behind = group.start >= quantity.end
        low, high = (
            (quantity.end, group.start) if behind else (group.end, quantity.start)
        )  # fmt: skip
        between = text[low - sentence.start : high - sentence.start] if low <= high else "?"
        numbers = any(low <= q.start and q.end <= high for q in others if q.kind in _MEASURED)
        if len(between) > _GROUP_WITHIN or numbers or re.search(r"[,;，；。?、]", between):
            continue
        if not behind and _shares_brackets(quantity, others, between, text, sentence):
            continue
        linked = re.match(r"\s?(?:[(（][^)）]*[)）]\s?)?(?:in|of|for|with|among|on)\b", between)
        ranked.append((not (behind and linked), behind and not linked, len(between), group))
    return min(ranked, key=lambda row: row[:3])[3] if ranked else None
