"""Negation, hypothesis and aim: cue, scope, reach, and what hides a cue."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.context.cues import ContextCue
from extractors.context.finding import ContextReader, find_cues
from extractors.context.rules import load_context
from extractors.rule_files import ROOT
from kg.model import LANGUAGES, Language

DOCS = Path(__file__).parents[3] / "docs"


def cues(text: str, language: Language, kind: str, *, heeded: bool = True) -> list[ContextCue]:
    return [c for c in find_cues(text, language) if c.kind == kind and (c.heeded or not heeded)]


@pytest.mark.parametrize(
    ("language", "text", "kind", "cue", "inside", "outside"),
    [
        ("en", "X did not reduce Y, but raised Z.", "negation", "not", "reduce", "raised"),
        ("en", "X failed to reduce Y.", "negation", "failed", "reduce", None),
        ("en", "Neither X nor W changed Y.", "negation", "Neither", "changed", None),
        ("en", "A change in Y was not observed.", "negation", "not", "change", None),
        ("en", "X did not significantly reduce Y.", "negation", "not", "reduce", None),
        ("en", "X had no significant effect on Y.", "negation", "no", "effect", None),
        ("en", "X may reduce Y; Z rose.", "hypothesis", "may", "reduce", "rose"),
        ("en", "X appears to reduce Y.", "hypothesis", "appears", "reduce", None),
        ("en", "X, a potential inhibitor of Y.", "hypothesis", "potential", "inhibitor", None),
        ("en", "To investigate the effect of X on Y.", "aim", "To investigate", "effect", None),
        ("en", "The effect of X on Y was evaluated.", "aim", "was evaluated", "effect", None),
        ("zh", "X未降低Y，但升高Z。", "negation", "未", "降低", "升高"),
        ("zh", "X不能降低Y。", "negation", "不能", "降低", None),
        ("zh", "两组Y差异无统计学意义。", "negation", "无", "差异", None),
        ("zh", "X可能降低Y；Z升高。", "hypothesis", "可能", "降低", "升高"),
        ("zh", "X有望缓解Y。", "hypothesis", "有望", "缓解", None),
        ("zh", "探讨X对Y的影响。结果", "aim", "探讨", "影响", None),
        ("zh", "旨在观察X对Y的作用。", "aim", "旨在", "作用", None),
    ],
)
def test_cue_governs_its_reach(
    language: Language, text: str, kind: str, cue: str, inside: str, outside: str | None
) -> None:
    found = [c for c in cues(text, language, kind) if c.text == cue]
    start = text.index(inside)
    assert any(c.governs(start, start + len(inside)) for c in found)
    if outside:
        start = text.index(outside)
        assert not any(c.governs(start, start + len(outside)) for c in found)


@pytest.mark.parametrize(
    ("text", "cue", "scope"),
    [
        ("X did not reduce Y, but raised Z.", "not", "not reduce Y"),
        ("Y was not reduced by X.", "not", "Y was not reduced by X"),
        ("These data suggest that X may bind Y.", "may", "may bind Y"),
        ("These data suggest that X may bind Y.", "suggest", "suggest that X may bind Y"),
        ("X appears to bind Y.", "appears", "X appears to bind Y"),
        ("Cells grew without serum.", "without", "without serum"),
    ],
)
def test_english_scope_is_as_a_grammar_sees_it(text: str, cue: str, scope: str) -> None:
    assert [text[slice(*c.scope)] for c in find_cues(text, "en") if c.text == cue] == [scope]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "X not only reduced Y but also Z.", "negation"),
        ("en", "X was given as soon as possible.", "hypothesis"),
        ("en", "No doubt X reduced Y.", "negation"),
        ("en", "X reduced Y in non-small cell cancer.", "negation"),
        ("en", "X reduced Y irrespective of whether Z was given.", "aim"),
        ("zh", "X不仅降低Y，而且降低Z。", "negation"),
        ("zh", "无论X如何，Y升高。", "negation"),
        ("zh", "Y非常高。", "negation"),
        ("zh", "X不断升高。", "negation"),
        ("zh", "在未来降低Y。", "negation"),
        ("zh", "X引起不良反应。", "negation"),
        ("zh", "采用无创通气治疗。", "negation"),
        ("zh", "X治疗非小细胞肺癌。", "negation"),
        ("zh", "尽可能用X降低Y。", "hypothesis"),
        ("zh", "研究发现X降低Y。", "aim"),
        ("zh", "与对照组比较，Y升高。", "aim"),
    ],
)
def test_pseudo_cue_is_no_cue(language: Language, text: str, kind: str) -> None:
    assert cues(text, language, kind) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("We suggest that X reduces Y.", "suggest"),
        ("Lack of X reduced Y.", "Lack"),
        ("X rather than Z reduced Y.", "rather than"),
    ],
)
def test_what_is_not_heeded_is_found_all_the_same(text: str, cue: str) -> None:
    assert [(c.text, c.heeded) for c in find_cues(text, "en")] == [(cue, False)]


def test_parts_of_one_cue_share_their_scope() -> None:
    text = "Neither losartan nor water changed renin."
    (cue,) = cues(text, "en", "negation")
    assert (cue.text, [text[slice(*part)] for part in cue.more]) == ("Neither", ["nor"])


def test_words_inside_a_mention_are_no_cue() -> None:
    assert find_cues("索拉非尼降低Y", "zh", [(0, 4)]) == []
    assert find_cues("No-doz lowered Y", "en", [(0, 6)]) == []


def test_abbreviation_in_capitals_is_no_cue() -> None:
    assert find_cues("NO relaxed the vessels.", "en") == []
    assert [cue.text for cue in find_cues("NO RELAXATION OF VESSELS", "en")] == ["NO"]


def test_traditional_characters_and_full_width_are_read() -> None:
    assert [cue.text for cue in find_cues("Ｘ沒有降低Ｙ", "zh")] == ["沒有"]


PIECES = {
    "en": ["not", "no", "may", "neither", "nor", "suggest that", "𠮷", "X", "reduced", ",", "(",
           ")", "but", "was", "or", "which", "unknown", ".", "To investigate"],
    "zh": ["未", "不仅", "可能", "𠮷", "X", "降低", "，", "（", "）", "但", "无统计学意义", "。", "探讨"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_scope_holds_its_cue_and_stays_in_the_sentence(
    language: Language, data: st.DataObject
) -> None:
    pieces = data.draw(st.lists(st.sampled_from(PIECES[language]), max_size=14))
    text = (" " if language == "en" else "").join(pieces)
    for cue in find_cues(text, language):
        parts = [(cue.start, cue.end), *cue.more]
        assert text[cue.start : cue.end] == cue.text
        assert cue.rule.startswith(f"{language}.context.")
        for low, high in (cue.scope, cue.extent):
            assert 0 <= low <= cue.start < cue.end <= high <= len(text)
            assert all(low <= start and end <= high for start, end in parts[:1])
        assert cue.reach[0] <= cue.start < cue.end <= cue.reach[1]


def test_gated_cues_need_weights() -> None:
    context = load_context(ROOT / "en")
    bare = ContextReader(type(context)(context.language, context.rules, context.words))
    assert bare.find("X is either Y or Z.") == []


@pytest.mark.parametrize("page", ["context.md", "context.zh.md"])
def test_examples_of_the_page_hold(page: str) -> None:
    failed, tried = doctest.testfile(str(DOCS / page), module_relative=False)
    assert (failed, tried) == (0, 3)


@pytest.mark.parametrize(
    "text",
    ["研究组蛋白尿低于对照组。", "研究对象血压升高。", "拟除虫菊酯降低存活率。", "曲线拟合良好，血糖升高。",
     "拟肾上腺素药升高血压。", "检测仪显示血糖升高。"],
)  # fmt: skip
def test_a_cue_inside_a_word_is_none(text: str) -> None:
    assert find_cues(text, "zh") == []
