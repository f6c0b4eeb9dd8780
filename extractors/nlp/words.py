"""Words as rules see them, cut the same way in every language.

A run of Latin or Greek letters is one word, and so is each Han character: rules name sequences.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.normalize import normalize
from kg.model import Language

TOKEN = re.compile(
    r"[A-Za-zÀ-ɏͰ-Ͽ]+(?:[-'’][A-Za-zÀ-ɏͰ-Ͽ]+)*|\d+(?:[.,]\d+)*%?|[\u3400-\u9fff]|[^\w\s]|\S"
)
# The A of "cyclosporine A" is no article.
_LETTER_NAME = re.compile(r"(?<=[a-z)] )A(?![\w-])")
_FOLD = str.maketrans("‐‑–−’（）［］，；：／", "----'()[],;:/")


def level(text: str, language: Language) -> str:
    """The text with width and traditional characters folded, code point for code point.

    >>> level("ＩＬ－２的表達", "zh")
    'il-2的表达'
    """
    folded = [_folded(character, language) for character in text]
    for name in _LETTER_NAME.finditer(text):
        folded[name.start()] = "A"
    return "".join(folded)


@lru_cache(maxsize=20_000)
def _folded(character: str, language: Language) -> str:
    folded = normalize(character, language).text
    return folded if len(folded) == 1 else character


def cut(text: str) -> list[tuple[int, int, str]]:
    """Tokens as (start, end, folded text).

    >>> [word for _, _, word in cut("IL-6使TNF-α上调")]
    ['il', '-', '6', '使', 'tnf-α', '上', '调']
    """
    return [
        (m.start(), m.end(), "A" if m[0] == "A" and m.start() else m[0].translate(_FOLD).lower())
        for m in TOKEN.finditer(text)
    ]
