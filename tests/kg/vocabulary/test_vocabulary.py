"""The vocabulary: every term is told, its example is read, and the graph uses it as it says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from kg.store.formats import parse
from kg.terms import IRI, Literal
from kg.vocab import ONTOLOGY_GRAPH, PLX, RDF
from kg.vocabulary.documentation import PAGES, example_document, make_page
from kg.vocabulary.reading import VocabularyTerm, find_term, read_about, read_terms
from tests.golden import shared_store

ROOT = Path(__file__).parents[3]
TERMS = read_terms()
BIOLINK = ROOT / ".venv-tools/lib"


def by_name(term: VocabularyTerm) -> str:
    return term.name


@pytest.mark.parametrize("term", TERMS, ids=by_name)
def test_a_term_is_told_in_both_languages_with_an_example(term: VocabularyTerm) -> None:
    remedy = f"give plx:{term.name} labels, a definition, a scope note and an example"
    for texts in (term.labels, term.definitions, term.notes):
        told = dict(texts)
        assert set(told) == {"en", "zh"} and all(told.values()), remedy
        assert re.search(r"[\u4e00-\u9fff]", told["zh"]), remedy
        assert not re.search(r"[\u4e00-\u9fff]", told["en"]), remedy
    assert term.example, remedy


@pytest.mark.parametrize("term", TERMS, ids=by_name)
def test_the_example_is_turtle_that_uses_the_term(term: VocabularyTerm) -> None:
    quads = list(parse(example_document(term).encode(), "turtle", where=term.name))
    assert quads
    iri = IRI(term.iri)
    if term.kind == "class":
        assert any(q.predicate == RDF.type and q.object == iri for q in quads)
    else:
        values = [q.object for q in quads if q.predicate == iri]
        assert values
        assert all(isinstance(value, Literal) == (term.kind == "value") for value in values)
    assert all(q.predicate in {iri, RDF.type} for q in quads)


def test_the_vocabulary_tells_its_version_licence_and_creators() -> None:
    about = read_about()
    assert about.version_iri == f"{PLX.base[:-1]}/{about.version}"
    assert about.licence.startswith("https://creativecommons.org/")
    assert set(dict(about.creators)) == set(dict(about.titles)) == {"en", "zh"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", about.issued)


def test_what_stands_above_or_beside_a_term_is_there() -> None:
    for term in TERMS:
        for iri in (*term.above, *term.domain, *term.range):
            if iri.startswith(PLX.base):
                assert find_term(iri.removeprefix(PLX.base)), f"{term.name}: {iri}"
        assert term.name not in term.below
        assert len({iri for _, iri in term.mappings}) == len(term.mappings), term.name


@cache
def used() -> dict[str, set[tuple[str, str]]]:
    """Predicate or class → the subjects and objects with which the golden graph uses it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in shared_store().quads():
        if quad.graph_name == ONTOLOGY_GRAPH or not isinstance(quad.subject, IRI):
            continue
        name = quad.object if quad.predicate == RDF.type else quad.predicate
        if isinstance(name, IRI) and name.value.startswith(PLX.base):
            value = quad.object.value if isinstance(quad.object, IRI) else ""
            found.setdefault(name.value, set()).add((quad.subject.value, value))
    return found


def test_every_term_that_the_graph_uses_is_declared() -> None:
    assert len(used()) > 80
    assert {iri.removeprefix(PLX.base) for iri in used()} <= {term.name for term in TERMS}


def test_the_graph_uses_predicates_between_the_classes_that_they_name() -> None:
    kinds: dict[str, set[str]] = {}
    for quad in shared_store().quads(None, RDF.type):
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI):
            kinds.setdefault(quad.subject.value, set()).add(quad.object.value)
    above = {term.iri: set(term.above) for term in TERMS if term.kind == "class"}

    def are(node: str, wanted: tuple[str, ...]) -> bool:
        own = kinds.get(node, set())
        whole = own | {iri for kind in own for iri in above.get(kind, ())}
        return not node or set(wanted) <= whole

    for term in TERMS:
        if term.kind != "class":
            for subject, object_ in used().get(term.iri, ()):
                assert are(subject, term.domain), f"{term.name}: {subject}"
                if term.kind != "value":
                    assert are(object_, term.range), f"{term.name}: {object_}"


def test_a_symmetric_relation_is_written_in_both_directions() -> None:
    for term in TERMS:
        if term.symmetric:
            pairs = used().get(term.iri, set())
            assert {(b, a) for a, b in pairs} <= pairs, term.name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_up_to_date(language: str) -> None:
    page = ROOT / "docs" / PAGES[language]  # type: ignore[index]
    assert page.read_text(encoding="utf-8") == make_page(language), (  # type: ignore[arg-type]
        "run python -m kg.vocabulary.documentation"
    )


def test_what_is_mapped_to_the_biolink_model_is_in_it() -> None:
    found = sorted(BIOLINK.glob("python*/site-packages/biolink_model/schema/biolink_model.yaml"))
    if not found:
        pytest.skip("the Biolink model is not there: run make tools")
    text = found[0].read_text(encoding="utf-8")
    names = {name.replace(" ", "_") for name in re.findall(r"^  ([a-z][\w ]+):$", text, re.M)}
    classes = {"".join(word.capitalize() for word in name.split("_")) for name in names}
    base = "https://w3id.org/biolink/vocab/"
    mapped = {
        iri.removeprefix(base)
        for term in TERMS
        for iri in (*term.above, *(iri for _, iri in term.mappings))
        if iri.startswith(base)
    }
    assert len(mapped) > 20
    assert mapped <= names | classes
