"""Tables of ICD-10 and ICD-11 codes with Chinese names (and English ones), as text or .xlsx.

Such tables come from ministries and hospitals, with the columns in any order, with and without a
header. Columns are found by what they hold, unless `Given.columns` names them: ``code``, ``zh``,
``en``, ``uri`` (the foundation address of ICD-11), ``-``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.model import MentionType
from kg.terminology.identifiers import curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import separator_of
from kg.terminology.importing.icd_codes import is_icd10_code, is_icd11_code, read_code
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import Name, name_rows
from kg.terminology.importing.sheets import is_sheet, sheet_rows
from kg.terminology.rows import ParentRow, Row, SkippedRow
from ontologies.terms import HAN

WORDS = ("code", "zh", "en", "uri", "-")
_LOOKED_AT = 200  # rows by which the columns are found
_MOST = 0.8
_ENGLISH = ("en", "english", "英文")
_DEPTH = re.compile(r"^(?:- )+")  # WHO's tabulation indents the titles of ICD-11 so
_SYNONYMS = re.compile(r"^(.+?)\[(.+)\]$")
_ICD11_OUTCOMES = re.compile(r"[MPQX]")  # symptoms; external causes; factors; extension codes

Rows = Iterator[tuple[str, list[str]]]


def read(path: Path, given: Given) -> Iterator[Row]:
    """The names of each code, its first Chinese name as label, and the category above it.

    Rows without a code are skipped, and so is what hospitals put between the codes.
    A name in square brackets behind another is a synonym or an explanation: its scope is related.

    Raises
    ------
    InputError
        with file and line or row, where no column holds codes or names.
    """
    rows: Rows
    rows = sheet_rows(path) if is_sheet(path) else table(path, separator_of(path), quoted=True)
    first = list(itertools.islice(rows, _LOOKED_AT))
    columns = _columns(first, given, str(path))
    labelled: set[str] = set()
    for number, (where, cells) in enumerate(itertools.chain(first, rows)):
        row = {word: cells[place].strip() for word, place in columns.items() if place < len(cells)}
        if number == 0 and not _has_code(row):
            continue
        if any(row.values()):
            yield from _code(where, row, labelled, given)


def _code(where: str, row: dict[str, str], labelled: set[str], given: Given) -> Iterator[Row]:
    written = row.get("uri") or row.get("code", "")
    concept, parent, kind = _concept(written, row.get("code", ""), given)
    if concept is None:
        reason = "no code of ICD" if written else "a heading without a code"
        yield SkippedRow(f"{where} {written[:80]}", reason)
        return
    names: list[Name] = []
    if chinese := _DEPTH.sub("", row.get("zh", "")):
        names.append((chinese, "zh", "exact" if concept in labelled else "label"))
        labelled.add(concept)
        if found := _SYNONYMS.match(chinese):
            names.append((found[1], "zh", "exact"))
            names += [(part, "zh", "related") for part in re.split("[/、]", found[2])]
    if english := _DEPTH.sub("", row.get("en", "")):
        names.append((english, "en", "label"))
    if not names:
        yield SkippedRow(concept, "a code without a name")
    elif parent is not None:
        yield ParentRow(concept, parent, "is_a", given.source)
    yield from name_rows(concept, names, given, kind)


def _concept(written: str, code: str, given: Given) -> tuple[str | None, str | None, MentionType]:
    """The concept of a row, the one above it and its type; no concept without a code."""
    kind: MentionType = "Outcome" if _ICD11_OUTCOMES.match(code) else "Disease"
    if "://" in written:
        return curie(f"icd11:{written.rstrip('/').rpartition('/')[2]}"), None, kind
    if given.prefix in ("icd11", "icd11.code") and is_icd11_code(written):
        return f"icd11.code:{written}", None, kind
    if (found := read_code(written, given.source.name)) is not None:
        return found.concept, found.parent, found.type
    if is_icd11_code(written):
        return f"icd11.code:{written}", None, kind
    return None, None, kind


def _columns(first: list[tuple[str, list[str]]], given: Given, where: str) -> dict[str, int]:
    """What is in which place, as told, or as the first rows show it."""
    if not first:
        raise InputError("the file is empty", where=where, remedy="fetch it again")
    columns = _told(given, where) if given.columns else _seen([cells for _, cells in first])
    if not {"code", "uri"} & set(columns) or not {"zh", "en"} & set(columns):
        raise InputError(
            "no column of ICD codes" if "code" not in columns else "no column of names",
            where=first[0][0], remedy="name the columns, as in code,zh (- for one passed over)",
        )  # fmt: skip
    return columns


def _told(given: Given, where: str) -> dict[str, int]:
    if unknown := [word for word in given.columns if word not in WORDS]:
        raise InputError(
            f"unknown column {unknown[0]!r}", where=where, remedy=f"use {', '.join(WORDS)}"
        )
    return {word: place for place, word in enumerate(given.columns) if word != "-"}


def _seen(rows: list[list[str]]) -> dict[str, int]:
    header = rows[0]
    found: dict[str, int] = {}
    shares: list[tuple[float, int]] = []
    for place in range(max(map(len, rows))):
        column = (row[place].strip() for row in rows[1:] or rows if place < len(row))
        if not (cells := [text for text in column if text]):
            continue
        title = header[place].strip().casefold() if place < len(header) else ""
        if _share(cells, _is_address) > _MOST:
            found.setdefault("uri", place)
        elif _share(cells, _is_code) > _MOST:
            found.setdefault("code", place)
        elif title.startswith(_ENGLISH):
            found.setdefault("en", place)
        else:
            shares.append((_share(cells, lambda text: bool(HAN.search(text))), place))
    if shares and max(shares)[0] > 0.5:
        # Of columns that are Chinese alike, the first: titles stand before notes.
        best = max(share for share, _ in shares)
        found["zh"] = min(place for share, place in shares if share >= best - 0.1)
    return found


def _share(cells: list[str], holds: Callable[[str], bool]) -> float:
    return sum(1 for text in cells if holds(text)) / len(cells)


def _is_code(text: str) -> bool:
    return is_icd10_code(text) or is_icd11_code(text)


def _is_address(text: str) -> bool:
    return text.startswith(("http://id.who.int/icd/", "https://id.who.int/icd/"))


def _has_code(row: dict[str, str]) -> bool:
    return _is_code(row.get("code", "")) or _is_address(row.get("uri", ""))
