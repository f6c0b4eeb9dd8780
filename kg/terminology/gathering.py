"""The rows of all sources in memory, as columns, with what cannot be used left out and counted.

A million names take about 150 MB so: one list of texts, one of identifiers, and arrays of numbers.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from kg.errors import TermError
from kg.model import MENTION_TYPES
from kg.terminology.rows import (
    NAME_LANGUAGES,
    SCOPES,
    DefinitionRow,
    Hierarchy,
    MappingRow,
    NameRow,
    ParentRow,
    Row,
    Scope,
    SkippedRow,
    Source,
)
from kg.vocab import is_curie

UNTYPED = 255
# The likeliest to be meant first: which of two entries for one name counts, and how names are told.
SCOPE_ORDER: tuple[Scope, ...] = ("label", "exact", "abbreviation", "related", "narrow", "broad")
SCOPE_NUMBERS = {scope: number for number, scope in enumerate(SCOPE_ORDER)}
LANGUAGE_NUMBERS = {language: number for number, language in enumerate(NAME_LANGUAGES)}
TYPE_NUMBERS = {kind: number for number, kind in enumerate(MENTION_TYPES)}


class Conflict(NamedTuple):
    """Something on which sources disagree: what, about which identifiers, and by whose word."""

    kind: str
    subject: str
    object: str
    ground: str


class Gathered:
    """The rows of sources, added source by source, the most trusted first.

    Attributes
    ----------
    identifiers : CURIEs, in the order in which they came; their places are their numbers
    types : of each identifier, a number of `MENTION_TYPES` or `UNTYPED`
    texts, name_of, languages, scopes, origins : of each name, its text, the number of the
        identifier, and the numbers of language, scope and source
    mappings : subject, object (numbers), predicate, number of the source
    parents : child, parent (numbers), relation
    definitions : identifier, language, text
    """

    def __init__(self, *, checked: bool = True) -> None:
        self.checked = checked
        self.sources: list[Source] = []
        self.identifiers: list[str] = []
        self.types = bytearray()
        self.texts: list[str] = []
        self.name_of = array("I")
        self.languages = bytearray()
        self.scopes = bytearray()
        self.origins = array("H")
        self.mappings: list[tuple[int, int, str, int]] = []
        self.parents: list[tuple[int, int, Hierarchy]] = []
        self.definitions: list[tuple[int, str, str]] = []
        self.conflicts: list[Conflict] = []
        self.left_out: Counter[str] = Counter()
        self.counts: dict[str, Counter[str]] = {}
        self.starter = frozenset[int]()
        self._numbers: dict[str, int] = {}
        self._ignored: set[str] = set()

    def add(self, rows: Iterable[Row], *, starter: bool = False) -> None:
        """Take in the rows of one more source; `starter` marks those whose choices are ours.

        Raises
        ------
        TermError
            where a row has an unknown type, language or scope.
        """
        before, source, origin = len(self.identifiers), None, 0
        for row in rows:
            if isinstance(row, SkippedRow):
                continue
            if row.source is not source:
                source, origin = row.source, self._origin(row.source)
            if isinstance(row, NameRow):
                self._add_name(row, origin)
            elif isinstance(row, MappingRow):
                self._add_mapping(row, origin)
            elif isinstance(row, ParentRow):
                self._add_parent(row)
            else:
                self._add_definition(row)
        if starter:
            named = range(before, len(self.identifiers))
            self.starter |= {number for number in named if self.types[number] != UNTYPED}

    def number(self, curie: str) -> int | None:
        """The number of an identifier that came, or None."""
        return self._numbers.get(curie)

    def _add_name(self, row: NameRow, origin: int) -> None:
        number = self._take(row.curie)
        if number is None:
            return
        if row.type is not None:
            self._set_type(number, row)
        try:
            language, scope = LANGUAGE_NUMBERS[row.lang], SCOPE_NUMBERS[row.scope]
        except KeyError:
            unknown, allowed = (
                ("language", NAME_LANGUAGES) if row.lang not in LANGUAGE_NUMBERS
                else ("scope", SCOPES)
            )  # fmt: skip
            value = row.lang if unknown == "language" else row.scope
            raise _unknown(unknown, value, row, cast(tuple[str, ...], allowed)) from None
        self.texts.append(row.text)
        self.name_of.append(number)
        self.languages.append(language)
        self.scopes.append(scope)
        self.origins.append(origin)
        self.counts[row.source.name]["names"] += 1

    def _set_type(self, number: int, row: NameRow) -> None:
        kind = TYPE_NUMBERS.get(cast(Any, row.type))
        if kind is None:
            raise _unknown("type", str(row.type), row, MENTION_TYPES)
        if self.types[number] == UNTYPED:
            self.types[number] = kind
        elif self.types[number] != kind:
            first = MENTION_TYPES[self.types[number]]
            self._disagree("two types", row.curie, f"{first}, {row.type}", row.source)

    def _add_mapping(self, row: MappingRow, origin: int) -> None:
        subject, object_ = self._take(row.subject), self._take(row.object)
        if subject is not None and object_ is not None and subject != object_:
            self.mappings.append((subject, object_, row.predicate, origin))
            self.counts[row.source.name]["mappings"] += 1

    def _add_parent(self, row: ParentRow) -> None:
        child, parent = self._take(row.child), self._take(row.parent)
        if child is not None and parent is not None:
            self.parents.append((child, parent, row.relation))
            self.counts[row.source.name]["parents"] += 1

    def _add_definition(self, row: DefinitionRow) -> None:
        number = self._take(row.curie)
        if number is not None:
            self.definitions.append((number, row.lang, row.text))
            self.counts[row.source.name]["definitions"] += 1

    def _take(self, curie: str) -> int | None:
        number = self._numbers.get(curie)
        if number is None and curie not in self._ignored:
            if self.checked and not is_curie(curie):
                self._ignored.add(curie)
                self.left_out[f"identifiers of unknown form: {curie.partition(':')[0][:40]}"] += 1
                return None
            number = self._numbers[curie] = len(self.identifiers)
            self.identifiers.append(curie)
            self.types.append(UNTYPED)
        return number

    def _origin(self, source: Source) -> int:
        if source not in self.sources:
            self.sources.append(source)
            self.counts.setdefault(source.name, Counter())
        return self.sources.index(source)

    def _disagree(self, kind: str, subject: str, object_: str, source: Source) -> None:
        conflict = Conflict(kind, subject, object_, source.name)
        if not self.conflicts or self.conflicts[-1] != conflict:
            self.conflicts.append(conflict)


def _unknown(what: str, value: str, row: NameRow, allowed: tuple[str, ...]) -> TermError:
    return TermError(
        f"unknown {what} {value!r} of {row.text!r}", where=row.curie,
        remedy=f"use one of {', '.join(allowed)}",
    )  # fmt: skip
