"""MeSH in XML: descriptors (desc*.xml) and supplementary records (supp*.xml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.files.streams import open_chunks
from kg.files.xmlstream import read_elements, text_of
from kg.model import MentionType
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.mesh_types import (
    LEXICAL_ABBREVIATIONS,
    NO_CLASS,
    OPPOSITE,
    RELATION_SCOPES,
    TreePlaces,
    class_type,
    registry_mapping,
    tree_type,
)
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, Row, Scope, SkippedRow

if TYPE_CHECKING:
    from lxml.etree import _Element

_DESCRIPTOR = "DescriptorRecord"
_SUPPLEMENT = "SupplementalRecord"
_ROOTS = (f"{_DESCRIPTOR}Set", f"{_SUPPLEMENT}Set")
_ROOT = re.compile(rf"<({'|'.join(_ROOTS)})[\s>]")


def looks_like(head: str) -> bool:
    """Whether the root is a set of descriptors or supplementary records."""
    return _ROOT.search(head) is not None


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of a MeSH XML file; the parents come last, when all tree numbers are known.

    Raises
    ------
    InputError
        with file and line, where the XML breaks or a record lacks its identifier or name.
    """
    places = TreePlaces()
    expected = f"MeSH XML ({' or '.join(_ROOTS)})"
    try:
        for record in read_elements(
            open_chunks(path), (_DESCRIPTOR, _SUPPLEMENT), roots=_ROOTS, expected=expected
        ):
            if record.tag == _DESCRIPTOR:
                yield from _descriptor(record, places, given)
            else:
                yield from _supplement(record, given)
    except InputError as error:
        line = error.where.removeprefix("line ")
        raise InputError(error.what, where=f"{path}:{line}", remedy=error.remedy) from error
    yield from places.parents(given.source)


def _descriptor(record: _Element, places: TreePlaces, given: Given) -> Iterator[Row]:
    ui = _needed(record, "DescriptorUI")
    numbers = tuple(_texts(record, "TreeNumberList/TreeNumber"))
    places.add(f"mesh:{ui}", numbers)
    kind = tree_type(ui, numbers)
    if isinstance(kind, SkippedRow):
        yield kind
        return
    yield from _concepts(
        record, f"mesh:{ui}", _needed(record, "DescriptorName/String"), kind, given
    )


def _supplement(record: _Element, given: Given) -> Iterator[Row]:
    curie = f"mesh:{_needed(record, 'SupplementalRecordUI')}"
    name = _needed(record, "SupplementalRecordName/String")
    number = record.get("SCRClass", "1")
    kind = class_type(number, name)
    if kind is None:
        yield SkippedRow(curie, NO_CLASS)
        return
    yield from _concepts(record, curie, name, kind, given)
    heading = "HeadingMappedToList/HeadingMappedTo/DescriptorReferredTo/DescriptorUI"
    for ui in _texts(record, heading):
        yield MappingRow(curie, "skos:broadMatch", f"mesh:{ui.lstrip('*')}", given.source)
    note = text_of(record.find("Note"))
    if note and number != "1":  # those of chemicals tell where a structure is given
        yield DefinitionRow(curie, note, language_of(note, given.lang), given.source)


def _concepts(
    record: _Element, curie: str, name: str, kind: MentionType, given: Given
) -> Iterator[Row]:
    source = given.source
    yield NameRow(curie, name, language_of(name, given.lang), "label", kind, source)
    for concept in record.iterfind("ConceptList/Concept"):
        scope = _scope(concept)
        for term in concept.iterfind("TermList/Term"):
            text = _needed(term, "String")
            if text != name:
                short = term.get("LexicalTag") in LEXICAL_ABBREVIATIONS
                said: Scope = "abbreviation" if short else scope
                yield NameRow(curie, text, language_of(text, given.lang), said, kind, source)
        if scope != "exact":
            continue
        note = text_of(concept.find("ScopeNote"))
        if note:
            yield DefinitionRow(curie, note, language_of(note, given.lang), source)
        for number in (
            *_texts(concept, "RegistryNumber"),
            *_texts(concept, "RegistryNumberList/RegistryNumber"),
            *_texts(concept, "RelatedRegistryNumberList/RelatedRegistryNumber"),
        ):
            if mapping := registry_mapping(curie, name, number, source):
                yield mapping


def _scope(concept: _Element) -> Scope:
    """How the terms of a concept stand to the record: as its relation to the preferred concept."""
    if concept.get("PreferredConceptYN") == "Y":
        return "exact"
    ui = text_of(concept.find("ConceptUI"))
    for relation in concept.iterfind("ConceptRelationList/ConceptRelation"):
        name = relation.get("RelationName", "")
        if text_of(relation.find("Concept1UI")) == ui:
            name = OPPOSITE.get(name, name)
        return RELATION_SCOPES.get(name, "related")
    return "related"


def _needed(element: _Element, path: str) -> str:
    text = text_of(element.find(path))
    if not text:
        raise InputError(
            f"a {element.tag} without {path}", where=f"line {element.sourceline}",
            remedy="the file may be damaged; fetch it again",
        )  # fmt: skip
    return text


def _texts(element: _Element, path: str) -> Iterator[str]:
    return filter(None, map(text_of, element.iterfind(path)))
