"""How a name is written so that its variants meet: width, case, accents, Greek, script, pinyin.

>>> fold("ＴＧＦ-β１"), fold("TGF beta 1"), fold("鈣調磷酸酶")
('tgfbeta1', 'tgfbeta1', '钙调磷酸酶')
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_TABLE = str.maketrans(_GREEK)
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORDS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def level(text: str) -> str:
    """The text with width, case, accents, Greek letters and Chinese script levelled out.

    Spaces and punctuation stay.

    >>> level("Sjögren’s 症候群, α-SMA")
    'sjogren’s 症候群, alpha-sma'
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if has_han(plain):
        plain = str(_simplifier().convert(plain))
    if not plain.isascii():
        marked = unicodedata.normalize("NFD", plain)
        plain = unicodedata.normalize(
            "NFC", "".join(c for c in marked if not unicodedata.combining(c))
        )
    return plain.translate(_GREEK_TABLE)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key of a name: levelled, letters and digits only (``+`` counts as "plus").

    >>> fold("IL-6"), fold("CD4+"), fold("肾 病")
    ('il6', 'cd4plus', '肾病')
    """
    return "".join(_WORDS.findall(level(text).replace("+", "plus")))


def split_terms(text: str) -> tuple[str, ...]:
    """The index terms of a text: words, and pairs of neighbouring Chinese characters.

    >>> split_terms("Tacrolimus (FK-506) 他克莫司")
    ('tacrolimus', 'fk', '506', '他克', '克莫', '莫司')
    """
    terms: list[str] = []
    for word in _WORDS.findall(level(text)):
        if not has_han(word) or len(word) == 1:
            terms.append(word)
        else:
            terms.extend(word[at : at + 2] for at in range(len(word) - 1))
    return tuple(terms)


def spell(text: str) -> tuple[str, ...]:
    """The pinyin of a Chinese name, in full and by initials; empty without Chinese characters.

    >>> spell("IgA肾病")
    ('igashenbing', 'igasb')
    """
    folded = fold(text)
    if not has_han(folded):
        return ()
    from pypinyin import Style, lazy_pinyin

    full = "".join(lazy_pinyin(folded))
    initials = "".join(lazy_pinyin(folded, style=Style.FIRST_LETTER))
    return (full, initials)
