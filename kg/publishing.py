"""Letting readers see what a writer has written: a new snapshot and an index that fits it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kg.curation.applying import synchronise
from kg.errors import StoreError
from kg.search.opening import refresh_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.opening import open_store
from kg.store.snapshots import current_snapshot, publish_snapshot


@contextmanager
def writing(settings: Settings) -> Iterator[Store]:
    """The store, open for writing while the block runs; publish what was written inside it.

    What a run that was stopped has written but not published is published first. Decisions of
    curators that were added to the data directory are put into the graph before and after.
    """
    with open_store(settings) as store:
        if settings.store:
            synchronise(store, settings.data)
            yield store
            synchronise(store, settings.data)
            return
        unpublished = settings.data / "unpublished"
        if unpublished.exists():
            publish(store, settings, other=True)
        unpublished.touch()
        _judge(store, settings)
        yield store
        _judge(store, settings)
        unpublished.unlink()


def _judge(store: Store, settings: Settings) -> None:
    if synchronise(store, settings.data):
        publish(store, settings)


def publish(
    store: Store,
    settings: Settings,
    *,
    changed: Iterable[str] = (),
    removed: Iterable[str] = (),
    concepts: Iterable[str] = (),
    other: bool = False,
) -> Path | None:
    """The snapshot that readers see from now on; None for an outside server, which shows itself.

    The search index is brought up to date before readers see the snapshot, so that none of them has
    to build it.

    Parameters
    ----------
    changed, removed : documents that the search index has to read anew or forget
    concepts : those whose names changed, in these documents or by themselves
    other : whether more than documents changed; then the index is built anew when it is next opened
    """
    refresh = partial(
        refresh_search, settings, store, changed=changed, removed=removed, concepts=concepts
    )
    if settings.store:
        if not other:
            refresh()
        return None
    before = _shown(settings)

    def prepare(after: Path) -> None:
        if not other:
            refresh(before=before, after=after)

    return publish_snapshot(store, settings, prepare=prepare)


def _shown(settings: Settings) -> Path | None:
    """The snapshot that readers see now; None where there is none."""
    try:
        return current_snapshot(settings)
    except StoreError:  # it was deleted, and is replaced now
        return None
