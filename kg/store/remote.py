"""Any server of the SPARQL 1.1 Protocol (Virtuoso, Fuseki, QLever, GraphDB, Neptune, Oxigraph).

Queries go to one address and updates to the same or, after a comma, to another:
``https://host/query,https://host/update``. A user name and password may stand in the address. The
server must treat the default graph as the union of the named graphs, as most do or can be told to.
Graphs that a server keeps about itself, as Virtuoso does, are not taken for part of the graph.
`docs/stores.md` tells how to set up each server.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.base import Functions, Result, Row, Solutions, Store, Substitutions, Triples, bind
from kg.store.formats import parse, rdf_format, result_format, serialize
from kg.store.updates import update_texts
from kg.terms import IRI, BlankNode, Literal, Quad, Subject, Term, Triple
from ontologies.files import prefixes
from queries.tokens import find_form

TIMEOUT = 300.0
_JSON = "application/sparql-results+json"
# Graphs that Virtuoso keeps about itself; that of its service description is named after its host.
_SERVER_GRAPHS = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)
# Virtuoso names a blank node nodeID://b10001, which no standard form of results can hold.
_VIRTUOSO_NODE = re.compile(rb'("bnode"\s*,\s*"value"\s*:\s*")nodeID://')
# Headers by which Virtuoso says that its answer was cut at a limit of rows or of time.
_CUT = ("X-SPARQL-MaxRows", "X-SQL-State")
_DESCRIPTIONS = """SELECT DISTINCT ?g WHERE {
  GRAPH ?g { ?g a <http://www.w3.org/ns/sparql-service-description#Service> } }"""


class RemoteStore(Store):
    """A store behind an address; each change is one update request, or several where it is big.

    A server runs a request as one transaction, most of them; a change of several requests may be
    cut short between them, and is completed when the same documents are loaded or removed again.

    Parameters
    ----------
    address : address of the query endpoint, optionally a comma and that of the update endpoint
    timeout : seconds to wait for an answer
    """

    def __init__(self, address: str, *, timeout: float = TIMEOUT) -> None:
        endpoints = [_endpoint(part.strip()) for part in address.split(",")]
        self._query, self._update = endpoints[0], endpoints[-1]
        self._timeout = timeout

    @property
    def is_remote(self) -> bool:
        """True: each question is a request."""
        return True

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
            return Triples(self._triples(text))
        result = self._result(text)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        names = tuple(variable.value for variable in result.variables)
        return Solutions(names, _rows(result, names, self._query.address))

    def query_bytes(
        self, sparql: str, format: str, *, substitutions: Substitutions | None = None
    ) -> bytes:
        """The result of a query, written here, so that every server gives the same form."""
        text = _bound(sparql, substitutions)
        if find_form(text) in ("CONSTRUCT", "DESCRIBE"):
            out = io.BytesIO()
            serialize(self._triples(text), out, rdf_format(format).name)
            return out.getvalue()
        wanted = ox.QueryResultsFormat.from_media_type(result_format(format).media_type)
        return self._result(text).serialize(format=wanted) or b""

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
        hidden = self._server_graphs if graph is None else ()
        for row in self.select(f"SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            if row.get("g") in hidden:
                continue
            found = [term if term is not None else row[name] for name, term in names.items()]
            yield Quad(*found)  # type: ignore[arg-type]

    def change(
        self, remove: Iterable[Quad], add: Iterable[Quad], *, drop: Iterable[IRI] = ()
    ) -> None:
        """Drop graphs, remove quads and add quads; see `kg.store.updates.update_texts`."""
        for text in update_texts(remove, add, drop):
            self._send(self._update, text, "application/sparql-update", "*/*")

    def graphs(self) -> Iterator[IRI]:
        """The named graphs that hold something."""
        for row in self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"):
            if isinstance(row["g"], IRI) and row["g"] not in self._server_graphs:
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
        hidden = ", ".join(sorted(map(str, self._server_graphs)))
        rows = self.select(
            "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f"FILTER(?g NOT IN ({hidden})) }}"
        )
        term = next(rows)["n"]
        return int(term.value) if isinstance(term, Literal) else 0

    @cached_property
    def _server_graphs(self) -> frozenset[Term]:
        """The graphs that the server keeps about itself."""
        named = (row["g"] for row in self.select(_DESCRIPTIONS))
        return frozenset((*map(IRI, _SERVER_GRAPHS), *named))

    def _result(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean:
        body = _VIRTUOSO_NODE.sub(rb"\1", self._answer(sparql, _JSON))
        try:
            result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            if isinstance(result, ox.QuerySolutions) and find_form(sparql) == "ASK":
                # Virtuoso: a table with one row, which holds 1, or with none.
                yes = any(Literal(1) in row for row in result)
                body = b'{"head": {}, "boolean": %s}' % (b"true" if yes else b"false")
                result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            return result
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"its answer is not a SPARQL result ({error})", where=self._query.address,
                remedy="give the address of the query endpoint",
            ) from error  # fmt: skip

    def _triples(self, sparql: str) -> Iterator[Triple]:
        body = self._answer(sparql, "application/n-triples")
        return (quad.triple for quad in parse(body, "ntriples", where=self._query.address))

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
                cut = next((name for name in _CUT if name in response.headers), None)
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
        if cut:
            raise StoreError(
                f"gives only a part of the answer ({cut})", where=endpoint.address,
                remedy="raise its limits on rows and time (Virtuoso: [SPARQL] in virtuoso.ini)",
            )  # fmt: skip
        return answer


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


def _rows(solutions: ox.QuerySolutions, names: tuple[str, ...], where: str) -> Iterator[Row]:
    try:
        for solution in solutions:
            values = zip(names, solution, strict=True)
            yield {
                name: value
                for name, value in values
                if isinstance(value, IRI | BlankNode | Literal)
            }
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"its answer is not a SPARQL result ({error})", where=where) from error
