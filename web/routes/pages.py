"""The pages of the explorer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from kg.qualifiers import SETTINGS, Setting
from kg.terms import Triple
from web.describe import (
    describe_claims,
    describe_concept,
    describe_concepts,
    describe_document,
    describe_evidence,
    describe_statement,
)
from web.errors import EXPLAINED
from web.negotiate import split_suffix
from web.pages.asking import AskPage, load_ask_page
from web.pages.concept import load_concept_page
from web.pages.document import load_document_page
from web.pages.home import HomePage, find_pairs, load_home_page
from web.pages.paths import MOST_HOPS, PathPage, PathView, load_path_page
from web.pages.questions import AboutPage, load_queries_page
from web.pages.searching import load_search_page
from web.pages.statement import load_statement_page
from web.routes.meta import describe_queries, export_answer, void_triples
from web.site import answer_page, view

blueprint = Blueprint("pages", __name__)
LONGEST = 2000

F = TypeVar("F", bound=Callable[..., Any])


def page(rule: str) -> Callable[[F], F]:
    """Serve a page at an address, and as data at the same address with a suffix."""
    data_rule = "/index.<suffix>" if rule == "/" else f"{rule}.<suffix>"

    def register(function: F) -> F:
        blueprint.add_url_rule(
            data_rule.replace("<suffix>", "<any(json, ttl, jsonld, nt, rdf):suffix>"),
            function.__name__, function,
        )  # fmt: skip
        blueprint.add_url_rule(rule, function.__name__, function)
        return function

    return register


def asked(name: str) -> str:
    """A text parameter of the request, without spaces around it.

    Raises
    ------
    BadRequest
        where it is longer than anyone would type.
    """
    value = request.args.get(name, "").strip()
    if len(value) > LONGEST:
        raise BadRequest(f"{name} has more than {LONGEST} characters")
    return value


@page("/")
def home(suffix: str | None = None) -> Response:
    """The start page."""
    state = view()
    knows: HomePage = state.keep("home", lambda: load_home_page(state.reader))
    return answer_page(knows, "home.html", void_triples)


@page("/search")
def search(suffix: str | None = None) -> Response:
    """Concepts and sentences for what a person typed."""
    state = view()
    knows = load_search_page(state.reader, state.search, asked("q"))
    return answer_page(
        knows,
        "search.html",
        lambda: describe_concepts(state.store, (hit.concept.id for hit in knows.concepts)),
        search_text=knows.query,
    )


@blueprint.get("/concept/<path:curie>")
def concept(curie: str) -> Response:
    """A concept."""
    name = split_suffix(curie)[0]
    knows = load_concept_page(view().reader, name, everything="all" in request.args)
    return answer_page(knows, "concept.html", lambda: describe_concept(view().store, name))


@blueprint.get("/statement/<path:statement_id>")
def statement(statement_id: str) -> Response:
    """A statement and its evidence."""
    name = split_suffix(statement_id)[0]
    reader = view().reader
    knows = load_statement_page(reader, name, everything="all" in request.args)
    items = (*knows.supporting, *knows.opposing, *knows.hypothesizing)
    return answer_page(
        knows, "statement.html", lambda: describe_statement(reader, knows.claim, items)
    )


@blueprint.get("/document/<path:document_id>")
def document(document_id: str) -> Response:
    """A document in its two languages."""
    name = split_suffix(document_id)[0]
    knows = load_document_page(view().reader, name)
    return answer_page(knows, "document.html", lambda: describe_document(view().store, name))


@page("/path")
def path(suffix: str | None = None) -> Response:
    """Mechanism paths between two concepts."""
    knows = load_path_page(
        view().reader, view().search, asked("source"), asked("target"), asked_hops(),
        species=asked("species"), setting=asked_setting(),
    )  # fmt: skip
    return answer_page(
        knows, "path.html", lambda: _describe_paths(knows), settings=SETTINGS
    )  # fmt: skip


def asked_setting() -> Setting | None:
    """The setting that evidence is wanted from, if any.

    Raises
    ------
    BadRequest
        where there is no such setting.
    """
    value = request.args.get("setting", "")
    for setting in SETTINGS:
        if setting == value:
            return setting
    if value:
        raise BadRequest(f"setting is {value[:20]!r}; give one of {', '.join(SETTINGS)}")
    return None


def asked_hops() -> int:
    """How many steps a path may have.

    Raises
    ------
    BadRequest
        where it is no number from 1 to 5.
    """
    value = request.args.get("max_hops", "4")
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MOST_HOPS):
        raise BadRequest(f"max_hops is {value[:20]!r}; give a number from 1 to {MOST_HOPS}")
    return int(value)


@page("/ask")
def ask(suffix: str | None = None) -> Response:
    """The answer to a question in either language."""
    state = view()
    knows = load_ask_page(
        state.reader, state.search, asked("q"), examples=lambda: state.keep("pairs", _pairs)
    )
    return answer_page(knows, "ask.html", lambda: _describe_paths(knows))


def _pairs() -> Any:
    return find_pairs(view().reader)


@page("/queries")
def queries(suffix: str | None = None) -> Response:
    """The example queries."""
    return answer_page(load_queries_page(), "queries.html", describe_queries)


@page("/about")
def about(suffix: str | None = None) -> Response:
    """What Parallax is and how to read it."""
    return answer_page(AboutPage(), "about.html", void_triples, explained=EXPLAINED)


def _describe_paths(knows: PathPage | AskPage) -> Iterator[Triple]:
    store = view().store
    paths: Iterable[PathView] = knows.paths
    hops = [hop for one in paths for hop in one.hops]
    claims = [*(hop.claim for hop in hops), *knows.counter]
    if isinstance(knows, AskPage):
        claims += [hop.claim for hop in knows.claims]
        hops += knows.claims
    yield from describe_claims(store, claims)
    yield from describe_evidence(store, (item for hop in hops for item in hop.evidence))


@page("/export")
def export(suffix: str | None = None) -> Response:
    """The exports, or one of them."""
    return export_answer()
