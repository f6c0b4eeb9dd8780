"""Names found in text: boundaries, case, number, script, and the compiled file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from extractors.commands.lexicon import lexicon as command
from extractors.mentions.keys import compile_keys
from extractors.mentions.lexicon import (
    Lexicon,
    compile_lexicon,
    load_lexicon,
    longest,
)
from kg.errors import TermError
from kg.model import Language
from kg.terminology.building import build_concepts
from kg.terminology.rows import NameRow, Source


@dataclass(frozen=True)
class Row:
    curie: str
    text: str
    lang: str
    scope: str
    type: str


ROWS = [
    Row("mesh:1", "tacrolimus", "en", "label", "Drug"),
    Row("mesh:1", "他克莫司", "zh", "label", "Drug"),
    Row("mesh:1", "FK506", "mul", "exact", "Drug"),
    Row("HGNC:1", "catalase", "en", "label", "Protein"),
    Row("HGNC:1", "CAT", "mul", "abbreviation", "Protein"),
    Row("HGNC:2", "interleukin 6 receptor", "en", "label", "Protein"),
    Row("HGNC:3", "IL-6", "mul", "exact", "Protein"),
    Row("HGNC:3", "白介素-6", "zh", "exact", "Protein"),
    Row("HGNC:4", "TNF-α", "mul", "exact", "Protein"),
    Row("DOID:1", "kidney disease", "en", "label", "Disease"),
    Row("DOID:1", "肾病", "zh", "label", "Disease"),
    Row("DOID:2", "chronic kidney disease", "en", "label", "Disease"),
    Row("HP:1", "kidney disease", "en", "related", "Outcome"),
    Row("DOID:3", "AIDS", "mul", "abbreviation", "Disease"),
]


@pytest.fixture(scope="module")
def small() -> Lexicon:
    return compile_lexicon(ROWS)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Tacrolimus or FK-506 was given.", ["Tacrolimus", "FK-506"]),
        ("en", "a cat, the CAT and CATs of 12 Cats", ["CAT", "CATs"]),
        ("en", "chronic kidney diseases", ["chronic kidney diseases"]),
        ("en", "TNFα, TNF alpha and tnf-α but TNFα2", ["TNFα", "TNF alpha", "tnf-α"]),
        ("en", "IL6 and IL-6-induced but IL-61, IL-6R and GIL-6", ["IL6", "IL-6"]),
        ("en", "the aid and aids of AIDS", ["AIDS"]),
        (
            "zh",
            "他克莫司治疗IL-6升高的肾病，ＦＫ５０６。",
            ["他克莫司", "IL-6", "肾病", "ＦＫ５０６"],
        ),
        ("zh", "他 克莫司与白介素6", ["他 克莫司", "白介素6"]),
        ("zh", "腎病", ["腎病"]),
    ],
)
def test_longest_names(small: Lexicon, language: Language, text: str, expected: list[str]) -> None:
    assert [match.text for match in longest(small.matches(text, language))] == expected


def test_a_label_goes_before_a_related_name(small: Lexicon) -> None:
    assert [e.concept for e in small.lookup("kidney disease", "en")] == ["DOID:1", "HP:1"]


def test_a_name_of_the_starter_terminology_goes_before_imported_ones() -> None:
    imported = NameRow("DOID:7", "FK506", "en", "label", "Disease", Source("other"))
    concepts = build_concepts([("other", [imported])]).concepts
    known = Lexicon(concepts, compile_keys(concepts))
    assert [e.concept for e in known.lookup("FK506", "en")] == ["mesh:D016559", "DOID:7"]


def test_nested_names_are_all_told(small: Lexicon) -> None:
    found = small.matches("chronic kidney disease", "en")
    assert [match.text for match in found] == ["chronic kidney disease", "kidney disease"]


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_matches_stand_in_the_text(text: str, language: Language) -> None:
    for match in compile_lexicon(ROWS[:4]).matches(text, language):
        assert text[match.start : match.end] == match.text
        assert match.entries


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row("mesh:1", "x ray", "en", "label", "Gadget"), "unknown type"),
        (Row("mesh:1", "x ray", "en", "title", "Drug"), "unknown scope"),
        (Row("mesh:1", "x ray", "fr", "label", "Drug"), "unknown language"),
    ],
)
def test_wrong_rows_are_told(row: Row, problem: str) -> None:
    with pytest.raises(TermError, match=problem):
        compile_lexicon([row])


def test_an_empty_lexicon_finds_nothing() -> None:
    assert compile_lexicon([]).matches("tacrolimus", "en") == ()


def test_the_delivered_terminology_names_both_languages() -> None:
    known = load_lexicon()
    concept = known.lookup("FK506", "en")[0].concept
    assert known.label(concept, "en") == "tacrolimus"
    assert known.label(concept, "zh") == "他克莫司"
    assert known.type_of(concept) == "Drug"


def test_lookup_command() -> None:
    result = CliRunner().invoke(command, ["lookup", "普乐可复", "--json"])
    assert [row["label_en"] for row in json.loads(result.output)] == ["tacrolimus"]


def test_stats_command(tmp_path: Path) -> None:
    told = json.loads(
        CliRunner().invoke(command, ["stats", "--json", "--data", str(tmp_path)]).output
    )
    assert [source["name"] for source in told["sources"]] == ["parallax"]
    assert all(told["concepts"].values())
    shown = CliRunner().invoke(command, ["stats", "--data", str(tmp_path)]).output
    assert str(sum(told["concepts"].values())) in shown
