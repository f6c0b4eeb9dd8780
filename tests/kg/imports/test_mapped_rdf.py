"""RDF of others, read by a mapping file that is checked strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import FormatError
from kg.imports.mapped_rdf import load_mapping
from kg.network.graph import open_network
from tests.kg.imports.sources import load

MAPPING = """\
source: {name: made-up, title: Made up, licence: CC0, agent_type: manual_agent}
prefixes: {ex: "http://example.org/", mesh: "http://example.org/mesh/"}
classes: {ex:Compound: Drug, ex:Illness: Disease}
predicates:
  ex:cures: treats
  ex:lowers: {predicate: decreases, aspect: level}
  ex:causedBy: {predicate: causes, reverse: true}
associations:
  - {class: ex:Edge, subject: ex:s, predicate: ex:p, object: ex:o, publications: ex:ref, negated: ex:no}
"""
DATA = """\
@prefix ex: <http://example.org/> . @prefix m: <http://example.org/mesh/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
m:D000001 ex:cures m:D000002 ; ex:ignored m:D000002 .
m:D000002 ex:causedBy m:D000001 .
m:D000001 a ex:Compound ; rdfs:label "madeupine"@en, "虚构碱"@zh, "inventine"@fr .
m:D000002 a ex:Illness ; rdfs:label "made-up disease" .
ex:e1 a ex:Edge ; ex:s m:D000001 ; ex:p ex:lowers ; ex:o m:D000002 ; ex:no true ; ex:ref "PMID:9" .
m:D000001 ex:cures [ a ex:Illness ] .
ex:e2 a ex:Edge ; ex:s m:D000001 ; ex:p ex:unknown ; ex:o m:D000002 .
"""


def test_triples_and_associations_are_edges(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    store, report = load([tmp_path / "data.ttl"], mapping=load_mapping(tmp_path / "map.yaml"))
    found = {
        (str(r["p"]), str(r["status"].value), str(r["label"].value))
        for r in store.select(
            "SELECT ?p ?status ?label { ?s rdf:predicate ?p ; plx:status ?status ; "
            'rdfs:label ?label FILTER(LANG(?label) = "zh") }'
        )
    }
    base = "<https://w3id.org/parallax/vocab#{}>"
    assert found == {
        (base.format("treats"), "asserted", "虚构碱治疗made-up disease"),
        (base.format("causes"), "asserted", "虚构碱引起made-up disease"),
        (base.format("decreases"), "denied", "虚构碱降低made-up disease"),
    }
    assert report.source == "made-up"
    assert len(report.failed) == 2
    assert any("unmapped predicate" in str(error) for _, error in report.failed)
    assert {c.sources for c in open_network(store).all_claims().values()} == {("made-up",)}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("ex:cures: treats", "ex:cures: heals", "heals"),
        ("aspect: level", "aspect: size", "size"),
        ("reverse: true", "turned: true", "turned"),
        ("reverse: true", "reverse: maybe", "truth value"),
        ("ex:Compound: Drug", "ex:Compound: Thing", "Thing"),
        ("ex:Compound: Drug", "zz:Compound: Drug", "zz:Compound"),
        ("predicates:", "predicate:", "unknown key"),
        ("subject: ex:s", "agent: ex:s", "agent"),
        ("licence: CC0", "license: CC0", "license"),
    ],
)
def test_a_wrong_mapping_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "map.yaml"
    assert old in MAPPING
    path.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError, match=problem) as caught:
        load_mapping(path)
    assert str(path) in str(caught.value)
