"""What describes the site itself: health, counters, the data set, its examples and exports."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.exceptions import BadRequest, NotFound

from kg import vocab
from kg.errors import FormatError, KgError
from kg.export.formats import FORMATS, ExportFormat, find_format
from kg.export.running import with_statuses
from kg.export.selection import EVERYTHING
from kg.export.void import DATASET, description
from kg.statistics import find_statistics
from kg.store.base import Store
from kg.terms import IRI, Literal, Triple
from ontologies.files import context
from queries.library import load_queries
from web.describe import write_triples
from web.negotiate import GRAPH_OFFERS, PAGE_SUFFIXES, Offer, choose
from web.pages.values import Names
from web.site import answer_page, site, view

blueprint = Blueprint("meta", __name__)

VOID = "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SH = "http://www.w3.org/ns/shacl#"
FORMATS_NS = "http://www.w3.org/ns/formats/"
DCAT = "http://www.w3.org/ns/dcat#"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of a format: its name, and where it is had."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ExportView:
    """A format in which the graph can be had, as ``kg export`` knows it."""

    name: str
    title: Names
    media_type: str
    tool: str
    files: tuple[ExportFile, ...]


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What the page of exports knows."""

    formats: tuple[ExportView, ...]


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the graph can be read, and which snapshot is served."""
    try:
        state = view()
    except KgError as error:
        return _uncached(jsonify(status="unavailable", error=str(error)), 503)
    return _uncached(jsonify(status="ok", snapshot=state.name), 200)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counters in the text format of Prometheus."""
    running = site()
    with running.lock:
        requests = sorted(running.requests.items())
        seconds = sorted(running.seconds.items())
    lines = [
        "# HELP parallax_requests_total Requests answered, by endpoint and status.",
        "# TYPE parallax_requests_total counter",
        *(
            f'parallax_requests_total{{endpoint="{endpoint}",status="{status}"}} {count}'
            for (endpoint, status), count in requests
        ),
        "# HELP parallax_request_seconds_total Time spent on requests, by endpoint.",
        "# TYPE parallax_request_seconds_total counter",
        *(
            f'parallax_request_seconds_total{{endpoint="{name}"}} {spent:.6f}'
            for name, spent in seconds
        ),
        "# HELP parallax_queries_killed_total Queries ended at a limit.",
        "# TYPE parallax_queries_killed_total counter",
        f"parallax_queries_killed_total {running.pool.killed}",
        "# HELP parallax_quads Quads in the snapshot that is served.",
        "# TYPE parallax_quads gauge",
        f"parallax_quads {view().keep('quads', lambda: len(view().store))}",
        "",
    ]
    return Response("\n".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _uncached(response: Response, status: int) -> Response:
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/context.jsonld")
def jsonld_context() -> Response:
    """The JSON-LD context of all data, as the exports have it."""
    response = jsonify(context())
    response.content_type = "application/ld+json"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The description of the data set as RDF."""
    return rdf_response(void_triples())


def rdf_response(triples: Iterable[Triple]) -> Response:
    """Triples in the RDF format that the client likes best, Turtle by default."""
    offers = [offer for offer in GRAPH_OFFERS if offer.name in PAGE_SUFFIXES]
    offer = choose(request.headers.get("Accept", ""), offers) or Offer("ttl", "text/turtle")
    text = "; charset=utf-8" if offer.media_type.startswith("text/") else ""
    response = Response(write_triples(triples, offer), content_type=offer.media_type + text)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def void_triples() -> Iterator[Triple]:
    """The description of the graph that is served, with the addresses at which it is had."""
    state = view()
    root = request.url_root
    yield from description(state.keep("statistics", lambda: find_statistics(state.store)))
    yield Triple(DATASET, IRI(f"{VOID}sparqlEndpoint"), IRI(f"{root}sparql"))
    yield Triple(DATASET, IRI(f"{VOID}dataDump"), IRI(f"{root}export?format=nquads"))
    yield Triple(DATASET, IRI("http://xmlns.com/foaf/0.1/homepage"), IRI(root))
    for form in FORMATS:
        for file in _view(form).files:
            address = IRI(f"{root.rstrip('/')}{file.url}")
            yield Triple(IRI(f"{DATASET.value}#{form.name}"), IRI(f"{DCAT}downloadURL"), address)


def service_triples() -> Iterator[Triple]:
    """The SPARQL 1.1 service description of the endpoint."""
    service = IRI(f"{request.url_root}sparql")
    dataset = IRI(f"{service.value}#dataset")
    graph = IRI(f"{service.value}#default-graph")
    yield Triple(service, vocab.RDF.type, IRI(f"{SD}Service"))
    yield Triple(service, IRI(f"{SD}endpoint"), service)
    yield Triple(service, IRI(f"{SD}supportedLanguage"), IRI(f"{SD}SPARQL11Query"))
    yield Triple(service, IRI(f"{SD}feature"), IRI(f"{SD}UnionDefaultGraph"))
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
                 "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG",
                 "N-Quads"):  # fmt: skip
        yield Triple(service, IRI(f"{SD}resultFormat"), IRI(FORMATS_NS + name))
    yield Triple(service, IRI(f"{SD}defaultDataset"), dataset)
    yield Triple(dataset, vocab.RDF.type, IRI(f"{SD}Dataset"))
    yield Triple(dataset, IRI(f"{SD}defaultGraph"), graph)
    yield Triple(graph, vocab.RDF.type, IRI(f"{SD}Graph"))
    for named in (vocab.ONTOLOGY_GRAPH, vocab.TERMINOLOGY_GRAPH, vocab.STATEMENTS_GRAPH):
        node = IRI(f"{service.value}#{named.value.rpartition('/')[2]}")
        yield Triple(dataset, IRI(f"{SD}namedGraph"), node)
        yield Triple(node, vocab.RDF.type, IRI(f"{SD}NamedGraph"))
        yield Triple(node, IRI(f"{SD}name"), named)


def describe_queries() -> Iterator[Triple]:
    """The example queries, as other endpoints describe theirs (sh:SPARQLExecutable)."""
    properties = {
        "SELECT": "select",
        "ASK": "ask",
        "CONSTRUCT": "construct",
        "DESCRIBE": "describe",
    }
    for query in load_queries():
        node = IRI(f"{vocab.BASE}query/{query.name}")
        yield Triple(node, vocab.RDF.type, IRI(f"{SH}SPARQLExecutable"))
        for language, title, words in (
            ("en", query.title, query.description),
            ("zh", query.title_zh, query.description_zh),
        ):
            yield Triple(node, vocab.RDFS.label, Literal(title, language=language))
            yield Triple(node, vocab.RDFS.comment, Literal(words, language=language))
        yield Triple(node, IRI(SH + properties[query.form]), Literal(query.sparql))


def export_answer() -> Response:
    """The page of exports, or one of its files where ``format`` and ``part`` name it.

    Raises
    ------
    BadRequest
        where there is no such file.
    """
    wanted = request.args.get("format")
    if wanted is None:
        page = ExportPage(tuple(map(_view, FORMATS)))
        return answer_page(page, "export.html", void_triples)
    try:
        form = find_format(wanted[:40])
    except FormatError as error:
        raise BadRequest(f"no export is called {wanted[:40]!r}; {error.remedy}") from error
    number = request.args.get("part", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(form.parts)):
        raise BadRequest(f"part is {number[:20]!r}; {form.name} has {len(form.parts)}")
    part = form.parts[int(number) - 1]
    store, selection = view().store, with_statuses(EVERYTHING, form)
    body = stream_writing(lambda out: form.writer(part)(store, selection, out))
    response = Response(body, content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="parallax{part.ending}"'
    return response


def _view(form: ExportFormat) -> ExportView:
    several = len(form.parts) > 1
    numbered: list[dict[str, Any]] = [
        {"part": number} if several else {} for number, _ in enumerate(form.parts, 1)
    ]
    files = (
        ExportFile(f"parallax{part.ending}", url_for("pages.export", format=form.name, **number))
        for part, number in zip(form.parts, numbered, strict=True)
    )
    title = Names(form.title("en"), form.title("zh"))
    return ExportView(form.name, title, form.media_type, form.tool, tuple(files))


def stream_dump(store: Store, form: str, graph: IRI | None) -> Iterator[bytes]:
    """A dump of the store, piece by piece, while it is written."""
    return stream_writing(lambda out: store.dump(out, form, graph=graph))


def stream_writing(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """What is written to a file, piece by piece, while it is written."""
    reading, writing = os.pipe()

    def run(out: IO[bytes]) -> None:
        with suppress(KgError, OSError), out:  # the client went away
            write(out)

    thread = threading.Thread(target=run, args=(os.fdopen(writing, "wb"),), daemon=True)
    thread.start()
    return _read(os.fdopen(reading, "rb"))


def _read(pipe: IO[bytes]) -> Iterator[bytes]:
    with pipe:
        while piece := pipe.read(1 << 16):
            yield piece


@blueprint.get("/graph")
def graph() -> Response:
    """One named graph, or all of them, by the SPARQL 1.1 Graph Store Protocol (reading only)."""
    store = view().store
    if "default" in request.args:
        return Response(stream_dump(store, "nquads", None), content_type="application/n-quads")
    name = request.args.get("graph", "")
    try:
        iri = IRI(name)
    except ValueError as error:
        raise BadRequest("give ?graph= with the IRI of a graph, or ?default") from error
    quads: Any = store.quads(graph=iri)
    triples = [quad.triple for quad in quads]
    if not triples:
        raise NotFound(f"there is no graph {name}")
    return rdf_response(triples)
