"""Bytes of a file as chunks: standard input, gzip found by its first bytes, lines, whole texts."""

from __future__ import annotations

import itertools
import os
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError

STDIN = "-"
GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 1 << 16
HEAD = 1 << 13
MAX_LINE = 1 << 24  # bytes of one JSON record


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file without its end; `data` is None where it was longer than allowed."""

    number: int
    data: bytes | None


def find_files(path: Path, *, leave_out: Path | None = None) -> Iterator[Path]:
    """The file itself, or all files under a directory in the order of their names.

    Hidden files and folders and the file `leave_out` are passed over; links to folders are not
    followed.

    Files that tell of a collection (README, licences, Markdown) are read only if named.

    Raises
    ------
    InputError
        where nothing has that name, or a directory holds no file.
    """
    if not path.is_dir():
        if not path.exists():
            raise InputError("no such file", where=str(path), remedy="check the name")
        yield path
        return
    found = False
    leave_out = leave_out.absolute() if leave_out else None
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if not name.startswith(".") and not _is_about(name) and file.absolute() != leave_out:
                found = True
                yield file
    if not found:
        raise InputError("no file in this directory", where=str(path), remedy="name another")


def _is_about(name: str) -> bool:
    """Whether a file tells of a collection instead of belonging to it: README, *.md, LICENSE."""
    stem, _, suffix = name.lower().partition(".")
    return suffix.endswith("md") or stem in ("readme", "license", "licence", "changelog")


def open_chunks(path: Path | None) -> Iterator[bytes]:
    """The decompressed bytes of a file (None: standard input), piece by piece."""
    raw = _read(sys.stdin.buffer) if path is None else _read_file(path)
    head, chunks = peek(raw, len(GZIP_MAGIC))
    return gunzip(chunks) if head.startswith(GZIP_MAGIC) else chunks


def peek(chunks: Iterator[bytes], size: int = HEAD) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes (at least `size` where there are so many), and all chunks from the start.

    Damage met on the way is told when the chunks are read up to it.
    """
    taken: list[bytes] = []
    rest = chunks
    try:
        while sum(map(len, taken)) < size:
            taken.append(next(chunks))
    except StopIteration:
        rest = iter(())
    except InputError as error:
        rest = _raise(error)
    return b"".join(taken), itertools.chain(taken, rest)


def gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The decompressed bytes of a gzip file of one or more members.

    Raises
    ------
    InputError
        where the file is damaged or breaks off, after all that came before.
    """
    inflater = zlib.decompressobj(wbits=31)
    started = False
    for chunk in chunks:
        while chunk:
            if inflater.eof:
                chunk = chunk.lstrip(b"\0") if not started else chunk
                if not chunk:
                    break
                inflater, started = zlib.decompressobj(wbits=31), True
            try:
                data = inflater.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise InputError(
                    "the gzip data are damaged", remedy="fetch the file again"
                ) from error
            if data:
                yield data
            chunk = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            started = started and not inflater.eof
    if not inflater.eof:
        raise InputError("the gzip file breaks off", remedy="fetch the file again")


def lines(chunks: Iterator[bytes], *, limit: int = MAX_LINE) -> Iterator[Line]:
    """Lines with their numbers from 1; one longer than `limit` bytes comes without data."""
    number, kept, size = 1, [b""], 0
    for chunk in chunks:
        *ended, open_end = chunk.split(b"\n")
        for part in ended:
            size += len(part)
            yield Line(number, b"".join([*kept, part]) if size <= limit else None)
            number, kept, size = number + 1, [], 0
        size += len(open_end)
        if size <= limit:
            kept.append(open_end)
        else:
            kept = []
    if size:
        yield Line(number, b"".join(kept) if size <= limit else None)


def join(chunks: Iterator[bytes], *, limit: int) -> bytes:
    """All bytes at once.

    Raises
    ------
    InputError
        where there are more than `limit`.
    """
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise InputError(
                f"more than {limit:,} bytes in one piece",
                remedy="split it: one abstract a file, or JSON Lines with one document a line",
            )
        parts.append(chunk)
    return b"".join(parts)


def _read_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from _read(stream)


def _read(stream: BinaryIO) -> Iterator[bytes]:
    read = getattr(stream, "read1", stream.read)
    while chunk := read(CHUNK):
        yield chunk


def _raise(error: InputError) -> Iterator[bytes]:
    """An iterator that raises the error when it is read, and not before."""
    yield from ()
    raise error
