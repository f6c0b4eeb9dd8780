"""OWL and SKOS in any RDF syntax: labels, synonyms, mappings, parents and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.model import MentionType
from kg.terminology.identifiers import curie as known_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of, language_of_tag
from kg.terminology.importing.obo_terms import (
    NO_NAME,
    REPLACED_BY,
    concept_type,
    curie_of,
    match_of,
    outside_of,
    parent_relation,
    qualified_predicate,
    scope_of,
)
from kg.terminology.importing.rdf_survey import Survey, survey
from kg.terminology.importing.rdf_syntax import looks_like as looks_like
from kg.terminology.importing.rdf_syntax import triples
from kg.terminology.rows import (
    DefinitionRow,
    MappingRow,
    NameLanguage,
    NameRow,
    ParentRow,
    Row,
    Scope,
    SkippedRow,
    Source,
)
from kg.terms import IRI, Literal

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OIO = "http://www.geneontology.org/formats/oboInOwl#"
_OBO = "http://purl.obolibrary.org/obo/"
_NAMES: dict[str, Scope] = {
    f"{_RDFS}label": "label", f"{_SKOS}prefLabel": "label", f"{_SKOS}altLabel": "exact",
    f"{_SKOS}hiddenLabel": "related", f"{_OIO}hasExactSynonym": "exact",
    f"{_OIO}hasRelatedSynonym": "related", f"{_OIO}hasNarrowSynonym": "narrow",
    f"{_OIO}hasBroadSynonym": "broad",
}  # fmt: skip
_DEFINITIONS = frozenset({f"{_OBO}IAO_0000115", f"{_SKOS}definition"})
_SAME = frozenset({f"{_OWL}equivalentClass", f"{_OWL}sameAs"})
_LOCAL = re.compile(r"[^/#]+$")


_XREF, _ALTERNATIVE = f"{_OIO}hasDbXref", f"{_OIO}hasAlternativeId"
_LINKS = frozenset({_XREF, _ALTERNATIVE, *_DEFINITIONS, *_SAME, *REPLACED_BY})


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of an RDF file, read twice: for what holds of the whole, then for the rows.

    The identifier of a concept is the CURIE of its IRI; where no prefix fits and one is given, it
    is its `skos:notation`, or else the end of its IRI, with that prefix.

    Raises
    ------
    InputError
        with file and line, where the syntax breaks or is not known.
    """
    known = survey(path)
    concepts = _Concepts(known, given)
    for subject, predicate, value in triples(path):
        if isinstance(subject, IRI):
            yield from concepts.rows(subject.value, predicate.value, value)
    for child, parent in known.parts:
        if child not in known.deprecated:
            one, other = concepts.curie(child), concepts.curie(parent)
            yield ParentRow(one, other, "part_of", given.source)


class _Concepts:
    """Makes rows of triples, with what is known of the whole file."""

    def __init__(self, known: Survey, given: Given) -> None:
        self._known = known
        self._given = given
        self._outside = outside_of(
            (self.curie(child), self.curie(parent)) for child, parent in known.parents
        )
        # The triples of a concept mostly stand together.
        self._last, self._curie = "", ""
        self._kind: MentionType | SkippedRow | None = None

    def curie(self, iri: str) -> str:
        """The identifier of a concept; an IRI that has none stays as it is."""
        prefix = self._given.prefix
        found = known_curie(iri)
        if found is None and prefix is not None:
            local = _LOCAL.search(iri)
            for code in (self._known.notations.get(iri), local[0] if local else None):
                found = found or (known_curie(code, prefix) if code else None)
        return found or curie_of(iri)

    def rows(self, iri: str, predicate: str, value: object) -> Iterator[Row]:
        """The rows that a triple gives."""
        scope = _NAMES.get(predicate)
        if not (scope or predicate in _LINKS or match_of(predicate) or parent_relation(predicate)):
            return
        if iri != self._last:
            self._last, self._curie = iri, self.curie(iri)
            self._kind = concept_type(self._curie, "", self._outside, self._given)
        curie, kind = self._curie, self._kind
        if iri in self._known.deprecated:
            yield from self._obsolete(curie, predicate, value)
            return
        if isinstance(kind, SkippedRow):
            if scope == "label":
                yield kind
        elif scope and isinstance(value, Literal):
            yield from self._name(iri, curie, scope, kind, value)
        else:
            yield from self._link(iri, curie, predicate, value)

    def _obsolete(self, curie: str, predicate: str, value: object) -> Iterator[Row]:
        if _NAMES.get(predicate) == "label":
            yield SkippedRow(curie, "obsolete")
        elif predicate in REPLACED_BY and isinstance(value, IRI | Literal):
            yield MappingRow(curie, "skos:exactMatch", self.curie(value.value), self._source)

    def _name(
        self, iri: str, curie: str, scope: Scope, kind: MentionType | None, value: Literal
    ) -> Iterator[Row]:
        text = value.value
        lang = self._language(value)
        said: Scope | None = scope
        if synonym_type := self._known.synonym_types.get((iri, text)):
            said = scope_of(scope.upper(), synonym_type) if scope != "label" else scope
        if lang is None:
            yield SkippedRow(curie, f"a text in another language ({value.language})")
        elif said is None:
            yield SkippedRow(curie, NO_NAME)
        else:
            yield NameRow(curie, text, lang, said, kind, self._source)

    def _link(self, iri: str, curie: str, predicate: str, value: object) -> Iterator[Row]:
        if not isinstance(value, IRI | Literal):
            return
        text = value.value
        if predicate in _DEFINITIONS and isinstance(value, Literal):
            if lang := self._language(value):
                yield DefinitionRow(curie, text, lang, self._source)
        elif predicate == _XREF:
            match = qualified_predicate(self._known.qualifiers.get((iri, text), ""))
            yield MappingRow(curie, match, curie_of(text), self._source)
        elif predicate == _ALTERNATIVE:
            yield MappingRow(curie_of(text), "skos:exactMatch", curie, self._source)
        elif said := "skos:exactMatch" if predicate in _SAME else match_of(predicate):
            yield MappingRow(curie, said, self.curie(text), self._source)
        elif relation := parent_relation(predicate):
            yield ParentRow(curie, self.curie(text), relation, self._source)

    def _language(self, value: Literal) -> NameLanguage | None:
        if value.language:
            lang = language_of_tag(value.language)
            return language_of(value.value, lang) if lang == "zh" else lang
        return language_of(value.value, self._given.lang)

    @property
    def _source(self) -> Source:
        return self._given.source
