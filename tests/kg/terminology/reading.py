"""Rows of a made-up file, in short forms that a test can state."""

from __future__ import annotations

from pathlib import Path

from kg.model import MentionType
from kg.terminology.importing.formats import get_format
from kg.terminology.importing.given import Given
from kg.terminology.rows import (
    DefinitionRow,
    MappingRow,
    NameLanguage,
    NameRow,
    ParentRow,
    Row,
    SkippedRow,
    Source,
)

SHARED = Path(__file__).parents[3] / ".." / "shared" / "corpora" / "terminology"


def given(
    name: str = "made-up", *, kind: MentionType | None = None, prefix: str | None = None,
    lang: NameLanguage | None = None,
) -> Given:  # fmt: skip
    return Given(Source(name, "1", "CC0"), kind, prefix, lang)


def write(folder: Path, text: str | bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows_of(format_name: str, path: Path, known: Given | None = None) -> list[Row]:
    return list(get_format(format_name).read(path, known or given()))


def names(rows: list[Row]) -> list[tuple[str, str, str, str, str | None]]:
    """(curie, text, lang, scope, type) of each name."""
    return [(r.curie, r.text, r.lang, r.scope, r.type) for r in rows if isinstance(r, NameRow)]


def mappings(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(r.subject, r.predicate, r.object) for r in rows if isinstance(r, MappingRow)]


def parents(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(r.child, r.relation, r.parent) for r in rows if isinstance(r, ParentRow)]


def definitions(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(r.curie, r.lang, r.text) for r in rows if isinstance(r, DefinitionRow)]


def skipped(rows: list[Row]) -> list[tuple[str, str]]:
    return [(r.record, r.reason) for r in rows if isinstance(r, SkippedRow)]
