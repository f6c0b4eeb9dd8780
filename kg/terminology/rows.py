"""What every terminology source is turned into: rows of names, of mappings and of parents.

An importer (`kg.terminology.importing`) yields `Row`s; `kg.terminology.keeping` keeps them by
source; building merges them into concepts and compiles them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kg.model import MentionType

NameLanguage = Literal["en", "zh", "mul"]
Scope = Literal["label", "exact", "related", "broad", "narrow", "abbreviation"]
Hierarchy = Literal["is_a", "part_of"]

NAME_LANGUAGES: tuple[NameLanguage, ...] = get_args(NameLanguage)
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a short name ("mesh"), the version of the data, and their licence."""

    name: str
    version: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one concept.

    `lang` is "mul" for a symbol that both languages use. `type` is None where the source does not
    tell it (a table of labels that joins concepts of other sources); such a row is used only if
    another row types the concept.
    """

    curie: str
    text: str
    lang: NameLanguage
    scope: Scope
    type: MentionType | None
    source: Source


@dataclass(frozen=True, slots=True)
class MappingRow:
    """`subject` and `object` are the same concept in two vocabularies, or near to it.

    `predicate` is a SKOS mapping property ("skos:exactMatch"). Cross-references without further
    word (OBO `xref`) are "skos:closeMatch"; what a build makes of either is its preference table.
    """

    subject: str
    predicate: str
    object: str
    source: Source


@dataclass(frozen=True, slots=True)
class ParentRow:
    """`child` is a kind of `parent`, or a part of it."""

    child: str
    parent: str
    relation: Hierarchy
    source: Source


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """What a concept is, in words."""

    curie: str
    text: str
    lang: NameLanguage
    source: Source


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A record that is rightly not used, and why ("obsolete"): counted, told, and not kept."""

    record: str
    reason: str


Row = NameRow | MappingRow | ParentRow | DefinitionRow | SkippedRow
