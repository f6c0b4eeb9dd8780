"""What the decisions about one evidence come to, as it is read now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from kg.assembly.values import Verdict
from kg.curation.values import Curation


def in_force(curations: Iterable[Curation]) -> tuple[Curation, ...]:
    """The decisions that hold: not withdrawn, and of each curator and evidence only the latest."""
    curations = tuple(curations)
    withdrawn = {one.withdraws for one in curations if one.withdraws}
    latest: dict[tuple[str, str], Curation] = {}
    for one in sorted(curations, key=lambda c: c.order):
        if one.verdict is not None and one.id not in withdrawn:
            latest[one.evidence, one.curator] = one
    return tuple(sorted(latest.values(), key=lambda c: c.order))


def verdict_on(curations: Iterable[Curation], quotes: Collection[str]) -> Verdict | None:
    """What the evidence counts for, by most curators; None where none judged it or they are split.

    An evidence is misread only where all sentences that it rests on now were judged: one that was
    found since may state the claim. For any other verdict one of them is enough.

    Parameters
    ----------
    curations : all that were ever made of this evidence
    quotes : its sentences, as the document is read now
    """
    votes: Counter[Verdict] = Counter()
    if not quotes:
        return None
    for one in in_force(curations):
        seen = {text for _, text in one.quotes}
        fits = set(quotes) <= seen if one.verdict == "wrong" else bool(set(quotes) & seen)
        if one.verdict is not None and (fits or not seen):
            votes[one.verdict] += 1
    if not votes:
        return None
    (verdict, count), *others = votes.most_common()
    return None if others and others[0][1] == count else verdict
