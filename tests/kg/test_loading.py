"""Loading: the same graph whatever the order, touched only where documents touch it, never half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import CurieError, FormatError, NotFoundError
from kg.io import write_extractions
from kg.loading import load_extractions, remove_documents
from kg.model import PREDICATES, Candidate, Extraction
from kg.reassembly import Update, find_change, read_content
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import memory_store, open_embedded
from kg.store.opening import store_path
from kg.terms import IRI, Literal
from kg.vocab import (
    DCTERMS,
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    compress,
    concept_iri,
)  # fmt: skip
from tests.kg.graphs import TERMS, fixture, lines, store_of
from tests.markup import Edge, Line, build_extraction

# Small random documents over few concepts, so that they share many statements.

CONCEPTS = [
    ("Drug", "mesh:D016559"), ("Drug", ""), ("Protein", "FPLX:PPP3"), ("Protein", ""),
]  # fmt: skip
ABOVE = ["mesh:D009404", "mesh:D011507", "FPLX:PPP3"]  # the second is in no list


@st.composite
def documents(draw: st.DrawFn) -> list[Extraction]:
    """Documents with ids of their own; each has sentences in one language or both."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        pairs = []
        for _ in range(draw(st.integers(1, 3))):
            ends = draw(st.lists(st.sampled_from(CONCEPTS), min_size=2, max_size=2, unique=True))
            edge = Edge(
                "a", draw(st.sampled_from(PREDICATES)), "b", "x",
                polarity=draw(st.sampled_from(["positive", "negated"])),
                certainty=draw(st.sampled_from(["asserted", "hypothesis"])),
                extra=(("aspect", draw(st.sampled_from([None, "expression"]))),),
            )  # fmt: skip
            names = [draw(st.sampled_from(["Alpha", "alpha", "ALPHA", "甲"])) for _ in ends]
            marked = [
                f"[{key}|{kind}|{curie}]{name}{kind}[/]"
                for key, (kind, curie), name in zip("ab", ends, names, strict=True)
            ]
            text = f"{marked[0]} x {marked[1]}."
            lines_of = [
                Line("en", "results", text, (edge,)) if draw(st.booleans()) else None,
                Line("zh", "results", text, (edge,)) if draw(st.booleans()) else None,
            ]
            pairs.append((lines_of[0] or Line("en", "results", text), lines_of[1]))
        read = build_extraction(f"pubmed:{number}", pairs)
        broader = draw(st.sampled_from([(), *((Candidate(c, 0.3, "broader: x"),) for c in ABOVE)]))
        mentions = (replace(m, candidates=() if m.concept else broader) for m in read.mentions)
        found.append(replace(read, mentions=tuple(mentions)))
    return found


