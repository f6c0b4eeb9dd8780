"""Letting readers see what a writer has written: a new snapshot and an index that fits it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.search.opening import refresh_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.snapshots import publish_snapshot


def publish(
    store: Store, settings: Settings, *, changed: Iterable[str] = (), removed: Iterable[str] = ()
) -> Path | None:
    """The snapshot that readers see from now on; None for an outside server, which shows itself.

    `changed` and `removed` name the documents that the search index has to read anew or forget.
    """
    snapshot = None if settings.store else publish_snapshot(store, settings)
    refresh_search(settings, store, changed=changed, removed=removed)
    return snapshot
