"""The graph that comes out of the fixture: a golden file, and what must never be in it."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from rdflib import Dataset, Graph
from rdflib.compare import graph_diff, to_isomorphic

from kg.assembly.evidence import assemble
from kg.export.rdf import export_rdf
from kg.io import extraction_from_json, extraction_to_json
from kg.model import ArmValues, Discrepancy, Group, Quantity, Result, Side
from kg.rdf.documents import document_quads
from kg.rdf.values import literal
from kg.reassembly import read_content
from kg.store.base import Store
from kg.terms import IRI, BlankNode
from kg.vocab import ONTOLOGY_GRAPH, PLX, document_graph, part_iri
from tests.kg.graphs import fixture, store_of

GOLDEN = Path(__file__).parent / "golden"
GRAPHS = ["statements", "terminology", "pubmed:900002"]


def turtle(store: Store, graph: str) -> str:
    out = io.BytesIO()
    export_rdf(store, "turtle", out, graphs=[graph])
    return out.getvalue().decode()


@pytest.mark.parametrize("name", GRAPHS)
def test_the_fixture_gives_the_golden_graph(name: str) -> None:
    """To renew: write `turtle(store_of(*fixture()), name)` to the file, and read the diff."""
    found = Graph().parse(data=turtle(store_of(*fixture()), name), format="turtle")
    wanted = Graph().parse(GOLDEN / f"{name.replace(':', '-')}.ttl", format="turtle")
    _, missing, surplus = graph_diff(to_isomorphic(wanted), to_isomorphic(found))
    assert (missing.serialize(format="nt"), surplus.serialize(format="nt")) == ("", "")


def test_there_are_no_blank_nodes() -> None:
    for quad in store_of(*fixture()).quads():
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_only_defined_terms_are_used() -> None:
    store = store_of(*fixture())
    used = {q.predicate.value for q in store.quads() if q.graph_name != ONTOLOGY_GRAPH}
    ours = {iri.removeprefix(PLX.base) for iri in used if iri.startswith(PLX.base)}
    assert ours <= set(PLX.terms())


def test_denied_supposed_and_disputed_claims_have_no_plain_triple() -> None:
    """Of the pairs in the fixture those that are asserted without conflict are related, no other."""
    store = store_of(*fixture())
    rows = store.select("SELECT ?s ?o WHERE { ?s plx:relatedTo ?o }")
    related = {(row["s"], row["o"]) for row in rows}
    rows = store.select(
        """SELECT ?s ?o WHERE { ?st rdf:subject ?s ; rdf:object ?o ; plx:status "asserted" ;
        plx:crossLingualStatus ?status FILTER(?status != "conflict") }"""
    )
    assert related == {(row["s"], row["o"]) for row in rows}
    assert len(related) == 6
    supposed = "ASK { mesh:D016559 plx:hypothesizes mesh:D011507 }"
    assert store.ask(supposed)
    assert not store.ask("ASK { mesh:D016559 plx:treats mesh:D011507 }")
    assert not store.ask("ASK { mesh:D016559 plx:affects mesh:D003404 }")


def test_property_paths_work_without_reasoning() -> None:
    path = "ASK { mesh:D011692 plx:affects+ HGNC:30672 . FPLX:PPP3 plx:relatedTo HGNC:30672 }"
    assert store_of(*fixture()).ask(path)


def test_both_sentences_of_a_claim_are_found_by_one_query() -> None:
    rows = store_of(*fixture()).select(
        """SELECT ?language ?quote WHERE {
        ?statement rdf:subject mesh:D016559 ; rdf:object HGNC:30672 .
        ?evidence plx:supports ?statement ; plx:hasRendition ?rendition .
        ?rendition dcterms:language ?language ; plx:quote ?quote } ORDER BY ?language"""
    )
    assert [row["quote"].value for row in rows] == [
        "Co-treatment with tacrolimus restored synaptopodin.",
        "他克莫司共同处理恢复了突触足蛋白。",
    ]


def test_quantities_and_discrepancies_are_written() -> None:
    extraction = fixture()[0]
    record = extraction_to_json(extraction)
    record["quantities"] = [
        {"id": "q1", "passage": "p-en0", "sentence": "s-en0", "start": 0, "end": 10,
         "text": "Tacrolimus", "kind": "dose", "low": 0.05, "high": 1e-7, "unit": "mg/kg/d",
         "of": "m-en0-0"}
    ]  # fmt: skip
    side = {"en": {"sentence": "s-en0", "refers_to": "r-en0-0", "text": "effective"}}
    record["discrepancies"] = [
        {"kind": "hedge", "message": "hedged", "message_zh": "语气不同", "zh": None} | side
    ]
    content = read_content(extraction_from_json(record))
    triples = {(q.subject, q.predicate, str(q.object)) for q in content.quads}
    quantity, told = (part_iri("pubmed:900001", part) for part in ("q1", "d1"))
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert (quantity, PLX.high, f'"0.05"{decimal}') in triples
    assert (quantity, PLX.low, f'"0.0000001"{decimal}') in triples
    named = [o for s, p, o in triples if s == told and p == PLX.englishRefersTo]
    assert len(named) == 1 and named[0].endswith("-en>")


def test_the_models_parts_are_all_accounted_for() -> None:
    """What a discrepancy or quantity may hold is what the graph writes; a new field needs a term."""
    assert set(Quantity.__dataclass_fields__) == {
        "id", "passage", "sentence", "start", "end", "text", "kind", "low", "high", "unit", "total",
        "comparator", "of", "aligned", "value", "sd", "interval", "group", "time", "rule",
    }  # fmt: skip
    assert set(Result.__dataclass_fields__) == {
        "id", "sentence", "outcome", "direction", "rule", "trigger", "arm", "comparator",
        "arm_values", "comparator_values", "effect", "p_value", "significance", "time", "polarity",
        "certainty", "cues", "confidence", "aligned", "context", "values",
    }  # fmt: skip
    assert set(ArmValues.__dataclass_fields__) == {"group", "values", "phase", "time"}
    assert set(Group.__dataclass_fields__) == {"role", "start", "end", "text", "mention"}
    assert set(Discrepancy.__dataclass_fields__) == {"kind", "en", "zh", "message", "message_zh"}
    assert set(Side.__dataclass_fields__) == {"sentence", "refers_to", "text"}


def test_quads_are_the_same_each_time() -> None:
    for extraction in fixture():
        content = read_content(extraction)
        assert document_quads(extraction, assemble(extraction)) == content.quads


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1e-7, "0.0000001"), (12.0, "12"), (0.0, "0"), (3, "3")]
)
def test_numbers_are_plain_digits(value: float, text: str) -> None:
    assert literal(value).value == text


def test_trig_holds_the_named_graphs() -> None:
    out = io.BytesIO()
    store = store_of(*fixture())
    export_rdf(store, "trig", out)
    dataset = Dataset()
    with warnings.catch_warnings():  # of the library about itself
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=out.getvalue(), format="trig")
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert {IRI(name) for name in names} == set(store.graphs())


def test_numbers_come_back_from_the_store_as_they_went_in() -> None:
    store = store_of(*fixture())
    for extraction in fixture():
        content = read_content(extraction)
        assert set(content.quads) == set(store.quads(graph=document_graph(extraction.document.id)))
