"""Names that no list has are grounded where a listed one is surely meant, and only there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.grounding.candidates import find_candidates
from extractors.grounding.unlisted import similar_candidates
from extractors.mentions.compiling import build_lexicon, load_compiled
from extractors.mentions.lexicon import Lexicon, compile_lexicon
from kg.model import MentionType


@dataclass(frozen=True)
class Row:
    curie: str
    text: str
    type: MentionType = "Disease"
    lang: str = "zh"
    scope: str = "label"


ROWS = (
    Row("x:1", "肾病综合征"), Row("x:2", "IgA肾病"), Row("x:3", "膀胱恶性肿瘤"), Row("x:4", "高血压"),
    Row("x:5", "肺炎"), Row("x:6", "蛋白尿", "Outcome"), Row("x:7", "肾病蛋白", "Protein"),
    Row("x:8", "nephrotic syndrome", lang="en"), Row("x:9", "癌"), Row("x:10", "慢性肾脏病"),
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return compile_lexicon(ROWS)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("左侧膀胱癌", "x:3"),
        ("膀胱癌Ⅱ期", "x:3"),
        ("左側膀胱癌", "x:3"),
        ("重度高血压病", "x:4"),
    ],
)
def test_a_listed_name_in_other_words(lexicon: Lexicon, text: str, concept: str) -> None:
    (found,) = similar_candidates(text, "zh", lexicon, kind="Disease")
    assert found.concept == concept
    assert 0.5 < found.score <= 1
    assert found.reason.startswith(f"similar: {text}")


@pytest.mark.parametrize(
    "text",
    ["头晕", "肾", "", "骨折", "肾病综合征伴发的许多其他情况都在这里一一列出并且说得很长很长" * 2],
)
def test_what_is_not_surely_meant_is_left(lexicon: Lexicon, text: str) -> None:
    assert similar_candidates(text, "zh", lexicon) == ()


def test_other_languages_and_types_are_left(lexicon: Lexicon) -> None:
    assert similar_candidates("nephrotic syndromes", "en", lexicon) == ()
    assert similar_candidates("左侧膀胱癌", "zh", lexicon, kind="Protein") == ()


def test_grounding_asks_for_similar_names_last(lexicon: Lexicon) -> None:
    assert find_candidates("高血压", "zh", "Disease", lexicon)[0].reasons == ("name",)
    assert find_candidates("左侧膀胱癌", "zh", "Disease", lexicon)[0].reasons == ("similar",)


def test_the_index_lies_beside_the_built_lexicon(tmp_path: Path) -> None:
    version = build_lexicon(tmp_path, ())
    assert "similar-zh.grams.npy" in version.manifest["files"]
    found = similar_candidates("重度高血壓病", "zh", load_compiled(version.folder))
    assert [candidate.score > 0.5 for candidate in found] == [True]
