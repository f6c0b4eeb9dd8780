"""Validation: a good graph has no violation, and each way to spoil it is found."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from kg.model import Violation
from kg.store.embedded import EmbeddedStore
from kg.store.formats import serialize
from kg.terms import IRI, BlankNode, Literal, Quad, Subject, Term
from kg.validation.checks import run_checks, severities
from kg.validation.placing import place_of
from kg.validation.quotes import check_quotes
from kg.validation.reading import read_shapes
from kg.validation.reporting import report
from kg.validation.screening import suspects
from kg.validation.shapes import check_shapes
from kg.validation.validating import validate
from kg.vocab import (
    OA,
    ONTOLOGY_GRAPH,
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    XSD,
    concept_iri,
    document_graph,
    document_iri,
    part_iri,
    statement_iri,
)
from tests.kg.graphs import fixture, store_of

DOCUMENT = "pubmed:900001"
GRAPH = document_graph(DOCUMENT)
DRUG, PROTEIN, CREATININE, PROTEINURIA = map(
    concept_iri, ("mesh:D016559", "HGNC:30672", "mesh:D003404", "mesh:D011507")
)
RESTORES, DENIED = statement_iri("db73f8e41f963e6a"), statement_iri("20b3c60f0fdbdc79")
EVIDENCE = part_iri(DOCUMENT, "edb73f8e41f963e6a")
ENGLISH = part_iri(DOCUMENT, "edb73f8e41f963e6a-en")

Spoil = Callable[[EmbeddedStore], None]


def test_the_fixture_has_no_violation() -> None:
    assert [v for v in validate(store_of(*fixture())) if v.severity != "info"] == []


def add(subject: Subject, predicate: IRI, value: Term, graph: IRI = STATEMENTS_GRAPH) -> Spoil:
    return lambda store: store._store.add(Quad(subject, predicate, value, graph))


def drop(subject: IRI, predicate: IRI, value: Term | None = None) -> Spoil:
    return lambda store: store.change(list(store.quads(subject, predicate, value)), ())


def put(subject: IRI, predicate: IRI, value: Term) -> Spoil:
    """In place of the values that are there, this one."""

    def spoil(store: EmbeddedStore) -> None:
        old = list(store.quads(subject, predicate))
        graph = old[0].graph_name
        assert isinstance(graph, IRI)
        store.change(old, [Quad(subject, predicate, value, graph)])

    return spoil


def number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def spoilt(spoil: Spoil) -> EmbeddedStore:
    store = store_of(*fixture())
    before = set(store.quads())
    spoil(store)
    assert set(store.quads()) != before
    return store


CHECKS: dict[str, Spoil] = {
    "denied_claim_as_plain_triple": add(DRUG, PLX.affects, CREATININE),
    "hypothesis_beside_assertion": add(DRUG, PLX.hypothesizes, CREATININE),
    "missing_super_property": drop(DRUG, PLX.relatedTo, PROTEIN),
    "statement_without_evidence": lambda store: store.change((), (), drop=[GRAPH]),
    "evidence_without_statement": drop(RESTORES, RDF.type),
    "wrong_supporting_count": put(RESTORES, PLX.supportingDocuments, number(7)),
    "one_way_contradiction": add(RESTORES, PLX.contradicts, DENIED),
    "one_way_alignment": drop(part_iri(DOCUMENT, "s-en0"), PLX.alignedWith),
    "aligned_in_one_language": put(
        part_iri(DOCUMENT, "s-en0"), PLX.alignedWith, part_iri(DOCUMENT, "s-en1")
    ),
    "concept_without_label": drop(DRUG, SKOS.prefLabel),
    "concept_without_chinese_label": drop(DRUG, SKOS.prefLabel, Literal("他克莫司", language="zh")),
    "shared_label": add(
        PROTEIN, SKOS.prefLabel, Literal("calcineurin", language="en"), TERMINOLOGY_GRAPH
    ),
    "mention_of_another_type": put(part_iri(DOCUMENT, "m-en0-0"), PLX.mentionType, PLX.Cell),
    "undefined_term": add(DRUG, IRI(PLX.base + "tretas"), PROTEIN),
    "blank_node": add(BlankNode("b"), RDF.value, PROTEIN),
}


def test_every_check_is_tried_and_has_a_severity() -> None:
    assert set(CHECKS) == set(severities())


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_finds_its_fault(check: str) -> None:
    assert check not in {v.check for v in run_checks(store_of(*fixture()))}
    found = [v for v in run_checks(spoilt(CHECKS[check])) if v.check == check]
    assert found
    assert all(v.entity and v.message for v in found)


QUOTES: list[tuple[Spoil, str]] = [
    (put(ENGLISH, PLX.quote, Literal("Never said.", language="en")), "quote"),
    (put(ENGLISH, PLX.quoteStart, number(1)), "quote"),
    (drop(ENGLISH, PLX.quote), "quote"),
    (put(ENGLISH, PLX.subjectEnd, number(99)), "subjectStart"),
    (put(ENGLISH, PLX.objectText, Literal("nephrin", language="en")), "objectText"),
    (put(ENGLISH, PLX.triggerStart, number(0)), "trigger"),
    (drop(ENGLISH, PLX.inPassage), ""),
    (put(part_iri(DOCUMENT, "p-en2"), RDF.value, Literal("Other words.", language="en")), "quote"),
]


@pytest.mark.parametrize(("spoil", "name"), QUOTES)
def test_each_wrong_quote_is_found(spoil: Spoil, name: str) -> None:
    found = list(check_quotes(spoilt(spoil)))
    assert name == "" or any(v.property == PLX[name].value for v in found)
    assert bool(found) == bool(name)


def test_a_mention_that_does_not_stand_there_is_found() -> None:
    spoil = put(part_iri(DOCUMENT, "m-zh0-0"), OA.exact, Literal("西罗莫司", language="zh"))
    (violation,) = check_quotes(spoilt(spoil))
    assert violation.entity == part_iri(DOCUMENT, "m-zh0-0").value


SHAPES: list[tuple[Spoil, IRI]] = [
    (
        drop(document_iri(DOCUMENT), IRI("http://purl.org/dc/terms/identifier")),
        document_iri(DOCUMENT),
    ),
    (put(EVIDENCE, PLX.polarity, Literal("perhaps")), EVIDENCE),
    (add(EVIDENCE, PLX.denies, RESTORES, GRAPH), EVIDENCE),
    (drop(EVIDENCE, PLX.hasRendition), EVIDENCE),
    (put(ENGLISH, PLX.quote, Literal("ohne Sprache", language="de")), ENGLISH),
    (put(ENGLISH, PLX.subjectEnd, number(0)), ENGLISH),
    (put(RESTORES, PLX.belief, Literal("1.5", datatype=XSD.decimal)), RESTORES),
    (put(RESTORES, RDF.predicate, PLX.hypothesizes), RESTORES),
    (put(RESTORES, RDF.object, DRUG), RESTORES),
    (add(DRUG, RDF.type, PLX.Cell, TERMINOLOGY_GRAPH), DRUG),
    (add(DRUG, SKOS.prefLabel, Literal("FK506", language="en"), TERMINOLOGY_GRAPH), DRUG),
]


@pytest.mark.parametrize(("spoil", "entity"), SHAPES)
def test_each_shape_finds_its_fault(spoil: Spoil, entity: IRI) -> None:
    found = list(check_shapes(spoilt(spoil)))
    assert {v.entity for v in found} == {entity.value}
    assert all(isinstance(v, Violation) and v.severity == "error" for v in found)


@pytest.mark.parametrize("spoil", [spoil for spoil, _ in QUOTES])
def test_wrong_quotes_are_the_same_without_screening(spoil: Spoil) -> None:
    store = spoilt(spoil)
    assert list(check_quotes(store)) == list(check_quotes(store, screened=False))


@pytest.mark.parametrize("spoil", [spoil for spoil, _ in SHAPES])
def test_broken_shapes_are_the_same_without_screening(spoil: Spoil) -> None:
    store = spoilt(spoil)
    assert list(check_shapes(store)) == list(check_shapes(store, screened=False))


def values(property_: Term) -> list[Term]:
    """Values that break every constraint that a property may have, one by one."""
    return [
        Literal("nonsense"), Literal("x", language="fr"), Literal("", language="en"),
        Literal("two", datatype=XSD.integer), Literal("-7", datatype=XSD.integer),
        Literal("-0.5", datatype=XSD.decimal), Literal("99", datatype=XSD.decimal),
        Literal("12", datatype=IRI(f"{XSD.base}gYear")), PROTEIN, IRI("urn:nobody"),
    ]  # fmt: skip


def spoilings(store: EmbeddedStore) -> list[tuple[str, Spoil]]:
    """Of each property of each class of the fixture: none, one more, and each bad value."""
    found: dict[tuple[str, str], Quad] = {}
    kinds = {q.subject: q.object for q in store.quads(None, RDF.type) if q.object in _TARGETS}
    for quad in sorted(store.quads(), key=str):
        if quad.subject in kinds:
            found.setdefault((str(kinds[quad.subject]), quad.predicate.value), quad)
    spoils: list[tuple[str, Spoil]] = []
    for (kind, name), quad in found.items():
        subject, graph = quad.subject, quad.graph_name
        assert isinstance(subject, IRI) and isinstance(graph, IRI)
        label = f"{kind.rpartition('#')[2]} {name.rpartition('#')[2]}"
        spoils.append((f"{label} gone", drop(subject, quad.predicate)))
        for value in values(quad.predicate):
            spoils.append((f"{label} = {value}", put(subject, quad.predicate, value)))
            spoils.append((f"{label} + {value}", add(subject, quad.predicate, value, graph)))
    return spoils


_TARGETS = {shape.target for shape in read_shapes()}


def test_screening_finds_what_the_library_finds_in_a_graph_with_hundreds_of_faults() -> None:
    """Each property of each class is spoilt in every way; one after the other, and compared."""
    store = store_of(*fixture())
    spoils = spoilings(store)
    assert len(spoils) > 1000
    for _, spoil in spoils[::23]:
        spoil(store)
    told = list(check_shapes(store))
    assert told == list(check_shapes(store, screened=False))
    assert len({v.check for v in told}) > 8 and len(told) > 40


def test_each_spoilt_node_is_a_suspect() -> None:
    """What the library finds of one fault, the screening has named."""
    spoils = spoilings(store_of(*fixture()))
    shapes = read_shapes()
    for label, spoil in spoils[::149]:
        store = store_of(*fixture())
        spoil(store)
        named = {node for _, node in suspects(store, shapes)}
        wrong = {v.entity for v in check_shapes(store, screened=False)}
        assert wrong <= named, label


def test_every_constraint_of_the_shapes_is_known_to_the_screening() -> None:
    """None is left to the slow way, in which every node of a class is tried."""
    store = store_of(*fixture())
    assert all(not shape.others for shape in read_shapes())
    assert suspects(store, read_shapes()) == ((ONTOLOGY_GRAPH.value, PLX.base[:-1]),)  # its date


def test_a_fault_is_placed_in_its_document_and_sentence() -> None:
    store = spoilt(put(ENGLISH, PLX.subjectEnd, number(99)))
    (violation,) = check_quotes(store)
    place = place_of(store, violation)
    assert (place.document, place.language, place.start) == (DOCUMENT, "en", 0)
    assert place.sentence.startswith("s-en") and "tacrolimus" in place.quote.lower()
    assert violation.message_in("zh") == "主体位于引文之外"


@pytest.mark.parametrize("check", CHECKS)
def test_violations_are_told_in_both_languages_and_placed(check: str) -> None:
    store = spoilt(CHECKS[check])
    for violation in run_checks(store):
        assert violation.message_in("en") != violation.message_in("zh")
        place = place_of(store, violation)
        if violation.entity.startswith(document_iri(DOCUMENT).value):
            assert place.document == DOCUMENT and place.sentence and place.quote


def test_a_report_is_a_shacl_report() -> None:
    from rdflib import Graph
    from rdflib.namespace import SH

    store = spoilt(put(RESTORES, PLX.belief, Literal("1.5", datatype=XSD.decimal)))
    found = [(violation, place_of(store, violation)) for violation in check_shapes(store)]
    out = io.BytesIO()
    serialize(report(found), out, "turtle")
    graph = Graph().parse(data=out.getvalue(), format="turtle")
    (result,) = graph.objects(None, SH.result)
    assert str(graph.value(result, SH.focusNode)) == RESTORES.value
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert {str(m.language) for m in graph.objects(result, SH.resultMessage)} == {"en", "zh"}  # type: ignore[attr-defined]
    assert [str(word) for word in graph.objects(None, SH.conforms)] == ["false"]
    assert DOCUMENT in str(out.getvalue())
