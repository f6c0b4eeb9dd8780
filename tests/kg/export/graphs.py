"""The golden graph, written in every format once."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from kg.export.formats import find_format
from kg.export.running import with_statuses
from kg.export.selection import Selection
from kg.store.base import Store
from tests.golden import shared_store


def written(name: str, store: Store | None = None, **chosen: object) -> tuple[bytes, ...]:
    """The files of a format."""
    form = find_format(name)
    selection = with_statuses(Selection(**chosen), form)  # type: ignore[arg-type]
    files = []
    for part in form.parts:
        out = BytesIO()
        form.writer(part)(store or shared_store(), selection, out)
        files.append(out.getvalue())
    return tuple(files)


@cache
def golden(name: str) -> tuple[bytes, ...]:
    """The files of a format for the golden graph."""
    return written(name)
