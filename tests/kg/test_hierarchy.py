"""What stands above the concepts of documents: written with them, removed with the last of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.loading import load_extractions, remove_documents
from kg.model import Document, Extraction, Language, Mention, Passage, Sentence
from kg.rdf.terminology import Concept
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.validation.validating import validate
from kg.vocab import SKOS, TERMINOLOGY_GRAPH, compress

# Child → parents: b and c are kinds of a, d is a kind of both.
KINDS = {"DOID:1": (), "DOID:2": ("DOID:1",), "DOID:3": ("DOID:1",), "DOID:4": ("DOID:2", "DOID:3")}


class Diseases:
    """A terminology in which everything is made up."""

    def __init__(self, suffix: str = "", kinds: dict[str, tuple[str, ...]] = KINDS) -> None:
        self._suffix = suffix
        self._kinds = kinds

    def concept(self, curie: str) -> Concept | None:
        if curie not in self._kinds:
            return None
        names: tuple[tuple[Language, str], ...] = (
            ("en", f"disease {curie[-1]}{self._suffix}"), ("zh", f"疾病{curie[-1]}"),
        )  # fmt: skip
        definitions: tuple[tuple[Language, str], ...] = (("en", "It is made up."),)
        return Concept(curie, "Disease", names, parents=self._kinds[curie], definitions=definitions)

    def own_curie(self, curie: str) -> str:
        return curie


def about(number: int, *curies: str) -> Extraction:
    text = " ".join(curies)
    places = [(text.index(curie), text.index(curie) + len(curie)) for curie in curies]
    return Extraction(
        Document(f"pubmed:{number}", (Passage("p1", "en", text),)),
        (Sentence("s1", "p1", 0, len(text)),),
        tuple(
            Mention(f"m{n}", "p1", "s1", start, end, text[start:end], "Disease", text[start:end])
            for n, (start, end) in enumerate(places, 1)
        ),
    )


def described(store: Store) -> set[str]:
    return {compress(str(q.subject)[1:-1]) for q in store.quads(graph=TERMINOLOGY_GRAPH)}


def links(store: Store) -> set[tuple[str, str]]:
    return {
        (compress(str(q.subject)[1:-1])[-1], compress(str(q.object)[1:-1])[-1])
        for q in store.quads(None, SKOS.broader)
    }


def store_with(*documents: Extraction, terms: Diseases | None = None) -> Store:
    store = memory_store()
    assert not load_extractions(store, documents, terminology=terms or Diseases()).failed
    return store


def test_all_that_is_above_a_mentioned_concept_is_described() -> None:
    store = store_with(about(1, "DOID:4"))
    assert described(store) == set(KINDS)
    assert links(store) == {("4", "2"), ("4", "3"), ("2", "1"), ("3", "1")}
    assert {str(q.object) for q in store.quads(None, SKOS.definition, graph=TERMINOLOGY_GRAPH)} == {
        '"It is made up."@en'
    }


def test_such_a_graph_is_valid() -> None:
    assert [v for v in validate(store_with(about(1, "DOID:4"))) if v.severity == "error"] == []


@pytest.mark.parametrize(
    ("documents", "removed", "left"),
    [
        ([("DOID:4",)], [1], set()),
        ([("DOID:4",), ("DOID:2",)], [1], {"DOID:2", "DOID:1"}),
        ([("DOID:4",), ("DOID:2",)], [2], set(KINDS)),
        ([("DOID:4",), ("DOID:1",)], [1], {"DOID:1"}),
        ([("DOID:4",), ("DOID:4", "DOID:3")], [2], set(KINDS)),
        ([("DOID:2",), ("DOID:3",)], [1, 2], set()),
        ([("DOID:2",), ("DOID:3",)], [1], {"DOID:3", "DOID:1"}),
    ],
)
@pytest.mark.parametrize("batch", [1, 32])
def test_what_stands_above_nothing_goes(
    documents: list[tuple[str, ...]], removed: list[int], left: set[str], batch: int
) -> None:
    store = memory_store()
    known = [about(number, *curies) for number, curies in enumerate(documents, 1)]
    load_extractions(store, known, terminology=Diseases(), batch=batch)
    remove_documents(store, [f"pubmed:{number}" for number in removed], terminology=Diseases())
    assert described(store) == left
    rest = [d for d in known if int(d.document.id[7:]) not in removed]
    assert set(store.quads()) == set(store_with(*rest).quads())


def test_loading_again_with_another_terminology_renames_and_moves_concepts() -> None:
    store = store_with(about(1, "DOID:4"), about(2, "DOID:2"))
    fewer = Diseases(" (revised)", KINDS | {"DOID:4": ("DOID:3",)})
    report = load_extractions(store, [about(1, "DOID:4"), about(2, "DOID:2")], terminology=fewer)
    assert report.counts()["unchanged"] == 2
    assert report.concepts == set(KINDS)
    names = {str(q.object) for q in store.quads(None, SKOS.prefLabel) if "revised" in str(q)}
    assert len(names) == len(KINDS)
    assert links(store) == {("4", "3"), ("2", "1"), ("3", "1")}


def test_a_concept_that_is_mentioned_no_more_stays_while_another_stands_below_it() -> None:
    first = about(1, "DOID:1", "DOID:2")
    store = store_with(first, about(2, "DOID:4"))
    load_extractions(store, [about(1, "DOID:2")], terminology=Diseases())
    assert described(store) == set(KINDS)
    load_extractions(store, [replace(first, mentions=())], terminology=Diseases())
    assert described(store) == set(KINDS)
