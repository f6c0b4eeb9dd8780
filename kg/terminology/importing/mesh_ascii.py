"""MeSH in ASCII: descriptors (d*.bin) and supplementary records (c*.bin).

A record begins with ``*NEWRECORD``; its elements are lines ``NAME = value``. A term of an entry may
carry further fields between bars, of which the last string says which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import MentionType
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.lines import text_lines
from kg.terminology.importing.mesh_types import (
    LEXICAL_ABBREVIATIONS,
    RELATION_SCOPES,
    TreePlaces,
    registry_mapping,
    semantic_type,
    tree_type,
)
from kg.terminology.rows import DefinitionRow, NameRow, Row, Scope, SkippedRow

BEGIN = "*NEWRECORD"
MOST_LINES = 20_000
_ELEMENT = re.compile(r"([A-Z][A-Z0-9_ ]*?) = ?(.*)")
_MAP = re.compile(r"ab*[b-f]*")
# Letters of the last field: b semantic type, c lexical type, d relation to the heading.
_LEXICAL, _RELATION = "c", "d"


@dataclass(frozen=True, slots=True)
class Record:
    """The elements of a record in their order, and where it begins."""

    where: str
    elements: tuple[tuple[str, str], ...]

    def all(self, *names: str) -> list[str]:
        """The values of the elements of these names."""
        return [value for name, value in self.elements if name in names]

    def needed(self, name: str) -> str:
        """The value of an element.

        Raises
        ------
        InputError
            where the record lacks it.
        """
        value = next(iter(self.all(name)), "")
        if not value:
            raise InputError(
                f"a record without {name}", where=self.where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        return value


def looks_like(head: str) -> bool:
    """Whether the file begins with a record of ASCII MeSH."""
    return head.lstrip().startswith(BEGIN)


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of an ASCII MeSH file; the parents come last, when all tree numbers are known.

    Raises
    ------
    InputError
        with file and line, where a line is no element or a record lacks its identifier or name.
    """
    places = TreePlaces()
    for record in _records(path):
        kind = record.needed("RECTYPE")
        if kind == "D":
            yield from _descriptor(record, places, given)
        elif kind == "C":
            yield from _supplement(record, given)
        else:
            yield SkippedRow(f"mesh:{record.needed('UI')}", "a qualifier, which is no term")
    yield from places.parents(given.source)


def _records(path: Path) -> Iterator[Record]:
    where, elements = "", list[tuple[str, str]]()
    for number, line in text_lines(path):
        here = f"{path}:{number}"
        if line.strip() == BEGIN:
            if where:
                yield Record(where, tuple(elements))
            where, elements = here, []
        elif line.strip():
            element = _ELEMENT.fullmatch(line.strip())
            if element is None or not where:
                raise InputError(
                    f"no element of ASCII MeSH in {line[:40]!r}", where=here,
                    remedy="check that the file is ASCII MeSH (d*.bin, c*.bin) and not cut off",
                )  # fmt: skip
            elements.append((element[1], element[2]))
            if len(elements) > MOST_LINES:
                raise InputError(
                    f"a record of more than {MOST_LINES:,} lines", where=where,
                    remedy="check that the file is ASCII MeSH",
                )  # fmt: skip
    if not where:
        raise InputError("no record in it", where=str(path), remedy="fetch it again")
    yield Record(where, tuple(elements))


def _descriptor(record: Record, places: TreePlaces, given: Given) -> Iterator[Row]:
    ui = record.needed("UI")
    numbers = tuple(record.all("MN"))
    places.add(f"mesh:{ui}", numbers)
    kind = tree_type(ui, numbers)
    if isinstance(kind, SkippedRow):
        yield kind
        return
    yield from _common(record, f"mesh:{ui}", record.needed("MH"), kind, given)
    for note in record.all("MS"):
        lang = language_of(note, given.lang)
        yield DefinitionRow(f"mesh:{ui}", note, lang, given.source)


def _supplement(record: Record, given: Given) -> Iterator[Row]:
    name = record.needed("NM")
    kind = semantic_type(tuple(record.all("ST")), name)
    yield from _common(record, f"mesh:{record.needed('UI')}", name, kind, given)


def _common(
    record: Record, curie: str, name: str, kind: MentionType, given: Given
) -> Iterator[Row]:
    yield NameRow(curie, name, language_of(name, given.lang), "label", kind, given.source)
    for value in record.all("ENTRY", "PRINT ENTRY", "SY"):
        text, scope = _term(value)
        if text != name:
            lang = language_of(text, given.lang)
            yield NameRow(curie, text, lang, scope, kind, given.source)
    for number in record.all("RN", "RR"):
        if mapping := registry_mapping(curie, name, number, given.source):
            yield mapping


def _term(value: str) -> tuple[str, Scope]:
    """The term of an entry and its scope.

    >>> _term("Puffs|T047|ABB|EQV|NLM (1990)|900101|abcdef"), _term("Puff|T047|NON|NRW|x|abcde")
    (('Puffs', 'abbreviation'), ('Puff', 'narrow'))
    >>> _term("Puffing, Loud")
    ('Puffing, Loud', 'exact')
    """
    *fields, letters = value.split("|")
    if not fields or not _MAP.fullmatch(letters) or len(letters) != len(fields):
        return value, "exact"
    marked = list(zip(letters, fields, strict=True))
    if any(letter == _LEXICAL and field in LEXICAL_ABBREVIATIONS for letter, field in marked):
        return fields[0], "abbreviation"
    relation = next((field for letter, field in marked if letter == _RELATION), "EQV")
    return fields[0], RELATION_SCOPES.get(relation, "related")
