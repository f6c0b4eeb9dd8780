"""The app factory: the explorer, the SPARQL endpoint and the JSON interface as one Flask app."""

from __future__ import annotations

import atexit
import time
from typing import cast

from flask import Flask, Response, g, request
from jinja2 import StrictUndefined

from kg.model import LANGUAGES
from kg.settings import Settings
from web import errors
from web.context import template_context
from web.i18n import HTML_LANGUAGE, choose_language
from web.routes import api, meta, pages, sparql, vocabulary
from web.serving import Graphs
from web.site import EXTENSION, Site, site
from web.workers import Limits, WorkerPool

COOKIE = "parallax-language"
YEAR = 365 * 24 * 3600
MOST_BYTES = 4 * 1024 * 1024
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(settings: Settings, *, limits: Limits | None = None) -> Flask:
    """A WSGI app over the graph that the settings name; it serves each new snapshot by itself.

    Parameters
    ----------
    limits : what one SPARQL query may take, and how many run at once
    """
    app = Flask("web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, SEND_FILE_MAX_AGE_DEFAULT=YEAR)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    pool = WorkerPool(limits or Limits())
    atexit.register(pool.close)
    app.extensions[EXTENSION] = Site(settings, Graphs(settings), pool)
    app.context_processor(lambda: dict(template_context()))
    app.before_request(_begin)
    app.after_request(_finish)
    errors.register(app)
    for module in (pages, sparql, api, meta, vocabulary):
        app.register_blueprint(module.blueprint)
    return app


def _begin() -> None:
    g.started = time.perf_counter()
    g.language = choose_language(
        asked=request.args.get("lang"),
        cookie=request.cookies.get(COOKIE),
        header=request.headers.get("Accept-Language", ""),
    )


def _finish(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(COOKIE, cast(str, asked), max_age=YEAR, samesite="Lax", httponly=True)
    if request.endpoint != "static":
        response.vary.update(["Accept", "Accept-Language", "Cookie"])
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = HTML_LANGUAGE[g.language]
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    running = site()
    with running.lock:
        name = request.endpoint or "none"
        running.requests[name, response.status_code] += 1
        running.seconds[name] += time.perf_counter() - g.started
    return response
