"""Which parts of an English and a Chinese name belong to each other, and how well two names fit.

Learnt from pairs of names (`learn_composition`), kept as two tries and flat arrays that open
without being read (`save`, `open_composition`).
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from extractors.composition.association import associate
from extractors.composition.keeping import open_parts, save_parts
from extractors.composition.morphemes import learn_morphemes, pieces
from extractors.composition.parts import grams, signs, words

_TRIES = ("english", "chinese", "morphemes")
_ARRAYS = ("first", "links", "strength", "rarity", "costs")
_FULL = 2.2  # strength, times this, at which a part is taken to be told wholly by its counterpart
_MOST_PARTS = 60  # of a name in training; longer ones are sentences rather than names
EMPTY: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two names fit: the shares of each that the other tells, 0…1.

    `latin` is the share of the Latin words and numbers of the Chinese name that stand in the
    English one, 1 where it has none; `least` how far the worst told word or sign of both is told.
    """

    en: float
    zh: float
    latin: float
    least: float = 0.0

    @property
    def score(self) -> float:
        """Both shares in one figure, 0…1."""
        return (self.en + self.zh) / 2

    @property
    def weaker(self) -> float:
        """The lesser of the two shares: low where either name says more than the other."""
        return min(self.en, self.zh)


class Composition:
    """Links between parts of names."""

    def __init__(
        self, english: Any, chinese: Any, morphemes: Any, arrays: Mapping[str, Any]
    ) -> None:
        self._english = english
        self._chinese = chinese
        self._morphemes = morphemes
        self._arrays = arrays
        self._pieces = functools.lru_cache(maxsize=65536)(self._cut)
        self._told_by = functools.lru_cache(maxsize=4096)(self._links_of_name)

    def similarity(self, en: str, zh: str) -> float:
        """The share of both names that finds its counterpart in the other, 0…1."""
        return self.fit(words(en), signs(zh)).score

    def fit(self, en: tuple[str, ...], zh: tuple[str, ...]) -> Fit:
        """How well the words of an English name fit the signs of a Chinese one."""
        if not en or not zh:
            return Fit(0.0, 0.0, 0.0)
        links = self._told_by(zh)
        told: dict[str, float] = {}
        covered = total = 0.0
        least = 1.0
        for word in en:
            weight, share = self.rarity(word), self._share(word, links, told)
            covered += weight * share
            total += weight
            least = min(least, share)
        latin = [sign for sign in zh if sign.isascii()]
        matched = sum(sign in en for sign in latin) / len(latin) if latin else 1.0
        cover = _cover(zh, told)
        return Fit(covered / total, sum(cover) / len(cover), matched, min(least, *cover))

    def links(self, zh: tuple[str, ...]) -> Mapping[str, Mapping[str, float]]:
        """English part → the parts of a Chinese text that it belongs to → strength, 0…1."""
        return self._links_of_name(zh)

    def pieces(self, word: str) -> tuple[str, ...]:
        """The morphemes of an English word, none where it is one."""
        return self._pieces(word)

    def rarity(self, word: str) -> float:
        """The weight of an English word: how seldom it stands in the names learnt from."""
        number = self._english.get(word) if word else None
        rarity = self._arrays["rarity"]
        return float(rarity[-1] if number is None else rarity[number])

    def save(self, folder: Path) -> None:
        """Write the model into a folder, from which `open_composition` reads it."""
        tries = {name: getattr(self, f"_{name}") for name in _TRIES}
        arrays = {name: self._arrays[name] for name in _ARRAYS}
        save_parts(folder, "composition", tries, arrays)

    def _share(
        self, word: str, links: Mapping[str, Mapping[str, float]], told: dict[str, float]
    ) -> float:
        """The share of an English word that is told; `told` takes what its parts tell."""
        whole = _tell(links.get(word, EMPTY), told)
        parts = self.pieces(word)
        if not parts:
            return whole
        by_parts = sum(len(part) * _tell(links.get(part, EMPTY), told) for part in parts)
        return max(whole, by_parts / len(word))

    def _links_of_name(self, zh: tuple[str, ...]) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        first, english = self._arrays["first"], self._arrays["links"]
        for gram in dict.fromkeys(grams(zh)):
            if gram.isascii():
                found.setdefault(gram, {})[gram] = 1.0
            number = self._chinese.get(gram)
            if number is None:
                continue
            low, high = int(first[number]), int(first[number + 1])
            strengths = self._arrays["strength"][low:high]
            for part, strength in zip(english[low:high].tolist(), strengths.tolist(), strict=True):
                word = self._english.restore_key(part)
                counterparts = found.setdefault(word, {})
                counterparts[gram] = max(counterparts.get(gram, 0.0), min(1.0, _FULL * strength))
        return found

    def _cut(self, word: str) -> tuple[str, ...]:
        return pieces(word, _Costs(self._morphemes, self._arrays["costs"]))


