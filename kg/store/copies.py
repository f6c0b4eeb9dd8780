"""Backups of the embedded store, and putting one back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.embedded import WRITTEN, open_embedded
from kg.store.opening import open_store, store_path
from kg.store.snapshots import publish_snapshot


def backup_store(settings: Settings, target: Path) -> None:
    """Write a copy of the graph to a new directory, which appears only when it is complete.

    Raises
    ------
    StoreError
        where the directory exists, there is no graph, or another process writes it.
    """
    if target.exists():
        raise StoreError("exists already", where=str(target), remedy="name a new directory")
    if not settings.store and not store_path(settings).exists():
        raise StoreError(
            "there is no graph here",
            where=str(settings.data),
            remedy="run kg build or kg load first",
        )
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open_store(settings) as store:
            store.backup(unfinished)
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def restore_store(settings: Settings, source: Path, *, force: bool = False) -> int:
    """Put a backup in the place of the graph and publish it; how many quads it has.

    The backup is copied and opened before anything is moved; the graph that was there is deleted
    last.

    Raises
    ------
    StoreError
        where the backup cannot be read, or a graph is there and `force` is not given.
    """
    if settings.store:
        raise StoreError(
            "a server is not restored from here", where=settings.store,
            remedy="use the server's own restore, or load an export",
        )  # fmt: skip
    target = store_path(settings)
    if target.exists() and not force:
        raise StoreError(
            "there is a graph already", where=str(target),
            remedy="give --force to replace it, or name another data directory",
        )  # fmt: skip
    with open_embedded(source, read_only=True):
        pass
    fresh = target.with_name(f"restoring-{os.getpid()}")
    old = target.with_name(f"replaced-{os.getpid()}")
    try:
        shutil.copytree(source, fresh)
        with open_embedded(fresh) as store:
            count = len(store)
        if target.exists():
            _refuse_if_written(target)
            target.rename(old)
        fresh.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    with open_store(settings) as store:
        publish_snapshot(store, settings)
    return count


def _refuse_if_written(target: Path) -> None:
    """Raise where a writer is at work; files that cannot be opened at all may be replaced."""
    try:
        open_embedded(target).close()
    except StoreError as error:
        if error.what == WRITTEN:
            raise