@settings(max_examples=15, deadline=None)
@given(documents(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_any_order_and_any_history_give_the_same_graph(
    extractions: list[Extraction], batch: int, rng: random.Random
) -> None:
    wanted = lines(store_of(*extractions))
    shuffled = extractions[:]
    rng.shuffle(shuffled)
    assert lines(store_of(*shuffled, batch=batch)) == wanted
    # Documents that come with other content first, and documents that come and go, leave no trace.
    store = store_of(*fixture(), *(replace(e, relations=()) for e in shuffled), batch=batch)
    load_extractions(store, shuffled, terminology=TERMS, batch=batch)
    remove_documents(store, [e.document.id for e in fixture()], terminology=TERMS)
    assert lines(store) == wanted


def broader_of(store: Store) -> set[tuple[str, str]]:
    """What documents, not the terminology, say to be broader."""
    quads = store.quads(None, SKOS.broader)
    return {
        (_curie(quad.subject), _curie(quad.object))
        for quad in quads
        if quad.graph_name != TERMINOLOGY_GRAPH
    }


def _curie(term: object) -> str:
    assert isinstance(term, IRI)
    return compress(term.value)


@pytest.mark.parametrize("reason", ["broader: nephrotic syndrome", "similar: nephrotic syndrome"])
def test_a_local_concept_is_narrower_than_what_its_words_end_with(reason: str) -> None:
    text = "[a|Drug|mesh:D016559]Alpha[/] in [b|Disease|]zorbic nephrotic syndrome[/]."
    read = build_extraction("pubmed:1", [(Line("en", "results", text), None)])
    candidates = (Candidate("mesh:D009404", 0.4, reason),)
    mentions = (replace(m, candidates=() if m.concept else candidates) for m in read.mentions)
    read = replace(read, mentions=tuple(mentions))
    store = store_of(read)
    linked = {("plxc:disease-zorbic-nephrotic-syndrome", "mesh:D009404")}
    assert broader_of(store) == (linked if reason.startswith("broader") else set())
    labelled = store.quads(None, SKOS.prefLabel, None, TERMINOLOGY_GRAPH)
    described = {_curie(quad.subject) for quad in labelled}
    assert ("mesh:D009404" in described) == reason.startswith("broader")
    remove_documents(store, ["pubmed:1"], terminology=TERMS)
    assert not broader_of(store)
    assert not list(store.quads(graph=TERMINOLOGY_GRAPH))


def test_loading_twice_changes_nothing() -> None:
    store = store_of(*fixture())
    before = lines(store)
    report = load_extractions(store, fixture(), terminology=TERMS)
    assert report.counts() == {
        "added": 0, "replaced": 0, "unchanged": 2, "removed": 0, "failed": 0, "statements": 11,
    }  # fmt: skip
    assert lines(store) == before


def test_what_is_removed_is_gone_with_all_that_only_it_supports() -> None:
    first, second = fixture()
    store = store_of(first, second)
    remove_documents(store, [first.document.id], terminology=TERMS)
    assert lines(store) == lines(store_of(second))
    remove_documents(store, [second.document.id], terminology=TERMS)
    assert {graph.value.rpartition("/")[2] for graph in store.graphs()} == {"ontology"}


def test_an_unknown_document_is_reported_and_the_others_removed() -> None:
    store = store_of(*fixture())
    report = remove_documents(store, ["pubmed:7", "pubmed:900001"], terminology=TERMS)
    assert report.removed == ["pubmed:900001"]
    ((name, error),) = report.failed
    assert name == "pubmed:7" and isinstance(error, NotFoundError)


def test_a_change_touches_only_what_its_document_touches() -> None:
    """A document about other things is neither removed, written nor renamed."""
    first, second = fixture()
    other = build_extraction(
        "pubmed:3",
        [(Line("en", "results", "[a|Drug|mesh:D1]A[/] x [b|Drug|mesh:D2]B[/].", (Edge("a", "binds", "b", "x"),)), None)],
    )  # fmt: skip
    store = store_of(first, second, other)
    change = find_change(store, [Update(second.document.id, None)], TERMS)
    touched = {str(q.subject) for q in (*change.remove, *change.add)}
    assert touched
    assert not {str(concept_iri(c)) for c in ("mesh:D1", "mesh:D2", "mesh:D009404")} & touched
    changed = {q.graph_name for q in (*change.remove, *change.add)}
    assert changed <= {STATEMENTS_GRAPH, TERMINOLOGY_GRAPH}


def test_replacing_a_document_with_itself_is_no_change() -> None:
    first, second = fixture()
    store = store_of(first, second)
    change = find_change(store, [Update(first.document.id, read_content(first))], TERMS)
    assert (change.remove, change.add, change.drop) == ((), (), ())


def named(text: str, number: int) -> Extraction:
    line = Line(
        "en", "results", f"[a|Drug|]{text}[/] x [b|Drug|mesh:D016559]FK506[/].",
        (Edge("a", "binds", "b", "x"),),
    )  # fmt: skip
    return build_extraction(f"pubmed:{number}", [(line, None)])


def labels(extractions: list[Extraction], predicate: str) -> set[str]:
    store = store_of(*extractions)
    rows = store.select(f"SELECT ?label WHERE {{ ?s {predicate} ?label }}")
    return {row["label"].value for row in rows if isinstance(row["label"], Literal)}


def test_a_local_concept_is_called_by_its_fullest_name() -> None:
    documents = [named("Factor-q", 1), named("factor Q", 2), named("factor  Q", 3)]
    for order in (documents, documents[::-1]):
        assert "factor  Q" in labels(order, "skos:prefLabel")
        assert {"Factor-q", "factor Q"} <= labels(order, "skos:altLabel")
        assert "tacrolimus binds factor  Q" in labels(order, "rdfs:label")


def test_a_name_goes_with_the_last_document_that_uses_it() -> None:
    documents = [named("factor q", 1), named("Factor q", 2), named("factor  Q", 3)]
    store = store_of(*documents)
    for count in (2, 1, 0):
        remove_documents(store, [documents[count].document.id], terminology=TERMS)
        assert lines(store) == lines(store_of(*documents[:count]))


def test_statements_are_renamed_with_their_concepts() -> None:
    store = store_of(named("Factor-q", 1))
    load_extractions(store, [named("factor  Q", 2)], terminology=TERMS)
    assert lines(store) == lines(store_of(named("factor  Q", 2), named("Factor-q", 1)))


# Bad documents.


def with_concept(curie: str) -> Extraction:
    text = f"[a|Drug|{curie}]A[/] x [b|Drug|mesh:D2]B[/]."
    return build_extraction("pubmed:8", [(Line("en", "results", text), None)])


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (with_concept("nope:1"), CurieError),
        (with_concept("mesh:D 1"), CurieError),
        (replace(fixture()[0], sentences=()), FormatError),
    ],
)
def test_a_bad_document_is_reported_and_the_rest_loaded(bad: Extraction, error: Any) -> None:
    store = memory_store()
    _, good = fixture()
    report = load_extractions(store, [bad, good], terminology=TERMS)
    assert [type(failure) for _, failure in report.failed] == [error]
    assert report.added == [good.document.id]
    assert lines(store) == lines(store_of(good))


