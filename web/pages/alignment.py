"""Sentences of two languages put into rows, so that what stands for each other stands together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from kg.model import Language


class Aligned(Protocol):
    """What can be lined up: a sentence with its place and its counterparts."""

    @property
    def id(self) -> str:
        """Its id within the document."""

    @property
    def language(self) -> Language:
        """The language in which it stands."""

    @property
    def order(self) -> int:
        """Its place in the document."""

    @property
    def aligned(self) -> tuple[str, ...]:
        """The ids of its counterparts."""


S = TypeVar("S", bound=Aligned)


def line_up(sentences: Sequence[S]) -> tuple[tuple[tuple[S, ...], tuple[S, ...]], ...]:
    """Rows of English and Chinese sentences, in the order of the English text.

    Sentences joined by alignment, directly or through others, share a row; a Chinese sentence
    without counterpart stands after the row of the Chinese sentence before it.
    """
    ordered = sorted(sentences, key=lambda sentence: sentence.order)
    root = {sentence.id: sentence.id for sentence in ordered}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for sentence in ordered:
        for other in sentence.aligned:
            if other in root:
                root[find(other)] = find(sentence.id)
    groups: dict[str, tuple[list[S], list[S]]] = {}
    for sentence in ordered:
        sides = groups.setdefault(find(sentence.id), ([], []))
        sides[0 if sentence.language == "en" else 1].append(sentence)
    rows = [name for name, (en, _) in groups.items() if en]
    rows.sort(key=lambda name: groups[name][0][0].order)
    before = ""
    for sentence in ordered:
        if sentence.language == "en":
            continue
        name = find(sentence.id)
        if name not in rows:
            rows.insert(rows.index(before) + 1 if before else 0, name)
        before = name
    return tuple((tuple(groups[name][0]), tuple(groups[name][1])) for name in rows)
