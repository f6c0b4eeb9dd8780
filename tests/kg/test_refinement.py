"""Specific statements refine general ones and support them, whatever was loaded first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assembly.refinement import Ancestry, find_refinements, refines
from kg.assembly.values import statement_id
from kg.loading import load_extractions, remove_documents
from kg.model import PREDICATES, Extraction, Statement
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.store.reading import statements_named_by
from kg.terms import IRI
from kg.validation.validating import validate
from kg.vocab import PLX, RDF, STATEMENTS_GRAPH, statement_iri, statement_of
from tests.kg.graphs import lines
from tests.kg.test_hierarchy import KINDS, Diseases
from tests.markup import Edge, Line, build_extraction

# DOID:4 is a kind of DOID:2 and DOID:3, and these are kinds of DOID:1.
ABOVE = Ancestry(KINDS)
X = Statement("x", "treats", "DOID:4")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (X, Statement("x", "treats", "DOID:2"), True),
        (X, Statement("x", "treats", "DOID:1"), True),
        (Statement("x", "treats", "DOID:1"), X, False),
        (X, Statement("x", "affects", "DOID:1"), True),
        (X, Statement("x", "causes", "DOID:1"), False),
        (X, Statement("y", "treats", "DOID:1"), False),
        # Qualifiers: what says more is more specific.
        (Statement("x", "decreases", "y", "expression"), Statement("x", "decreases", "y"), True),
        (Statement("x", "decreases", "y"), Statement("x", "decreases", "y", "expression"), False),
        (Statement("x", "decreases", "y"), Statement("x", "affects", "y"), True),
        (Statement("x", "decreases", "y"), Statement("x", "affects", "y", sign="-"), True),
        (Statement("x", "decreases", "y"), Statement("x", "affects", "y", sign="+"), False),
        (Statement("x", "treats", "y", via=("DOID:4",)), Statement("x", "treats", "y"), True),
        (
            Statement("x", "treats", "y", via=("DOID:4",)),
            Statement("x", "treats", "y", via=("DOID:1",)),
            True,
        ),
        (Statement("x", "binds", "DOID:4"), Statement("x", "related", "DOID:1"), False),  # type: ignore[arg-type]
        # The ends of an association have no order.
        (
            Statement("DOID:4", "associated_with", "x"),
            Statement("x", "associated_with", "DOID:1"),
            True,
        ),
        (X, X, False),
    ],
)
def test_what_refines_what(one: Statement, other: Statement, expected: bool) -> None:
    if other.predicate in PREDICATES:
        assert refines(one, other, ABOVE) is expected


def claim(number: int, *edges: tuple[str, Any, str], **more: Any) -> Extraction:
    """A document that says such things of drugs and diseases."""
    pairs = []
    for subject, predicate, object_ in edges:
        text = f"[s|Drug|{subject}]{subject}[/] acts on [o|Disease|{object_}]{object_}[/]."
        pairs.append(
            (Line("en", "results", text, (Edge("s", predicate, "o", "acts", **more),)), None)
        )
    return build_extraction(f"pubmed:{number}", pairs)


def store_with(*documents: Extraction, batch: int = 32, terms: Any = None) -> Store:
    store = memory_store()
    report = load_extractions(store, documents, terminology=terms or Diseases(), batch=batch)
    assert not report.failed
    return store


def links(store: Store) -> set[tuple[str, str]]:
    found = store.quads(None, PLX.refines)
    return {(_id(quad.subject), _id(quad.object)) for quad in found}


def _id(term: Any) -> str:
    return statement_of(term.value)


def expected_links(store: Store, kinds: Any = KINDS) -> set[tuple[str, str]]:
    """The links by comparing every statement with every other."""
    names = {
        _id(quad.subject) for quad in store.quads(None, RDF.type, PLX.Statement, STATEMENTS_GRAPH)
    }
    statements = statements_named_by(store, names)
    above = Ancestry(kinds)
    return {(a, b) for a in names for b in names if refines(statements[a], statements[b], above)}


def belief_of(store: Store, statement: Statement) -> float:
    node = statement_iri(statement_id(statement))
    (quad,) = store.quads(node, PLX.belief)
    return float(quad.object.value)  # type: ignore[union-attr]


DRUG = "mesh:D016559"
GENERAL, SPECIFIC = Statement(DRUG, "treats", "DOID:1"), Statement(DRUG, "treats", "DOID:4")


def test_belief_flows_from_the_specific_to_the_general_only() -> None:
    alone = belief_of(store_with(claim(1, (DRUG, "treats", "DOID:1"))), GENERAL)
    both = store_with(claim(1, (DRUG, "treats", "DOID:1")), claim(2, (DRUG, "treats", "DOID:4")))
    assert links(both) == {(statement_id(SPECIFIC), statement_id(GENERAL))}
    assert belief_of(both, GENERAL) > alone
    assert belief_of(both, SPECIFIC) == alone
    (count,) = both.quads(statement_iri(statement_id(GENERAL)), PLX.supportingDocuments)
    assert count.object.value == "1"  # type: ignore[union-attr]


@pytest.mark.parametrize("weak", [{"polarity": "negated"}, {"certainty": "hypothesis"}])
def test_what_the_specific_does_not_assert_supports_nothing(weak: dict[str, Any]) -> None:
    general = claim(1, (DRUG, "treats", "DOID:1"))
    alone = belief_of(store_with(general), GENERAL)
    both = store_with(general, claim(2, (DRUG, "treats", "DOID:4"), **weak))
    assert len(links(both)) == 1
    assert belief_of(both, GENERAL) == alone


def test_support_goes_when_its_document_goes() -> None:
    general, specific = claim(1, (DRUG, "treats", "DOID:1")), claim(2, (DRUG, "treats", "DOID:4"))
    store = store_with(general, specific)
    remove_documents(store, ["pubmed:2"], terminology=Diseases())
    assert lines(store) == lines(store_with(general))
    load_extractions(store, [specific], terminology=Diseases())
    assert lines(store) == lines(store_with(general, specific))
    remove_documents(store, ["pubmed:1"], terminology=Diseases())
    assert lines(store) == lines(store_with(specific))


def test_another_terminology_moves_the_links() -> None:
    documents = [claim(1, (DRUG, "treats", "DOID:1")), claim(2, (DRUG, "treats", "DOID:4"))]
    fewer = Diseases(kinds={**KINDS, "DOID:2": (), "DOID:3": ()})
    store = store_with(*documents, terms=fewer)
    assert links(store) == set()
    load_extractions(store, documents, terminology=Diseases())
    assert lines(store) == lines(store_with(*documents))
    load_extractions(store, documents, terminology=fewer)
    assert links(store) == set()


ENDS = st.tuples(
    st.sampled_from([DRUG, "CHEBI:1"]),
    st.sampled_from(["treats", "affects", "causes", "associated_with"]),
    st.sampled_from(sorted(KINDS)),
)
DOCUMENTS = st.lists(
    st.tuples(st.lists(ENDS, min_size=1, max_size=3), st.sampled_from(["positive", "negated"])),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, st.data())
def test_any_order_and_batching_and_going_back_gives_the_same_links(
    contents: list[tuple[list[tuple[str, Any, str]], Any]], data: st.DataObject
) -> None:
    documents = [
        claim(number, *edges, polarity=polarity)
        for number, (edges, polarity) in enumerate(contents)
    ]
    store = store_with(*documents)
    assert links(store) == expected_links(store)
    order = data.draw(st.permutations(documents))
    other = store_with(*order, batch=data.draw(st.integers(1, 3)))
    assert lines(other) == lines(store)
    gone = data.draw(st.sampled_from(documents))
    remove_documents(other, [gone.document.id], terminology=Diseases())
    rest = [one for one in documents if one is not gone]
    assert lines(other) == lines(store_with(*rest))
    assert [v for v in validate(other) if v.severity == "error"] == []


def test_many_statements_are_not_compared_each_with_each() -> None:
    """A thousand statements that no other refines are looked up, not compared."""
    many = {str(n): Statement(f"a{n}", "treats", f"b{n}") for n in range(1000)}

    class Counting(Ancestry):
        asked = 0

        def reaches(self, concept: str, other: str) -> bool:
            Counting.asked += 1
            return super().reaches(concept, other)

    assert find_refinements(many, many, Counting({})) == {}
    assert Counting.asked <= 2 * len(many)
    assert IRI(PLX.refines.value) == PLX.refines
