"""What a look-up tells: the concept, why it matches, where the name comes from, what is around."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractors.mentions.compiling import build_lexicon
from kg.cli import kg
from kg.terminology.rows import MappingRow, NameRow, ParentRow, Row, Source

STARTER = Source("parallax", "0", "Apache-2.0")
OWN = Source("own", "7", "CC0-1.0")
GIVEN: list[Row] = [
    NameRow("MONDO:0099990", "kidney disease", "en", "label", "Disease", OWN),
    NameRow("MONDO:0099990", "肾病", "zh", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "zorbic nephropathy", "en", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "佐布肾病", "zh", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "type 2 zorbism", "en", "exact", "Disease", OWN),
    ParentRow("MONDO:0099991", "MONDO:0099990", "is_a", OWN),
    MappingRow("MONDO:0099991", "skos:exactMatch", "omim:990001", OWN),
    NameRow("HGNC:99901", "ZRB1", "mul", "label", "Protein", OWN),
    NameRow("mesh:C990001", "group", "en", "exact", "Drug", OWN),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        drug = [NameRow("mesh:D016559", "tacrolimus", "en", "label", "Drug", STARTER),
                NameRow("mesh:D016559", "他克莫司", "zh", "label", "Drug", STARTER)]  # fmt: skip
        patch.setattr("kg.terminology.building.starter_rows", lambda: iter(drug))
        build_lexicon(folder, [("own", GIVEN)])
    return folder


def asked(data: Path, *words: str) -> list[dict[str, Any]]:
    told = CliRunner().invoke(kg, ["--data", str(data), "lexicon", "lookup", *words, "--json"])
    return list(json.loads(told.stdout))


def concepts(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    return [(row["text"], row["concept"], row["reasons"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "name", "reasons", "why"),
    [
        ("zorbic nephropathy", "zorbic nephropathy", ["name"], "is a name of it"),
        ("Zorbic nephropathies", "zorbic nephropathy", ["case", "plural"], None),
        ("type II zorbism", "type 2 zorbism", ["numeral"], "Roman, Arabic or Chinese numeral"),
        ("佐布肾病", "佐布肾病", ["name"], "即其名称"),
        ("佐布腎病", "佐布肾病", ["script"], "繁简体不同"),
        ("zuobushenbing", "佐布肾病", ["pinyin"], "the pinyin of it"),
        ("zbsb", "佐布肾病", ["initials"], "the initials of its pinyin"),
    ],
)
def test_a_name_in_any_writing_is_explained(
    data: Path, text: str, name: str, reasons: list[str], why: str | None
) -> None:
    (row,) = asked(data, text)
    assert (row["concept"], row["name"], row["reasons"]) == ("MONDO:0099991", name, reasons)
    assert (row["label_en"], row["label_zh"]) == ("zorbic nephropathy", "佐布肾病")
    assert why is None or row["why"] == why


def test_all_that_is_known_of_the_concept_is_told(data: Path) -> None:
    (row,) = asked(data, "佐布肾病")
    assert (row["source"], row["version"], row["licence"]) == ("own", "7", "CC0-1.0")
    assert row["identifiers"] == ["omim:990001"]
    above = {"concept": "MONDO:0099990", "relation": "is_a", "label_en": "kidney disease",
             "label_zh": "肾病"}  # fmt: skip
    assert row["parents"] == [above]
    assert (row["type"], row["scope"], row["language"]) == ("Disease", "label", "zh")


def test_a_sentence_gives_its_names_by_place(data: Path) -> None:
    text = "Tacrolimus improved zorbic nephropathy and ZRB1."
    rows = asked(data, text)
    assert [row["concept"] for row in rows] == ["mesh:D016559", "MONDO:0099991", "HGNC:99901"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


def test_words_follow_the_language_asked_for(data: Path) -> None:
    (english,) = asked(data, "佐布腎病", "--lang", "en")
    assert english["why"] == "traditional and simplified characters"
    told = (
        CliRunner()
        .invoke(kg, ["--data", str(data), "lexicon", "lookup", "佐布腎病", "--lang", "zh"])
        .output
    )
    for words in (
        "理由：繁简体不同",
        "来源：own 7；CC0-1.0",
        "上位概念：MONDO:0099990 肾病",
        "疾病",
    ):
        assert words in told
    told = (
        CliRunner()
        .invoke(kg, ["--data", str(data), "lexicon", "lookup", "zorbic nephropathy"])
        .output
    )
    for words in ("why: is a name of it", "source: own 7; CC0-1.0", "also: omim:990001",
                  "under: MONDO:0099990 kidney disease"):  # fmt: skip
        assert words in told


def test_what_a_name_ends_with_is_told_where_nothing_is_it(data: Path) -> None:
    rows = asked(data, "unheard-of zorbic nephropathy")
    assert rows[0]["concept"] == "MONDO:0099991"
    assert rows[0]["text"] in ("zorbic nephropathy", "unheard-of zorbic nephropathy")


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("patients", "en", "too general to be a mention"),
        ("患者", "zh", "过于笼统，不作提及"),
        ("qqqqq", "en", "no name of the terminology stands in"),
        ("甲乙丙丁戊", "zh", "未找到术语名称"),
        (" ", "en", "no name"),
    ],
)
def test_nothing_is_said_with_its_reason(data: Path, text: str, lang: str, told: str) -> None:
    result = CliRunner().invoke(
        kg, ["--data", str(data), "lexicon", "lookup", text, "--lang", lang]
    )
    assert told in result.stderr
    assert not result.stdout


def test_names_inside_longer_ones_are_told_when_asked_for(data: Path) -> None:
    inner = {row["concept"] for row in asked(data, "佐布肾病", "--all")}
    assert inner == {"MONDO:0099991", "MONDO:0099990"}
