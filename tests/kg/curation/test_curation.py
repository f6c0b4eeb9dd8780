"""Decisions of curators: kept apart, the same after re-reading, and counted in belief."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.curation.graph import curation_quads, read_curations
from kg.curation.indra import read_indra, to_indra
from kg.curation.journal import append, read_journal
from kg.curation.tables import parse_rows, write_table
from kg.curation.values import TAGS, Curation, checked, evidence_iri
from kg.curation.verdicts import in_force, verdict_on
from kg.errors import FormatError, KgError
from kg.export.selection import Selected
from kg.loading import remove_documents
from kg.model import AGREEMENTS
from kg.settings import Settings
from kg.store.embedded import memory_store
from kg.store.opening import open_store
from kg.terms import IRI
from kg.validation.validating import validate
from kg.vocab import CURATIONS_GRAPH, PLX, STATEMENTS_GRAPH, concept_iri, statement_iri
from tests.kg.curation.graphs import EN, data_with, decision, evidence_in, load, paper
from tests.kg.graphs import TERMS, lines

E1 = "pubmed:1#e0123456789abcdef"


def kg(settings: Settings, *words: str) -> int:
    return main([*words, "--data", str(settings.data)])


def state(settings: Settings) -> dict[str, Any]:
    """Status, belief and counts of the only statement, and whether the plain triple stands."""
    with open_store(settings, read_only=True) as store:
        (name,) = {q.object.value for q in store.quads(None, PLX.statement)}  # type: ignore[union-attr]
        found = {
            q.predicate.value.partition("#")[2]: q.object.value  # type: ignore[union-attr]
            for q in store.quads(IRI(name), None, None, STATEMENTS_GRAPH)
        }
        ends = concept_iri("mesh:D016559"), concept_iri("FPLX:PPP3")
        plain = next(store.quads(ends[0], PLX.decreases, ends[1]), None) is not None
        errors = [v for v in validate(store) if v.severity == "error"]
    assert errors == []
    return {
        "status": found["status"], "belief": float(found["belief"]),
        "supporting": int(found["supportingDocuments"]), "plain": plain,
    }  # fmt: skip


@pytest.fixture
def graph(tmp_path: Path) -> Settings:
    return data_with(tmp_path, paper(1), paper(2))


@pytest.fixture
def evidence(graph: Settings) -> list[str]:
    with open_store(graph, read_only=True) as store:
        return evidence_in(store)


def judge(settings: Settings, evidence: str, tag: str, curator: str = "Ada") -> None:
    assert kg(settings, "curate", evidence, "--tag", tag, "--curator", curator) == 0


# What a decision does.


def test_wrong_evidence_does_not_count_and_correct_counts_nearly_certainly(
    graph: Settings, evidence: list[str]
) -> None:
    before = state(graph)
    judge(graph, evidence[0], "grounding")
    less = state(graph)
    assert (less["status"], less["supporting"], less["plain"]) == ("asserted", 1, True)
    assert less["belief"] < before["belief"]
    judge(graph, evidence[1], "correct")
    assert state(graph)["belief"] > 0.97
    judge(graph, evidence[1], "no_relation")  # another mind: the later decision holds
    gone = state(graph)
    assert gone == {"status": "rejected", "belief": 0.0, "supporting": 0, "plain": False}
    with open_store(graph, read_only=True) as store:
        assert list(Selected(store).edges()) == []


def test_a_mere_hypothesis_supports_no_plain_triple(graph: Settings, evidence: list[str]) -> None:
    for one in evidence:
        judge(graph, one, "hypothesis")
    found = state(graph)
    assert (found["status"], found["plain"]) == ("hypothesized", False)
    assert found["belief"] <= 0.5


@pytest.mark.parametrize("tag", ["translation_error", "alignment_error"])
def test_languages_that_are_no_translations_do_not_confirm_each_other(
    tag: str, graph: Settings, evidence: list[str]
) -> None:
    before = state(graph)
    judge(graph, evidence[0], tag)
    after = state(graph)
    assert after["supporting"] == before["supporting"]
    assert after["belief"] < before["belief"]


def test_two_curators_who_disagree_leave_it_open(graph: Settings, evidence: list[str]) -> None:
    before = state(graph)
    judge(graph, evidence[0], "polarity", "Ada")
    judge(graph, evidence[0], "correct", "Li Hua")
    assert state(graph) == before
    judge(graph, evidence[0], "polarity", "Bob")
    assert state(graph)["supporting"] == 1


# Kept apart, and kept.


def test_a_decision_outlives_re_reading_and_removal(
    graph: Settings, evidence: list[str], tmp_path: Path
) -> None:
    judge(graph, evidence[0], "no_relation")
    judged = state(graph)
    load(graph, replace(paper(1), quantities=()))
    assert state(graph) == judged
    with open_store(graph) as store:
        remove_documents(store, ["pubmed:1"], terminology=TERMS)
        assert next(store.quads(None, PLX.verdict), None) is None
        assert len(read_curations(store)) == 1
    load(graph, paper(1))
    assert state(graph) == judged
    other = data_with(tmp_path / "other", paper(1), paper(2))
    append(other.data, read_journal(graph.data))
    load(other)
    with open_store(graph) as one, open_store(other) as two:
        assert lines(one) == lines(two)


def test_a_sentence_found_since_is_not_judged_with_those_that_were(
    graph: Settings, evidence: list[str]
) -> None:
    judge(graph, evidence[0], "no_relation")
    load(graph, paper(1, en=EN.replace("lowers", "clearly lowers")))
    assert state(graph)["supporting"] == 2


def test_what_was_read_is_not_touched(graph: Settings, evidence: list[str]) -> None:
    def documents() -> list[bytes]:
        with open_store(graph, read_only=True) as store:
            return [line for line in lines(store) if b"graph/document/" in line]

    before = documents()
    judge(graph, evidence[0], "other")
    assert documents() == before


def test_undo_takes_a_decision_back(
    graph: Settings, evidence: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(graph)
    judge(graph, evidence[0], "entity_boundaries")
    (one,) = read_journal(graph.data)
    assert kg(graph, "curate", "--undo", one.id, "--curator", "Ada") == 0
    assert state(graph) == before
    assert len(read_journal(graph.data)) == 2
    assert kg(graph, "curate", "--undo", "0" * 16, "--curator", "Ada") == 1
    assert "no such decision" in capsys.readouterr().err


def test_a_statement_is_judged_by_all_its_evidence(graph: Settings, evidence: list[str]) -> None:
    judge(graph, evidence[0].partition("#e")[2], "wrong_relation", "0000-0002-1825-0097")
    assert state(graph)["status"] == "rejected"
    assert {c.curator for c in read_journal(graph.data)} == {"orcid:0000-0002-1825-0097"}


def test_graph_and_file_give_each_other_what_they_lack(
    graph: Settings, evidence: list[str]
) -> None:
    judge(graph, evidence[0], "correct")
    kept = read_journal(graph.data)
    (graph.data / "curations.tsv").unlink()
    judge(graph, evidence[1], "correct")
    assert {*kept} < {*read_journal(graph.data)}


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    made = [decision(E1, curator=f"curator {number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda one: append(tmp_path, [one, one]), made)) == 40
    assert {*read_journal(tmp_path)} == {*made}


# Forms.

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
CURATIONS = st.builds(
    Curation,
    evidence=st.sampled_from([E1, "doi:10.1/a b#efedcba9876543210-not"]),
    tag=st.sampled_from(TAGS),
    curator=st.sampled_from(["Ada", "李华", "orcid:0000-0002-1825-0097"]),
    date=st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T10:20:30Z"]),
    note=TEXTS,
    value=TEXTS,
    claim=TEXTS.map(str.strip),
    quotes=st.lists(TEXTS.filter(bool), max_size=2, unique=True).map(
        lambda texts: tuple(("en", text) for text in sorted(texts))
    ),
    rules=st.sampled_from([(), ("en.treats.use",), ("en.a.b", "reader:x@1/y")]),
    agreement=st.sampled_from(AGREEMENTS),
    confidence=st.sampled_from([1.0, 0.25]),
)


@given(st.lists(CURATIONS, max_size=4))
def test_a_table_gives_back_what_was_written(curations: list[Curation]) -> None:
    assert list(parse_rows(write_table(curations), where="x")) == curations


@given(CURATIONS)
def test_the_graph_gives_back_what_was_written(curation: Curation) -> None:
    store = memory_store()
    store.change((), curation_quads(curation))
    assert read_curations(store) == (curation,)


@given(CURATIONS)
def test_indra_gives_back_the_decision(curation: Curation) -> None:
    failures: list[KgError] = []
    text = json.dumps(to_indra([curation]))
    (found,) = read_indra(text, where="x", failures=failures)
    assert failures == []
    for name in ("evidence", "tag", "curator", "date", "note"):
        assert getattr(found, name) == getattr(curation, name)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("evidence\ttag\n", "x:1: no column 'curator'"),
        ("evidence\ttag\tcurator\tmood\n", "x:1: unknown column 'mood'"),
        (f"evidence\ttag\tcurator\n{E1}\tfine\tAda\n", "x:2: unknown tag 'fine'"),
        ("evidence\ttag\tcurator\npubmed:1\tcorrect\tAda\n", "x:2 pubmed:1: is no evidence"),
        (f"evidence\ttag\tcurator\n{E1}\tcorrect\t \n", "x:2: names no curator"),
        (f"evidence\ttag\tcurator\tdate\n{E1}\tcorrect\tA\tsoon\n", "x:2: 'soon' is no date"),
        (f"evidence\ttag\tcurator\tid\n{E1}\tcorrect\tA\tff\n", "x:2: was changed"),
        (f"evidence\ttag\tcurator\n{E1}\tcorrect\tA\tmore\n", "x:2: 4 columns"),
        (f"evidence\ttag\tcurator\n{E1}\tcorrect\t0000-0002-1825-0098\n", "is no ORCID"),
    ],
)
def test_a_bad_table_is_told_by_its_line(table: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        list(parse_rows(table, where="x"))
    assert problem in str(caught.value)


def test_a_file_is_taken_in_once_and_its_bad_records_are_told(
    graph: Settings, evidence: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(
        "evidence\ttag\tcurator\tdate\n"
        f"{evidence[0]}\tno_relation\tAda\t2026-01-01\n{E1}\tcorrect\tAda\t2026-01-01\n"
    )
    for new in (1, 0):
        assert kg(graph, "curate", "--file", str(path), "--json") == 1
        out = json.loads(capsys.readouterr().out)
        assert (out["kept"], len(out["failures"])) == (new, 1)
    assert state(graph)["supporting"] == 1
    (kept,) = read_journal(graph.data)
    assert kept.quotes[0] == ("en", "Tacrolimus lowers calcineurin.")
    assert kept.rules == ("en.decreases.test", "zh.decreases.test")


@pytest.mark.parametrize("format_", ["tsv", "indra", "nquads", "turtle"])
def test_decisions_are_handed_on(
    format_: str, graph: Settings, evidence: list[str], tmp_path: Path
) -> None:
    judge(graph, evidence[0], "alignment_error")
    out = tmp_path / "out"
    assert kg(graph, "curations", "--format", format_, "-o", str(out)) == 0
    if format_ in ("tsv", "indra"):
        other = data_with(tmp_path / "other", paper(1), paper(2))
        assert kg(other, "curate", "--file", str(out)) == 0
        assert state(other) == state(graph)
    else:
        assert evidence_iri(evidence[0]).encode() in out.read_bytes()


def test_indra_records_of_others_are_told(graph: Settings, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"curator": "a@b", "tag": "correct", "date": "", "ev_json": None}]))
    assert kg(graph, "curate", "--file", str(path)) == 1
    path.write_text("[")
    assert kg(graph, "curate", "--file", str(path)) == 1


# Verdicts.


@pytest.mark.parametrize(
    ("tags", "verdict"),
    [
        ([], None),
        (["correct"], "correct"),
        (["grounding", "polarity", "correct"], "wrong"),
        (["grounding", "correct"], None),
        (["alignment_error"], "unpaired"),
        (["hypothesis"], "hypothesis"),
    ],
)
def test_most_curators_decide(tags: list[str], verdict: str | None) -> None:
    made = [decision(E1, tag, f"c{n}", quotes=(("en", "q"),)) for n, tag in enumerate(tags)]
    assert verdict_on(made, ["q"]) == verdict
    assert verdict_on(made, []) is None


def test_the_latest_decision_of_a_curator_holds() -> None:
    old, new = decision(E1, "polarity"), decision(E1, date="2026-01-02T00:00:00Z")
    assert in_force([new, old]) == (new,)


def test_evidence_and_orcid_have_one_form() -> None:
    one = checked(decision(E1, curator="https://orcid.org/0000-0002-1825-0097", date="2026-01-01"))
    assert (one.curator, one.date) == ("orcid:0000-0002-1825-0097", "2026-01-01T00:00:00Z")
    assert (one.document, one.statement) == ("pubmed:1", "0123456789abcdef")


def test_the_queue_begins_where_a_decision_tells_most(
    graph: Settings, evidence: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    torn = paper(3, predicate="increases")
    en, zh = torn.relations
    load(graph, replace(torn, relations=(en, replace(zh, polarity="negated"))))
    judge(graph, evidence[0], "correct")
    capsys.readouterr()
    assert kg(graph, "curate", "--next", "9", "--json", "--lang", "zh") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["evidence"].partition("#")[0] for one in found] == [
        "pubmed:3", "pubmed:3", "pubmed:2",
    ]  # fmt: skip
    assert found[0]["claim"] == "他克莫司升高钙调磷酸酶"
    assert [language for language, _ in found[2]["quotes"]] == ["en", "zh"]


@pytest.mark.parametrize(
    "words",
    [
        (), ("x", "--list"), ("x", "--tag", "correct"), ("x", "--curator", "Ada"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_status_two(words: tuple[str, ...], tmp_path: Path) -> None:
    assert main(["curate", *words, "--data", str(tmp_path)]) == 2


def test_unknown_targets_and_empty_graphs_are_told(
    graph: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for target in (E1, "pubmed:1", "0" * 16):
        assert kg(graph, "curate", target, "--tag", "correct", "--curator", "Ada") == 1
        assert "in the graph" in capsys.readouterr().err
    assert main(["curations", "--data", str(tmp_path / "none")]) == 1
    assert statement_iri("0" * 16).value.endswith("0" * 16)
    assert CURATIONS_GRAPH.value.endswith("graph/curations")
