"""Rows written as the tables of a kept source, counted while they pass."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from kg.terminology.checking import checked
from kg.terminology.keeping import COLUMNS, NameCount
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, ParentRow, Row, SkippedRow

_COMPRESSION = 6
REPEATED = "said before of the same concept"


@dataclass(slots=True)
class Tally:
    """What was written so far."""

    rows: Counter[str] = field(default_factory=Counter)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def name_counts(self) -> tuple[NameCount, ...]:
        """The names by type and language."""
        return tuple(NameCount(*key, number) for key, number in sorted(self.names.items()))


class RowWriter:
    """Writes rows into the tables of a folder; see `open_tables`."""

    def __init__(self, tables: dict[str, TextIO]) -> None:
        self._tables = tables
        self._concept = ""
        self._said: set[tuple[str, ...]] = set()
        self.tally = Tally()

    def write(self, rows: Iterable[Row]) -> Iterator[int]:
        """Write rows; how many have passed, after each.

        What a source says again of the same concept is written once, where its rows stand together.
        """
        for number, row in enumerate(rows, 1):
            self._take(checked(row))
            yield number

    def _take(self, row: Row) -> None:
        match row:
            case NameRow(curie, text, lang, scope, kind):
                if self._put("names", curie, text, lang, scope, kind or ""):
                    self.tally.names[kind or "", lang] += 1
            case MappingRow(subject, predicate, object_):
                self._put("mappings", subject, predicate, object_)
            case ParentRow(child, parent, relation):
                self._put("parents", child, parent, relation)
            case DefinitionRow(curie, text, lang):
                self._put("definitions", curie, text, lang)
            case SkippedRow(_, reason):
                self.tally.skipped[reason] += 1

    def _put(self, table: str, *cells: str) -> bool:
        if cells[0] != self._concept:
            self._concept, self._said = cells[0], set()
        said = (table, *cells)
        if said in self._said:
            self.tally.skipped[REPEATED] += 1
            return False
        self._said.add(said)
        self._tables[table].write("\t".join(cells) + "\n")
        self.tally.rows[table] += 1
        return True


@contextmanager
def open_tables(folder: Path) -> Iterator[RowWriter]:
    """A writer of the four tables, which are complete when the block ends."""
    with ExitStack() as stack:
        tables: dict[str, TextIO] = {}
        for name, columns in COLUMNS.items():
            raw = stack.enter_context((folder / f"{name}.tsv.gz").open("wb"))
            packed = stack.enter_context(
                gzip.GzipFile("", "wb", _COMPRESSION, fileobj=raw, mtime=0)
            )
            text = io.TextIOWrapper(packed, encoding="utf-8", newline="\n", write_through=False)
            tables[name] = stack.enter_context(text)
            text.write("\t".join(columns) + "\n")
        yield RowWriter(tables)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
