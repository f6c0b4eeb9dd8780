"""MeSH tree numbers as a table: what type each heading has, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kg.errors import InputError
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.lines import table
from kg.terminology.importing.mesh_types import TreePlaces, tree_type
from kg.terminology.rows import NameRow, Row, SkippedRow

_UI = re.compile(r"[A-Z]\d{6,9}")
_TREE = re.compile(r"[A-Z]\d\d(\.\d{3})*")


def looks_like(head: str) -> bool:
    """Whether the first line names the columns of a table of tree numbers."""
    return _tree_columns(head.split("\n", 1)[0].rstrip("\r").split("\t")) is not None


def read(path: Path, given: Given) -> Iterator[Row]:
    """The headings of a table of tree numbers, each with its type, and the parents of each.

    The columns are found by what they hold: identifier, name and tree number, in any order, under a
    header. Rows of one heading need not stand together; its type is settled when all are known.

    Raises
    ------
    InputError
        with file and line, where there is no such header or a row has other cells.
    """
    columns: tuple[int, int, int] | None = None
    rows: list[tuple[str, str, str]] = []
    for where, cells in table(path):
        if columns is None:
            columns = _tree_columns(cells)
            if columns is None:
                raise InputError(
                    "no header of identifier, name and tree number", where=where,
                    remedy="name the columns mesh_id, mesh_name and mesh_tree_number",
                )  # fmt: skip
            continue
        row = _row(cells, columns)
        if row is None:
            raise InputError(
                "not an identifier of MeSH, a name and a tree number", where=where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        rows.append(row)
    if not rows:
        raise InputError("no tree number in it", where=str(path), remedy="fetch it again")
    places = TreePlaces()
    for ui, places_of_one in groupby(sorted(rows), key=itemgetter(0)):
        same = list(places_of_one)
        numbers = tuple(number for _, _, number in same)
        kind = tree_type(ui, numbers)
        places.add(f"mesh:{ui}", numbers)
        if isinstance(kind, SkippedRow):
            yield kind
        else:
            name = same[0][1]
            lang = language_of(name, given.lang)
            yield NameRow(f"mesh:{ui}", name, lang, "label", kind, given.source)
    yield from places.parents(given.source)


def _row(cells: list[str], columns: tuple[int, int, int]) -> tuple[str, str, str] | None:
    if len(cells) != 3:
        return None
    ui, name, number = (cells[place] for place in columns)
    return (ui, name, number) if _UI.fullmatch(ui) and _TREE.fullmatch(number) else None


def _tree_columns(header: list[str]) -> tuple[int, int, int] | None:
    """Where identifier, name and tree number stand, by the words of the header."""
    words = [cell.casefold().replace("_", " ").removeprefix("mesh ") for cell in header]
    if len(words) != 3:
        return None
    tree = next((i for i, word in enumerate(words) if word.startswith("tree")), None)
    ui = next((i for i, word in enumerate(words) if word in ("id", "ui", "desc ui")), None)
    if tree is None or ui is None or tree == ui:
        return None
    return ui, 3 - ui - tree, tree
