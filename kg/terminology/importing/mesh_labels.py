"""MeSH names as a table: identifier, name, and synonyms with bars between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.lines import table
from kg.terminology.rows import NameRow, Row

_UI = re.compile(r"[A-Z]\d{6,9}")


def looks_like(head: str) -> bool:
    """Whether the first line is an identifier of MeSH, a name and synonyms."""
    cells = head.split("\n", 1)[0].rstrip("\r").split("\t")
    return len(cells) in (2, 3) and _UI.fullmatch(cells[0]) is not None


def read(path: Path, given: Given) -> Iterator[Row]:
    """The names of ``identifier<TAB>name<TAB>synonym|synonym`` rows, without type.

    Types and parents come from a table of tree numbers, imported together with it.

    Raises
    ------
    InputError
        with file and line, where a row has other cells or begins with no identifier of MeSH.
    """
    found = False
    for where, cells in table(path):
        if len(cells) not in (2, 3) or not _UI.fullmatch(cells[0]):
            raise InputError(
                "not an identifier of MeSH, a name and synonyms", where=where,
                remedy="the file may be cut off or of another format; look at the line",
            )  # fmt: skip
        found = True
        curie = f"mesh:{cells[0]}"
        lang = language_of(cells[1], given.lang)
        yield NameRow(curie, cells[1], lang, "label", given.type, given.source)
        for name in cells[2].split("|") if len(cells) == 3 and cells[2] else ():
            lang = language_of(name, given.lang)
            yield NameRow(curie, name, lang, "exact", given.type, given.source)
    if not found:
        raise InputError("the file is empty", where=str(path), remedy="fetch it again")
