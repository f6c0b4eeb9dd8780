"""The search index of a store: found beside it, built where it is missing or out of date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kg.questions import read_rows, text_of
from kg.search.building import build_index, update_index
from kg.search.finding import Search
from kg.search.index import read_revision
from kg.settings import Settings
from kg.store.base import Store
from kg.store.snapshots import current_snapshot


def index_path(settings: Settings) -> Path:
    """Where the search index is kept: under the data directory, one for each outside server."""
    if settings.store is None:
        return settings.data / "search.sqlite"
    mark = hashlib.sha256(settings.store.encode()).hexdigest()[:12]
    return settings.data / f"search-{mark}.sqlite"


def open_search(settings: Settings, store: Store) -> Search:
    """The search over a store; its index is built first unless it was made from this revision."""
    path = index_path(settings)
    wanted = find_revision(settings, store)
    if read_revision(path) != wanted:
        build_index(path, store, revision=wanted)
    return Search(path)


def refresh_search(
    settings: Settings, store: Store, *, changed: Iterable[str], removed: Iterable[str] = ()
) -> None:
    """Bring an index that is there up to date with documents just written or removed.

    Where there is none, nothing is done: the next `open_search` builds it.
    """
    path = index_path(settings)
    if read_revision(path) is not None:
        revision = find_revision(settings, store)
        update_index(path, store, changed=changed, removed=removed, revision=revision)


def find_revision(settings: Settings, store: Store) -> str:
    """What changes whenever the store does: the name of its snapshot, else counts of its parts."""
    snapshot = None if settings.store else current_snapshot(settings)
    if snapshot is not None:
        return f"{snapshot.name} {snapshot.stat().st_mtime_ns}"
    (row,) = read_rows(store, "store_counts")
    return " ".join(text_of(row, name) for name in ("documents", "statements", "belief"))
