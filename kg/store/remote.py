"""Any server of the SPARQL 1.1 Protocol (Virtuoso, Fuseki, QLever, GraphDB, Neptune, Oxigraph).

Queries go to one address and updates to the same or, after a comma, to another:
``https://host/query,https://host/update``. A user name and password may stand in the address. The
server must treat the default graph as the union of the named graphs, as most do or can be told to.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.base import Functions, Result, Row, Solutions, Store, Substitutions, Triples, bind
from kg.store.formats import Format, parse, rdf_format, result_format, serialize
from kg.store.updates import update_text
from kg.terms import IRI, BlankNode, Literal, Quad, Subject, Term, Triple
from ontologies.files import prefixes
from queries.tokens import find_form

TIMEOUT = 300.0
_JSON = "application/sparql-results+json"


class RemoteStore(Store):
    """A store behind an address; each change is one update request.

    Parameters
    ----------
    address : address of the query endpoint, optionally a comma and that of the update endpoint
    timeout : seconds to wait for an answer
    """

    def __init__(self, address: str, *, timeout: float = TIMEOUT) -> None:
        endpoints = [_endpoint(part.strip()) for part in address.split(",")]
        self._query, self._update = endpoints[0], endpoints[-1]
        self._timeout = timeout

    def query(
        self,
        sparql: str,
        *,
        substitutions: Substitutions | None = None,
        functions: Functions | None = None,
    ) -> Result:
        """The result of a SPARQL 1.1 query."""
        if functions:
            raise QueryError(
                "a server cannot call functions of this process", where=self._query.address,
                remedy="use the embedded store",
            )  # fmt: skip
        text = _bound(sparql, substitutions)
        if find_form(text) in ("CONSTRUCT", "DESCRIBE"):
            body = self._answer(text, "application/n-triples")
            return Triples(_triples(body, self._query.address))
        body = self._answer(text, _JSON)
        try:
            result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"its answer is not a SPARQL result ({error})", where=self._query.address,
                remedy="give the address of the query endpoint",
            ) from error  # fmt: skip
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        names = tuple(variable.value for variable in result.variables)
        return Solutions(names, _rows(result, names))

    def query_bytes(
        self, sparql: str, format: str, *, substitutions: Substitutions | None = None
    ) -> bytes:
        """The result of a query, as the server serialises it."""
        text = _bound(sparql, substitutions)
        graph = find_form(text) in ("CONSTRUCT", "DESCRIBE")
        wanted: Format = rdf_format(format) if graph else result_format(format)
        return self._answer(text, wanted.media_type)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern."""
        names = {"s": subject, "p": predicate, "o": object, "g": graph}
        s, p, o, g = (str(term) if term is not None else f"?{name}" for name, term in names.items())
        for row in self.select(f"SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            found = [term if term is not None else row[name] for name, term in names.items()]
            yield Quad(*found)  # type: ignore[arg-type]

    def change(
        self, remove: Iterable[Quad], add: Iterable[Quad], *, drop: Iterable[IRI] = ()
    ) -> None:
        """Drop graphs, remove quads and add quads by one update request."""
        text = update_text(remove, add, drop)
        if text:
            self._send(self._update, text, "application/sparql-update", "*/*")

    def graphs(self) -> Iterator[IRI]:
        """The named graphs that hold something."""
        for row in self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"):
            if isinstance(row["g"], IRI):
                yield row["g"]

    def dump(self, out: IO[bytes], format: str, *, graph: IRI | None = None) -> None:
        """Write all quads, or the triples of one graph, graph by graph."""
        known = rdf_format(format)
        if graph is None and not known.graphs:
            raise StoreError(
                f"{known.name} holds one graph only", where=self._query.address,
                remedy="name a graph, or use nquads or trig",
            )  # fmt: skip
        graphs = [graph] if graph is not None else sorted(self.graphs(), key=str)
        quads = (quad for name in graphs for quad in self.quads(graph=name))
        serialize(quads if graph is None else (quad.triple for quad in quads), out, format)

    def backup(self, target: Path) -> None:
        """Refused: a server has its own means for backup."""
        raise StoreError(
            "a server is not backed up from here", where=self._query.address,
            remedy="use the server's own backup, or kg export nquads",
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is held open between requests."""

    def __len__(self) -> int:
        rows = self.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        term = next(rows)["n"]
        return int(term.value) if isinstance(term, Literal) else 0

    def _answer(self, sparql: str, accept: str) -> bytes:
        form = urlencode({"query": sparql})
        return self._send(self._query, form, "application/x-www-form-urlencoded", accept)

    def _send(self, endpoint: _Endpoint, body: str, kind: str, accept: str) -> bytes:
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Accept": accept}
        headers |= {"User-Agent": "parallax-kg"} | endpoint.headers
        request = Request(endpoint.address, body.encode(), headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                answer: bytes = response.read()
                return answer
        except HTTPError as error:
            with error:
                reason = " ".join(error.read(400).decode("utf-8", "replace").split())
            kind_of = QueryError if error.code == 400 and endpoint is self._query else StoreError
            raise kind_of(
                f"answers {error.code} ({reason or error.reason})", where=endpoint.address,
                remedy="check the query, the address and the rights to write",
            ) from error  # fmt: skip
        except (URLError, TimeoutError, OSError) as error:
            raise StoreError(
                f"does not answer ({getattr(error, 'reason', error)})", where=endpoint.address,
                remedy="check that the server runs and the address is right",
            ) from error  # fmt: skip


class _Endpoint:
    """An address without its password, and the headers that go with each request."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.address = address
        self.headers = headers


def _endpoint(address: str) -> _Endpoint:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(
            "not the address of a server", where=address, remedy="give http://… or https://…"
        )
    if parts.username is None:
        return _Endpoint(address, {})
    secret = f"{parts.username}:{parts.password or ''}".encode()
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return _Endpoint(bare, {"Authorization": f"Basic {base64.b64encode(secret).decode()}"})


def _bound(sparql: str, substitutions: Substitutions | None) -> str:
    """The query with its prefixes declared and its variables replaced."""
    bound = bind(sparql, substitutions)
    used = (f"PREFIX {name}: <{iri}>" for name, iri in prefixes().items() if f"{name}:" in bound)
    return "\n".join([*used, bound])


def _rows(solutions: ox.QuerySolutions, names: tuple[str, ...]) -> Iterator[Row]:
    for solution in solutions:
        values = zip(names, solution, strict=True)
        yield {
            name: value for name, value in values if isinstance(value, IRI | BlankNode | Literal)
        }


def _triples(body: bytes, where: str) -> Iterator[Triple]:
    return (quad.triple for quad in parse(body, "ntriples", where=where))
