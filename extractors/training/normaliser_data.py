"""Pairs of clinical texts and listed names, and lists of names, read from files.

Pairs: JSON as CHIP-CDN has it (a list of ``{"text", "normalized_result"}``), or TSV of a text and
its names; several names are joined by ``##``. Lists: TSV or CSV of a code and a name, or an Excel
workbook whose first sheet has them in its first two columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from extractors.grounding.memory import Pair
from extractors.grounding.vocabulary import Listed
from kg.errors import FormatError, InputError
from kg.terminology.importing.sheets import is_sheet, sheet_rows

_REMEDY_PAIRS = 'give a list of {"text": …, "normalized_result": "name##name"}, or TSV'
# Sections of ICD-10 by the code: morphology of neoplasms, external causes, and so on.
_SECTIONS = (
    (re.compile(r"M\d{5}"), "morphology"), (re.compile(r"[V-Y]"), "external"),
    (re.compile(r"Z"), "factor"), (re.compile(r"O"), "pregnancy"), (re.compile(r"P"), "perinatal"),
    (re.compile(r".{1,5}$"), "heading"),
)  # fmt: skip


def section_of(code: str) -> str:
    """The section of the classification that an ICD-10 code belongs to.

    Examples
    --------
    >>> section_of("M801000/3"), section_of("K29.502"), section_of("K29.5")
    ('morphology', 'disease', 'heading')
    """
    return next((name for pattern, name in _SECTIONS if pattern.match(code)), "disease")


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file, without empty ones; names lose quotation marks about them.

    Raises
    ------
    FormatError
        where the file is of neither form.
    InputError
        where it cannot be read.
    """
    text = _text(path)
    found = []
    records = _json_pairs(text, path) if text.lstrip().startswith("[") else _tsv(text, path)
    for written, names in records:
        kept = tuple(dict.fromkeys(n for name in names.split("##") if (n := name.strip(' "'))))
        if written.strip() and kept:
            found.append(Pair(written, kept))
    return tuple(found)


def read_listed(path: Path) -> tuple[Listed, ...]:
    """The names of a list, with the section that their code tells.

    Raises
    ------
    FormatError
        where a row has no name, or the workbook is none.
    InputError
        where the file cannot be read.
    """
    rows = _sheet(path) if is_sheet(path) else _tsv(_text(path), path)
    return tuple(
        Listed(name.strip(' "'), section_of(code)) for code, name in rows if name.strip(' "')
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", where=str(path), remedy="convert it") from error


def _json_pairs(text: str, path: Path) -> Iterator[tuple[str, str]]:
    try:
        records = json.loads(text)
        for record in records:
            yield str(record["text"]), str(record["normalized_result"])
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(f"no pairs ({type(error).__name__}: {error})", where=str(path),
                          remedy=_REMEDY_PAIRS) from error  # fmt: skip


def _tsv(text: str, path: Path) -> Iterator[tuple[str, str]]:
    dialect = csv.excel if path.suffix.lower() == ".csv" else csv.excel_tab
    for number, row in enumerate(csv.reader(io.StringIO(text), dialect), 1):
        if not row or row[0].startswith("#"):
            continue
        if len(row) < 2:
            raise FormatError("one column, not two", where=f"{path}:{number}",
                              remedy="separate text (or code) and name by a tab")  # fmt: skip
        yield row[0], row[1]


def _sheet(path: Path) -> Iterator[tuple[str, str]]:
    for where, cells in sheet_rows(path):
        if len(cells) < 2:
            raise FormatError("one column, not two", where=where,
                              remedy="put code and name in the first two columns")  # fmt: skip
        yield cells[0], cells[1]
