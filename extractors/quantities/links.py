"""What a quantity belongs to: the mention that it describes, its group and its time point."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from extractors.quantities.amounts import vocabulary
from extractors.results.grammar import load_result_grammar
from extractors.results.groups import find_groups
from extractors.results.shares import Share, share_numbers
from kg.model import Language, Mention, Quantity, QuantityKind, Sentence, Span

# How many signs nearer a mention of a less fitting type must stand.
_LESS_FITTING = 15
_COMMA = 20
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
    "count", "fraction", "percentage", "rate", "measurement", "ratio", "fold-change", "duration",
)  # fmt: skip
_COUNTED = ("Outcome", "Protein", "Process", "Disease")
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
    """The quantities of one sentence, each with its group and its time point."""
    grammar = load_result_grammar(language)
    groups = find_groups(text, mentions, sentence.start, grammar)
    outcomes = [mention for mention in mentions if mention.type in _COUNTED]
    shares = share_numbers(text, quantities, groups, outcomes, sentence.start, grammar)
    return [
        replace(
            q,
            of=(shares[q.id].outcome if q.id in shares else None) or q.of,
            group=_words(shares[q.id]) if q.kind in _GROUPED and q.id in shares else None,
            time=shares[q.id].time if q.kind in _MEASURED and q.id in shares else None,
        )
        for q in quantities
    ]


def _words(share: Share) -> Span | None:
    """The words of the group that a number belongs to."""
    group = share.group or share.moment
    if group is None or group.start is None or group.end is None:
        return None
    return Span(group.start, group.end, group.text)
