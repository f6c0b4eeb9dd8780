"""Errors as answers: a helpful page for people, one JSON shape for programs.

The shape is ``{"error": …, "status": …, "see": …}``: what went wrong in one sentence, the HTTP
status, and where it is explained.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from kg.errors import CurieError, KgError, NotFoundError, QueryError, StoreError
from web.negotiate import PAGE_OFFERS, choose, split_suffix
from web.workers import LimitError

_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (NotFoundError, 404),
    (CurieError, 404),
    (LimitError, 503),
    (StoreError, 503),
    (QueryError, 400),
    (KgError, 400),
)
# The statuses that the page about the site explains one by one.
EXPLAINED = (400, 403, 404, 405, 406, 415, 500, 503)
_log = logging.getLogger("parallax.web")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the page of an error knows, and the one JSON shape of all errors."""

    error: str
    status: int
    see: str


def status_of(error: KgError) -> int:
    """The HTTP status that tells what kind of error it is."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def register(app: Flask) -> None:
    """Answer every error of an app in the form that the client asked for."""

    @app.errorhandler(KgError)
    def _known(error: KgError) -> Response:
        return error_response(str(error), status_of(error))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        given = error.get_response()
        if error.code is not None and error.code < 400:
            return Response(given.get_data(), error.code, given.headers.items())
        answer = error_response(error.description or error.name, error.code or 500)
        for name in ("Allow", "Retry-After"):
            if name in given.headers:
                answer.headers[name] = given.headers[name]
        return answer

    @app.errorhandler(Exception)
    def _unknown(error: Exception) -> Response:
        _log.exception("failed: %s", request.path, exc_info=error)
        return _http(InternalServerError())


def error_response(what: str, status: int, *, data: bool = False) -> Response:
    """An error as a page where the client prefers HTML, else as JSON."""
    see = f"{request.url_root}about#error-{status if status in EXPLAINED else 'other'}"
    knows = ErrorPage(what, status, see)
    if data or wants_data():
        response = jsonify({"error": knows.error, "status": knows.status, "see": knows.see})
    else:
        response = Response(
            render_template("error.html", page=knows), content_type="text/html; charset=utf-8"
        )
    response.status_code = status
    return response


def wants_data() -> bool:
    """Whether the client of this request is a program that wants data rather than a page."""
    if split_suffix(request.path)[1] or request.path.startswith("/api/"):
        return True
    if request.path == "/sparql" and request.method != "GET":
        return True
    offer = choose(request.headers.get("Accept", ""), PAGE_OFFERS)
    return offer is None or offer.name != "html"
