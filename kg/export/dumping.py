"""The graphs of a store on disk as N-Triples and N-Quads, written by the store's own library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from kg.store.base import Store
from kg.terms import IRI

_END = b" .\n"  # nothing else of N-Triples ends so: in a literal a line break is escaped


class _InGraph:
    """A file that takes N-Triples, in blocks of any length, and writes N-Quads."""

    def __init__(self, out: IO[bytes], graph: IRI) -> None:
        self._out = out
        self._end = f" {graph} .\n".encode()
        self._rest = b""

    def write(self, data: bytes) -> int:
        """The number of bytes taken; what follows the last whole line waits for the next block."""
        whole, line, rest = data.rpartition(b"\n")
        if line:
            self._out.write((self._rest + whole + line).replace(_END, self._end))
            self._rest = b""
        self._rest += rest
        return len(data)

    def flush(self) -> None:
        """Nothing: the file behind it is flushed by who opened it."""


def write_dump(store: Store, graphs: Iterable[IRI], out: IO[bytes], *, named: bool) -> None:
    """Write the quads of graphs in the order in which the store keeps them, one graph by one."""
    for graph in graphs:
        to = _InGraph(out, graph) if named else out
        store.dump(to, "ntriples", graph=graph)  # type: ignore[arg-type]
