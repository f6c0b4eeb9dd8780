"""OBO graphs, lists of terms, OWL and SKOS: made-up ontologies in each form."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph
import pytest

from kg.terminology.importing.obo_terms import NOT_OURS
from tests.kg.terminology.reading import (
    definitions,
    given,
    mappings,
    names,
    parents,
    rows_of,
    skipped,
    write,
)

OBO = "http://purl.obolibrary.org/obo/"
OIO = "http://www.geneontology.org/formats/oboInOwl#"
IT, OLD = "MONDO:0990001", "MONDO:0990004"
NAMES = {
    (IT, "puffing sickness", "en", "label", "Disease"),
    (IT, "sickness of puffing", "en", "exact", "Disease"),
    (IT, "PS", "en", "abbreviation", "Disease"),
    (IT, "puffing", "en", "related", "Disease"),
    (IT, "puffing sickness, adult", "en", "narrow", "Disease"),
    (IT, "sickness", "en", "broad", "Disease"),
}
GRAPH = {
    "graphs": [
        {
            "id": f"{OBO}made.owl",
            "meta": {"version": "1"},
            "nodes": [
                {
                    "id": f"{OBO}MONDO_0990001", "lbl": "puffing sickness", "type": "CLASS",
                    "meta": {
                        "definition": {"val": "A sickness of tests.", "xrefs": ["made:1"]},
                        "synonyms": [
                            {"pred": "hasExactSynonym", "val": "sickness of puffing"},
                            {"pred": "hasExactSynonym", "val": "PS", "synonymType": f"{OBO}OMO_0003012"},
                            {"pred": "hasRelatedSynonym", "val": "puffing"},
                            {"pred": "hasNarrowSynonym", "val": "puffing sickness, adult"},
                            {"pred": "hasBroadSynonym", "val": "sickness"},
                        ],
                        "xrefs": [{"val": "UMLS:C9900001"}, {"val": "FMA:1"}],
                        "basicPropertyValues": [
                            {"pred": "http://www.w3.org/2004/02/skos/core#exactMatch", "val": f"{OBO}DOID_990001"},
                            {"pred": f"{OIO}hasAlternativeId", "val": "MONDO:0990009"},
                            {"pred": f"{OIO}hasOBONamespace", "val": "made"},
                        ],
                    },
                },
                {"id": f"{OBO}MONDO_0990004", "lbl": "obsolete gasping", "type": "CLASS", "meta": {
                    "deprecated": True,
                    "basicPropertyValues": [{"pred": f"{OBO}IAO_0100001", "val": IT}]}},
                {"id": f"{OBO}BFO_0000050", "lbl": "part of", "type": "PROPERTY"},
                {"id": f"{OBO}HP_0990002", "lbl": "slight", "type": "CLASS"},
                {"id": f"{OBO}HP_0990003", "lbl": "blinking", "type": "CLASS"},
                {"id": f"{OBO}MONDO_0990005", "type": "CLASS"},
            ],
            "edges": [
                {"sub": f"{OBO}MONDO_0990001", "pred": "is_a", "obj": f"{OBO}MONDO_0990002"},
                {"sub": f"{OBO}MONDO_0990001", "pred": f"{OBO}BFO_0000050", "obj": f"{OBO}MONDO_0990003"},
                {"sub": f"{OBO}MONDO_0990001", "pred": f"{OBO}RO_0002202", "obj": f"{OBO}MONDO_0990003"},
                {"sub": f"{OBO}HP_0990002", "pred": "is_a", "obj": f"{OBO}HP_0012823"},
            ],
        }
    ]
}  # fmt: skip
LIST = [
    {"id": IT, "name": "puffing sickness", "namespace": "mondo", "synonyms": ["sickness of puffing"],
     "xrefs": ["UMLS:C9900001", "MSH:D990001"]},
    {"id": "HP:0990003", "name": "blinking", "namespace": "hp", "synonyms": [], "alt_ids": ["HP:0990009"],
     "xrefs": [{"namespace": "UMLS", "id": "C9900002"}], "definition": "Closing of eyes in tests.",
     "relations": {"is_a": ["HP:0990004"], "part_of": ["HP:0990005"], "has_part": ["HP:0990006"]}},
    {"id": "HP:0990002", "name": "slight", "namespace": "hp", "synonyms": [], "xrefs": [],
     "relations": {"is_a": ["HP:0012823"]}},
]  # fmt: skip
OWL = f"""
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oio: <{OIO}> .
@prefix obo: <{OBO}> .
obo:MONDO_0990001 a owl:Class ; rdfs:label "puffing sickness"@en , "maladie de la bouffée"@fr , "喘息病"@zh-Hans , "喘息病症"@zh-Hant ;
  obo:IAO_0000115 "A sickness of tests." , "Une maladie"@fr ;
  oio:hasExactSynonym "sickness of puffing" , "PS" ; oio:hasRelatedSynonym "puffing" ;
  oio:hasNarrowSynonym "puffing sickness, adult" ; oio:hasBroadSynonym "sickness" ;
  oio:hasDbXref "UMLS:C9900001" , "MESH:D990001" ; oio:hasAlternativeId "MONDO:0990009" ;
  skos:exactMatch obo:DOID_990001 ; owl:equivalentClass obo:NCIT_C990001 , [ a owl:Class ] ;
  rdfs:subClassOf obo:MONDO_0990002 , [ a owl:Restriction ; owl:onProperty obo:BFO_0000050 ; owl:someValuesFrom obo:MONDO_0990003 ] ,
    [ a owl:Restriction ; owl:onProperty obo:RO_0002202 ; owl:someValuesFrom obo:MONDO_0990003 ] .
