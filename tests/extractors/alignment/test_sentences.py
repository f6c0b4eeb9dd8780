"""Sentences of the two languages find each other: merged, missing, in another order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.alignment.anchors import anchors, weight_of_length
from extractors.alignment.sentences import Group, Side, align_sentences
from kg.model import Language


def sides(language: Language, *texts: str) -> list[Side]:
    return [
        Side(f"{language}{n}", weight_of_length(text, language), anchors(text, language))
        for n, text in enumerate(texts)
    ]


def groups(en: list[str], zh: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    found = align_sentences(sides("en", *en), sides("zh", *zh))
    return [
        (tuple(int(i[2:]) for i in group.en), tuple(int(i[2:]) for i in group.zh))
        for group in found
    ]


AIM = (
    "To study whether irbesartan protects the kidney of diabetic rats.",
    "研究厄贝沙坦对糖尿病大鼠肾脏的保护作用。",
)
GROUPS = "Forty rats were randomly divided into 4 groups.", "将40只大鼠随机分为4组。"
URINE = "Urinary albumin fell by 35% after 12 weeks.", "12周后尿白蛋白下降35%。"
TGF = "Renal TGF-β1 expression was reduced.", "肾组织TGF-β1表达减少。"
END = "Irbesartan may slow diabetic nephropathy.", "厄贝沙坦可能延缓糖尿病肾病。"


def test_one_to_one() -> None:
    pairs = [AIM, GROUPS, URINE, TGF, END]
    found = groups([en for en, _ in pairs], [zh for _, zh in pairs])
    assert found == [((n,), (n,)) for n in range(5)]


def test_two_english_sentences_are_one_chinese_sentence() -> None:
    merged = "12周后尿白蛋白下降35%，肾组织TGF-β1表达减少。"
    found = groups([AIM[0], URINE[0], TGF[0], END[0]], [AIM[1], merged, END[1]])
    assert found == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_one_english_sentence_is_two_chinese_sentences() -> None:
    merged = "Urinary albumin fell by 35% after 12 weeks and renal TGF-β1 expression was reduced."
    found = groups([AIM[0], merged, END[0]], [AIM[1], URINE[1], TGF[1], END[1]])
    assert found == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


def test_a_sentence_missing_on_one_side_stays_alone() -> None:
    funding = "Serum 25-hydroxyvitamin D3 was also measured by ELISA in all 73 donors of a biobank."
    found = groups(
        [AIM[0], GROUPS[0], funding, URINE[0], END[0]], [AIM[1], GROUPS[1], URINE[1], END[1]]
    )
    assert ((2,), ()) in found
    assert ((3,), (2,)) in found


def test_another_order_is_found_where_anchors_agree() -> None:
    moved = "IL-10, CXCL8 and MMP-9 rose by 48%.", "IL-10、CXCL8和MMP-9升高48%。"
    en = [AIM[0], moved[0], GROUPS[0], URINE[0], TGF[0], END[0]]
    zh = [AIM[1], GROUPS[1], URINE[1], TGF[1], END[1], moved[1]]
    assert ((1,), (5,)) in groups(en, zh)


@pytest.mark.parametrize(("en", "zh"), [([], []), ([AIM[0]], []), ([], [AIM[1]])])
def test_one_language_alone(en: list[str], zh: list[str]) -> None:
    assert groups(en, zh) == [((0,), ())] * len(en) + [((), (0,))] * len(zh)


TEXTS = st.lists(st.text("ab 12,.αIL-6肾病患者升高降低", min_size=1, max_size=30), max_size=9)


@given(TEXTS, TEXTS)
def test_every_sentence_is_in_exactly_one_group(en: list[str], zh: list[str]) -> None:
    found: tuple[Group, ...] = align_sentences(sides("en", *en), sides("zh", *zh))
    assert sorted(i for group in found for i in group.en) == sorted(
        f"en{n}" for n in range(len(en))
    )
    assert sorted(i for group in found for i in group.zh) == sorted(
        f"zh{n}" for n in range(len(zh))
    )


@pytest.mark.parametrize(
    ("en", "zh", "shared"),
    [
        ("Seven of 40 patients relapsed.", "40例患者中七例复发。", {"number:7", "number:40", "cue:patient"}),
        ("IL-6 levels of ３.50 ng/mL", "IL-6水平为3.5 ng/mL", {"number:3.5", "latin:il", "number:6"}),
        ("No significant difference was found.", "差异无统计学意义。", {"cue:no-difference"}),
    ],
)  # fmt: skip
def test_anchors_are_the_same_in_both_languages(en: str, zh: str, shared: set[str]) -> None:
    assert shared <= anchors(en, "en").keys() & anchors(zh, "zh").keys()
