"""What the first visitor would wait for, done when the server starts."""

from __future__ import annotations

import threading

from flask import Flask

from kg.errors import KgError
from kg.network.graph import open_network
from web.pages.home import load_home_page
from web.site import EXTENSION, Site


def start_warming(app: Flask) -> threading.Thread:
    """A thread that opens the graph and computes what its pages share; it may be left alone."""
    thread = threading.Thread(target=warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(app: Flask) -> None:
    """Open the graph, its search index and its network, and compute the start page."""
    site: Site = app.extensions[EXTENSION]
    try:
        view = site.graphs.current()
        view.keep("home", lambda: load_home_page(view.reader))
        if view.search is not None:
            view.search.suggest("a", limit=1)
        open_network(view.store)
    except KgError as error:  # pages say the same to whoever asks for them
        app.logger.warning("the graph cannot be opened yet: %s", error)
