"""Snapshots: what servers and readers see while a writer goes on writing.

The writer publishes a copy of its store (hard links, so it is cheap) under ``<data>/snapshots`` and
then names it in ``<data>/snapshots/current`` in one step. Readers open the named copy read-only and
swap when the name changes. The last few copies are kept for readers that have not swapped yet.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.base import Store

KEPT = 3


def publish_snapshot(
    store: Store, settings: Settings, *, prepare: Callable[[Path], None] | None = None
) -> Path:
    """The path of a new snapshot of a store, which readers see from now on.

    `prepare` is called with it before they do.
    """
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    number = max(_numbers(folder), default=0) + 1
    target = folder / f"{number:06}"
    unfinished = folder / f"unfinished-{os.getpid()}"
    shutil.rmtree(unfinished, ignore_errors=True)
    store.backup(unfinished)
    unfinished.rename(target)
    if prepare is not None:
        prepare(target)
    name = folder / f"current-{os.getpid()}"
    name.write_text(f"{target.name}\n", encoding="utf-8")
    name.replace(folder / "current")
    for old in sorted(_numbers(folder))[:-KEPT]:
        shutil.rmtree(folder / f"{old:06}", ignore_errors=True)
    return target


def current_snapshot(settings: Settings) -> Path | None:
    """The path of the snapshot that readers should open; None where none is published."""
    try:
        name = (_folder(settings) / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = _folder(settings) / name
    if not path.is_dir():
        raise StoreError(
            "the published snapshot is gone",
            where=str(path),
            remedy="run kg build or kg load again",
        )
    return path


def mark_of(snapshot: Path) -> str:
    """The name of a snapshot with the time at which it was made, in nanoseconds."""
    return f"{snapshot.name} {snapshot.stat().st_mtime_ns}"


def _folder(settings: Settings) -> Path:
    return settings.data / "snapshots"


def _numbers(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir() if path.name.isdigit()]
