"""Where the words of a mention stand in the translation of its sentence.

The stretch of whole words of the other language to which most of the mention's words lead, as far
as the words beside it lead elsewhere (maximum sum over `extractors.alignment.word_links`). It ends
at function words and marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.alignment.word_links import Floats, WordLinks
from extractors.nlp.tokens import Token, tokenize
from extractors.tables import read_set
from kg.model import Language

WORTH = 0.35  # share of a word or sign that makes it belong to the stretch
JOINTS = frozenset("-‐‑–/'’")  # marks that stand inside names
FULL = 0.5  # strength of a link from which a word counts as told
HEAD = 0.4  # how far the last word of a mention, its head, must be told
SHORTEST = 2  # code points of a counterpart
_LEAST_TOTAL = 0.3  # of the links of a word, below which it is hardly known


@dataclass(frozen=True, slots=True)
class Sought:
    """A stretch of the other sentence; `score` (0…1) is how surely it is the counterpart.

    It is the share of the stretch that the mention explains, times the share of the mention that
    the stretch does.
    """

    start: int
    end: int
    score: float


def seek(
    links: WordLinks, language: Language, start: int, end: int, text: str
) -> Sought | None:  # fmt: skip
    """The counterpart of a stretch of the sentence of one language in that of the other.

    Parameters
    ----------
    links : of the two sentences
    language, start, end : of the stretch that is sought
    text : the sentence of the other language
    """
    other: Language = "zh" if language == "en" else "en"
    strength, share = links.from_side(language)
    rows = [n for n in links.inside(language, start, end) if strength[n].any()]
    if not rows:
        return None
    mass = share[rows].sum(axis=0)
    if language == "zh":  # of an English word: how much of it the signs of the mention take
        mass = mass / np.maximum(share.sum(axis=0), _LEAST_TOTAL)
    best = max(_stretches(mass, links, other, text), default=None)
    if best is None:
        return None
    _, first, last = best
    inside = links.inside(other, first, last)
    told = _told(strength, rows, inside)
    if told[-1] < HEAD or last - first < SHORTEST:
        return None
    return Sought(first, last, round(float(mass[inside].mean() * told.mean()), 4))


def _stretches(
    mass: Floats, links: WordLinks, language: Language, text: str
) -> Iterator[tuple[float, int, int]]:
    """(Worth, start, end) of the best stretch of each row of words that nothing breaks."""
    for row in _rows(tokenize(text, language), language):
        gains = []
        for token in row:
            inside = links.inside(language, token.start, token.end)
            gains.append(float((mass[inside] - WORTH).sum()) if inside else 0.0)
        best, first, last = _most(gains)
        if best > 0:
            yield best, row[first].start, row[last].end


def _rows(tokens: Sequence[Token], language: Language) -> Iterator[list[Token]]:
    breaks = read_set(language, "breaks.tsv")
    row: list[Token] = []
    for token in tokens:
        word = any(sign.isalnum() for sign in token.norm)
        if (word and token.norm not in breaks) or (row and token.text in JOINTS):
            row.append(token)
            continue
        if row:
            yield row
        row = []
    if row:
        yield row


def _most(gains: Sequence[float]) -> tuple[float, int, int]:
    """The largest sum of gains in a row, the first and the last of them (Kadane)."""
    best, first, last = 0.0, 0, 0
    total, begin = 0.0, 0
    for place, gain in enumerate(gains):
        if total <= 0:
            total, begin = 0.0, place
        total += gain
        if total > best and gain > 0:
            best, first, last = total, begin, place
    return best, first, last


def _told(strength: Floats, rows: Sequence[int], inside: Sequence[int]) -> Floats:
    """How far the stretch tells each word of the mention, beside the best place for it."""
    chosen = strength[rows]
    best = chosen.max(axis=1)
    here = chosen[:, inside].max(axis=1)
    return np.asarray(here / best * np.minimum(1.0, best / FULL))
