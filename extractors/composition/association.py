"""How strongly the parts of names belong to each other, learnt from pairs of names.

Expectation maximisation over the pairs, as for word alignment (IBM model 1, Brown et al. 1993), in
both directions at once: in each pair, an English part shares out a Chinese one with the other
English parts, and a Chinese part an English one with the other Chinese parts of its length; the
geometric mean of the two shares counts (agreement of directions, Liang et al. 2006). What comes out
is Dice's coefficient of the expected counts: 1 where two parts always stand for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[Any]
Parts = tuple[tuple[str, ...], tuple[str, ...]]

ROUNDS = 4
LEAST = 0.03  # weaker links are left out
LEAST_COUNT = 0.3  # expected count of a link
CHANCE = 0.005  # coefficient of plain counts below which two parts are not considered


@dataclass(frozen=True, slots=True)
class Links:
    """English part, Chinese part and strength, sorted by the Chinese, then the English part."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    strength: tuple[float, ...]


def associate(pairs: Sequence[Parts], *, rounds: int = ROUNDS) -> Links:
    """The links between the parts of (English parts, Chinese parts) pairs.

    Chinese parts of each length are learnt by themselves, so that 肾 and 肾病 do not compete.
    """
    en, zh = _side([en for en, _ in pairs]), _side([zh for _, zh in pairs])
    sizes = np.array([0 if name.isascii() else len(name) for name in zh.names], dtype=np.int64)
    links: list[tuple[int, int, float]] = []
    for size in np.unique(sizes).tolist():
        chosen = sizes[zh.parts] == size
        cells, pair = _cells(en, zh.parts[chosen], zh.pairs[chosen], len(zh.names))
        found, strength = _maximise(cells, pair, en.seen, zh.seen, rounds)
        links += zip(
            (found % len(zh.names)).tolist(), (found // len(zh.names)).tolist(),
            strength.round(4).tolist(), strict=True,
        )  # fmt: skip
    links.sort()
    return Links(
        tuple(en.names[link[1]] for link in links), tuple(zh.names[link[0]] for link in links),
        tuple(link[2] for link in links),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    """The parts of all names of one language, one after the other.

    `names` are the different parts; `parts` and `pairs` say of each place which part stands there
    and in which pair; `first` is where a pair begins, `seen` in how many pairs a part stands.
    """

    names: list[str]
    parts: Ints
    pairs: Ints
    first: Ints
    seen: Ints


def _side(names: Sequence[tuple[str, ...]]) -> _Side:
    different = sorted({part for parts in names for part in parts})
    number = {part: n for n, part in enumerate(different)}
    flat = np.array([number[part] for parts in names for part in parts], dtype=np.int64)
    lengths = np.array([len(parts) for parts in names], dtype=np.int64)
    first = np.concatenate(([0], np.cumsum(lengths)))
    pairs = np.repeat(np.arange(len(names)), lengths)
    return _Side(different, flat, pairs, first, np.bincount(flat, minlength=len(different)))


def _cells(en: _Side, parts: Ints, pairs: Ints, columns: int) -> tuple[Ints, Ints]:
    """Each Chinese part with each English part of its pair, as row * columns + column."""
    counts = (en.first[1:] - en.first[:-1])[pairs]
    begin = np.cumsum(counts) - counts
    places = np.arange(counts.sum()) - np.repeat(begin - en.first[pairs], counts)
    return en.parts[places] * columns + np.repeat(parts, counts), np.repeat(pairs, counts)


def _maximise(
    cells: Ints, pair: Ints, en_seen: Ints, zh_seen: Ints, rounds: int
) -> tuple[Ints, Floats]:
    """The links (row * columns + column) that are strong enough, and their strengths."""
    columns = len(zh_seen)
    links, where, counts = np.unique(cells, return_inverse=True, return_counts=True)
    seen = (en_seen[links // columns] + zh_seen[links % columns]).astype(np.float64)
    strength = 2 * counts / seen
    kept = strength >= CHANCE
    links, seen, strength = links[kept], seen[kept], strength[kept]
    pair = pair[kept[where]]
    where = (np.cumsum(kept) - 1)[where[kept[where]]]
    cells = links[where]
    en_slot = np.unique(pair * len(en_seen) + cells // columns, return_inverse=True)[1]
    zh_slot = np.unique(pair * columns + cells % columns, return_inverse=True)[1]
    expected: Floats = np.zeros(len(links))
    for _ in range(rounds):
        weight = strength[where]
        share_en = weight / np.bincount(zh_slot, weights=weight)[zh_slot]
        share_zh = weight / np.bincount(en_slot, weights=weight)[en_slot]
        expected = np.bincount(where, weights=np.sqrt(share_en * share_zh), minlength=len(links))
        strength = 2 * expected / seen
    strong = (strength >= LEAST) & (expected >= LEAST_COUNT)
    return links[strong], strength[strong]
