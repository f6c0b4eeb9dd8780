"""INDRA Statements as edges, told apart by who asserts them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.network.graph import open_network
from kg.network.reading import read_evidence
from tests.kg.imports.sources import load

A = {"name": "FKBP1A", "db_refs": {"UP": "P62942", "TEXT": "FKBP12"}}
B = {"name": "MUP1", "db_refs": {"HGNC": "1"}}


def statement(kind: str = "Inhibition", **more: Any) -> dict[str, Any]:
    evidence = [{"source_api": "signor", "pmid": "12", "text": "A made-up sentence."}]
    return {"type": kind, "subj": A, "obj": B, "evidence": evidence} | more


@pytest.mark.parametrize("ending", [".json", ".jsonl"])
def test_a_statement_is_an_edge_with_its_reference(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"s{ending}"
    text = json.dumps(statement())
    path.write_text(f"[{text}]" if ending == ".json" else text + "\n", encoding="utf-8")
    store, report = load([path])
    assert report.failed == []
    (claim,) = open_network(store).all_claims().values()
    assert (claim.subject, claim.predicate, claim.object) == (
        "uniprot:P62942",
        "decreases",
        "HGNC:1",
    )
    (support,) = read_evidence(store, claim.id)
    record = support.curated
    assert record is not None
    assert (record.primary, record.agent_type) == ("infores:signor", "manual_agent")
    assert (record.publications, record.quotes) == (("pubmed:12",), ("A made-up sentence.",))


def test_what_a_program_read_is_believed_less(tmp_path: Path) -> None:
    beliefs = []
    for number, api in enumerate(("signor", "reach")):
        path = tmp_path / f"{number}.json"
        evidence = [{"source_api": api, "text": "A made-up sentence."}]
        path.write_text(json.dumps([statement(evidence=evidence)]), encoding="utf-8")
        store, _ = load([path])
        beliefs += [c.belief for c in open_network(store).all_claims().values()]
    assert beliefs[0] > beliefs[1] > 0


def test_denials_members_and_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    denied = [{"source_api": "reach", "epistemics": {"negated": True}}]
    nobody = {"name": "?", "db_refs": {}}
    records = [
        statement("Complex", members=[A, B]),
        statement(evidence=denied),
        statement("Translocation"),
        statement(obj=nobody),
        {"type": "Inhibition", "subj": A},
    ]
    path.write_text(json.dumps(records), encoding="utf-8")
    store, report = load([path])
    assert report.edges == 2
    assert sum(report.left_out.values()) == 2
    (told,) = (str(error) for _, error in report.failed)
    assert "item 4" in told and "'?'" in told
    (claim,) = open_network(store).all_claims().values()
    assert claim.predicate == "binds"


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps([statement(), statement("Activation")])[:-40], encoding="utf-8")
    _, report = load([path])
    assert report.edges == 1 and "item 2" in str(report.failed[0][1])
