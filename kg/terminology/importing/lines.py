"""Lines and cells of terminology files: gzip or plain, UTF-8, each with its place for messages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.files.encoding import binary_problem, unfit
from kg.files.streams import lines, open_chunks, peek

LONGEST = 1 << 20  # bytes of one line; a UniProt or ChEBI record line has some thousands


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of a text file, gzip or not, without line ends; a byte order mark is dropped.

    Raises
    ------
    InputError
        with file and line, where the file is binary, cut off, not UTF-8, holds a control character
        or a line longer than a mebibyte.
    """
    number = 0
    try:
        head, chunks = peek(open_chunks(path))
        if problem := binary_problem(head):
            raise InputError(problem[0], remedy=problem[1])
        for line in lines(chunks, limit=LONGEST):
            number = line.number
            if line.data is None:
                raise InputError("a line of more than a mebibyte", remedy="check the format")
            yield number, _decoded(line.data, first=number == 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path), remedy="check the file"
        ) from error
    except InputError as error:
        where = error.where or (f"{path}:{number}" if number else str(path))
        raise InputError(error.what, where=where, remedy=error.remedy) from error


def table(
    path: Path, separator: str = "\t", *, quoted: bool | None = None
) -> Iterator[tuple[str, list[str]]]:
    """(file:line, cells) of a table.

    Quotes around cells, which may then hold separators and line ends, are understood where
    `quoted`: by default where the separator is no tab.
    """
    rows = text_lines(path)
    if not (separator != "\t" if quoted is None else quoted):
        for number, line in rows:
            yield f"{path}:{number}", line.split(separator)
        return
    reader = csv.reader((line + "\n" for _, line in rows), delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"no readable row ({error})", where=f"{path}:{reader.line_num}",
                remedy="check the quotes and the separator",
            ) from error  # fmt: skip
        yield f"{path}:{reader.line_num}", cells


def named_cells(
    path: Path, needed: tuple[str, ...], separator: str = "\t"
) -> Iterator[tuple[str, dict[str, str]]]:
    """(file:line, cell by column name) of a table whose first line that is no comment is a header.

    Raises
    ------
    InputError
        where a needed column is absent, or a row has more or fewer cells than the header.
    """
    header: list[str] | None = None
    for where, cells in table(path, separator):
        if header is None:
            if cells[0].startswith("#") and not set(needed) <= set(cells):
                continue
            header = cells
            if absent := [name for name in needed if name not in header]:
                raise InputError(
                    f"no column {', '.join(absent)}", where=where,
                    remedy=f"give a table with the columns {', '.join(needed)}",
                )  # fmt: skip
            continue
        if len(cells) != len(header):
            raise InputError(
                f"{len(cells)} cells, and the header has {len(header)}", where=where,
                remedy="the file may be cut off or use another separator; fetch it again",
            )  # fmt: skip
        yield where, dict(zip(header, cells, strict=True))
    if header is None:
        raise InputError("the file is empty", where=str(path), remedy="fetch it again")


def _decoded(data: bytes, *, first: bool) -> str:
    try:
        text = data.removesuffix(b"\r").decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {error.start} of the line",
            remedy="convert the file to UTF-8, for instance with iconv",
        ) from error
    if found := unfit(text):
        raise InputError(f"the character {found}", remedy="delete it")
    return text
