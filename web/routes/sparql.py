"""The SPARQL 1.1 Protocol endpoint; for people an editor, for programs a service description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from kg.errors import QueryError
from kg.store.protocol import Kind, ProtocolQuery, kind_of
from web.errors import error_response
from web.negotiate import FORMAT_NAMES, GRAPH_OFFERS, PAGE_OFFERS, SOLUTION_OFFERS, Offer, choose
from web.routes.meta import rdf_response, service_triples
from web.site import site, view
from web.sparql_editor import answer_editor

blueprint = Blueprint("sparql", __name__)

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_OFFERS: dict[Kind, tuple[Offer, ...]] = {
    "solutions": SOLUTION_OFFERS, "boolean": SOLUTION_OFFERS, "triples": GRAPH_OFFERS,
}  # fmt: skip
_HTML = PAGE_OFFERS[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: its query with the dataset, or none."""

    query: ProtocolQuery | None
    format: str | None


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS", "HEAD"])
def endpoint() -> Response:
    """Answer a query, describe the service, or show the editor."""
    if request.method == "OPTIONS":
        return _open(Response(status=204))
    asked = read_request()
    browser = prefers_html() and asked.format is None and request.method != "POST"
    if browser:
        return answer_editor(asked.query)
    if asked.query is None:
        if request.method == "POST":
            raise BadRequest("no query; give one as query=… or as application/sparql-query")
        return _open(rdf_response(service_triples()))
    return _open(answer_query(asked.query, asked.format))


def prefers_html() -> bool:
    """Whether a browser asks: HTML is named, and liked at least as well as any result format."""
    offers = (_HTML, *SOLUTION_OFFERS[:4], *GRAPH_OFFERS[:7])
    accepts = request.headers.get("Accept", "")
    return "text/html" in accepts and choose(accepts, offers) == _HTML


def read_request() -> Asked:
    """The query of a request, as the protocol allows it to be sent.

    Raises
    ------
    BadRequest, Forbidden, UnsupportedMediaType
        where there are several queries, an update, or a body of another type.
    """
    arguments = request.args
    texts = arguments.getlist("query")
    updates = arguments.getlist("update")
    graphs = [arguments]
    if request.method == "POST":
        kind = request.mimetype
        if kind == _UPDATE:
            raise Forbidden("updates are refused here; change the graph with the kg command")
        if kind == _FORM:
            texts += request.form.getlist("query")
            updates += request.form.getlist("update")
            graphs.append(request.form)
        elif kind == _QUERY:
            try:
                texts.append(request.get_data().decode("utf-8"))
            except UnicodeDecodeError as error:
                raise BadRequest("the query is not UTF-8 text") from error
        else:
            raise UnsupportedMediaType(f"send the query as {_FORM} or {_QUERY}")
    if updates:
        raise Forbidden("updates are refused here; change the graph with the kg command")
    if len(texts) > 1:
        raise BadRequest("more than one query; send one")
    query = None
    if texts and texts[0].strip():
        query = ProtocolQuery(
            texts[0],
            tuple(iri for some in graphs for iri in some.getlist("default-graph-uri") if iri),
            tuple(iri for some in graphs for iri in some.getlist("named-graph-uri") if iri),
        )
    wanted = [v for some in graphs for name in ("format", "output") for v in some.getlist(name)]
    return Asked(query, wanted[0] if wanted else None)


def answer_query(query: ProtocolQuery, wanted: str | None) -> Response:
    """The result of a query in the format that the client asks for."""
    kind = kind_of(query.sparql)
    offer = choose_format(kind, wanted)
    if offer is None:
        forms = ", ".join(dict.fromkeys(o.media_type for o in _OFFERS[kind]))
        return error_response(f"this query can be answered as {forms}", 406, data=True)
    state = view()
    if state.snapshot is None:
        return _outside(query, offer)
    opened = site().pool.answer(state.snapshot, query, _written(offer))
    file = opened.__enter__()
    try:
        size = file.seek(0, 2)
        file.seek(0)
    except BaseException:
        opened.__exit__(None, None, None)
        raise
    response = Response(_pieces(file), content_type=_typed(offer))
    response.call_on_close(lambda: opened.__exit__(None, None, None))
    response.content_length = size
    return response


def choose_format(kind: Kind, wanted: str | None) -> Offer | None:
    """The format of a result by ``format=``, else by the Accept header; None where none fits.

    Clients send names of many kinds there, so one that fits no format is passed over.
    """
    offers = _OFFERS[kind]
    if wanted is not None:
        media_type = FORMAT_NAMES.get(wanted.lower(), wanted)
        fits = [offer for offer in offers if offer.media_type == media_type or offer.name == wanted]
        if fits:
            return fits[0]
    return choose(request.headers.get("Accept", ""), offers)


def _outside(query: ProtocolQuery, offer: Offer) -> Response:
    """The answer of an outside server, or of the empty graph."""
    if query.default_graphs or query.named_graphs:
        raise QueryError(
            "a dataset in the request is not passed on", where="query", remedy="write FROM instead"
        )
    return Response(
        view().store.query_bytes(query.sparql, _written(offer)), content_type=_typed(offer)
    )


def _written(offer: Offer) -> str:
    """The media type by which writers know the format: the first offer of the same name."""
    return next(o.media_type for o in (*SOLUTION_OFFERS, *GRAPH_OFFERS) if o.name == offer.name)


def _typed(offer: Offer) -> str:
    return (
        f"{offer.media_type}; charset=utf-8"
        if offer.media_type.startswith("text/")
        else offer.media_type
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(1 << 16):
        yield piece


def _open(response: Response) -> Response:
    """Let pages of other origins use the endpoint (CORS)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
