"""Writing an export to its files: packed where the name ends in .gz, none of them half written."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from kg.export.formats import ExportFormat
from kg.export.selection import Selection
from kg.files.replacing import replacing
from kg.store.base import Store

PACKED = ".gz"


def export_files(
    store: Store,
    form: ExportFormat,
    selection: Selection,
    output: Path,
    *,
    graphs: tuple[str, ...] = (),
    reifiers: bool = False,
) -> tuple[Path, ...]:
    """The paths of the files of an export, which take their names together when all is written."""
    selection = with_statuses(selection, form)
    paths = paths_of(form, output)
    with ExitStack() as stack:
        outs = [stack.enter_context(_packing(path)) for path in paths]
        for part, out in zip(form.parts, outs, strict=True):
            write = form.writer(part, graphs=graphs, reifiers=reifiers)
            write(store, selection, out)
    return paths


def export_stream(
    store: Store,
    form: ExportFormat,
    selection: Selection,
    out: IO[bytes],
    *,
    graphs: tuple[str, ...] = (),
    reifiers: bool = False,
) -> None:
    """Write an export of one file to a stream."""
    (part,) = form.parts
    write = form.writer(part, graphs=graphs, reifiers=reifiers)
    write(store, with_statuses(selection, form), out)


def with_statuses(selection: Selection, form: ExportFormat) -> Selection:
    """The selection with the statuses that a format holds, where none are chosen."""
    if selection.statuses or not form.statuses:
        return selection
    return replace(selection, statuses=frozenset(form.statuses))


def paths_of(form: ExportFormat, output: Path) -> tuple[Path, ...]:
    """The files of an export: the one named, or for several the name with their endings.

    >>> from kg.export.formats import find_format
    >>> [path.name for path in paths_of(find_format("kgx"), Path("graph.tsv.gz"))]
    ['graph_nodes.tsv.gz', 'graph_edges.tsv.gz']
    """
    if len(form.parts) == 1:
        return (output,)
    name = output.name.removesuffix(PACKED)
    packed = PACKED if name != output.name else ""
    for part in form.parts:
        name = name.removesuffix(part.ending).removesuffix(Path(part.ending).suffix)
    return tuple(output.with_name(f"{name}{part.ending}{packed}") for part in form.parts)


@contextmanager
def _packing(path: Path) -> Iterator[IO[bytes]]:
    with replacing(path) as out:
        if path.suffix != PACKED:
            yield out
            return
        with gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
            yield packed  # type: ignore[misc]
