"""Tables of identifiers side by side: which numbers of several vocabularies are of one thing.

`Given.columns` says what the columns hold: a prefix (of bare identifiers), ``curie``, ``prefix``
followed by ``id`` in the next columns, or ``-``. The first identifier of a row is the subject.
Several identifiers in a cell are separated by bars, commas or semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import curie, needed_prefix
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import separator_of
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import mapping_rows
from kg.terminology.rows import Row, SkippedRow

PASSED = "-"
_SEVERAL = re.compile(r"\s*[|,;]\s*")
_NOTHING = frozenset({"", "null", "NA", "None", "-", "nan"})


def read(path: Path, given: Given) -> Iterator[Row]:
    """Exact matches between the first identifier of each row and the others.

    A first row in which nothing is an identifier is a header. A row with fewer than two that we
    know is skipped.

    Raises
    ------
    InputError
        with file and line, where the columns are not told or unknown, or a row has fewer cells.
    """
    if len(given.columns) < 2:
        raise InputError(
            "it is not told what the columns hold", where=str(path),
            remedy="name them, as in drugbank,-,CHEBI",
        )  # fmt: skip
    columns = [_column(word, str(path)) for word in given.columns]
    first = True
    for where, cells in table(path, separator_of(path)):
        if first or cells[0].startswith("#"):
            header = first and not _identifiers(cells, columns)
            first = False
            if header or cells[0].startswith("#"):
                continue
        if len(cells) < len(columns):
            raise InputError(
                f"{len(cells)} cells, and there are {len(columns)} columns", where=where,
                remedy="the file may be cut off or use another separator",
            )  # fmt: skip
        found = _identifiers(cells, columns)
        if len(found) < 2:
            yield SkippedRow(cells[0][:80], "fewer than two identifiers that we know")
            continue
        yield from mapping_rows(found[0], found[1:], given)


def _column(word: str, where: str) -> str:
    if word in (PASSED, "curie", "prefix", "id"):
        return word
    return needed_prefix(word, where=where)


def _identifiers(cells: list[str], columns: list[str]) -> list[str]:
    found: list[str] = []
    prefix: str | None = None
    for cell, column in zip(cells, columns, strict=False):
        if column == "prefix":
            prefix = cell
        elif column != PASSED and cell.strip() not in _NOTHING:
            own = {"curie": None, "id": prefix}.get(column, column)
            parts = (curie(part, own) for part in _SEVERAL.split(cell.strip()))
            found += [part for part in parts if part]
    return found
