"""Texts kept out of training and mining because their sentences are scored on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from extractors.evaluation.gold import Gold
from extractors.mining.bitext import Unit
from kg.model import LANGUAGES

SHORT = 12  # folded code points of a sentence that are too few to be looked for inside a text
_SPACES = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """A text by its letters and digits alone.

    >>> folded("ＩＬ－6 rose (p < 0.05).")
    'il6rosep005'
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())


def sentences_of(golds: Iterable[Gold]) -> frozenset[str]:
    """The folded sentences of annotated documents, in both languages."""
    return frozenset(
        folded(gold.texts[language][start:end])
        for gold in golds
        for language in LANGUAGES
        for start, end in gold.spans[language]
    )


def outside(units: Iterable[Unit], excluded: frozenset[str]) -> Iterator[Unit]:
    """The units that neither are nor hold one of the folded sentences, nor lie in one."""
    long = [sentence for sentence in excluded if len(sentence) >= SHORT]
    for unit in units:
        sides = folded(unit.en), folded(unit.zh)
        if not any(
            side in excluded or any(sentence in side for sentence in long)
            or (len(side) >= 2 * SHORT and any(side in sentence for sentence in long))
            for side in sides
        ):  # fmt: skip
            yield unit
