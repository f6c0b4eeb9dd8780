"""Translations of labels, synonyms and definitions in Babelon tables, those of curators too.

A column ``type``, which `kg lexicon mine` writes, gives the type of a concept that has no other.

See the schema at https://github.com/monarch-initiative/babelon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.model import MENTION_TYPES, MentionType
from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import cells_by_field
from kg.terminology.importing.languages import language_of_tag
from kg.terminology.importing.records import Name, name_rows
from kg.terminology.rows import DefinitionRow, Row, Scope, SkippedRow

COLUMNS = {
    field: (field,)
    for field in (
        "source_language", "translation_language", "subject_id", "predicate_id", "source_value",
        "translation_value", "translation_status",
    )
}  # fmt: skip
OPTIONAL = {"type": ("type",)}
SCOPES: Mapping[str, Scope] = {
    "rdfs:label": "label",
    "skos:prefLabel": "label",
    "skos:altLabel": "exact",
    "oboInOwl:hasExactSynonym": "exact",
    "oboInOwl:hasRelatedSynonym": "related",
    "oboInOwl:hasBroadSynonym": "broad",
    "oboInOwl:hasNarrowSynonym": "narrow",
}
DEFINITIONS = frozenset({"IAO:0000115", "skos:definition"})


def read(path: Path, given: Given) -> Iterator[Row]:
    """The source value and its translation, where the translation has a status that is accepted.

    Raises
    ------
    InputError
        with file and line, where a column is absent, an identifier is none, or an accepted row has
        no translation.
    """
    for where, cells in cells_by_field(path, COLUMNS | OPTIONAL, tuple(COLUMNS)):
        predicate, status = cells["predicate_id"], cells["translation_status"].upper()
        if status not in given.statuses:
            yield SkippedRow(cells["subject_id"], f"translation status {status or 'empty'}")
        elif predicate not in SCOPES and predicate not in DEFINITIONS:
            yield SkippedRow(cells["subject_id"], f"predicate {predicate[:40]}")
        else:
            yield from _pair(where, cells, given)


def _pair(where: str, cells: dict[str, str], given: Given) -> Iterator[Row]:
    concept = needed_curie(cells["subject_id"], prefix=given.prefix, where=where)
    if not cells["translation_value"]:
        raise InputError(
            "an accepted translation that is empty", where=where,
            remedy="give the translation, or set its status to NOT_TRANSLATED",
        )  # fmt: skip
    predicate = cells["predicate_id"]
    names: list[Name] = []
    for side in ("source", "translation"):
        lang, text = language_of_tag(cells[f"{side}_language"]), cells[f"{side}_value"]
        if lang is None or not text:
            continue
        if predicate in DEFINITIONS:
            yield DefinitionRow(concept, text, lang, given.source)
        else:
            names.append((text, lang, SCOPES[predicate]))
    yield from name_rows(concept, names, given, _type(cells.get("type", ""), where))


def _type(written: str, where: str) -> MentionType | None:
    if not written or written in MENTION_TYPES:
        return written or None
    raise InputError(
        f"unknown type {written!r}", where=where,
        remedy=f"use one of {', '.join(MENTION_TYPES)}, or none",
    )  # fmt: skip
