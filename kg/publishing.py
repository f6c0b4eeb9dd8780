"""Letting readers see what a writer has written: a new snapshot."""

from __future__ import annotations

from pathlib import Path

from kg.settings import Settings
from kg.store.base import Store
from kg.store.snapshots import publish_snapshot


def publish(store: Store, settings: Settings) -> Path | None:
    """The snapshot that readers see from now on; None for an outside server, which shows itself."""
    if settings.store:
        return None
    return publish_snapshot(store, settings)