[] a owl:Axiom ; owl:annotatedSource obo:MONDO_0990001 ; owl:annotatedProperty oio:hasExactSynonym ;
  owl:annotatedTarget "PS" ; oio:hasSynonymType obo:OMO_0003000 .
[] a owl:Axiom ; owl:annotatedSource obo:MONDO_0990001 ; owl:annotatedProperty oio:hasDbXref ;
  owl:annotatedTarget "UMLS:C9900001" ; oio:source "MONDO:equivalentTo" .
obo:MONDO_0990004 rdfs:label "obsolete gasping" ; owl:deprecated true ; obo:IAO_0100001 obo:MONDO_0990001 .
obo:HP_0990002 rdfs:label "slight" ; rdfs:subClassOf obo:HP_0012823 .
obo:BFO_0000050 a owl:ObjectProperty ; rdfs:label "part of" .
"""
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/terms/> .
ex:one a skos:Concept ; skos:notation "D990001" ; skos:prefLabel "puffol"@en , "噗夫醇"@zh ;
  skos:altLabel "PFL"@zh , "Puffoil"@en-GB ; skos:hiddenLabel "pufol"@en ; skos:broader ex:D990002 ;
  skos:broadMatch <http://purl.obolibrary.org/obo/CHEBI_990001> ; skos:definition "测试用药"@zh .
ex:D990002 skos:prefLabel "fictional oils"@en .
ex:none skos:prefLabel "without code"@en .
"""


def test_an_obo_graph_says_what_obo_says(tmp_path: Path) -> None:
    rows = rows_of("obo_graph", write(tmp_path, json.dumps(GRAPH)))
    assert set(names(rows)) == {*NAMES, ("HP:0990003", "blinking", "en", "label", "Outcome")}
    assert mappings(rows) == [
        (IT, "skos:closeMatch", "umls:C9900001"),
        (IT, "skos:closeMatch", "FMA:1"),
        (IT, "skos:exactMatch", "DOID:990001"),
        ("MONDO:0990009", "skos:exactMatch", IT),
        (OLD, "skos:exactMatch", IT),
    ]
    assert parents(rows) == [
        (IT, "is_a", "MONDO:0990002"),
        (IT, "part_of", "MONDO:0990003"),
        ("HP:0990002", "is_a", "HP:0012823"),
    ]
    assert definitions(rows) == [(IT, "en", "A sickness of tests.")]
    assert skipped(rows) == [
        (OLD, "obsolete"),
        ("HP:0990002", NOT_OURS),
        ("MONDO:0990005", "a term without name"),
    ]


