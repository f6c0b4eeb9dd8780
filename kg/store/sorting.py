"""All quads of a graph as sorted lines of N-Quads: sorted in parts and merged, in little memory."""

from __future__ import annotations

import gzip
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.files.kinds import RDF_ENDINGS, ending_of
from kg.settings import Settings
from kg.store.embedded import open_embedded
from kg.store.formats import parse
from kg.store.opening import open_store
from kg.store.piping import piped_lines
from kg.terms import DefaultGraph

TOGETHER = 200_000  # lines that are sorted in memory, about 60 MB


def sorted_lines(source: Path) -> Iterator[str]:
    """The lines of a data directory, a backup, a snapshot or an RDF file, sorted, each once.

    Raises
    ------
    InputError, StoreError, FormatError
        where it is none of these, cannot be read, or holds blank nodes.
    """
    return sort_lines(_lines(source))


def sort_lines(lines: Iterable[str], *, together: int = TOGETHER) -> Iterator[str]:
    r"""Lines in the order of their code points, each once.

    >>> list(sort_lines(["b\n", "a\n", "b\n", "c\n"], together=2))
    ['a\n', 'b\n', 'c\n']
    """
    with ExitStack() as stack:
        runs: list[Iterable[str]] = []
        part: list[str] = []
        for line in lines:
            part.append(line)
            if len(part) == together:
                runs.append(_written(stack, sorted(part)))
                part = []
        last = ""
        for line in heapq.merge(*runs, sorted(part)):
            if line != last:
                yield line
            last = line


def _written(stack: ExitStack, lines: list[str]) -> IO[str]:
    out = stack.enter_context(
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    )
    out.writelines(lines)
    out.seek(0)
    return out


def _lines(source: Path) -> Iterator[str]:
    if source.is_dir():
        yield from _stored(source)
        return
    name = RDF_ENDINGS.get(ending_of(source))
    if name is None or not source.exists():
        raise InputError(
            "neither a graph nor an RDF file", where=str(source),
            remedy="give a data directory, a backup, a snapshot, or a file named "
            + ", ".join(RDF_ENDINGS),
        )  # fmt: skip
    opened = gzip.open if source.name.endswith(".gz") else open
    with opened(source, "rb") as data:
        for quad in parse(data, name, where=str(source)):  # type: ignore[arg-type]
            graph = "" if isinstance(quad.graph_name, DefaultGraph) else f"{quad.graph_name} "
            line = f"{quad.subject} {quad.predicate} {quad.object} {graph}.\n"
            if line.startswith("_:") or " _:" in f" {quad.object} {graph}":
                raise InputError(
                    "holds blank nodes, which have no name to compare them by", where=str(source),
                    remedy="load it into a data directory (kg load), which names them, and compare "
                    "that",
                )  # fmt: skip
            yield line


def _stored(folder: Path) -> Iterator[str]:
    """The lines of the store that a directory is, or of the graph that it holds."""
    is_store = (folder / "CURRENT").exists()
    opened = (
        open_embedded(folder, read_only=True)
        if is_store
        else open_store(Settings(data=folder), read_only=True)
    )
    with opened as store:
        yield from piped_lines(lambda out: store.dump(out, "nquads"))
