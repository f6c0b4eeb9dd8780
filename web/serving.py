"""The graph that is served: the snapshot published last, swapped for a newer one at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.search.finding import Search
from kg.search.opening import open_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.store.opening import open_snapshot, open_store
from kg.store.snapshots import current_snapshot
from web.pages.reader import Reader

T = TypeVar("T")


class View:
    """One state of the graph: its store, how pages read it, and what was computed from it."""

    def __init__(self, store: Store, snapshot: Path | None, settings: Settings) -> None:
        self.store = store
        self.snapshot = snapshot
        self.settings = settings
        self.reader = Reader(store)
        self._kept: dict[str, Any] = {}
        self._lock = threading.RLock()
        self._local = threading.local()

    @property
    def name(self) -> str:
        """The name of the snapshot, or of the outside server."""
        return self.settings.store or (self.snapshot.name if self.snapshot else "empty")

    @property
    def search(self) -> Search | None:
        """The search over this state, one for each thread; None for an empty graph."""
        if self.snapshot is None and self.settings.store is None:
            return None
        if not hasattr(self._local, "search"):
            with self._lock:
                self._local.search = open_search(self.settings, self.store)
        return cast(Search, self._local.search)

    def keep(self, key: str, compute: Callable[[], T]) -> T:
        """What `compute` gave when it was first asked for under this key."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = compute()
            return cast(T, self._kept[key])


class Graphs:
    """The graph of a data directory, or of an outside server, as it is now."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._view: View | None = None
        self._lock = threading.Lock()

    def current(self) -> View:
        """The state that is published now; an empty one where nothing is published yet.

        Raises
        ------
        StoreError
            where the snapshot cannot be read or the outside server does not answer.
        """
        view = self._view
        if self.settings.store is not None:
            if view is None:
                view = self._view = View(open_store(self.settings), None, self.settings)
            return view
        snapshot = current_snapshot(self.settings)
        if view is None or view.snapshot != snapshot:
            with self._lock:
                view = self._view
                if view is None or view.snapshot != snapshot:
                    store = memory_store() if snapshot is None else open_snapshot(snapshot)
                    view = self._view = View(store, snapshot, self.settings)
        return view
