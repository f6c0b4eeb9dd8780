"""Queries as the SPARQL 1.1 Protocol asks them: with a dataset, into a stream, in a chosen format.

Without a dataset, in the query itself (FROM) or in the request, a query sees the union of all
named graphs as its default graph. SERVICE is refused: no query makes this machine call another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.base import refuse_service
from kg.store.syntax import syntax_error
from kg.terms import IRI
from ontologies.files import prefixes
from queries.tokens import find_form, find_words, names_dataset

Kind = Literal["solutions", "boolean", "triples"]
_KINDS: dict[str, Kind] = {
    "SELECT": "solutions", "ASK": "boolean", "CONSTRUCT": "triples", "DESCRIBE": "triples",
}  # fmt: skip
# The first words of SPARQL 1.1 Update.
_UPDATE_WORDS = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """A query with the dataset that the request names; empty tuples leave it to the query."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def kind_of(sparql: str) -> Kind:
    """What a query gives: solutions, a boolean or triples.

    Raises
    ------
    QueryError
        where it is no query, or uses SERVICE.

    Examples
    --------
    >>> kind_of("PREFIX ask: <http://example.org/> SELECT * { ?s ask:x ?o }")
    'solutions'
    """
    refuse_service(sparql)
    form = find_form(sparql)
    if not form:
        update = any(word in _UPDATE_WORDS for word in find_words(sparql))
        raise QueryError(
            "an update, not a query" if update else "no query",
            where="query",
            remedy="write SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    return _KINDS[form]


class ProtocolStore:
    """A snapshot on disk, opened read-only, that answers protocol queries.

    The library's own store is used directly, because it writes results to a stream as they come.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._store = ox.Store.read_only(str(path))
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot be opened ({error})", where=str(path)) from error

    def answer(self, query: ProtocolQuery, media_type: str, out: IO[bytes]) -> None:
        """Write the result of a query in the format of a media type.

        Raises
        ------
        QueryError
            where the query is wrong; the place is given as line and column.
        StoreError
            where the snapshot cannot be read.
        """
        kind_of(query.sparql)
        with _errors(query.sparql):
            result = self._run(query)
            if isinstance(result, ox.QueryTriples):
                form = ox.RdfFormat.from_media_type(media_type)
                if form is None:
                    raise ValueError(f"{media_type} is no RDF format")
                named = (
                    prefixes() if form.file_extension in ("ttl", "trig", "rdf", "jsonld") else None
                )
                ox.serialize(result, out, form, prefixes=named)
            else:
                known = ox.QueryResultsFormat.from_media_type(media_type)
                if known is None:
                    raise ValueError(f"{media_type} is no format of results")
                result.serialize(out, known)

    def _run(self, query: ProtocolQuery) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if not (query.default_graphs or query.named_graphs):
            return self._store.query(
                query.sparql,
                prefixes=prefixes(),
                use_default_graph_as_union=not names_dataset(query.sparql),
            )
        return self._store.query(
            query.sparql,
            prefixes=prefixes(),
            default_graph=[IRI(iri) for iri in query.default_graphs],
            named_graphs=[IRI(iri) for iri in query.named_graphs],
        )


@contextmanager
def _errors(sparql: str) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(sparql, str(error.msg)) from error
    except (ValueError, TypeError) as error:
        raise QueryError(f"cannot be run ({error})", where="query") from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the query failed ({error})", where="query") from error
