"""English names by their parts, so that those that a Chinese name may mean are found at once.

An inverted index: part of a name → the names in which it stands. A Chinese name asks for the parts
that its own parts belong to (`Composition.links`); the names that hold the rarest and surest of
them are compared with it one by one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from extractors.composition.keeping import open_parts, save_parts
from extractors.composition.model import Composition
from extractors.composition.parts import signs, words

_TRIES = ("names", "concepts", "parts")
_ARRAYS = ("first", "concept", "posting", "name", "norm")
_COMPARED = 200  # names that are compared one by one
_LENGTH = 4.0  # added to the norm of a name, so that one common word alone is no perfect match
_LATIN = 0.25  # weight of the Latin words and numbers of a Chinese name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that a name may mean: by which of its names, and how well that fits, 0…1."""

    concept: str
    name: str
    score: float


class NameIndex:
    """The English names of many concepts, found by Chinese names that are not listed."""

    def __init__(
        self, names: Any, concepts: Any, parts: Any, arrays: Mapping[str, npt.NDArray[Any]]
    ) -> None:
        self._names = names
        self._concepts = concepts
        self._parts = parts
        self._arrays = arrays

    def __len__(self) -> int:
        return len(self._names)

    def propose(
        self, zh: str, composition: Composition, *, most: int = 5,
        allowed: Callable[[str], bool] | None = None,
    ) -> tuple[Proposal, ...]:  # fmt: skip
        """The concepts that a Chinese name may mean, the likeliest first.

        `allowed` says of a concept whether it may be proposed, for instance by its type.
        """
        spelt = signs(zh)
        best: dict[str, Proposal] = {}
        for name, concepts in self.likely(zh, composition):
            fit = composition.fit(words(name), spelt)
            score = round((fit.weaker + _LATIN * fit.latin) / (1 + _LATIN), 4)
            for concept in concepts:
                if concept in best and best[concept].score >= score:
                    continue
                if allowed is None or allowed(concept):
                    best[concept] = Proposal(concept, name, score)
        return tuple(sorted(best.values(), key=lambda p: (-p.score, p.concept))[:most])

    def likely(
        self, zh: str, composition: Composition
    ) -> Iterator[tuple[str, tuple[str, ...]]]:  # fmt: skip
        """The names that hold the most of what a Chinese name asks for, with their concepts."""
        for number in self._likely(composition.links(signs(zh))):
            low, high = self._arrays["first"][number : number + 2].tolist()
            concepts = self._arrays["concept"][low:high].tolist()
            yield (
                self._names.restore_key(number),
                tuple(self._concepts.restore_key(concept) for concept in concepts),
            )

    def save(self, folder: Path) -> None:
        """Write the index into a folder, from which `open_names` reads it."""
        tries = {name: getattr(self, f"_{name}") for name in _TRIES}
        arrays = {name: self._arrays[name] for name in _ARRAYS}
        save_parts(folder, "composed", tries, arrays)

    def _likely(self, links: Mapping[str, Mapping[str, float]]) -> list[int]:
        """The numbers of the names that hold the most of what the links ask for."""
        posting, name = self._arrays["posting"], self._arrays["name"]
        score = np.zeros(len(self._names), dtype=np.float32)
        for part, counterparts in links.items():
            number = self._parts.get(part)
            if number is None:
                continue
            low, high = int(posting[number]), int(posting[number + 1])
            surety = 1 - math.prod(1 - min(0.95, value / 2.2) for value in counterparts.values())
            score[name[low:high]] += surety * _rarity(len(self._names), high - low) ** 2
        score /= self._arrays["norm"]
        found = np.flatnonzero(score)
        if len(found) > _COMPARED:
            found = found[np.argpartition(-score[found], _COMPARED)[:_COMPARED]]
        return sorted(found.tolist(), key=lambda n: (-float(score[n]), n))


def index_names(named: Iterable[tuple[str, str]], composition: Composition) -> NameIndex:
    """The index of (concept, English name) pairs."""
    entries = sorted({(name, concept) for concept, name in named if words(name)})
    names = marisa_trie.Trie(sorted({name for name, _ in entries}))
    concepts = marisa_trie.Trie(sorted({concept for _, concept in entries}))
    table = sorted((names[name], concepts[concept]) for name, concept in entries)
    told = {names[name]: words(name) for name in dict.fromkeys(name for name, _ in entries)}
    counts: Counter[str] = Counter()
    for spelt in told.values():
        counts.update(_parts(spelt, composition))
    parts = marisa_trie.Trie(sorted(counts))
    norm = np.zeros(len(names), dtype=np.float32)
    postings = []
    for number in range(len(names)):
        spelt = told[number]
        weights = [_rarity(len(names), counts[word]) for word in dict.fromkeys(spelt)]
        norm[number] = math.sqrt(sum(weight**2 for weight in weights)) + _LENGTH
        postings += [(parts[part], number) for part in _parts(spelt, composition)]
    postings.sort()
    keys = np.array([part for part, _ in postings], dtype=np.int64)
    rows = np.array([number for number, _ in table], dtype=np.int64)
    arrays: dict[str, npt.NDArray[Any]] = {
        "first": np.searchsorted(rows, np.arange(len(names) + 1)).astype(np.uint32),
        "concept": np.array([concept for _, concept in table], dtype=np.uint32),
        "posting": np.searchsorted(keys, np.arange(len(parts) + 1)).astype(np.uint32),
        "name": np.array([number for _, number in postings], dtype=np.uint32),
        "norm": norm,
    }
    return NameIndex(names, concepts, parts, arrays)


def open_names(folder: Path) -> NameIndex:
    """The index that `NameIndex.save` wrote into a folder; all of it stays on disk.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    tries, arrays = open_parts(folder, "composed", _TRIES, _ARRAYS, what="index of names")
    return NameIndex(tries[0], tries[1], tries[2], arrays)


def _parts(spelt: tuple[str, ...], composition: Composition) -> list[str]:
    """The words of a name and their morphemes, each once."""
    return list(dict.fromkeys(part for word in spelt for part in (word, *composition.pieces(word))))


def _rarity(names: int, count: int) -> float:
    return math.log(1 + names / count)
