"""A table of notices: TSV with a line of names, strictly checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import FormatError
from kg.notices.values import NOTICE_KINDS, Notice

COLUMNS = ("document", "kind", "notice", "date", "citation", "reason")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9.]*:\S+")


def read_table(path: Path) -> Iterator[Notice]:
    """The notices of a TSV file; columns `COLUMNS`, of which the first two are needed.

    Raises
    ------
    FormatError
        where a column, an identifier, a kind or a date is not what it should be.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(
                (line for line in lines if not line.startswith("#")), delimiter="\t"
            )
            names = rows.fieldnames or []
            unknown = set(names) - set(COLUMNS)
            if unknown or not {"document", "kind"} <= set(names):
                raise FormatError(
                    f"columns {', '.join(names) or '(none)'}", where=str(path),
                    remedy=f"name them {', '.join(COLUMNS)}; the first two are needed",
                )  # fmt: skip
            for row in rows:
                yield _notice(row, f"{path}:{rows.line_num}")
    except UnicodeDecodeError as error:
        raise FormatError("not UTF-8", where=str(path), remedy="convert it to UTF-8") from error


def _notice(row: dict[str, str], where: str) -> Notice:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind = cells["kind"]
    if kind not in NOTICE_KINDS:
        raise FormatError(
            f"unknown kind {kind!r}", where=where, remedy=f"use {', '.join(NOTICE_KINDS)}"
        )
    for name in ("document", "notice"):
        if (cells[name] or name == "document") and not _ID.fullmatch(cells[name]):
            raise FormatError(
                f"{cells[name]!r} is no identifier", where=where,
                remedy="write pubmed:22456094 or doi:10.1000/xyz",
            )  # fmt: skip
    if cells["date"] and not _DATE.fullmatch(cells["date"]):
        raise FormatError(
            f"{cells['date']!r} is no date", where=where, remedy="write 2024, 2024-05 or 2024-05-03"
        )
    return Notice(
        kind, _canonical(cells["document"]),
        _canonical(cells["notice"]) or None, cells["citation"] or None, cells["date"] or None,
        cells["reason"] or None,
    )  # fmt: skip


def _canonical(identifier: str) -> str:
    """An identifier as documents have it: DOIs in lower case."""
    prefix, colon, local = identifier.partition(":")
    known = prefix.casefold() in ("doi", "pubmed")
    return f"{prefix.casefold()}{colon}{local.casefold()}" if known else identifier
