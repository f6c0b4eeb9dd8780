"""The graph's concepts from a compiled terminology: the starter's as before, imported ones beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.rdf.terminology import Concept
from kg.terminology.building import build_concepts
from kg.terminology.listed import starter_terms
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, ParentRow, Row, Source
from kg.terminology.serving import CompiledTerms, open_terminology
from kg.terminology.versions import compiled_folder, publish_version
from ontologies.terms import load_terms

OWN = Source("own")
ROWS: tuple[Row, ...] = (
    NameRow("MONDO:0099991", "zzorgitis", "en", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "佐格炎", "zh", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "ZG", "mul", "abbreviation", "Disease", OWN),
    NameRow("MONDO:0099991", "zorg complaint", "en", "related", "Disease", OWN),
    NameRow("MONDO:0099990", "zorg disease", "en", "label", "Disease", OWN),
    NameRow("HGNC:99999", "ZORG1", "mul", "label", "Protein", OWN),
    MappingRow("MONDO:0099991", "skos:exactMatch", "DOID:9990001", OWN),
    MappingRow("MONDO:0099991", "skos:broadMatch", "mesh:D004194", OWN),
    ParentRow("MONDO:0099991", "MONDO:0099990", "is_a", OWN),
    ParentRow("HGNC:99999", "MONDO:0099990", "part_of", OWN),
    DefinitionRow("MONDO:0099991", "A made-up complaint.", "en", OWN),
)


def test_the_starter_terminology_compiled_says_what_its_list_says() -> None:
    compiled, listed = CompiledTerms(build_concepts().concepts), starter_terms()
    curies = sorted({row.curie for row in load_terms()})
    different = [
        curie
        for curie in curies
        if _plain(compiled.concept(curie)) != _plain(listed.concept(curie))
    ]
    assert different == []


def _plain(concept: Concept | None) -> Concept | None:
    """A concept as in the graph, where a name that is written twice stands once."""
    if concept is None:
        return None
    labels = set(concept.labels)
    return replace(
        concept,
        synonyms=tuple(name for name in concept.synonyms if name not in labels),
        hidden=tuple(n for n in concept.hidden if n not in labels | set(concept.synonyms)),
    )


def test_an_imported_concept_has_names_parents_and_definitions() -> None:
    terms = CompiledTerms(build_concepts([("own", ROWS)]).concepts)
    assert terms.concept("MONDO:0099991") == Concept(
        "MONDO:0099991",
        "Disease",
        (("en", "zzorgitis"), ("zh", "佐格炎")),
        (("en", "ZG"), ("zh", "ZG")),
        (("en", "zorg complaint"),),
        (("skos:broadMatch", "mesh:D004194"), ("skos:exactMatch", "DOID:9990001")),
        ("MONDO:0099990",),
        (("en", "A made-up complaint."),),
    )


def test_a_symbol_is_the_label_in_both_languages_and_a_part_is_no_kind() -> None:
    gene = CompiledTerms(build_concepts([("own", ROWS)]).concepts).concept("HGNC:99999")
    assert gene is not None
    assert gene.labels == (("en", "ZORG1"), ("zh", "ZORG1"))
    assert gene.parents == ()


def test_another_identifier_keeps_itself_and_has_the_names() -> None:
    found = CompiledTerms(build_concepts([("own", ROWS)]).concepts).concept("DOID:9990001")
    assert found is not None
    assert found.curie == "DOID:9990001"
    assert found.labels[0] == ("en", "zzorgitis")
    assert ("skos:exactMatch", "MONDO:0099991") in found.mappings


def test_a_data_directory_serves_what_was_built_in_it(tmp_path: Path) -> None:
    assert open_terminology(tmp_path).concept("MONDO:0099991") is None

    def write(folder: Path) -> dict[str, object]:
        built = build_concepts([("own", ROWS)])
        built.save(folder)
        return built.manifest

    version = publish_version(compiled_folder(tmp_path), write)
    assert open_terminology(tmp_path).concept("MONDO:0099991") is not None
    (version.folder / "manifest.json").write_text('{"format": 0, "byte_order": "little"}')
    with pytest.raises(InputError, match="kg lexicon build"):
        open_terminology(tmp_path)


def test_what_is_unknown_is_none() -> None:
    assert CompiledTerms(build_concepts().concepts).concept("mesh:D999999") is None
