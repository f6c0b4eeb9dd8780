"""Diseases from CTD's MEDIC: its table (TSV or CSV), and the dictionary form made of it.

The second has a line of ``id|other ids||name|synonym|…`` for each disease.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import curie, needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.lines import table, text_lines
from kg.terminology.importing.records import Name, mapping_rows, name_rows, several
from kg.terminology.rows import DefinitionRow, ParentRow, Row, SkippedRow

# CTD_diseases.tsv and .csv have no header but comments, and these columns:
_NAME, _ID, _OTHER_IDS, _DEFINITION, _PARENTS, _SYNONYMS = 0, 1, 2, 3, 4, 7
_LEAST = 8


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names and other identifiers of each disease, and what the table says beyond.

    Raises
    ------
    InputError
        with file and line, where a row has other cells or an identifier is neither of MeSH nor
        of OMIM.
    """
    lines = (line for _, line in text_lines(path) if line and not line.startswith("#"))
    first = next(lines, None)
    if first is None:
        raise InputError("the file is empty", where=str(path), remedy="fetch it again")
    if "||" in first and "\t" not in first:
        yield from _dictionary(path, given)
    else:
        yield from _table(path, "\t" if "\t" in first else ",", given)


def _table(path: Path, separator: str, given: Given) -> Iterator[Row]:
    for where, cells in table(path, separator):
        if cells[0].startswith("#"):
            continue
        if len(cells) < _LEAST:
            raise InputError(
                f"{len(cells)} cells, and a disease has at least {_LEAST}", where=where,
                remedy="give CTD_diseases as CTD publishes it, or fetch it again",
            )  # fmt: skip
        disease = needed_curie(cells[_ID], where=where)
        names: list[Name] = [(cells[_NAME], "en", "label")]
        names += [(name, "en", "exact") for name in several(cells[_SYNONYMS])]
        yield from name_rows(disease, names, given, "Disease")
        yield from mapping_rows(disease, several(cells[_OTHER_IDS]), given)
        for parent in filter(None, map(curie, several(cells[_PARENTS]))):
            yield ParentRow(disease, parent, "is_a", given.source)
        if cells[_DEFINITION].strip():
            yield DefinitionRow(disease, cells[_DEFINITION].strip(), "en", given.source)


def _dictionary(path: Path, given: Given) -> Iterator[Row]:
    for number, line in text_lines(path):
        where = f"{path}:{number}"
        identifiers, bars, names = line.partition("||")
        if not bars or not names:
            raise InputError(
                "no names behind two bars", where=where, remedy="the file may be cut off"
            )
        if len(identifiers) == 1:
            yield SkippedRow(identifiers, "a category of MeSH")
            continue
        found = [_either(written, where) for written in several(identifiers)]
        if not found:
            raise InputError("no identifier", where=where, remedy="give one before the two bars")
        label, *synonyms = several(names)
        listed: list[Name] = [(label, "en", "label"), *((name, "en", "exact") for name in synonyms)]
        yield from name_rows(found[0], listed, given, "Disease")
        yield from mapping_rows(found[0], found[1:], given)


def _either(written: str, where: str) -> str:
    prefix = "omim" if written.isdecimal() else "mesh"
    return needed_curie(written, prefix=prefix, where=where)
