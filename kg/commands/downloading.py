"""`kg lexicon download`: a terminology of the catalogue fetched from its makers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.lexicon import lexicon
from kg.settings import Settings, data_options

if TYPE_CHECKING:
    from kg.terminology.catalogue import Entry
    from kg.terminology.downloading import Fetched


@lexicon.command()
@click.argument("name")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False),
              default=None, help="Folder (default: one of the data directory).")  # fmt: skip
@click.option("--import", "then_import", is_flag=True, help="Import the files when they are here.")
@data_options
def download(name: str, folder: Path | None, settings: Settings, *, then_import: bool) -> None:
    """Fetch the files of a terminology: NAME is one of kg lexicon sources.

    What broke off goes on where it ended. The files are listed on standard output.
    """
    from kg.errors import DownloadError
    from kg.terminology.catalogue import get_entry
    from kg.terminology.downloading import download as fetch
    from kg.terminology.unpacking import unpack

    entry = get_entry(name)
    if not entry.files:
        raise DownloadError(
            f"{name} cannot be fetched by an address",
            where=entry.page,
            remedy=f"{entry.note.rstrip('.')}; then kg lexicon import {name} FILE",
        )
    place = folder or settings.data / "lexicon" / "downloads" / name
    fetched: list[Fetched] = []
    paths: list[Path] = []
    with _bar() as progress:
        for file in entry.files:
            fetched.append(fetch(file, place, progress=progress))
            path = fetched[-1].path
            paths.append(unpack(path, file.member) if file.member else path)
    for path in paths:
        click.echo(str(path))
    if then_import:
        _import(settings.data, entry, paths, max(one.date for one in fetched))


def _import(data: Path, entry: Entry, paths: list[Path], version: str) -> None:
    import datetime

    from kg.terminology.importing.given import Given
    from kg.terminology.imports import import_files, request_for
    from kg.terminology.rows import Source

    request = request_for(entry, paths, Given(Source(entry.name, version)))
    kept = import_files(data, request, today=datetime.datetime.now(datetime.UTC).date())
    click.echo(f"{kept.name}: {kept.counts['names']:,} names imported", err=True)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """A function that shows how far a file has come, on standard error where it is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
               TransferSpeedColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {}

        def show(name: str, size: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=size, total=total)

        yield show
