"""Rows of a spreadsheet (.xlsx), each with its place for messages."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.files.encoding import unfit


def is_sheet(path: Path) -> bool:
    """Whether a file begins as an .xlsx does."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path), remedy="check the file"
        ) from error


def sheet_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(file: row n, cells as text) of the first sheet; an empty cell is an empty text.

    Raises
    ------
    InputError
        where the file is damaged, no workbook, or a cell holds a control character.
    """
    import openpyxl  # imported here, as nothing else needs it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                where = f"{path}: row {number}"
                cells = ["" if cell is None else str(cell).strip() for cell in row]
                if found := next(filter(None, map(unfit, cells)), None):
                    raise InputError(f"the character {found}", where=where, remedy="delete it")
                yield where, cells
        finally:
            book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise InputError(
            f"no readable workbook ({error})", where=str(path),
            remedy="save it again as .xlsx, or as CSV in UTF-8",
        ) from error  # fmt: skip
