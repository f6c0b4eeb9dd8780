"""Opening the store that the settings name."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import open_embedded
from kg.store.snapshots import current_snapshot


def open_store(settings: Settings, *, read_only: bool = False) -> Store:
    """The store of the settings: an outside server, or the embedded one in the data directory.

    For reading, the snapshot published last is opened, so that a writer is never waited for.

    Raises
    ------
    StoreError
        where there is nothing to read, another process writes, or the server does not answer.
    """
    if settings.store:
        from kg.store.remote import RemoteStore

        return RemoteStore(settings.store)
    if not read_only:
        return open_embedded(store_path(settings))
    snapshot = current_snapshot(settings)
    if snapshot is not None:
        return open_embedded(snapshot, read_only=True)
    if not store_path(settings).exists():
        raise StoreError(
            "there is no graph here", where=str(settings.data),
            remedy="run kg build or kg load first, or name the data directory with --data",
        )  # fmt: skip
    return open_embedded(store_path(settings))


def open_snapshot(path: Path) -> Store:
    """A published snapshot, read-only; several processes may open it at once."""
    return open_embedded(path, read_only=True)


def store_path(settings: Settings) -> Path:
    """The directory of the embedded store that writers use."""
    return settings.data / "store"
