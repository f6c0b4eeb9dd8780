"""What every store can do; the rest of `kg` sees nothing else of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from kg.errors import QueryError
from kg.terms import IRI, Quad, Subject, Term, Triple
from queries.tokens import calls_service, find_assigned, find_projection, substitute

Row: TypeAlias = dict[str, Term]
Substitutions: TypeAlias = Mapping[str, Term]
Functions: TypeAlias = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT query, read once; an unbound variable is absent from its row."""

    variables: tuple[str, ...]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE query, read once."""

    triples: Iterator[Triple]

    def __iter__(self) -> Iterator[Triple]:
        return self.triples


Result: TypeAlias = Solutions | Triples | bool


class Store(ABC):
    """A set of quads that is read by SPARQL and changed as a whole or not at all.

    The prefixes of ``ontologies/context.jsonld`` may be used in every query. The default graph of a
    query is the union of all named graphs, unless the query names its dataset (FROM, FROM NAMED).
    """

    @property
    def is_remote(self) -> bool:
        """Whether each question takes a request to a server, so that few and big ones are best."""
        return False

    @property
    def is_ordered(self) -> bool:
        """Whether `quads` come in an order that depends on the content of the store alone.

        Those of a graph then come by subject, those of a predicate by object, and both in one order
        of the terms.
        """
        return False

    @property
    def revision(self) -> int | None:
        """A number that grows with every change; None where the store cannot tell."""
        return None

    @property
    def snapshot(self) -> Path | None:
        """The published snapshot that is read here; None for a store that may change."""
        return None

    @abstractmethod
    def query(
        self,
        sparql: str,
        *,
        substitutions: Substitutions | None = None,
        functions: Functions | None = None,
    ) -> Result:
        """The result of a SPARQL 1.1 query.

        Parameters
        ----------
        sparql : the query, with or without PREFIX lines
        substitutions : variable name → the RDF term that takes its place
        functions : IRI → Python function that the query may call

        Raises
        ------
        QueryError
            where the query is wrong.
        StoreError
            where the store cannot be read.
        """

    @abstractmethod
    def query_bytes(
        self, sparql: str, format: str, *, substitutions: Substitutions | None = None
    ) -> bytes:
        """The result of a query in one of the formats of `kg.store.formats`, such as ``json``."""

    def query_lines(self, sparql: str) -> Iterator[str]:
        """The rows of a SELECT query as lines of SPARQL's TSV, without the line of its variables.

        A store may give them one by one, and much quicker than as terms.
        """
        lines = self.query_bytes(sparql, "tsv").decode().split("\n")
        return iter(lines[1:-1])

    @abstractmethod
    def quads(
        self,
        subject: Subject | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern; None fits everything."""

    @abstractmethod
    def change(
        self, remove: Iterable[Quad], add: Iterable[Quad], *, drop: Iterable[IRI] = ()
    ) -> None:
        """Drop graphs, remove quads and add quads in one transaction: all of it or nothing."""

    @abstractmethod
    def graphs(self) -> Iterator[IRI]:
        """The named graphs that hold something."""

    @abstractmethod
    def dump(self, out: IO[bytes], format: str, *, graph: IRI | None = None) -> None:
        """Write all quads, or the triples of one graph, in an RDF format such as ``nquads``."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Write a copy of the whole store to a directory that does not exist yet."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store, so that another process may write it."""

    @abstractmethod
    def __len__(self) -> int:
        """The number of quads."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def select(self, sparql: str, *, substitutions: Substitutions | None = None) -> Iterator[Row]:
        """The rows of a SELECT query."""
        result = self.query(sparql, substitutions=substitutions)
        if not isinstance(result, Solutions):
            raise QueryError("not a SELECT query", where=_start(sparql))
        return iter(result)

    def ask(self, sparql: str, *, substitutions: Substitutions | None = None) -> bool:
        """The answer of an ASK query."""
        result = self.query(sparql, substitutions=substitutions)
        if not isinstance(result, bool):
            raise QueryError("not an ASK query", where=_start(sparql))
        return result


def bind(sparql: str, substitutions: Substitutions | None) -> str:
    """The query with terms in place of variables, wherever a term may stand.

    Raises
    ------
    QueryError
        where the query gives such a variable back, so that no term can stand in its place.
    """
    values = substitutions or {}
    own = {*find_projection(sparql), *find_assigned(sparql)} & set(values)
    if own:
        raise QueryError(
            f"?{min(own)} is substituted and given back", where=_start(sparql),
            remedy="leave it out of what the query selects",
        )  # fmt: skip
    return substitute(sparql, {name: str(term) for name, term in values.items()})


def refuse_service(sparql: str) -> None:
    """Nothing, where running the query calls no other machine.

    Raises
    ------
    QueryError
        where the query uses SERVICE.
    """
    if calls_service(sparql):
        raise QueryError(
            "SERVICE is not allowed", where="query", remedy="ask the other endpoint yourself"
        )


def _start(sparql: str) -> str:
    return " ".join(sparql.split())[:60]
