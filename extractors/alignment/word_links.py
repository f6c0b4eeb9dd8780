"""Which words of a sentence are which signs of its translation, by a learnt table.

The table (`extractors.composition.model`) knows how strongly a word, or a morpheme of it, belongs
to a stretch of Han characters. In a pair of sentences the words compete: a sign is shared out among
all words that could be it, those at about the same place first, and what nothing explains stays
free (the expectation step of IBM model 1, Brown et al. 1993, with the diagonal prior of Dyer et
al. 2013).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.composition.model import Composition
from extractors.composition.parts import LONGEST_GRAM, is_silent
from extractors.normalize import Atom, atoms, has_han
from kg.model import Language

Floats = npt.NDArray[Any]
DIAGONAL = 1.5  # how fast the likelihood of a pair falls with the distance of the two places
FREE = 0.15  # strength of the word that is not there, to which unexplained signs go


@dataclass(frozen=True, slots=True, eq=False)
class WordLinks:
    """The atoms of two sentences and, words × signs, how surely each pair is a translation.

    `strength` tells how well two belong together whatever stands beside them, `share` (0…1) what is
    left of that in this sentence. Rows are English and columns Chinese.
    """

    en: tuple[Atom, ...]
    zh: tuple[Atom, ...]
    strength: Floats
    share: Floats

    def atoms(self, language: Language) -> tuple[Atom, ...]:
        """The atoms of one side."""
        return self.en if language == "en" else self.zh

    def from_side(self, language: Language) -> tuple[Floats, Floats]:
        """Strength and share with the rows of one language."""
        if language == "en":
            return self.strength, self.share
        return self.strength.T, self.share.T

    def inside(self, language: Language, start: int, end: int) -> list[int]:
        """The numbers of the atoms of one side that a stretch of its sentence touches."""
        side = enumerate(self.atoms(language))
        return [number for number, atom in side if atom.start < end and start < atom.end]

    def agreement(self, en: Sequence[int], zh: Sequence[int]) -> float:
        """Of what links some words and some signs with anything, the part that links the two."""
        both = self.share[np.ix_(en, zh)].sum()
        total = self.share[en].sum() + self.share[:, zh].sum()
        return float(2 * both / total) if total else 0.0


def link_words(en: str, zh: str, model: Composition) -> WordLinks:
    """The links between the words of an English and the signs of a Chinese text."""
    words, signs = atoms(en, "en"), atoms(zh, "zh")
    strength = np.zeros((len(words), len(signs)))
    spelt = tuple(sign.key for sign in signs)
    table, places = model.links(spelt), _places(spelt)
    for row, word in enumerate(words):
        if _is_empty(word, "en"):
            continue
        parts = [(word.key, 1.0)]
        parts += [(piece, len(piece) / len(word.key)) for piece in model.pieces(word.key)]
        for part, weight in parts:
            for gram, link in table.get(part, {}).items():
                for start, end in places.get(gram, ()):
                    here = strength[row, start:end]
                    np.maximum(here, weight * link, out=here)
    strength[:, [number for number, sign in enumerate(signs) if _is_empty(sign, "zh")]] = 0
    strength *= _nearness(*strength.shape)
    best = strength.max(axis=1, keepdims=True, initial=1e-9)
    share = strength / (strength.sum(axis=0, keepdims=True) + FREE) * np.sqrt(strength / best)
    return WordLinks(words, signs, strength, share)


def _is_empty(atom: Atom, language: Language) -> bool:
    return is_silent(atom.key, language)


def _places(spelt: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each stretch of signs that the table can know stands."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, sign in enumerate(spelt):
        places[sign].append((start, start + 1))
        if not has_han(sign):
            continue
        for end in range(start + 2, min(start + LONGEST_GRAM, len(spelt)) + 1):
            if not has_han(spelt[end - 1]):
                break
            places["".join(spelt[start:end])].append((start, end))
    return places


def _nearness(rows: int, columns: int) -> Floats:
    """How likely each place of one sentence goes with each place of the other."""
    here = np.arange(rows)[:, None] / max(1, rows)
    there = np.arange(columns)[None, :] / max(1, columns)
    return np.asarray(np.exp(-DIAGONAL * np.abs(here - there)))
