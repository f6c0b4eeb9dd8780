"""Imported sources as they are kept: `<data>/lexicon/sources/<name>/`, four tables and a record.

`names.tsv.gz`, `mappings.tsv.gz`, `parents.tsv.gz` and `definitions.tsv.gz` have a header and hold
the rows in the order of the source; the same rows give the same bytes. `source.json` says what
they come from. A source is written beside its place and takes it whole, so that an import that
fails leaves what was there.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kg.errors import InputError, NotFoundError
from kg.model import MENTION_TYPES, MentionType
from kg.terminology.rows import (
    NAME_LANGUAGES,
    SCOPES,
    DefinitionRow,
    Hierarchy,
    MappingRow,
    NameLanguage,
    NameRow,
    ParentRow,
    Scope,
    Source,
)

RECORD = "source.json"
COLUMNS: dict[str, tuple[str, ...]] = {
    "names": ("curie", "text", "lang", "scope", "type"),
    "mappings": ("subject", "predicate", "object"),
    "parents": ("child", "parent", "relation"),
    "definitions": ("curie", "text", "lang"),
}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NO_TYPE = ""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that was imported: its name without the folder, format, SHA-256 and bytes."""

    name: str
    format: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class NameCount:
    """How many names a source has of one type and language ("" is: of no type)."""

    type: str
    lang: str
    names: int


@dataclass(frozen=True, slots=True)
class KeptSource:
    """What an imported source is, and where it is kept.

    `counts` has the rows of each table and of `concepts`; `skipped` says how many records were not
    used and why; `tables` has the SHA-256 of each table's file, by its name.
    """

    folder: Path
    source: Source
    imported: str
    files: tuple[GivenFile, ...]
    counts: dict[str, int]
    names: tuple[NameCount, ...]
    skipped: tuple[tuple[str, int], ...]
    tables: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.source.name


def sources_folder(data: Path) -> Path:
    """Where the imported sources of a data directory are."""
    return data / "lexicon" / "sources"


def check_name(name: str) -> str:
    """The name of a source, which is also that of its folder.

    Raises
    ------
    InputError
        where it has other signs than small letters, digits, dots, hyphens and underscores.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} is no name of a source",
            remedy="use small letters, digits, dots, hyphens and underscores, as in my-terms",
        )
    return name


def list_sources(data: Path) -> tuple[KeptSource, ...]:
    """The imported sources of a data directory, by name."""
    root = sources_folder(data)
    if not root.is_dir():
        return ()
    _put_back(root)
    names = sorted(path.name for path in root.iterdir() if _NAME.fullmatch(path.name))
    return tuple(read_source(data, name) for name in names)


def read_source(data: Path, name: str) -> KeptSource:
    """What is known of an imported source.

    Raises
    ------
    NotFoundError
        where none of that name was imported.
    InputError
        where its record is damaged.
    """
    folder = sources_folder(data) / check_name(name)
    _put_back(folder.parent)
    record = folder / RECORD
    try:
        value = json.loads(record.read_bytes())
        return KeptSource(
            folder, Source(value["name"], value["version"], value["licence"]), value["imported"],
            tuple(GivenFile(**file) for file in value["files"]), dict(value["counts"]),
            tuple(NameCount(**count) for count in value["names"]),
            tuple((reason, number) for reason, number in value["skipped"].items()),
            dict(value["tables"]),
        )  # fmt: skip
    except FileNotFoundError:
        raise NotFoundError(
            f"no source {name!r} was imported", where=str(folder.parent),
            remedy=f"run kg lexicon import {name} FILE",
        ) from None  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not the record of a source ({error})", where=str(record),
            remedy=f"import it again, or run kg lexicon remove {name}",
        ) from error  # fmt: skip


def remove_source(data: Path, name: str) -> None:
    """Delete an imported source.

    Raises
    ------
    NotFoundError
        where none of that name was imported.
    """
    folder = sources_folder(data) / check_name(name)
    if not folder.is_dir():
        raise NotFoundError(
            f"no source {name!r} was imported", where=str(folder.parent),
            remedy="kg lexicon sources --imported lists what there is",
        )  # fmt: skip
    leaving = folder.with_name(f".{name}.{os.getpid()}")
    folder.rename(leaving)
    shutil.rmtree(leaving)


@contextmanager
def replacing_source(data: Path, name: str) -> Iterator[Path]:
    """A folder to write a source into, which takes its place only when all is written."""
    folder = sources_folder(data) / check_name(name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{name}.{os.getpid()}")
    old = folder.with_name(f".{name}.replaced")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        yield fresh
        _put_back(folder.parent)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        _put_back(folder.parent)
        shutil.rmtree(fresh, ignore_errors=True)


def read_names(kept: KeptSource) -> Iterator[NameRow]:
    """The names of a source, in its order."""
    langs: dict[str, NameLanguage] = {lang: lang for lang in NAME_LANGUAGES}
    scopes: dict[str, Scope] = {scope: scope for scope in SCOPES}
    types: dict[str, MentionType | None] = {kind: kind for kind in MENTION_TYPES}
    types[_NO_TYPE] = None
    source = kept.source
    for curie, text, lang, scope, kind in _cells(kept, "names"):
        yield NameRow(curie, text, langs[lang], scopes[scope], types[kind], source)


def read_mappings(kept: KeptSource) -> Iterator[MappingRow]:
    """The mappings of a source, in its order."""
    for subject, predicate, object_ in _cells(kept, "mappings"):
        yield MappingRow(subject, predicate, object_, kept.source)


def read_parents(kept: KeptSource) -> Iterator[ParentRow]:
    """The parents that a source states, in its order."""
    for child, parent, relation in _cells(kept, "parents"):
        yield ParentRow(child, parent, cast(Hierarchy, relation), kept.source)


def read_definitions(kept: KeptSource) -> Iterator[DefinitionRow]:
    """The definitions of a source, in its order."""
    for curie, text, lang in _cells(kept, "definitions"):
        yield DefinitionRow(curie, text, cast(NameLanguage, lang), kept.source)


def _cells(kept: KeptSource, table: str) -> Iterator[list[str]]:
    path = kept.folder / f"{table}.tsv.gz"
    width = len(COLUMNS[table])
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            next(lines, None)
            for number, line in enumerate(lines, 2):
                cells = line[:-1].split("\t")
                if len(cells) != width:
                    raise InputError(
                        f"{len(cells)} cells, not {width}", where=f"{path}:{number}",
                        remedy=f"import {kept.name} again",
                    )  # fmt: skip
                yield cells
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read ({error})", where=str(path), remedy=f"import {kept.name} again"
        ) from error


def _put_back(root: Path) -> None:
    """Finish a replacement that was interrupted: put back what has no successor, else drop it."""
    for old in root.glob(".*.replaced"):
        place = root / old.name.removeprefix(".").removesuffix(".replaced")
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
