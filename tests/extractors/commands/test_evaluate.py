"""`kg evaluate bilingual` at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main

pytestmark = pytest.mark.usefixtures("quick")

GOLD: list[dict[str, Any]] = [
    {
        "id": "made-up",
        "en": ["Sirolimus lowered creatinine."],
        "zh": ["西罗莫司降低肌酐。"],
        "sentence_alignment": [[[0], [0]]],
        "mentions": {
            "en": [{"s": 0, "text": "Sirolimus", "type": "Drug", "key": "s"},
                   {"s": 0, "text": "creatinine", "type": "Outcome", "key": "c"}],
            "zh": [{"s": 0, "text": "西罗莫司", "type": "Drug", "key": "s"}],
        },
        "relations": [{"subject": "s", "predicate": "decreases", "object": "c",
                       "polarity": "positive", "en": [0], "zh": []}],
    }
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def test_json_gives_every_measure(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "bilingual", str(gold), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["mentions.strict.en"]["f1"] == 1.0
    assert scores["mentions.strict.zh"] == {
        "precision": 0.5, "recall": 1.0, "f1": 0.667, "predicted": 2, "gold": 1,
    }  # fmt: skip
    assert scores["relations.full.en"]["recall"] == 1.0


def test_given_mentions_are_not_looked_for(
    gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    main(["evaluate", "bilingual", str(gold), "--json", "--given-mentions"])
    scores = json.loads(capsys.readouterr().out)
    assert scores["mentions.strict"]["f1"] == 1.0


def test_extractions_made_before_are_scored(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passages = [{"language": "en", "text": GOLD[0]["en"][0]},
                {"language": "zh", "text": GOLD[0]["zh"][0]}]  # fmt: skip
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "made-up", "passages": passages}), encoding="utf-8")
    main(["extract", str(source), "-o", str(out)])
    capsys.readouterr()
    main(["evaluate", "bilingual", str(gold), "--format", "tsv", "--extractions", str(out)])
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "measure\tprecision\trecall\tf1\tpredicted\tgold"
    assert "mentions.strict.en\t1.0\t1.0\t1.0\t2\t2" in rows


def test_the_table_has_a_line_for_each_measure(
    gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    main(["evaluate", "bilingual", str(gold)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["measure", "P", "R", "F1", "predicted", "gold"]
    assert len(lines) == 16


def test_a_wrong_gold_standard_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    path = tmp_path / "gold.json"
    path.write_text("{}", encoding="utf-8")
    assert main(["evaluate", "bilingual", str(path)]) == 1
    assert "not a JSON array" in capsys.readouterr().err
