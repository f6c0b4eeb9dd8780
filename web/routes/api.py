"""The JSON interface: what pages know, at addresses of their own, described by OpenAPI."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from web.context import concept_url
from web.pages.asking import load_ask_page
from web.pages.concept import load_concept_page
from web.pages.document import load_document_page
from web.pages.home import find_pairs
from web.pages.paths import load_path_page
from web.pages.searching import load_search_page, load_suggestions
from web.pages.statement import load_statement_page
from web.pages.values import to_json
from web.routes.pages import asked, asked_hops, asked_setting
from web.schema import describe_api
from web.site import view

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.after_request
def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/suggest")
def suggest() -> Response:
    """Concepts for a half-typed name, with the addresses of their pages."""
    found = load_suggestions(view().search, asked("q"))
    return jsonify(suggestions=[to_json(ref) | {"url": concept_url(ref.id)} for ref in found])


@blueprint.get("/search")
def search() -> Response:
    """Concepts and sentences for a text."""
    return _json(load_search_page(view().reader, view().search, asked("q")))


@blueprint.get("/concept/<path:curie>")
def concept(curie: str) -> Response:
    """A concept."""
    return _json(load_concept_page(view().reader, curie, everything="all" in request.args))


@blueprint.get("/statement/<path:statement_id>")
def statement(statement_id: str) -> Response:
    """A statement with its evidence."""
    return _json(load_statement_page(view().reader, statement_id, everything="all" in request.args))


@blueprint.get("/document/<path:document_id>")
def document(document_id: str) -> Response:
    """A document with everything read in it."""
    return _json(load_document_page(view().reader, document_id))


@blueprint.get("/paths")
def paths() -> Response:
    """Mechanism paths between two concepts."""
    return _json(
        load_path_page(
            view().reader, view().search, asked("source"), asked("target"), asked_hops(),
            species=asked("species"), setting=asked_setting(),
        )
    )  # fmt: skip


@blueprint.get("/ask")
def ask() -> Response:
    """The answer to a question."""
    state = view()
    return _json(
        load_ask_page(
            state.reader, state.search, asked("q"),
            examples=lambda: state.keep("pairs", lambda: find_pairs(state.reader)),
        )
    )  # fmt: skip


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this interface."""
    return jsonify(describe_api(request.url_root.rstrip("/")))


def _json(page: Any) -> Response:
    return jsonify(to_json(page))
