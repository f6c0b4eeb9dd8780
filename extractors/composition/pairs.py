"""Which names of a terminology are learnt from: pairs of an English and a Chinese name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

MOST = 3  # names of a concept in each language


class Named(Protocol):
    """What is needed of a terminology row."""

    @property
    def curie(self) -> str:
        """The concept."""

    @property
    def text(self) -> str:
        """The name."""

    @property
    def lang(self) -> str:
        """`en`, `zh`, or `mul` for a symbol that both use."""

    @property
    def scope(self) -> str:
        """How the name relates to the concept."""


def name_pairs(rows: Iterable[Named]) -> list[tuple[str, str]]:
    """(English, Chinese) names of the same concepts, in the order of the rows.

    The first name of each language is paired with the first names of the other: with more of
    them, words that merely stand in many synonyms would be taken for translations.
    """
    names: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows:
        if row.lang in ("en", "zh") and row.scope in ("label", "exact"):
            both = names.setdefault(row.curie, ([], []))
            both[row.lang == "zh"].append(row.text)
    return [
        (english, chinese)
        for en, zh in names.values()
        for place, english in enumerate(en[:MOST])
        for other, chinese in enumerate(zh[:MOST])
        if not place or not other
    ]
