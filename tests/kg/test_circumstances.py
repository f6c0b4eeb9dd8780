"""Circumstances on their way from JSON to evidence, graph, paths and commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.assembly.evidence import assemble
from kg.cli import main
from kg.errors import FormatError
from kg.io import extraction_from_json, extraction_to_json
from kg.loading import load_extractions
from kg.model import Extraction, StudyDesign
from kg.network.paths import find_paths
from kg.network.reading import read_within
from kg.network.values import Within
from kg.qualifiers import Circumstance, Qualifier
from kg.questions import text_of
from kg.rdf.documents import document_quads
from kg.settings import Settings
from kg.store.opening import open_store
from tests.golden import (
    CYTOSKELETON,
    HUMAN,
    KIDNEY,
    TACROLIMUS,
    golden_extractions,
    golden_terminology,
    shared_store,
)


def kidney() -> Extraction:
    return next(x for x in golden_extractions() if x.document.id == "pubmed:900003")


def test_context_goes_through_json() -> None:
    assert extraction_from_json(extraction_to_json(kidney())) == kidney()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"start": 0}, "is not what stands at"),
        ({"passage": "p9"}, "lie outside the passage"),
        ({"sentence": "s9"}, "no s9 among the sentences"),
        ({"mention": "m9"}, "no m9 among the mentions"),
        ({"quantity": "q9"}, "no q9 among the quantities"),
        ({"kind": "specie"}, "'specie' is not allowed"),
        ({"reach": "far"}, "'far' is not allowed"),
    ],
)
def test_a_wrong_context_is_told(change: dict[str, object], problem: str) -> None:
    record = extraction_to_json(kidney())
    relation = next(r for r in record["relations"] if r["context"])
    relation["context"][0] |= change
    with pytest.raises(FormatError, match=problem):
        extraction_from_json(record)


def contexts(extraction: Extraction) -> set[tuple[Circumstance, ...]]:
    return {evidence.context for evidence in assemble(extraction).evidence}


def test_translations_of_one_circumstance_are_one() -> None:
    assert contexts(kidney()) == {
        (),
        (Circumstance("cell", "clause", KIDNEY),),
        (
            Circumstance("species", "document", HUMAN),
            Circumstance("setting", "document", value="clinical"),
        ),
    }


def test_what_the_clause_tells_counts_before_the_document() -> None:
    """English says it in the clause, Chinese takes it from the methods: the clause counts."""
    extraction = kidney()
    own = Qualifier(
        "species", "p-en1", "s-en1", 0, 10, "Tacrolimus", "x", concept="NCBITaxon:10116"
    )
    relations = tuple(
        replace(r, context=(own,)) if r.id == "r-en1-0" else r for r in extraction.relations
    )
    (found,) = (
        e.context
        for e in assemble(replace(extraction, relations=relations)).evidence
        if any(c.kind == "species" for c in e.context)
    )
    assert [c.concept for c in found if c.kind == "species"] == ["NCBITaxon:10116"]


def test_circumstances_split_no_statement() -> None:
    """The identity of a statement is its meaning, under whatever circumstances."""
    extraction = kidney()
    bare = replace(
        extraction, relations=tuple(replace(r, context=()) for r in extraction.relations)
    )
    assert assemble(bare).statements == assemble(extraction).statements


def test_circumstances_that_begin_at_one_place_are_told_apart() -> None:
    extraction = kidney()
    given = [
        Qualifier("setting", "p-en1", "s-en1", 0, end, "Tacrolimus"[:end], "x", value="in-vivo")
        for end in (5, 10)
    ]
    relations = tuple(replace(r, context=tuple(given)) for r in extraction.relations)
    changed = replace(extraction, relations=relations)
    quads = document_quads(changed, assemble(changed))
    words = {
        (str(quad.subject), str(quad.object))
        for quad in quads
        if "#k-setting" in str(quad.subject) and str(quad.predicate).endswith("#exact>")
    }
    assert len(words) == len({subject for subject, _ in words}) == 2


def test_a_species_without_a_mention_has_its_names_in_the_graph() -> None:
    rows = shared_store().select(
        "SELECT ?label WHERE { GRAPH ?terminology { NCBITaxon:9606 skos:prefLabel ?label } }"
    )
    assert sorted(text_of(row, "label") for row in rows) == ["human", "人"]


def test_paths_keep_to_circumstances() -> None:
    store = shared_store()
    every = find_paths(store, TACROLIMUS, CYTOSKELETON)
    human = find_paths(store, TACROLIMUS, CYTOSKELETON, within=Within(species=HUMAN))
    assert every and human
    assert {c.concept for hop in human[0].hops for e in hop.evidence for c in e.context} >= {HUMAN}
    for within in (Within(species="NCBITaxon:10116"), Within(setting="in-vitro")):
        assert find_paths(store, TACROLIMUS, CYTOSKELETON, within=within) == ()


def test_all_that_is_asked_for_must_hold_of_one_evidence() -> None:
    store = shared_store()
    claims, evidence = read_within(store, Within(species=HUMAN, setting="clinical"))
    assert len(claims) == len(evidence) == 1
    assert read_within(store, Within(species=HUMAN, cell=KIDNEY)) == (frozenset(), frozenset())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("circumstances")
    with open_store(Settings(folder)) as store:
        load_extractions(store, golden_extractions(), terminology=golden_terminology())
    return str(folder)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", "tacrolimus", "cytoskeleton", "--species", "人", "--lang", "en"),
         "human (by the document), in people (by the document)"),
        (("explain", "他克莫司", "细胞骨架", "--setting", "clinical"), "人（据全文）"),
        (("explain", "tacrolimus", "cytoskeleton", "--setting", "in-vitro"), "Not known"),
        (("show", "tacrolimus", "--setting", "clinical"), "tacrolimus increases cytoskeleton"),
        (("show", "tacrolimus", "--setting", "in-vivo"), "no claims about it on such evidence"),
        (("show", "calcineurin", "--cell", "kidney"), "calcineurin"),
        (("document", "pubmed:900003"), "kidney"),
        (("document", "pubmed:900003", "--lang", "zh"), "临床（人）（据全文）"),
    ],
)  # fmt: skip
def test_commands_tell_and_keep_to_circumstances(
    data: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert main(["--data", data, *words]) == 0
    assert told in capsys.readouterr().out


def test_document_as_json(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "document", "pubmed:900004", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["titles"] == ["A negative trial, a fixture"] and found["year"] == "2021"
    labels = [claim["label"] for claim in found["claims"]]
    assert "tacrolimus does not treat nephrotic syndrome" in labels


def test_a_document_that_is_not_there(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "document", "pubmed:1"]) == 1
    assert "no such document" in capsys.readouterr().err


def test_study_designs_are_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extraction = kidney()
    text = extraction.document.passages[4].text
    design = StudyDesign(
        "y1", "cohort", "p-en2", "s-en2", 0, 4, text[:4], "en.design.cohort"
    )  # fmt: skip
    with open_store(Settings(tmp_path)) as store:
        load_extractions(
            store, [replace(extraction, designs=(design,))], terminology=golden_terminology()
        )
    for language, told in (("en", "study designs: cohort study"), ("zh", "研究设计: 队列研究")):
        assert main(["--data", str(tmp_path), "document", "pubmed:900003", "--lang", language]) == 0
        assert told in capsys.readouterr().out