def test_a_plain_list_of_terms_is_read_too(tmp_path: Path) -> None:
    rows = rows_of("obo_graph", write(tmp_path, gzip.compress(json.dumps(LIST).encode())))
    assert names(rows) == [
        (IT, "puffing sickness", "en", "label", "Disease"),
        (IT, "sickness of puffing", "en", "exact", "Disease"),
        ("HP:0990003", "blinking", "en", "label", "Outcome"),
    ]
    assert mappings(rows) == [
        (IT, "skos:closeMatch", "umls:C9900001"),
        (IT, "skos:closeMatch", "mesh:D990001"),
        ("HP:0990003", "skos:closeMatch", "umls:C9900002"),
        ("HP:0990009", "skos:exactMatch", "HP:0990003"),
    ]
    assert parents(rows) == [
        ("HP:0990003", "is_a", "HP:0990004"), ("HP:0990003", "part_of", "HP:0990005"),
    ]  # fmt: skip
    assert definitions(rows) == [("HP:0990003", "en", "Closing of eyes in tests.")]
    assert skipped(rows) == [("HP:0990002", NOT_OURS)]


def in_syntax(turtle: str, syntax: pyoxigraph.RdfFormat) -> bytes:
    triples = [quad.triple for quad in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)]
    written = pyoxigraph.serialize(triples, format=syntax)
    assert written is not None
    return written


SYNTAXES = {
    "rdf": pyoxigraph.RdfFormat.RDF_XML, "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES, "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG, "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}  # fmt: skip


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("named", [True, False], ids=["by ending", "by content"])
def test_owl_says_what_obo_says_in_every_syntax(syntax: str, named: bool, tmp_path: Path) -> None:
    file = f"made.{syntax}.gz" if named else "made"
    path = write(tmp_path, gzip.compress(in_syntax(OWL, SYNTAXES[syntax])), file)
    rows = rows_of("rdf", path)
    assert set(names(rows)) == {
        *NAMES, (IT, "喘息病", "zh", "label", "Disease"), (IT, "喘息病症", "zh", "label", "Disease"),
    }  # fmt: skip
    assert set(mappings(rows)) == {
        (IT, "skos:exactMatch", "umls:C9900001"),
        (IT, "skos:closeMatch", "mesh:D990001"),
        (IT, "skos:exactMatch", "DOID:990001"),
        (IT, "skos:exactMatch", "NCIT:C990001"),
        ("MONDO:0990009", "skos:exactMatch", IT),
        (OLD, "skos:exactMatch", IT),
    }
    assert set(parents(rows)) == {
        (IT, "is_a", "MONDO:0990002"),
        (IT, "part_of", "MONDO:0990003"),
    }
    assert definitions(rows) == [(IT, "en", "A sickness of tests.")]
    assert set(skipped(rows)) == {
        (OLD, "obsolete"),
        ("HP:0990002", NOT_OURS),
        (IT, "a text in another language (fr)"),
        (f"{OBO}BFO_0000050", "unknown prefix http"),
    }


def test_skos_concepts_have_the_codes_of_their_notation_or_iri(tmp_path: Path) -> None:
    rows = rows_of("rdf", write(tmp_path, SKOS, "made.ttl"), given(prefix="mesh", kind="Drug"))
    assert set(names(rows)) == {
        ("mesh:D990001", "puffol", "en", "label", "Drug"),
        ("mesh:D990001", "噗夫醇", "zh", "label", "Drug"),
        ("mesh:D990001", "PFL", "mul", "exact", "Drug"),
        ("mesh:D990001", "Puffoil", "en", "exact", "Drug"),
        ("mesh:D990001", "pufol", "en", "related", "Drug"),
        ("mesh:D990002", "fictional oils", "en", "label", "Drug"),
    }
    assert mappings(rows) == [("mesh:D990001", "skos:broadMatch", "CHEBI:990001")]
    assert parents(rows) == [("mesh:D990001", "is_a", "mesh:D990002")]
    assert definitions(rows) == [("mesh:D990001", "zh", "测试用药")]
    assert [record for record, _ in skipped(rows)] == ["https://example.org/terms/none"]
