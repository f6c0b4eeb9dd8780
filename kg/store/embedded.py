"""The embedded store: Oxigraph on disk, or in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.base import (
    Functions,
    Result,
    Row,
    Solutions,
    Store,
    Substitutions,
    Triples,
    bind,
    refuse_service,
)
from kg.store.formats import oxigraph_format, rdf_format, result_format
from kg.store.piping import piped_lines
from kg.store.syntax import syntax_error
from kg.store.updates import update_text
from kg.terms import IRI, Quad, Subject, Term
from ontologies.files import prefixes
from queries.tokens import names_dataset

WRITTEN = "is being written by another process"
_DENIED = re.compile(r"mkdir|Permission denied|Read-only file system")


class EmbeddedStore(Store):
    """A store in this process.

    Parameters
    ----------
    store : the library's own store
    where : what messages call it
    snapshot : the directory, where it is read-only and does not change any more
    """

    def __init__(
        self, store: ox.Store, where: str = "memory", *, snapshot: Path | None = None
    ) -> None:
        self._open: ox.Store | None = store
        self._where = where
        self._snapshot = snapshot
        self._changes = 0

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError("is closed", where=self._where, remedy="open it again")
        return self._open

    @property
    def is_ordered(self) -> bool:
        """Whether it is on disk, where quads are kept in the order of their keys."""
        return self._where != "memory"

    @property
    def revision(self) -> int:
        """How often this store was changed; nobody else can write it while it is open."""
        return self._changes

    @property
    def snapshot(self) -> Path | None:
        """The directory that was opened read-only."""
        return self._snapshot

    def query(
        self,
        sparql: str,
        *,
        substitutions: Substitutions | None = None,
        functions: Functions | None = None,
    ) -> Result:
        """The result of a SPARQL 1.1 query."""
        result = self._run(sparql, substitutions, functions)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            return Triples(_guarded(result))
        names = tuple(variable.value for variable in result.variables)
        return Solutions(names, _rows(result, names))

    def query_bytes(
        self, sparql: str, format: str, *, substitutions: Substitutions | None = None
    ) -> bytes:
        """The result of a query, serialised."""
        result = self._run(sparql, substitutions, None)
        if isinstance(result, ox.QueryTriples):
            written = result.serialize(format=oxigraph_format(format))
        else:
            media_type = result_format(format).media_type
            known = ox.QueryResultsFormat.from_media_type(media_type)
            written = result.serialize(format=known)
        return written or b""

    def query_lines(self, sparql: str) -> Iterator[str]:
        """The rows of a SELECT query, while they are found."""

        def write(out: IO[bytes]) -> None:
            found = self._run(sparql, None, None)
            try:
                if isinstance(found, ox.QuerySolutions):
                    with _errors(self._where, sparql):
                        found.serialize(out, format=ox.QueryResultsFormat.TSV)
            finally:
                del found  # the library wants it gone in the thread that made it

        return (line.rstrip("\n") for line in islice(piped_lines(write), 1, None))

    def _run(
        self, sparql: str, substitutions: Substitutions | None, functions: Functions | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        text = bind(sparql, substitutions)
        refuse_service(text)
        with _errors(self._where, sparql):
            return self._store.query(
                text,
                prefixes=prefixes(),
                use_default_graph_as_union=not names_dataset(text),
                custom_functions={IRI(iri): call for iri, call in (functions or {}).items()}
                or None,
            )

    def quads(
        self,
        subject: Subject | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern."""
        return iter(self._store.quads_for_pattern(subject, predicate, object, graph))

    def change(
        self, remove: Iterable[Quad], add: Iterable[Quad], *, drop: Iterable[IRI] = ()
    ) -> None:
        """Drop graphs, remove quads and add quads in one transaction."""
        text = update_text(remove, add, drop)
        if text:
            with _errors(self._where, "update"):
                self._store.update(text)
            self._changes += 1

    def graphs(self) -> Iterator[IRI]:
        """The named graphs that hold something."""
        for graph in self._store.named_graphs():
            if isinstance(graph, IRI) and next(self.quads(graph=graph), None) is not None:
                yield graph

    def dump(self, out: IO[bytes], format: str, *, graph: IRI | None = None) -> None:
        """Write all quads, or the triples of one graph."""
        known = rdf_format(format)
        if graph is None and not known.graphs:
            raise StoreError(
                f"{known.name} holds one graph only", where=self._where,
                remedy="name a graph, or use nquads or trig",
            )  # fmt: skip
        with _errors(self._where, "dump"):
            self._store.dump(
                out,
                oxigraph_format(format),
                from_graph=graph,
                prefixes=None if known.ending in ("nt", "nq") else prefixes(),
            )

    def backup(self, target: Path) -> None:
        """Write a copy of the whole store to a new directory."""
        if target.exists():
            raise StoreError("exists already", where=str(target), remedy="name a new directory")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _errors(self._where, "backup"):
            self._store.backup(str(target))

    def optimize(self) -> None:
        """Put the files in order for reading, after much was written."""
        with _errors(self._where, "optimize"):
            self._store.optimize()

    def close(self) -> None:
        """Let go of the store."""
        if self._open is not None and self._where != "memory":
            self._open = None

    def __len__(self) -> int:
        return len(self._store)


def memory_store() -> EmbeddedStore:
    """An empty store in memory."""
    return EmbeddedStore(ox.Store())


def open_embedded(path: Path, *, read_only: bool = False) -> EmbeddedStore:
    """The store in a directory; made where it does not exist and may be written.

    Raises
    ------
    StoreError
        where another process writes it, it does not exist, or its files cannot be read.
    """
    try:
        if read_only:
            return EmbeddedStore(ox.Store.read_only(str(path)), str(path), snapshot=path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return EmbeddedStore(ox.Store(str(path)), str(path))
    except FileNotFoundError as error:
        if not read_only:
            raise _unwritable(path, error) from error
        raise StoreError(
            "there is no graph here", where=str(path), remedy="run kg build or kg load first"
        ) from error
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).casefold():
            raise StoreError(
                WRITTEN, where=str(path),
                remedy="wait until it ends, or stop it",
            ) from error  # fmt: skip
        if isinstance(error, PermissionError | NotADirectoryError) or _DENIED.search(str(error)):
            raise _unwritable(path, error) from error
        raise StoreError(
            f"cannot be opened ({error})", where=str(path), remedy="restore a backup: kg restore"
        ) from error


def _unwritable(path: Path, error: OSError | RuntimeError) -> StoreError:
    reason = getattr(error, "strerror", None) or str(error).rpartition(": ")[2]
    return StoreError(
        f"cannot be written ({reason})", where=str(path),
        remedy="name a data directory that may be written, with --data or KG_DATA",
    )  # fmt: skip


def _rows(solutions: ox.QuerySolutions, names: tuple[str, ...]) -> Iterator[Row]:
    with _errors("query", ""):
        for solution in solutions:
            yield {
                name: value
                for name, value in zip(names, solution, strict=True)
                if value is not None and not isinstance(value, ox.Triple)
            }


def _guarded(triples: ox.QueryTriples) -> Iterator[ox.Triple]:
    with _errors("query", ""):
        yield from triples


@contextmanager
def _errors(where: str, sparql: str) -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(sparql, error.msg) from error
    except (ValueError, TypeError) as error:
        raise QueryError(f"cannot be run ({error})", where=_place(sparql)) from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"cannot be used ({error})", where=where) from error


def _place(sparql: str) -> str:
    return " ".join(sparql.split())[:60]
