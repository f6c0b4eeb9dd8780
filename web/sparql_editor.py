"""The page of the SPARQL editor: a query, its result as a table with links, and the examples."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from flask import Response, render_template, request, url_for

from kg import vocab
from kg.errors import CurieError, KgError
from kg.questions import bind_query
from kg.store.protocol import ProtocolQuery, kind_of
from queries.library import load_queries
from queries.query import Query
from web.errors import status_of
from web.pages.reader import curie_of
from web.pages.values import Names
from web.site import site, view

SHOWN = 500
GRAPH_BYTES = 200_000
_DEFAULT = """SELECT ?subject ?predicate ?object ?belief WHERE {
  ?statement a plx:Statement ; plx:status "asserted" ; plx:belief ?belief ;
    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
}
ORDER BY DESC(?belief) ?subject
LIMIT 25"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in the table of results, with the page that explains it."""

    text: str
    href: str | None = None
    outside: bool = False
    language: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a table; of many rows only the first are shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int
    boolean: bool | None = None


@dataclass(frozen=True, slots=True)
class ExampleRef:
    """An example query in the list beside the editor."""

    name: str
    title: Names


@dataclass(frozen=True, slots=True)
class EditorPage:
    """What the page of the editor knows."""

    endpoint: str
    query: str
    example: str | None
    examples: tuple[ExampleRef, ...]
    seconds: str
    table: Table | None = None
    graph: str | None = None
    problem: str | None = None


def answer_editor(query: ProtocolQuery | None) -> Response:
    """The editor, with the result of its query where it has one."""
    known = {q.name: q for q in load_queries()}
    example = known.get(request.args.get("example", ""))
    table: Table | None = None
    graph = problem = None
    text, status = _DEFAULT, 200
    try:
        if example is not None:
            text = _bound(example)
        if query is not None:
            text = query.sparql
            table, graph = _run(query)
    except KgError as error:
        problem, status = str(error), status_of(error)
    page = EditorPage(
        endpoint=request.url_root + "sparql",
        query=text,
        example=example.name if example else None,
        examples=tuple(ExampleRef(q.name, Names(q.title, q.title_zh)) for q in known.values()),
        seconds=f"{site().pool.limits.seconds:g}",
        table=table,
        graph=graph,
        problem=problem,
    )
    return Response(
        render_template("sparql.html", page=page), status, content_type="text/html; charset=utf-8"
    )


def _bound(query: Query) -> str:
    """An example query with the values of the request, else its own, filled in."""
    names = {parameter.name for parameter in query.parameters}
    given = {name: value for name, value in request.args.items() if name in names and value}
    return bind_query(query, dict(query.example) | given)


def _run(query: ProtocolQuery) -> tuple[Table | None, str | None]:
    triples = kind_of(query.sparql) == "triples"
    media_type = "text/turtle" if triples else "application/sparql-results+json"
    snapshot = view().snapshot
    if snapshot is None:
        body = view().store.query_bytes(query.sparql, media_type)
        return _shown(body, triples)
    with site().pool.answer(snapshot, query, media_type) as file:
        return _shown(file.read(GRAPH_BYTES) if triples else file.read(), triples)


def _shown(body: bytes, triples: bool) -> tuple[Table | None, str | None]:
    if triples:
        cut = body[:GRAPH_BYTES].decode("utf-8", "ignore")
        return None, cut + ("\n…" if len(body) >= GRAPH_BYTES else "")
    return read_table(json.load(io.BytesIO(body))), None


def read_table(result: dict[str, Any]) -> Table:
    """The table of a result in SPARQL JSON."""
    if "boolean" in result:
        return Table((), (), 1, result["boolean"])
    columns = tuple(result["head"].get("vars", ()))
    rows = result["results"]["bindings"]
    return Table(
        columns,
        tuple(tuple(_cell(row.get(name)) for name in columns) for row in rows[:SHOWN]),
        len(rows),
    )


def _cell(term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    value = term["value"]
    if term["type"] == "uri":
        href = page_for(value)
        outside = href is None and value.startswith(("http://", "https://"))
        return Cell(_short(value), value if outside else href, outside)
    number = term.get("datatype", "").rpartition("#")[2] in ("integer", "decimal", "double")
    return Cell(value, language=term.get("xml:lang"), number=number)


def _short(iri: str) -> str:
    """An IRI as the table shows it: a CURIE, or the end of one of our own addresses."""
    curie = curie_of(iri)
    return unquote(iri.removeprefix(vocab.BASE)) if curie == iri else curie


def page_for(iri: str) -> str | None:
    """The page of the explorer for an IRI of the graph; None where it has none."""
    try:
        if iri.startswith(vocab.STATEMENT_BASE):
            return url_for("pages.statement", statement_id=vocab.statement_of(iri))
        if iri.startswith((vocab.DOCUMENT_BASE, vocab.DOCUMENT_GRAPH_BASE)):
            part = vocab.part_of(iri)
            page = url_for("pages.document", document_id=vocab.document_of(iri))
            return f"{page}#{part}" if part else page
        curie = vocab.compress(iri)
    except CurieError:
        return None
    return url_for("pages.concept", curie=curie) if _is_concept(iri) else None


def _is_concept(iri: str) -> bool:
    ref = view().reader.concepts([iri])[iri]
    return ref.type is not None
