"""Negation, hypothesis and aim: cue, scope, and what hides a cue."""

from __future__ import annotations

import pytest

from extractors.relations.context import ContextReader, governs
from extractors.relations.grammar import load_rules
from kg.model import Cue, Language

READERS = {language: ContextReader(grammar.cues) for language, grammar in load_rules().items()}


def cues(text: str, language: Language, kind: str) -> list[Cue]:
    return [cue for cue in READERS[language].find(text) if cue.kind == kind]


@pytest.mark.parametrize(
    ("language", "text", "kind", "cue", "inside", "outside"),
    [
        ("en", "X did not reduce Y, but raised Z.", "negation", "not", "reduce", "raised"),
        ("en", "X failed to reduce Y.", "negation", "failed to", "reduce", None),
        ("en", "Neither X nor W changed Y.", "negation", "Neither", "changed", None),
        ("en", "A change in Y was not observed.", "negation", "was not observed", "change", None),
        ("en", "X may reduce Y; Z rose.", "hypothesis", "may", "reduce", "rose"),
        ("en", "X, a potential inhibitor of Y.", "hypothesis", "potential", "inhibitor", None),
        ("en", "To investigate the effect of X on Y.", "aim", "To investigate", "effect", None),
        ("en", "The effect of X on Y was evaluated.", "aim", "was evaluated", "effect", None),
        ("zh", "X未降低Y，但升高Z。", "negation", "未", "降低", "升高"),
        ("zh", "X不能降低Y。", "negation", "不能", "降低", None),
        ("zh", "两组Y差异无统计学意义。", "negation", "差异无统计学意义", "差异", None),
        ("zh", "X可能降低Y；Z升高。", "hypothesis", "可能", "降低", "升高"),
        ("zh", "X有望缓解Y。", "hypothesis", "有望", "缓解", None),
        ("zh", "探讨X对Y的影响。结果", "aim", "探讨", "影响", None),
        ("zh", "旨在观察X对Y的作用。", "aim", "旨在", "作用", None),
    ],
)
def test_cue_governs_its_scope(
    language: Language, text: str, kind: str, cue: str, inside: str | None, outside: str | None
) -> None:
    found = cues(text, language, kind)
    assert cue in [c.text for c in found]
    if inside:
        start = text.index(inside)
        assert any(governs(c, start, start + len(inside)) for c in found)
    if outside:
        start = text.index(outside)
        assert not any(governs(c, start, start + len(outside)) for c in found if c.text == cue)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "X not only reduced Y but also Z.", "negation"),
        ("en", "X was given as soon as possible.", "hypothesis"),
        ("zh", "X不仅降低Y，而且降低Z。", "negation"),
        ("zh", "无论X如何，Y升高。", "negation"),
        ("zh", "尽可能用X降低Y。", "hypothesis"),
        ("zh", "研究发现X降低Y。", "aim"),
        ("zh", "与对照组比较，Y升高。", "aim"),
    ],
)
def test_pseudo_cue_is_no_cue(language: Language, text: str, kind: str) -> None:
    assert cues(text, language, kind) == []


def test_words_inside_a_mention_are_no_cue() -> None:
    assert READERS["zh"].find("索拉非尼降低Y", [(0, 4)]) == []
    assert READERS["en"].find("No-doz lowered Y", [(0, 6)]) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_cue_gives_back_its_text(language: Language) -> None:
    text = {"en": "X may not 𠮷 reduce Y, possibly.", "zh": "𠮷X可能未降低Y。"}[language]
    for cue in READERS[language].find(text):
        assert text[cue.start : cue.end] == cue.text
        assert cue.rule.startswith(f"{language}.context.")