def test_of_two_documents_with_one_id_the_later_counts() -> None:
    first, second = fixture()
    twin = replace(second, document=replace(second.document, id=first.document.id))
    for batch in (1, 2):
        assert lines(store_of(first, twin, batch=batch)) == lines(store_of(twin))


# A crash.

PROGRAM = """
import sys
from pathlib import Path
from kg.io import read_extractions
from kg.loading import load_extractions
from kg.settings import Settings
from kg.store.opening import open_store
with open_store(Settings(data=Path(sys.argv[1]))) as store:
    load_extractions(store, read_extractions(Path(sys.argv[2])), batch=2, progress=lambda n: print(n, flush=True))
"""


@pytest.mark.parametrize("after", [2, 6])
def test_a_killed_writer_leaves_whole_documents(tmp_path: Path, after: int) -> None:
    """After SIGKILL each document is there as a whole, and loading again completes the graph."""
    many = [
        replace(e, document=replace(e.document, id=f"pubmed:{n}-{e.document.id[-1]}"))
        for n in range(60)
        for e in fixture()
    ]
    source = tmp_path / "many.jsonl"
    with source.open("w", encoding="utf-8") as out:
        write_extractions(many, out)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path / "data", source],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while int(process.stdout.readline()) < after:
        pass
    time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    settings = Settings(data=tmp_path / "data")
    with open_embedded(store_path(settings)) as store:
        kept = {q.object for q in store.quads(None, DCTERMS.identifier)}
        there = [e for e in many if Literal(e.document.id) in kept]
        assert after <= len(there) < len(many)
        assert sum(1 for _ in store.quads(None, RDF.type, PLX.Document)) == len(there)
        expected = memory_store()
        load_extractions(expected, there)
        assert lines(store) == lines(expected)
