"""Importing: files of a source read, checked, and kept in place of what was imported before."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.terminology.catalogue import Entry, load_catalogue
from kg.terminology.importing.detecting import detect
from kg.terminology.importing.formats import Format, get_format
from kg.terminology.importing.given import Given
from kg.terminology.keeping import (
    COLUMNS,
    RECORD,
    GivenFile,
    KeptSource,
    check_name,
    read_source,
    replacing_source,
)
from kg.terminology.rows import Source
from kg.terminology.writing import RowWriter, digest, open_tables

Progress = Callable[[str, int], None]
_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported: files of one source, what is said of them, and their formats.

    `formats` are those that the files may be in; each file is in the one that it looks like.
    """

    files: tuple[Path, ...]
    given: Given
    formats: tuple[Format, ...]


def request_for(
    entry: Entry | None, files: Sequence[Path], given: Given, format_name: str | None = None
) -> Request:
    """A request for the files of a source of the catalogue, or of a new one with a format.

    What the caller says of the files goes before what the catalogue says.

    Raises
    ------
    InputError
        where the source is not in the catalogue and no format is given.
    """
    check_name(given.source.name)
    if format_name is not None:
        formats: tuple[Format, ...] = (get_format(format_name),)
    elif entry is not None:
        formats = tuple(get_format(name) for name in entry.formats)
    else:
        near = get_close_matches(given.source.name, [one.name for one in load_catalogue()], n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise InputError(
            f"no source {given.source.name!r} in the catalogue{hint}",
            remedy="see kg lexicon sources, or say in which --format the files are",
        )
    if entry is not None:
        source = given.source
        given = replace(
            given,
            source=replace(source, licence=source.licence or entry.licence),
            type=given.type or entry.type,
            prefix=given.prefix or entry.prefix,
            lang=given.lang or entry.lang,
            columns=given.columns or entry.columns,
        )
    return Request(tuple(files), given, formats)


def import_files(
    data: Path, request: Request, *, today: datetime.date, progress: Progress | None = None
) -> KeptSource:
    """Import the files of a source and keep their rows in place of its former ones.

    Raises
    ------
    InputError
        with file and line, where a file cannot be read; what was there before stays.
    """
    name = request.given.source.name
    with replacing_source(data, name) as folder:
        with open_tables(folder) as writer:
            files = tuple(_take(path, request, writer, progress) for path in request.files)
        _write_record(folder, request.given.source, files, writer, today)
    return read_source(data, name)


def _take(path: Path, request: Request, writer: RowWriter, progress: Progress | None) -> GivenFile:
    """Read one file; an error if nothing of it could be used."""
    if not path.is_file():
        what = "not a file" if path.exists() else "no such file"
        raise InputError(what, where=str(path), remedy="name the files of the source")
    format_ = detect(path, request.formats)
    before = writer.tally.rows.total()
    for number in writer.write(_placed(format_, path, request.given)):
        if progress is not None and number % _EVERY == 0:
            progress(path.name, number)
    if writer.tally.rows.total() == before:
        reasons = "; ".join(f"{n} × {reason}" for reason, n in writer.tally.skipped.most_common(3))
        raise InputError(
            f"no row of it can be used ({reasons or 'it holds none'})", where=str(path),
            remedy="check --format and --prefix, and that it is the right file",
        )  # fmt: skip
    return GivenFile(path.name, format_.name, digest(path), path.stat().st_size)


def _placed(format_: Format, path: Path, given: Given) -> Iterator[Any]:
    """The rows of a file; an error that does not say where names the file."""
    try:
        yield from format_.read(path, given)
    except InputError as error:
        where = error.where if str(path) in error.where else f"{path}: {error.where}".rstrip(": ")
        raise InputError(error.what, where=where, remedy=error.remedy) from error
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path), remedy="check the file"
        ) from error


def _write_record(
    folder: Path, source: Source, files: tuple[GivenFile, ...], writer: RowWriter,
    today: datetime.date,
) -> None:  # fmt: skip
    tally = writer.tally
    record = {
        **asdict(source),
        "imported": today.isoformat(),
        "files": [asdict(file) for file in files],
        "counts": {table: tally.rows[table] for table in COLUMNS},
        "names": [asdict(count) for count in tally.name_counts()],
        "skipped": dict(tally.skipped.most_common()),
        "tables": {table: digest(folder / f"{table}.tsv.gz") for table in COLUMNS},
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
