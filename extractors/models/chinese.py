"""Chinese for the network: characters as tokens, each with what stands around it.

A Han character is a token, and so are a run of other letters and digits and any other sign; white
space is none, so that a name broken over two lines is whole. Text is compared folded (width, case,
traditional characters), as dictionary keys are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from extractors.models.features import Listed, Place, dictionary_group, dictionary_rows
from extractors.models.shape import Features, Group, row_of, rows_array
from extractors.nlp.tokens import tokenize, word_tag
from extractors.nlp.words import level

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+|[^\s]")
_IS_HAN = re.compile(f"[{_HAN}]")
_SHAPES = (
    (re.compile("[A-Z]+"), "X"), (re.compile("[a-z]+"), "x"), (re.compile(r"\d+"), "0"),
    (re.compile("[α-ω]+"), "g"),
)  # fmt: skip
_EDGE = 3
_LONG = 6

_SIGN = Group("sign", 8_000, 64, 1, dropped=0.05)
_PAIR = Group("pair", 20_000, 48, 4, dropped=0.05)
_THREE = Group("three", 20_000, 48, 2, dropped=0.1)
_RUN = Group("run", 4_000, 24, 3)
# Names that jieba was given are words too: without both, a name is known by its form alone.
_WORD = Group("word", 20_000, 48, 2, dropped=0.1, forgotten=0.3)
_PLACE = Group("place", 1_000, 16, 1, forgotten=0.3)
GROUPS: tuple[Group, ...] = (
    _SIGN, _PAIR, _THREE, _RUN, _WORD, _PLACE, dictionary_group(forgotten=0.4),
)  # fmt: skip
_NOTHING = ("", "")


def tokens(text: str) -> tuple[Place, ...]:
    """Han characters, runs of other letters and digits, and single signs.

    >>> [text[start:end] for text in ["IL-6水平"] for start, end in tokens(text)]
    ['IL', '-', '6', '水', '平']
    """
    return tuple(match.span() for match in _TOKEN.finditer(text))


def features(text: str, places: Sequence[Place], listed: Iterable[Listed]) -> Features:
    """The rows of each group for each token.

    In this order: the token, the two pairs and the three tokens that it stands in, the ends and
    the shape of a Latin run, its word by jieba, its place in that with the part of speech, and
    what the dictionary says.
    """
    folded = level(text, "zh")
    signs = [folded[start:end] for start, end in places]
    words = _words(text)
    pairs = [f"{one}{two}" for one, two in zip(["", *signs], [*signs, ""], strict=True)]
    threes = [
        f"{before}{sign}{after}"
        for before, sign, after in zip(["", *signs], signs, [*signs[1:], ""], strict=False)
    ]
    own = [words.get(start, _NOTHING) for start, _ in places]
    return (
        rows_array([[row_of(sign, _SIGN)] for sign in signs], 1),
        rows_array(
            [[*_rows(f"<{before}", _PAIR), *_rows(f">{after}", _PAIR)]
             for before, after in pairwise(pairs)], 4
        ),
        rows_array([_rows(three, _THREE) for three in threes], 2),
        rows_array([_run(text[start:end], sign)
                    for (start, end), sign in zip(places, signs, strict=True)], 3),
        rows_array([_rows(word, _WORD) for word, _ in own], 2),
        rows_array([[row_of(place, _PLACE)] for _, place in own], 1),
        dictionary_rows(places, listed),
    )  # fmt: skip


def _rows(value: str, group: Group) -> tuple[int, int]:
    """Two rows, so that values that share one are still told apart by the other."""
    return row_of(value, group, 0), row_of(value, group, 1)


def _run(text: str, folded: str) -> tuple[int, int, int]:
    """The ends and the shape of a Latin run; what else the token is."""
    if _IS_HAN.match(text) or not text[0].isalnum():
        return 0, 0, row_of("han" if _IS_HAN.match(text) else "sign", _RUN)
    return (
        row_of(f"<{folded[:_EDGE]}", _RUN), row_of(f">{folded[-_EDGE:]}", _RUN),
        row_of(f"={shape_of(text)}", _RUN),
    )  # fmt: skip


def shape_of(text: str) -> str:
    """Runs of capitals, small letters, digits and Greek letters.

    >>> shape_of("CYP3A4"), shape_of("TNFα")
    ('X0X0', 'Xg')
    """
    text = unicodedata.normalize("NFKC", text)
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text[:_LONG]


def _words(text: str) -> Mapping[int, tuple[str, str]]:
    """For the place of every token: its word, and where it stands in it with the word's class."""
    found = {}
    for word in tokenize(text, "zh"):
        tag = word_tag(word.norm)
        last = word.end - 1
        if not _IS_HAN.match(word.text) or word.start == last:
            found[word.start] = word.norm, f"S{tag}"
            continue
        for at in range(word.start, word.end):
            place = "B" if at == word.start else "E" if at == last else "M"
            found[at] = word.norm, place + tag
    return found
