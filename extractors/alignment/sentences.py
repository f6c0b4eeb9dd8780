"""Sentence alignment: dynamic programming over lengths and anchors, then crossing pairs.

A move takes none to three sentences of each side. Its cost is how unlikely the two lengths are for
translations of each other (Gale and Church, 1993) and its reward is the worth of the anchors that
both share, less the numbers and Latin words that only one has; anchors rare in the document
are worth more. Sentences that the monotone path leaves alone or pairs for want of anything better
are then paired where their anchors agree strongly, so that a different order is found too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# Cost of a move (English sentences, Chinese sentences); one to one is the ordinary case.
MOVES = {
    (1, 1): 0.0,
    (1, 0): 2.0,
    (0, 1): 2.0,
    (2, 1): 1.0,
    (1, 2): 1.0,
    (3, 1): 1.8,
    (1, 3): 1.8,
    (2, 2): 2.2,
    (4, 1): 2.6,
    (1, 4): 2.6,
}
KIND_WORTH = {"concept": 1.2, "number": 0.9, "latin": 1.0, "cue": 0.45, "section": 0.8}
BAND = 12  # how far the path may stray from the diagonal, in sentences
MISMATCH = 0.25  # cost of a number or Latin word that stands on one side only
IDLE = 0.6  # cost of a sentence that is merged although nothing ties it to the other side
LOOSE = 0.4  # worth of shared anchors below which a pair may be undone
CROSSING = 1.5  # worth of shared anchors that lets two lonely sentences pair out of order


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence as alignment sees it: its id, its length in letters and its anchors."""

    id: str
    length: float
    anchors: Counter[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of both languages that say the same; one side may be empty."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


def align_sentences(en: Sequence[Side], zh: Sequence[Side]) -> tuple[Group, ...]:
    """The groups of aligned sentences, in English order, those of one language included."""
    if not en or not zh:
        return tuple(Group((s.id,), ()) for s in en) + tuple(Group((), (s.id,)) for s in zh)
    worth = _worth(en, zh)
    path = _best_path(en, zh, worth)
    return _pair_crossing(path, en, zh, worth)


def _worth(en: Sequence[Side], zh: Sequence[Side]) -> dict[str, float]:
    """The worth of each anchor that both languages have: less where it stands everywhere."""
    counts_en = Counter(anchor for side in en for anchor in side.anchors)
    counts_zh = Counter(anchor for side in zh for anchor in side.anchors)
    sizes = math.log(1 + len(en)) + math.log(1 + len(zh))
    return {
        anchor: KIND_WORTH[anchor.partition(":")[0]]
        * (sizes - math.log(counts_en[anchor]) - math.log(counts_zh[anchor]))
        / sizes
        for anchor in counts_en.keys() & counts_zh.keys()
    }


def _shared(en: Counter[str], zh: Counter[str], worth: dict[str, float]) -> float:
    return sum(worth[a] * min(count, zh[a], 2) for a, count in en.items() if a in zh)


def _length_cost(en: float, zh: float) -> float:
    """Cost of two lengths: squared difference over its expected variance, as Gale and Church."""
    if not en or not zh:
        return 0.0
    mean = (en + zh) / 2
    return min(((en - zh) ** 2) / (2 * 6.8 * mean), 8.0) * 0.35


def _best_path(
    en: Sequence[Side], zh: Sequence[Side], worth: dict[str, float]
) -> list[tuple[range, range]]:
    best = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    ratio = sum(s.length for s in en) / max(1.0, sum(s.length for s in zh))
    slope = len(zh) / len(en)
    band = max(BAND, abs(len(en) - len(zh)) + BAND // 2)
    for i in range(len(en) + 1):
        for j in range(len(zh) + 1):
            if (i, j) not in best or abs(j - i * slope) > band:
                continue
            for (di, dj), penalty in MOVES.items():
                if i + di > len(en) or j + dj > len(zh):
                    continue
                gain = _gain(en[i : i + di], zh[j : j + dj], worth, ratio) - penalty
                if best[i, j] + gain > best.get((i + di, j + dj), -math.inf):
                    best[i + di, j + dj] = best[i, j] + gain
                    back[i + di, j + dj] = (i, j)
    path, here = [], (len(en), len(zh))
    while here != (0, 0):
        before = back[here]
        path.append((range(before[0], here[0]), range(before[1], here[1])))
        here = before
    return path[::-1]


def _gain(en: Sequence[Side], zh: Sequence[Side], worth: dict[str, float], ratio: float) -> float:
    if not en or not zh:
        return 0.0
    together_en, together_zh = _sum(en), _sum(zh)
    shared = _shared(together_en, together_zh, worth)
    alone = _alone(together_en, together_zh) + _alone(together_zh, together_en, kind="latin:")
    lengths = _length_cost(sum(side.length for side in en), ratio * sum(side.length for side in zh))
    idle = _idle(en, together_zh, worth) + _idle(zh, together_en, worth)
    return 1.0 + shared - lengths - min(alone, 6) * MISMATCH - idle * IDLE


def _idle(members: Sequence[Side], other: Counter[str], worth: dict[str, float]) -> int:
    """How many sentences of a merged side have nothing to do with the other side."""
    if len(members) < 2:
        return 0
    return sum(_shared(member.anchors, other, worth) < LOOSE for member in members)


def _alone(these: Counter[str], those: Counter[str], kind: str = "number:") -> int:
    """How many anchors of one kind have no counterpart; Latin words are expected in English."""
    return sum(1 for anchor in these if anchor.startswith(kind) and anchor not in those)


def _sum(sides: Sequence[Side]) -> Counter[str]:
    if len(sides) == 1:
        return sides[0].anchors
    total: Counter[str] = Counter()
    for side in sides:
        total.update(side.anchors)
    return total


def _pair_crossing(
    path: list[tuple[range, range]], en: Sequence[Side], zh: Sequence[Side], worth: dict[str, float]
) -> tuple[Group, ...]:
    loose = [(rows, columns) for rows, columns in path if _is_loose(rows, columns, en, zh, worth)]
    scored = sorted(
        (-_shared(en[i].anchors, zh[j].anchors, worth), i, j)
        for i in (i for rows, _ in loose for i in rows)
        for j in (j for _, columns in loose for j in columns)
    )
    partner: dict[int, int] = {}
    for negative, i, j in scored:
        if -negative >= CROSSING and i not in partner and j not in partner.values():
            partner[i] = j
    groups = []
    for rows, columns in path:
        crossed = (rows, columns) in loose and any(i in partner for i in rows)
        taken = (rows, columns) in loose and any(j in partner.values() for j in columns)
        if not crossed and not taken:
            groups.append(_group(en, rows, zh, columns))
            continue
        groups += [_group(en, [i], zh, [partner[i]] if i in partner else []) for i in rows]
        groups += [_group(en, [], zh, [j]) for j in columns if j not in partner.values()]
    return tuple(groups)


def _is_loose(
    rows: range, columns: range, en: Sequence[Side], zh: Sequence[Side], worth: dict[str, float]
) -> bool:
    """Whether a step of the path may be undone: one sentence alone, or a pair with no tie."""
    if not rows or not columns:
        return True
    single = len(rows) == len(columns) == 1
    return single and _shared(en[rows[0]].anchors, zh[columns[0]].anchors, worth) < LOOSE


def _group(
    en: Sequence[Side], rows: Sequence[int], zh: Sequence[Side], columns: Sequence[int]
) -> Group:
    return Group(tuple(en[i].id for i in rows), tuple(zh[j].id for j in columns))
