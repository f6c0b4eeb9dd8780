"""The search index of a store: found beside it, built where it is missing or out of date."""

from __future__ import annotations

import atexit
import errno
import functools
import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.questions import read_rows, text_of
from kg.search.building import build_index, update_index
from kg.search.finding import Search
from kg.search.index import read_revision
from kg.settings import Settings
from kg.store.base import Store
from kg.store.snapshots import mark_of


def index_path(settings: Settings) -> Path:
    """Where the search index is kept: under the data directory, one for each outside server."""
    if settings.store is None:
        return settings.data / "search.sqlite"
    mark = hashlib.sha256(settings.store.encode()).hexdigest()[:12]
    return settings.data / f"search-{mark}.sqlite"


def open_search(settings: Settings, store: Store) -> Search:
    """The search over a store; its index is built first where it is missing or out of date.

    An index made from a later snapshot than the one that the store reads is taken as it is: the
    reader is about to swap. Where the data directory cannot be written, the index is built in a
    folder of this process.
    """
    path = index_path(settings)
    wanted = find_revision(store)
    if _serves(read_revision(path), wanted):
        return Search(path)
    try:
        build_index(path, store, revision=wanted)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
        path = _own_folder() / f"{mark}.sqlite"
        if not _serves(read_revision(path), wanted):
            build_index(path, store, revision=wanted)
    return Search(path)


@functools.cache
def _own_folder() -> Path:
    """A folder that goes with this process."""
    folder = tempfile.mkdtemp(prefix="parallax-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def refresh_search(
    settings: Settings,
    store: Store,
    *,
    changed: Iterable[str] = (),
    removed: Iterable[str] = (),
    concepts: Iterable[str] = (),
    before: Path | None = None,
    after: Path | None = None,
) -> None:
    """Bring an index that is there up to date with documents just written or removed.

    Where there is none, or it was not made from the snapshot `before`, nothing is done: the next
    `open_search` builds it.

    Parameters
    ----------
    before, after : the snapshots without and with the changes; None for a store that has none
    """
    path = index_path(settings)
    known = read_revision(path)
    if known is None or (before is not None and known != mark_of(before)):
        return
    revision = find_revision(store) if after is None else mark_of(after)
    update_index(
        path, store, changed=changed, removed=removed, concepts=concepts, revision=revision
    )


def find_revision(store: Store) -> str:
    """What changes whenever the store does: the mark of its snapshot, else counts of its parts."""
    if store.snapshot is not None:
        return mark_of(store.snapshot)
    (row,) = read_rows(store, "store_counts")
    return " ".join(text_of(row, name) for name in ("documents", "statements", "belief"))


def _serves(known: str | None, wanted: str) -> bool:
    """Whether an index of one revision may serve a store of another: the same, or a later one."""
    if known is None or known == wanted:
        return known is not None
    made, needed = known.split(" "), wanted.split(" ")
    return len(made) == len(needed) == 2 and int(made[1]) > int(needed[1])
