"""Words of aligned sentences lead to each other, and a stretch of one is found in the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.alignment.seeking import seek
from extractors.alignment.word_links import link_words
from extractors.composition.model import Composition, learn_composition
from kg.model import Language

# Made-up texts that say each thing more than once, beside different things.
TEXTS = [
    ("Curcumin lowered blood glucose.", "姜黄素使血糖降低。"),
    ("Curcumin reduced kidney injury.", "姜黄素减轻肾损伤。"),
    ("Blood glucose was lowered in mice.", "小鼠的血糖降低。"),
    ("Kidney injury was found in mice.", "在小鼠中发现肾损伤。"),
    ("Liver fibrosis was reduced by curcumin.", "姜黄素减轻肝纤维化。"),
    ("Liver injury raised bilirubin.", "肝损伤升高胆红素。"),
    ("Bilirubin was measured in mice.", "测定小鼠的胆红素。"),
    ("Blood glucose was measured.", "测定血糖。"),
    ("Blood pressure was lowered.", "血压降低。"),
]


@pytest.fixture(scope="module")
def table() -> Composition:
    """What the texts above teach."""
    return learn_composition(TEXTS)


def found(table: Composition, language: Language, marked: str, other: str) -> str | None:
    """What stands in a sentence for the words between the brackets of its translation."""
    start, end = marked.index("["), marked.index("]") - 1
    plain = marked.replace("[", "").replace("]", "")
    en, zh = (plain, other) if language == "en" else (other, plain)
    sought = seek(link_words(en, zh, table), language, start, end, other)
    return None if sought is None else other[sought.start : sought.end]


@pytest.mark.parametrize(
    ("language", "marked", "other", "expected"),
    [
        ("en", "[Curcumin] lowered bilirubin.", "姜黄素降低胆红素。", "姜黄素"),
        ("en", "Curcumin lowered [bilirubin].", "姜黄素降低胆红素。", "胆红素"),
        ("en", "[Liver injury] and kidney injury.", "肝损伤和肾损伤。", "肝损伤"),
        ("en", "Liver injury and [kidney injury].", "肝损伤和肾损伤。", "肾损伤"),
        ("zh", "姜黄素降低[血糖]。", "Curcumin lowered blood glucose.", "blood glucose"),
        ("zh", "肝损伤和[肾损伤]。", "Liver injury and kidney injury.", "kidney injury"),
        ("en", "Curcumin lowered [TNF-α].", "姜黄素降低TNF-α。", "TNF-α"),
    ],
)
def test_a_stretch_is_found_in_the_translation(
    table: Composition, language: Language, marked: str, other: str, expected: str
) -> None:
    assert found(table, language, marked, other) == expected


@pytest.mark.parametrize(
    ("language", "marked", "other"),
    [
        ("en", "Curcumin lowered [cholesterol].", "姜黄素降低血糖。"),  # an unknown word
        ("en", "[Kidney injury] was found.", "在小鼠中发现。"),  # left out by the translator
        ("en", "[of the]", "姜黄素降低血糖。"),
        ("en", "[Curcumin]", ""),
    ],
)
def test_what_is_not_there_is_not_found(
    table: Composition, language: Language, marked: str, other: str
) -> None:
    assert found(table, language, marked, other) is None


def test_words_compete_for_a_sign(table: Composition) -> None:
    links = link_words("Liver injury and kidney injury.", "肝损伤和肾损伤。", table)
    liver, kidney = links.inside("en", 0, 12), links.inside("en", 17, 30)
    first, second = links.inside("zh", 0, 3), links.inside("zh", 4, 7)
    assert links.agreement(liver, first) > 2 * links.agreement(liver, second)
    assert links.agreement(kidney, second) > 2 * links.agreement(kidney, first)
    assert links.agreement([], []) == 0.0


@given(en=st.text(max_size=60), zh=st.text(alphabet="姜黄素降低血糖肾损伤TNF α-,。", max_size=60))
def test_what_is_found_lies_in_the_text(table: Composition, en: str, zh: str) -> None:
    links = link_words(en, zh, table)
    assert links.share.shape == (len(links.en), len(links.zh))
    sought = seek(links, "en", 0, len(en), zh)
    if sought is not None:
        assert 0 <= sought.start < sought.end <= len(zh)
        assert 0 < sought.score <= 1
