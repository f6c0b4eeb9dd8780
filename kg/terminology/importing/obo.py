"""OBO 1.2 and 1.4: terms with their synonyms, cross-references, parents and definitions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.lines import text_lines
from kg.terminology.importing.obo_stanzas import Stanza, read_stanzas
from kg.terminology.importing.obo_terms import (
    NO_NAME,
    concept_type,
    curie_of,
    is_known,
    match_of,
    outside_of,
    parent_relation,
    qualified_predicate,
    scope_of,
)
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, ParentRow, Row, SkippedRow


def looks_like(head: str) -> bool:
    """Whether the file begins as OBO does."""
    return head.startswith(("format-version:", "[Term]")) or "\n[Term]" in head


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of an OBO file.

    The file is read twice: first for the parents of the vocabularies of which a branch is no term
    of ours (modifiers of HP, functions of GO), then for the rows; so memory is bounded by those
    parents and one stanza.

    Raises
    ------
    InputError
        with file and line, at the first stanza that is not OBO.
    """
    outside = outside_of(_parents(path))
    found = False
    namespace = ""
    for stanza in read_stanzas(path):
        if not stanza.kind:
            namespace = stanza.one("default-namespace") or ""
        elif stanza.kind == "Term":
            found = True
            yield from _rows(stanza, namespace, outside, given)
    if not found:
        raise InputError(
            "no [Term] in it", where=str(path), remedy="it is no OBO file, or it is cut off"
        )


def _parents(path: Path) -> Iterator[tuple[str, str]]:
    """What stands above what, by the lines alone; what is wrong with them is told later."""
    child = ""
    for _, line in text_lines(path):
        if line.startswith("id:"):
            child = curie_of(line[3:].partition(" !")[0])
            child = child if is_known(child) else ""
        elif child and line.startswith("is_a:"):
            yield child, curie_of(line[5:].split("!")[0].split("{")[0])


def _rows(stanza: Stanza, namespace: str, outside: frozenset[str], given: Given) -> Iterator[Row]:
    curie = curie_of(stanza.needed("id"))
    source = given.source
    if stanza.one("is_obsolete") == "true":
        yield SkippedRow(curie, "obsolete")
        for successor in stanza.all("replaced_by"):
            yield MappingRow(curie, "skos:exactMatch", curie_of(successor), source)
        return
    for other in stanza.all("alt_id"):
        yield MappingRow(curie_of(other), "skos:exactMatch", curie, source)
    kind = concept_type(curie, stanza.one("namespace") or namespace, outside, given)
    if isinstance(kind, SkippedRow):
        yield kind
        return
    name = stanza.one("name")
    if name is None:
        yield SkippedRow(curie, "a term without name")
    else:
        yield NameRow(curie, name, language_of(name, given.lang), "label", kind, source)
    for synonym in stanza.synonyms():
        scope = scope_of(synonym.scope, synonym.type)
        if scope is None:
            yield SkippedRow(curie, NO_NAME)
        else:
            lang = language_of(synonym.text, given.lang)
            yield NameRow(curie, synonym.text, lang, scope, kind, source)
    yield from _links(stanza, curie, given)
    definition = stanza.definition()
    if definition:
        yield DefinitionRow(curie, definition, language_of(definition, given.lang), source)


def _links(stanza: Stanza, curie: str, given: Given) -> Iterator[Row]:
    source = given.source
    for xref, qualifiers in stanza.xrefs():
        yield MappingRow(curie, qualified_predicate(qualifiers), curie_of(xref), source)
    for value in stanza.all("property_value"):
        predicate, _, rest = value.partition(" ")
        match = match_of(predicate)
        if match and rest:
            target = rest.split(" ", 1)[0].strip('"')
            yield MappingRow(curie, match, curie_of(target), source)
    for tag in ("is_a", "part_of"):
        for value in stanza.all(tag):
            yield from _parent(curie, tag, value, given)
    for value in stanza.all("relationship"):
        relation, _, parent = value.partition(" ")
        yield from _parent(curie, relation, parent, given)


def _parent(curie: str, relation: str, parent: str, given: Given) -> Iterator[Row]:
    kind = parent_relation(relation)
    if kind and parent:
        yield ParentRow(curie, curie_of(parent.split(" ", 1)[0]), kind, given.source)
