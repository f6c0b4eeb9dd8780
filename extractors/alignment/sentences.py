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
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class _Window:
    """Some sentences in a row, taken together; `shared` leaves out what one language alone has."""

    members: tuple[dict[str, int], ...]
    shared: dict[str, int]
    anchors: frozenset[str]
    numbers: frozenset[str]
    latin: frozenset[str]
    length: float


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


def _windows(
    sides: Sequence[Side], worth: dict[str, float], longest: int
) -> dict[tuple[int, int], _Window]:
    """(first sentence, how many) → these sentences together, up to `longest` of them."""
    windows = {}
    for start in range(len(sides)):
        for end in range(start, min(start + longest, len(sides)) + 1):
            window = sides[start:end]
            total: Counter[str] = Counter()
            for side in window:
                total.update(side.anchors)
            windows[start, end - start] = _Window(
                tuple(_known(side.anchors, worth) for side in window),
                _known(total, worth),
                frozenset(total),
                frozenset(anchor for anchor in total if anchor.startswith("number:")),
                frozenset(anchor for anchor in total if anchor.startswith("latin:")),
                sum(side.length for side in window),
            )
    return windows


def _known(anchors: Counter[str], worth: dict[str, float]) -> dict[str, int]:
    return {anchor: count for anchor, count in anchors.items() if anchor in worth}


def _shared(en: Mapping[str, int], zh: Mapping[str, int], worth: dict[str, float]) -> float:
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
    windows_en = _windows(en, worth, max(di for di, _ in MOVES))
    windows_zh = _windows(zh, worth, max(dj for _, dj in MOVES))
    for i in range(len(en) + 1):
        for j in range(len(zh) + 1):
            if (i, j) not in best or abs(j - i * slope) > band:
                continue
            for (di, dj), penalty in MOVES.items():
                if i + di > len(en) or j + dj > len(zh):
                    continue
                gain = -penalty
                if di and dj:
                    gain += _gain(windows_en[i, di], windows_zh[j, dj], worth, ratio)
                if best[i, j] + gain > best.get((i + di, j + dj), -math.inf):
                    best[i + di, j + dj] = best[i, j] + gain
                    back[i + di, j + dj] = (i, j)
    path, here = [], (len(en), len(zh))
    while here != (0, 0):
        before = back[here]
        path.append((range(before[0], here[0]), range(before[1], here[1])))
        here = before
    return path[::-1]


def _gain(en: _Window, zh: _Window, worth: dict[str, float], ratio: float) -> float:
    shared = _shared(en.shared, zh.shared, worth)
    # What has no counterpart: numbers, and Latin words in Chinese; in English these are expected.
    alone = len(en.numbers - zh.anchors) + len(zh.latin - en.anchors)
    lengths = _length_cost(en.length, ratio * zh.length)
    idle = _idle(en, zh, worth) + _idle(zh, en, worth)
    return 1.0 + shared - lengths - min(alone, 6) * MISMATCH - idle * IDLE


def _idle(window: _Window, other: _Window, worth: dict[str, float]) -> int:
    """How many sentences of a merged side have nothing to do with the other side."""
    if len(window.members) < 2:
        return 0
    return sum(_shared(member, other.shared, worth) < LOOSE for member in window.members)


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
