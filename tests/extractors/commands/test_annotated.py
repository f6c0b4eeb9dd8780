"""Files with what others found, at the command line: joined, alone, refused, and in the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.io import read_extractions
from kg.model import Extraction
from kg.settings import Settings
from kg.store.opening import open_store
from ontologies.files import prefixes

PUBTATOR = (
    "900316|t|Sirolimus in gout.\n"
    "900316|a|Sirolimus lowered creatinine. The zorblex met gout.\n"
    "900316\t53\t60\tzorblex\tGene\t7777\n"
    "900316\t65\t69\tgout\tDisease\tMESH:D006073\n"
    "900316\tassociate\t7777\tMESH:D006073\n"
)
EN, ZH = "The zorbase zaps creatinine.", "左布酶击倒肌酐。"
LLM: dict[str, Any] = {
    "contract": "parallax-llm-1", "id": "note-1", "model": {"name": "made-up", "prompt": "v1"},
    "passages": [{"language": "en", "text": EN}, {"language": "zh", "text": ZH}],
    "mentions": [
        {"id": "e", "quote": "zorbase", "type": "Protein"},
        {"id": "c", "quote": "creatinine", "type": "Outcome"},
        {"id": "z", "quote": "左布酶", "type": "Protein"},
        {"id": "j", "quote": "肌酐", "type": "Outcome"},
    ],
    "relations": [
        {"subject": "e", "predicate": "decreases", "object": "c", "quote": EN},
        {"subject": "z", "predicate": "decreases", "object": "j", "quote": ZH},
    ],
}  # fmt: skip


def extracted(folder: Path, text: str, *words: str, status: int = 0) -> list[Extraction]:
    (folder / "input").write_text(text, encoding="utf-8")
    out = folder / "out.jsonl"
    assert main(["extract", str(folder / "input"), "-o", str(out), *words]) == status
    return list(read_extractions(out))


def told(extraction: Extraction) -> tuple[set[str], set[str]]:
    return (
        {mention.text for mention in extraction.mentions},
        {relation.rule.partition(".")[0] for relation in extraction.relations},
    )


@pytest.mark.parametrize(
    ("words", "mentions", "readers"),
    [
        ([], {"Sirolimus", "creatinine", "gout"}, {"en"}),
        (["--annotations", "join"], {"Sirolimus", "creatinine", "zorblex", "gout"},
         {"en", "pubtator/associate"}),
        (["--annotations", "only"], {"zorblex", "gout"}, {"pubtator/associate"}),
    ],
)  # fmt: skip
def test_annotations_are_joined_or_alone_where_that_is_asked_for(
    words: list[str], mentions: set[str], readers: set[str], tmp_path: Path
) -> None:
    (extraction,) = extracted(tmp_path, PUBTATOR, "--no-models", *words)
    assert told(extraction) == (mentions, readers)


def test_what_was_given_is_grounded_by_its_identifier(tmp_path: Path) -> None:
    (extraction,) = extracted(tmp_path, PUBTATOR, "--annotations", "only")
    concepts = {mention.text: mention.concept for mention in extraction.mentions}
    assert concepts == {"zorblex": "NCBIGene:7777", "gout": "mesh:D006073"}


def test_what_is_left_out_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "900316\t0\t9\tSirolimus\tSNP\trs1\n900316\tcotreat\t7777\tMESH:D006073\n"
    extracted(tmp_path, PUBTATOR + more, "--annotations", "only")
    assert capsys.readouterr().err.splitlines()[-1] == (
        "left out: 1 annotations of the type SNP; 1 relations of the type cotreat"
    )
    extracted(tmp_path, PUBTATOR + more, "--annotations", "only", "--json")
    assert json.loads(capsys.readouterr().err)["left_out"] == {
        "annotations of the type SNP": 1, "relations of the type cotreat": 1,
    }  # fmt: skip


@pytest.mark.parametrize("words", [[], ["--annotations", "join"], ["--annotations", "only"]])
def test_output_of_a_model_is_always_read(words: list[str], tmp_path: Path) -> None:
    (extraction,) = extracted(tmp_path, json.dumps(LLM), *words)
    theirs = [one for one in extraction.relations if one.rule == "llm:made-up/v1"]
    assert [one.aligned for one in theirs] == [(theirs[1].id,), (theirs[0].id,)]
    known = {mention.text: mention.concept for mention in extraction.mentions}
    assert known["creatinine"] == known["肌酐"] == "mesh:D003404"


def test_a_refused_quote_is_told_the_rest_is_read_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = json.loads(json.dumps(LLM))
    wrong["relations"][1]["quote"] = "左布酶 击倒肌酐"
    (extraction,) = extracted(tmp_path, json.dumps(wrong, ensure_ascii=False), status=1)
    assert [r.rule for r in extraction.relations if "llm" in r.rule and "." not in r.rule] == [
        "llm:made-up/v1"
    ]
    failure, summary = capsys.readouterr().err.splitlines()
    assert (
        "document note-1: relation 2: '左布酶 击倒肌酐' is not in the text; nearest is" in failure
    )
    assert summary.endswith("1 failure")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_annotated_files_are_built_into_the_graph(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(LLM | {"id": f"note-{number}"}), encoding="utf-8")
    arguments = ["build", str(tmp_path / "1.json"), str(tmp_path / "2.json"), "--jobs", jobs]
    data = tmp_path / "data"
    assert main(["--data", str(data), *arguments, "--annotations", "only"]) == 0
    plx = prefixes()["plx"]
    with open_store(Settings(data), read_only=True) as store:
        (row,) = store.select(
            f"SELECT ?belief ?rule (COUNT(DISTINCT ?e) AS ?n) {{ GRAPH ?g {{ ?s <{plx}belief> ?belief }}"
            f" GRAPH ?d {{ ?e <{plx}statement> ?s ; <{plx}hasRendition>/<{plx}rule> ?rule }} }}"
            " GROUP BY ?belief ?rule"
        )
    # Two documents, each in two languages that agree: 1 − (0.15 + (0.35 / 2)²).
    assert float(str(getattr(row["belief"], "value", row["belief"]))) == pytest.approx(
        0.8194, abs=1e-4
    )
    assert getattr(row["rule"], "value", row["rule"]) == "llm:made-up/v1"
    assert main(["--data", str(data), "validate"]) == 0


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "llm"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "https://w3id.org/parallax/schema/llm-1"
