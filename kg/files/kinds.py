"""The endings of files that are loaded, and the extractions in one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from kg.errors import FormatError, InputError, KgError
from kg.io import extraction_from_json, parse_record
from kg.model import Extraction

RDF_ENDINGS = {
    ".nt": "ntriples", ".nq": "nquads", ".ttl": "turtle", ".trig": "trig",
    ".jsonld": "jsonld", ".rdf": "rdfxml", ".owl": "rdfxml",
}  # fmt: skip


def ending_of(path: Path) -> str:
    """The ending of a file name, without ``.gz``."""
    name = path.name.casefold().removesuffix(".gz")
    return Path(name).suffix


def open_bytes(path: Path) -> bytes:
    """The content of a file, unpacked where it is gzip.

    Raises
    ------
    InputError
        where it cannot be read.
    """
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path)) from error


def read_file(path: Path, failed: list[tuple[str, KgError]]) -> Iterator[Extraction]:
    """The extractions of a JSON Lines file; a wrong line is added to `failed`, the rest goes on."""
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(path, "rb") as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        where = f"{path}:{number}"
                        yield extraction_from_json(parse_record(line, where), where=where)
                    except FormatError as error:
                        failed.append((f"{path}:{number}", error))
        except (OSError, EOFError) as error:
            broken = InputError(f"cannot be read further ({error})", where=f"{path}:{number + 1}")
            failed.append((f"{path}:{number + 1}", broken))
