"""Writing text piece by piece: lines, and cells that keep to their column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from kg.export.selection import Selected, Selection
from kg.store.base import Store

Write = Callable[[Store, Selection, IO[bytes]], None]
Pieces = Callable[[Selected], Iterator[str]]

_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_AT_ONCE = 2048  # pieces that are encoded and written together


def text(pieces: Pieces) -> Write:
    """A writer of what a generator of text yields, as UTF-8."""

    def write(store: Store, selection: Selection, out: IO[bytes]) -> None:
        stream = pieces(Selected(store, selection))
        while batch := list(islice(stream, _AT_ONCE)):
            out.write("".join(batch).encode())

    return write


def row(cells: Iterable[str]) -> str:
    r"""A line of a TSV table; breaks and tabs inside a cell become a space.

    >>> row(["a", "b\tc"])
    'a\tb c\n'
    """
    listed = tuple(cells)
    line = "\t".join(listed)
    if line.count("\t") == len(listed) - 1 and len(f"{line}.".splitlines()) == 1:
        return line + "\n"
    return "\t".join(_BREAKS.sub(" ", cell) for cell in listed) + "\n"


def compact(value: Any) -> str:
    """A value as JSON on one line."""
    return _encode(value)


def array(values: Iterable[Any]) -> Iterator[str]:
    """A JSON array, element by element."""
    yield "["
    joint = "\n"
    for value in values:
        yield joint + compact(value)
        joint = ",\n"
    yield "\n]"
