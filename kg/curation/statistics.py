"""How far curators agree: Cohen's kappa for each two of them, over all tags and for each tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.curation.values import TAGS, Curation
from kg.curation.verdicts import in_force

ALL = "*"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two curators agree about one tag (``*``: about all) on what both judged.

    `kappa` is None where chance alone would make them agree wholly.
    """

    curators: tuple[str, str]
    tag: str
    both: int
    observed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many decisions there are by tag and by curator, and how curators agree."""

    decisions: int
    withdrawn: int
    evidence: int
    by_tag: tuple[tuple[str, int], ...]
    by_curator: tuple[tuple[str, int], ...]
    agreements: tuple[Agreement, ...]


def statistics(curations: Iterable[Curation]) -> Statistics:
    """What the decisions come to; only those in force are compared."""
    everything = tuple(curations)
    holding = in_force(everything)
    tags = Counter(one.tag for one in holding)
    curators = Counter(one.curator for one in holding)
    return Statistics(
        decisions=sum(not one.withdraws for one in everything),
        withdrawn=sum(bool(one.withdraws) for one in everything),
        evidence=len({one.evidence for one in holding}),
        by_tag=tuple((tag, tags[tag]) for tag in TAGS if tags[tag]),
        by_curator=tuple(sorted(curators.items())),
        agreements=tuple(_agreements(holding, sorted(curators))),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two raters; None where chance alone would make them agree wholly.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    >>> kappa([("a", "a"), ("b", "b")]), kappa([("a", "a")])
    (1.0, None)
    """
    count = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[tag] * second[tag] for tag in first) / count**2
    if chance == 1:
        return None
    observed = sum(a == b for a, b in pairs) / count
    return round((observed - chance) / (1 - chance), 4)


def _agreements(curations: Sequence[Curation], curators: Sequence[str]) -> Iterable[Agreement]:
    by_curator: dict[str, dict[str, str]] = {}
    for one in curations:
        by_curator.setdefault(one.curator, {})[one.evidence] = one.tag
    for pair in combinations(curators, 2):
        first, second = (by_curator[name] for name in pair)
        both = [(first[e], second[e]) for e in sorted({*first} & {*second})]
        if not both:
            continue
        used = {tag for tags in both for tag in tags}
        yield _agreement(pair, ALL, both)
        for tag in TAGS:
            if tag in used:
                yield _agreement(pair, tag, [(str(a == tag), str(b == tag)) for a, b in both])


def _agreement(pair: tuple[str, ...], tag: str, both: list[tuple[str, str]]) -> Agreement:
    observed = sum(a == b for a, b in both) / len(both)
    return Agreement((pair[0], pair[1]), tag, len(both), round(observed, 4), kappa(both))