class _Costs(Mapping[str, float]):
    """The costs of morphemes, looked up in the trie."""

    def __init__(self, trie: Any, costs: npt.NDArray[np.float32]) -> None:
        self._trie, self._costs = trie, costs

    def __getitem__(self, piece: str) -> float:
        return float(self._costs[self._trie[piece]])

    def __iter__(self) -> Any:
        return iter(self._trie)

    def __len__(self) -> int:
        return len(self._trie)


def learn_composition(
    pairs: Iterable[tuple[str, str]], *, vocabulary: Iterable[str] = ()
) -> Composition:
    """The composition of a list of (English name, Chinese name) pairs.

    `vocabulary` holds further English names, which help to find the morphemes.

    >>> names = [("liver cancer", "肝癌"), ("liver injury", "肝损伤"), ("lung injury", "肺损伤")]
    >>> model = learn_composition(names)
    >>> model.similarity("lung injury", "肺损伤") > model.similarity("lung injury", "肝癌")
    True
    """
    told = {(words(en), signs(zh)): None for en, zh in pairs}
    known = {word for en, _ in told for word in en}
    known.update(word for name in vocabulary for word in words(name))
    costs = learn_morphemes(known)
    cuts = {word: pieces(word, costs) for word in known}
    parts = [
        (tuple(dict.fromkeys(part for word in en for part in (word, *cuts[word]))),
         tuple(dict.fromkeys(grams(zh))))
        for en, zh in told
        if en and zh and len(en) <= _MOST_PARTS and len(zh) <= _MOST_PARTS
    ]  # fmt: skip
    counts = Counter(part for en, _ in parts for part in en)
    links = associate(parts)
    english = marisa_trie.Trie(sorted({*links.en, *counts}))
    chinese = marisa_trie.Trie(sorted(set(links.zh)))
    morphemes = marisa_trie.Trie(sorted(costs))
    rarity = np.full(len(english) + 1, math.log(2 + len(parts)), dtype=np.float32)
    for part, count in counts.items():
        rarity[english[part]] = math.log(1 + len(parts) / count)
    piece_costs = np.zeros(len(morphemes), dtype=np.float32)
    for piece, cost in costs.items():
        piece_costs[morphemes[piece]] = cost
    rows = sorted(
        (chinese[zh], english[en], strength)
        for en, zh, strength in zip(links.en, links.zh, links.strength, strict=True)
    )
    numbers = np.array([row[0] for row in rows], dtype=np.int64)
    arrays = {
        "first": np.searchsorted(numbers, np.arange(len(chinese) + 1)).astype(np.uint32),
        "links": np.array([row[1] for row in rows], dtype=np.uint32),
        "strength": np.array([row[2] for row in rows], dtype=np.float32),
        "rarity": rarity,
        "costs": piece_costs,
    }
    return Composition(english, chinese, morphemes, arrays)


def open_composition(folder: Path) -> Composition:
    """The composition that `Composition.save` wrote into a folder; all of it stays on disk.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    tries, arrays = open_parts(folder, "composition", _TRIES, _ARRAYS, what="model of composition")
    return Composition(tries[0], tries[1], tries[2], arrays)


def _tell(counterparts: Mapping[str, float], told: dict[str, float]) -> float:
    best = 0.0
    for gram, strength in counterparts.items():
        best = max(best, strength)
        if told.get(gram, 0.0) < strength:
            told[gram] = strength
    return best


def _cover(zh: tuple[str, ...], told: Mapping[str, float]) -> list[float]:
    """For each sign of a name, the best that is told of a stretch around it."""
    cover = [0.0] * len(zh)
    for gram, strength in told.items():
        size = 1 if gram.isascii() else len(gram)
        for start in range(len(zh) - size + 1):
            if "".join(zh[start : start + size]) == gram:
                for at in range(start, start + size):
                    cover[at] = max(cover[at], strength)
    return cover
