"""Terms mined from a few made-up sentences in both languages."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.composition.model import learn_composition
from extractors.mentions.lexicon import load_lexicon
from extractors.mining.bitext import Unit
from extractors.mining.candidates import find_candidates
from extractors.mining.linking import Proposal, mine
from extractors.mining.writing import QUOTED, quote, write_proposals

COMPOSITION = learn_composition(
    [
        ("kidney injury", "肾脏损伤"), ("liver injury", "肝脏损伤"), ("kidney failure", "肾脏衰竭"),
        ("heart failure", "心脏衰竭"), ("heart disease", "心脏病"), ("skin disease", "皮肤病"),
        ("skin lesion", "皮肤病变"), ("bullous lesion", "大疱性病变"), ("bullous rash", "大疱性皮疹"),
        ("liver fibrosis", "肝脏纤维化"), ("skin fibrosis", "皮肤纤维化"), ("rash", "皮疹"),
    ]
)  # fmt: skip
UNITS = (
    Unit("a:1", "Bullous skin lesions were seen in nine of them.", "其中9例出现大疱性皮肤病变。"),
    Unit("a:2", "Heart fibrosis was rare, and bullous skin lesions healed.",
         "心脏纤维化少见，大疱性皮肤病变愈合。"),
    Unit("a:3", "Heart fibrosis was found at autopsy.", "尸检发现心脏纤维化。"),
    Unit("a:4", "The weather was fine.", "天气很好。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def mined() -> tuple[Proposal, ...]:
    return mine(UNITS, load_lexicon(), COMPOSITION, least=0.1)


@pytest.mark.parametrize(
    ("en", "zh"), [("heart fibrosis", "心脏纤维化"), ("bullous skin lesions", "大疱性皮肤病变")]
)
def test_names_that_stand_together_are_proposed(
    mined: tuple[Proposal, ...], en: str, zh: str
) -> None:
    assert zh in {pair.zh for pair in mined if pair.en.lower() == en}


def test_each_name_stands_in_one_pair(mined: tuple[Proposal, ...]) -> None:
    assert len({pair.en for pair in mined}) == len({pair.zh for pair in mined}) == len(mined)


def test_the_surest_come_first(mined: tuple[Proposal, ...]) -> None:
    scores = [pair.score for pair in mined]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_each_pair_has_evidence_in_which_both_names_stand(mined: tuple[Proposal, ...]) -> None:
    for pair in mined:
        assert 1 <= len(pair.evidence) <= 3
        for evidence in pair.evidence:
            start, end = evidence.en
            assert pair.en.lower() == evidence.unit.en[start:end].lower()
            start, end = evidence.zh
            assert pair.zh == evidence.unit.zh[start:end]


def test_mining_is_the_same_each_time(mined: tuple[Proposal, ...]) -> None:
    assert mine(UNITS, load_lexicon(), COMPOSITION, least=0.1) == mined


def test_a_pair_that_the_terminology_has_is_known() -> None:
    units = [Unit("b:1", "Proteinuria fell.", "蛋白尿减少。")] * 2
    pairs = learn_composition([("proteinuria", "蛋白尿"), ("protein", "蛋白")])
    (pair,) = (p for p in mine(units, load_lexicon(), pairs, least=0.1) if p.zh == "蛋白尿")
    assert (pair.en.lower(), pair.standing) == ("proteinuria", "known")


def test_a_bracket_says_that_two_names_are_the_same() -> None:
    unit = Unit("c:1", "Qidan syndrome was common.", "奇丹综合征（Qidan syndrome）常见。")
    nothing = learn_composition([])
    pairs = mine([unit], load_lexicon(), nothing, least=0.0)
    assert ("Qidan syndrome", "奇丹综合征") in {(pair.en, pair.zh) for pair in pairs}


def test_nothing_is_mined_from_nothing() -> None:
    assert mine([], load_lexicon(), COMPOSITION) == ()


def test_candidates_do_not_run_across_function_words() -> None:
    found = {c.text for c in find_candidates("loss of the left kidney", "en", load_lexicon())}
    assert {"loss", "left kidney"} <= found
    assert not any("of" in text.split() for text in found)


@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_candidates_are_substrings(text: str, language: str) -> None:
    for found in find_candidates(text, language, load_lexicon()):  # type: ignore[arg-type]
        assert text[found.start : found.end] == found.text
        assert found.parts


@given(st.text(max_size=900), st.data())
def test_a_quote_is_a_substring_that_holds_the_name(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quoted = quote(text, start, end)
    assert quoted in text
    assert text[start:end] in quoted
    assert len(quoted) <= max(QUOTED, end - start)


@pytest.mark.parametrize("form", ["babelon", "tsv"])
def test_tables_have_a_row_for_each_pair(mined: tuple[Proposal, ...], form: str) -> None:
    out = io.StringIO()
    write_proposals(mined, out, form)  # type: ignore[arg-type]
    header, *rows = [line.split("\t") for line in out.getvalue().splitlines()]
    assert len(rows) == len(mined)
    assert all(len(row) == len(header) for row in rows)
    assert ("translation_status" in header) == (form == "babelon")
