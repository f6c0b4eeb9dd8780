"""The nodes of a file, kept on disk while its edges are read: name, Chinese name and type by id."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import cast

from kg.imports.values import End, Names
from kg.model import Language, MentionType

_BATCH = 10_000
Row = tuple[str, str, str, str]  # id, English name, Chinese name, type


class NodeTable:
    """Ends of edges by identifier; those that the file does not describe have no name and type."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE node (id TEXT PRIMARY KEY, en TEXT, zh TEXT, type TEXT)")

    def fill(self, rows: Iterable[Row]) -> None:
        """Take in nodes; of two with one id the later counts."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            self._connection.executemany("INSERT OR REPLACE INTO node VALUES (?, ?, ?, ?)", batch)

    def end(self, identifier: str) -> End:
        """The end of an edge that is named by an identifier."""
        query = "SELECT en, zh, type FROM node WHERE id = ?"
        found = self._connection.execute(query, (identifier,)).fetchone()
        if found is None:
            return End(identifier)
        english, chinese, kind = found
        names = (("en", english), ("zh", chinese))
        told = cast(Names, tuple((language, name) for language, name in names if name))
        return End(identifier, told, cast("MentionType | None", kind or None))


@contextmanager
def node_table() -> Iterator[NodeTable]:
    """A table on disk that is deleted with the block."""
    with tempfile.TemporaryDirectory(prefix="parallax-nodes-") as folder:
        connection = sqlite3.connect(Path(folder) / "nodes.sqlite", isolation_level=None)
        try:
            yield NodeTable(connection)
        finally:
            connection.close()


def split_name(name: str, language: Language) -> tuple[str, str]:
    """A name in its place among the English and the Chinese one."""
    return ("", name) if language == "zh" else (name, "")
