"""What the blueprints share: the running app's graph and processes, and how a page answers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Response, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import NotAcceptable

from kg.settings import Settings
from kg.terms import Triple
from web.describe import write_triples
from web.negotiate import PAGE_OFFERS, PAGE_SUFFIXES, Offer, choose, split_suffix
from web.pages.values import to_json
from web.serving import Graphs, View
from web.workers import WorkerPool

EXTENSION = "parallax"


@dataclass(slots=True)
class Site:
    """A running app's own things: nothing of it is global."""

    settings: Settings
    graphs: Graphs
    pool: WorkerPool
    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def site() -> Site:
    """The things of the app that answers this request."""
    return cast(Site, current_app.extensions[EXTENSION])


def view() -> View:
    """The state of the graph that this request sees from beginning to end."""
    if "view" not in g:
        g.view = site().graphs.current()
    return cast(View, g.view)


def asked_form(suffix: str | None = None) -> Offer:
    """The form in which this page is wanted: by its suffix, else by the Accept header.

    Raises
    ------
    NotAcceptable
        where the client accepts none that can be given.
    """
    suffix = suffix or split_suffix(request.path)[1]
    if suffix:
        return PAGE_SUFFIXES[suffix]
    offer = choose(request.headers.get("Accept", ""), PAGE_OFFERS)
    if offer is None:
        forms = ", ".join(dict.fromkeys(o.media_type for o in PAGE_OFFERS))
        raise NotAcceptable(f"this page can be given as {forms}")
    return offer


def answer_page(
    page: Any,
    template: str,
    triples: Callable[[], Iterable[Triple]],
    *,
    status: int = 200,
    **context: Any,
) -> Response:
    """A page in the form that the client asks for: HTML, JSON or RDF."""
    offer = asked_form()
    g.has_forms = True
    if offer.name == "html":
        body = render_template(template, page=page, **context)
        response = Response(body, content_type="text/html; charset=utf-8")
    elif offer.name == "json":
        response = jsonify(to_json(page))
    else:
        response = Response(write_triples(triples(), offer), content_type=_typed(offer))
    response.status_code = status
    if offer.name != "html":
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _typed(offer: Offer) -> str:
    text = offer.media_type.startswith("text/")
    return f"{offer.media_type}; charset=utf-8" if text else offer.media_type
