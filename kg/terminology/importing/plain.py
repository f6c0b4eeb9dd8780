"""Names in a plain table: with a header of our words, or with the columns named by the caller.

Columns: ``curie`` (or ``id``, with a prefix given), ``text``, ``texts`` (several, separated by
bars), ``lang``, ``scope``, ``type``, ``prefix`` (of ``id``); ``-`` is passed over. With a header
of our words, other columns are passed over too. Only names and identifiers are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from kg.errors import InputError
from kg.model import MENTION_TYPES, MentionType
from kg.terminology.identifiers import curie, is_prefix, needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import separator_of
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import Name, name_rows, several
from kg.terminology.rows import NAME_LANGUAGES, SCOPES, NameLanguage, Row, Scope, SkippedRow

WORDS = ("curie", "id", "prefix", "text", "texts", "lang", "scope", "type")
PASSED = "-"


def read(path: Path, given: Given) -> Iterator[Row]:
    """The names, each with what its row or the caller says of it.

    Raises
    ------
    InputError
        with file and line, where a column is missing or a cell says what it cannot.
    """
    separator = separator_of(path)
    columns: Sequence[str] | None = given.columns or None
    first = columns is not None
    if columns is not None:
        _check(columns, str(path), strict=True)
    for where, cells in table(path, separator):
        if columns is None:
            if cells[0].startswith("#") and "text" not in cells:
                continue
            columns = [cell.strip().lstrip("#").casefold() for cell in cells]
            _check(columns, where, strict=False)
            continue
        if cells[0].startswith("#") or not any(map(str.strip, cells)):
            continue
        header, first = first and _is_header(cells, columns, given), False
        if header:
            continue
        if len(cells) < len(columns) or (len(cells) > len(columns) and not given.columns):
            raise InputError(
                f"{len(cells)} cells, and there are {len(columns)} columns", where=where,
                remedy="the file may be cut off or use another separator",
            )  # fmt: skip
        yield from _row(where, dict(zip(columns, map(str.strip, cells), strict=False)), given)
    if columns is None:
        raise InputError("there is no table in it", where=str(path), remedy="fetch it again")


def _is_header(cells: list[str], columns: Sequence[str], given: Given) -> bool:
    """Whether the first row of a table whose columns were told has no identifier."""
    row = dict(zip(columns, cells, strict=False))
    return curie(row.get("curie") or row.get("id", ""), row.get("prefix") or given.prefix) is None


def _row(where: str, cells: dict[str, str], given: Given) -> Iterator[Row]:
    prefix = cells.get("prefix") or given.prefix
    if cells.get("prefix") and not is_prefix(cells["prefix"]):
        yield SkippedRow(cells.get("id", "")[:80], f"vocabulary {cells['prefix'][:40]}")
        return
    if not (cells.get("curie") or cells.get("id")):
        yield SkippedRow(cells.get("text", "")[:80], "no identifier")
        return
    concept = needed_curie(cells.get("curie") or cells.get("id", ""), prefix=prefix, where=where)
    kind = _one_of(cells.get("type", ""), MENTION_TYPES, "type", where)
    scope = _one_of(cells.get("scope", ""), SCOPES, "scope", where)
    lang = _one_of(cells.get("lang", ""), NAME_LANGUAGES, "language", where)
    first: Scope = "label" if "texts" in cells else "exact"
    texts = [(cells.get("text", ""), first)]
    texts += [(text, "exact") for text in several(cells.get("texts", ""))]
    if not any(text for text, _ in texts):
        raise InputError("an empty name", where=where, remedy="give the name or delete the row")
    names: list[Name] = [
        (text, cast("NameLanguage", lang or language_of(text, given.lang)),
         cast("Scope", scope or usual))
        for text, usual in texts
    ]  # fmt: skip
    said = replace(given, type=cast("MentionType", kind)) if kind else given
    yield from name_rows(concept, names, said, None)


def _check(columns: Sequence[str], where: str, *, strict: bool) -> None:
    if strict and (unknown := [name for name in columns if name not in (*WORDS, PASSED)]):
        raise InputError(
            f"unknown column {unknown[0]!r}", where=where,
            remedy=f"use {', '.join(WORDS)}, or {PASSED} for one that is passed over",
        )  # fmt: skip
    named = set(columns)
    if not named & {"curie", "id"} or not named & {"text", "texts"}:
        raise InputError(
            "no columns of identifiers and names", where=where,
            remedy="begin with a header that has curie and text, or name the columns",
        )  # fmt: skip


def _one_of(cell: str, allowed: tuple[str, ...], what: str, where: str) -> str | None:
    if cell and cell not in allowed:
        raise InputError(
            f"unknown {what} {cell!r}", where=where, remedy=f"use one of {', '.join(allowed)}"
        )
    return cell or None
