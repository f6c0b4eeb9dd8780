"""What a language brings to the network: its tokens, and the rows that stand for them.

What the dictionary says is the same for all languages: for each type, where in the longest listed
name of that type a token stands. The rest is of the language (`english`, `chinese`).
"""

from __future__ import annotations

import importlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol, cast

from extractors.mentions.lexicon import TermMatch
from extractors.models.shape import (
    BEGIN,
    END,
    INSIDE,
    SINGLE,
    Features,
    Group,
    Rows,
    rows_array,
)
from kg.errors import KgError
from kg.model import MENTION_TYPES, Language

Place = tuple[int, int]  # start and end of a token
Listed = tuple[int, int, frozenset[str]]  # start and end of a listed name, its types
TYPES: tuple[str, ...] = tuple(MENTION_TYPES)
_TAGS = 4  # begin, inside, end, single
_MODULES: dict[Language, str] = {"en": "english", "zh": "chinese"}


class Extractor(Protocol):
    """The tokens and features of a language; the modules `english` and `chinese` have this form."""

    GROUPS: tuple[Group, ...]

    def tokens(self, text: str) -> tuple[Place, ...]:
        """The tokens of a sentence, in order, without white space."""

    def features(self, text: str, places: Sequence[Place], listed: Iterable[Listed]) -> Features:
        """The rows of each of `GROUPS` for each token."""


@cache
def extractor_of(language: Language) -> Extractor:
    """The features of a language.

    Raises
    ------
    KgError
        where a language has none.
    """
    try:
        module = importlib.import_module(f"extractors.models.{_MODULES[language]}")
    except (KeyError, ModuleNotFoundError) as error:
        raise KgError(
            f"no features for {language}", where="extractors.models",
            remedy="write a module with GROUPS, tokens and features",
        ) from error  # fmt: skip
    return cast(Extractor, module)


def dictionary_group(width: int = 32, *, forgotten: float = 0.15) -> Group:
    """The group of `dictionary_rows`."""
    size = len(TYPES)
    return Group("dictionary", 1 + _TAGS * size, width, size, forgotten=forgotten)


def listed_names(matches: Iterable[TermMatch]) -> tuple[Listed, ...]:
    """The matches of a lexicon, as features need them."""
    return tuple((m.start, m.end, frozenset(entry.type for entry in m.entries)) for m in matches)


def dictionary_rows(places: Sequence[Place], listed: Iterable[Listed]) -> Rows:
    """For each token and type, the place of the token in the longest listed name of that type.

    >>> longer, shorter = (0, 12, frozenset(["Drug"])), (0, 6, frozenset(["Drug"]))
    >>> dictionary_rows([(0, 6), (7, 12)], [longer, shorter])
    array([[1, 0, 0, 0, 0, 0, 0],
           [3, 0, 0, 0, 0, 0, 0]], dtype=int32)
    """
    rows = [[0] * len(TYPES) for _ in places]
    starts, ends = [start for start, _ in places], [end for _, end in places]
    for start, end, types in sorted(listed, key=lambda name: (name[0] - name[1], name[0])):
        first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
        if first > last:
            continue
        for kind in types:
            column = TYPES.index(kind)
            if any(rows[at][column] for at in range(first, last + 1)):
                continue
            for at in range(first, last + 1):
                rows[at][column] = _TAGS * column + _tag(at, first, last)
    return rows_array(rows, len(TYPES))


def _tag(at: int, first: int, last: int) -> int:
    if first == last:
        return SINGLE
    return BEGIN if at == first else END if at == last else INSIDE


def token_spans(
    places: Sequence[Place], spans: Iterable[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Spans of characters as spans of tokens: first, the one behind the last; widened to tokens."""
    starts, ends = [start for start, _ in places], [end for _, end in places]
    found = []
    for start, end, kind in spans:
        first, behind = bisect_right(ends, start), bisect_left(starts, end)
        if first < behind:
            found.append((first, behind, kind))
    return found
