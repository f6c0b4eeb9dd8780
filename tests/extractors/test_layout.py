"""Labels that open a section, in both languages and in the forms that journals use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors import layout
from kg.errors import FormatError
from kg.model import LANGUAGES, Language

LISTS: dict[str, Any] = {key: [] for key in layout._LISTS}
LABELLED = [
    ("METHODS A total of 40 rats were used.", "methods", "A total of 40 rats were used."),
    ("Materials and Methods: cells were grown.", "methods", "cells were grown."),
    ("BACKGROUND & AIMS: Sirolimus is used.", "background", "Sirolimus is used."),
    ("Background/Aims: Sirolimus is used.", "background", "Sirolimus is used."),
    ("Methods and results: we measured.", "results", "we measured."),
    ("[Conclusions] Sirolimus helps.", "conclusion", "Sirolimus helps."),
    ("Conclusions. Sirolimus helps.", "conclusion", "Sirolimus helps."),
    ("Results—Creatinine fell.", "results", "Creatinine fell."),
    ("OBJECTIVES To study sirolimus.", "background", "To study sirolimus."),
    ("目的：观察西罗莫司。", "background", "观察西罗莫司。"),
    ("【方法】选取大鼠。", "methods", "选取大鼠。"),
    ("结果 肌酐下降。", "results", "肌酐下降。"),
    ("結論:西羅莫司有效。", "conclusion", "西羅莫司有效。"),
    ("材料与方法　选取大鼠。", "methods", "选取大鼠。"),
    ("Methods Forty rats were used.", "methods", "Forty rats were used."),
    ("Objective To study sirolimus.", "background", "To study sirolimus."),
    ("Materials and methods Rats were used.", "methods", "Rats were used."),
]
UNLABELLED = [
    "Results showed that creatinine fell.",
    "RESULTS OF THE TRIAL",
    "Conclusions are hard to draw.",
    "结果表明肌酐下降。",
    "Results of the trial were good.",
    "Outcomes PAN and IgAN were compared.",
    "目的基因表达升高。",
    "",
]


@pytest.mark.parametrize(("text", "section", "rest"), LABELLED)
def test_leading_label_finds_the_section_and_where_the_text_begins(
    text: str, section: str, rest: str
) -> None:
    label = layout.leading_label(text)
    assert label is not None
    assert (label.section, text[label.end :]) == (section, rest)
    assert label.text in text


@pytest.mark.parametrize("text", UNLABELLED)
def test_words_of_a_sentence_are_no_label(text: str) -> None:
    assert layout.leading_label(text) is None


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("背景西罗莫司已上市。方法选取大鼠。结果肌酐下降。", True),
        ("目的 观察西罗莫司。方法：选取大鼠。结果肌酐下降。", True),
        ("目的基因表达升高。方法学评价良好。", False),
        ("结果肌酐下降。方法选取大鼠。目的观察西罗莫司。", False),
        ("大鼠的肌酐下降。方法选取大鼠。结果肌酐下降。结论西罗莫司有效。", False),
        ("", False),
    ],
)
def test_labels_without_any_mark_count_only_together(text: str, *, glued: bool) -> None:
    assert layout.has_glued_labels(text) is glued


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_the_data_opens_its_section(language: Language) -> None:
    for word, section in layout.load_layout(language).sections.items():
        found = layout.leading_label(f"{word}: 1")
        assert found is not None
        assert found.section == section


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"headings": []}, "wrong keys"),
        (LISTS | {"more": []}, "wrong keys"),
        (LISTS | {"verbs": "is"}, "not a list"),
        (LISTS | {"verbs": [1]}, "not a list"),
    ],
)
def test_wrong_layout_files_are_named(data: dict[str, Any], problem: str) -> None:
    with pytest.raises(FormatError, match=problem) as caught:
        layout._compile(data, {}, "layout.yaml")
    assert "layout.yaml" in str(caught.value)


def test_both_languages_have_a_layout_file() -> None:
    folder = Path(layout.__file__).parent / "languages"
    assert all((folder / language / "layout.yaml").exists() for language in LANGUAGES)
