"""English for the network: runs of letters and digits as tokens, described by form and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.models.features import Listed, Place, dictionary_group, dictionary_rows
from extractors.models.shape import Features, Group, padded, row_of, rows_array
from extractors.normalize import normalize

_TOKEN = re.compile(r"[^\W_]+|[^\s]")
_REPEATED = re.compile(r"(.)\1+")
_WORD = Group("word", 16_000, 96, 2, dropped=0.15)
_AFFIX = Group("affix", 8_000, 64, 6)
_GRAM = Group("gram", 16_000, 64, 18)
_FORM = Group("form", 2_000, 32, 3)
_SPACE = Group("space", 5, 8, 2)
GROUPS: tuple[Group, ...] = (_WORD, _AFFIX, _GRAM, _FORM, _SPACE, dictionary_group())
_SIZES = (3, 4, 5)  # characters of a gram
_LONG = 8  # lengths beyond are all the same
_Described = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def tokens(text: str) -> tuple[Place, ...]:
    """Runs of letters and digits, and single signs.

    >>> [text[start:end] for text in ["IL-6 (TNFα)"] for start, end in tokens(text)]
    ['IL', '-', '6', '(', 'TNFα', ')']
    """
    return tuple(match.span() for match in _TOKEN.finditer(text))


def features(text: str, places: Sequence[Place], listed: Iterable[Listed]) -> Features:
    """The rows of each group for each token."""
    words = [_described(text[start:end]) for start, end in places]
    spaces = [_spaces(text, start, end) for start, end in places]
    parts = [rows_array([word[at] for word in words], GROUPS[at].slots) for at in range(4)]
    return (*parts, rows_array(spaces, 2), dictionary_rows(places, listed))


@lru_cache(1 << 16)
def _described(token: str) -> _Described:
    """The rows of what a token is by itself: word, affixes, grams, form."""
    norm = normalize(token, "en").text.lower()
    affixes = [f"{n}<{norm[:n]}" for n in (2, 3, 4)] + [f"{n}>{norm[-n:]}" for n in (2, 3, 4)]
    form = shape_of(token)
    runs = _REPEATED.sub(r"\1", form)
    return (
        tuple(row_of(norm, _WORD, seed) for seed in (0, 1)),
        tuple(row_of(affix, _AFFIX) for affix in affixes),
        padded([row_of(gram, _GRAM) for gram in _grams(norm)], _GRAM.slots),
        tuple(
            row_of(value, _FORM)
            for value in (f"form {form}", f"runs {runs}", f"length {min(len(token), _LONG)}")
        ),
    )


def shape_of(token: str) -> str:
    """Letters by case, digits and the rest, at most eight signs.

    >>> shape_of("CYP3A4"), shape_of("TNFα")
    ('XXXdXd', 'XXXg')
    """
    return "".join(_sign(sign) for sign in token[:_LONG])


def _sign(sign: str) -> str:
    if "α" <= sign.lower() <= "ω":
        return "g"
    return "d" if sign.isdigit() else "X" if sign.isupper() else "x" if sign.isalpha() else sign


def _grams(norm: str) -> list[str]:
    """Pieces of three to five characters with the edges marked, each once, evenly spread."""
    edged = f"^{norm}$"
    found = dict.fromkeys(
        edged[at : at + size] for size in _SIZES for at in range(len(edged) - size + 1)
    )
    grams = list(found)
    if len(grams) <= _GRAM.slots:
        return grams
    return [grams[at * len(grams) // _GRAM.slots] for at in range(_GRAM.slots)]


def _spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """Whether a token stands apart from the one before and the one behind."""
    before = start == 0 or text[start - 1].isspace()
    behind = end == len(text) or text[end].isspace()
    return 1 + before, 3 + behind
