"""Bedside names and names of classifications meet in one form; coordinated names come apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.grounding.clinical import alternatives, analyse, split_names
from extractors.grounding.similar import letters


@pytest.mark.parametrize(
    ("bedside", "listed"),
    [
        ("左肺CA", "肺恶性肿瘤"),
        ("慢性腎功能衰竭", "慢性肾衰竭"),
        ("心梗", "心肌梗死"),
        ("Ⅱ型糖尿病", "2型糖尿病"),
        ("二型糖尿病", "2型糖尿病"),
        ("膀胱肿物", "膀胱占位性病变"),
        ("未特指的贫血", "贫血"),
        ("轻度脂肪肝", "脂肪性肝病"),
        ("COPD", "慢性阻塞性肺疾病"),
        ("急性肾炎综合症", "急性肾炎综合征"),
    ],
)
def test_two_ways_of_writing_meet(bedside: str, listed: str) -> None:
    assert analyse(bedside).form == analyse(listed).form


@pytest.mark.parametrize(
    ("one", "other"),
    [("1型糖尿病", "2型糖尿病"), ("肝癌", "肝囊肿"), ("急性胃炎", "慢性胃炎"), ("心衰", "肾衰")],
)
def test_different_things_stay_apart(one: str, other: str) -> None:
    assert analyse(one).form != analyse(other).form


@pytest.mark.parametrize(
    ("text", "sides", "numerals"),
    [
        ("双侧输尿管结石", {"both"}, set()),
        ("右乳癌IIIa期", {"right"}, {"3期"}),
        ("心功能Ⅳ级", set(), {"4级"}),
        ("左旋肉碱缺乏", set(), set()),
    ],
)
def test_side_and_numerals_are_kept_apart(text: str, sides: set[str], numerals: set[str]) -> None:
    name = analyse(text)
    assert (set(name.sides), set(name.numerals)) == (sides, numerals)


def test_each_change_has_its_reason() -> None:
    steps = {step.reason: (step.before, step.after) for step in analyse("左肺CA III期").steps}
    assert steps == {"numeral": ("iii", "3"), "缩略": ("ca", "癌"), "left": ("左", "")}


def test_what_stands_there_already_is_not_written_twice() -> None:
    assert analyse("子宫颈炎").form == analyse("宫颈炎").form == "子宫颈炎"
    assert analyse("高尿酸血症").form == analyse("高尿酸").form == "高尿酸血症"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("急性咽炎、支气管炎", ("急性咽炎", "支气管炎")),
        ("1.肝硬化 2.腹水", ("肝硬化", "腹水")),
        ("颈、腰椎骨折", ("颈骨折", "腰椎骨折")),
        ("胆囊结石并胆囊炎", ("胆囊结石", "胆囊炎")),
        ("妊娠合并症", ("妊娠合并症",)),
        ("肺炎？肺结核待查", ("肺炎", "肺结核")),
    ],
)
def test_coordinated_names_come_apart(text: str, parts: tuple[str, ...]) -> None:
    assert split_names(text) == parts


def test_brackets_hold_another_name() -> None:
    assert alternatives("肝豆状核变性[威尔逊病]") == (
        "肝豆状核变性[威尔逊病]",
        "肝豆状核变性",
        "威尔逊病",
    )


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("左双肺癌Ⅱ二期伴、及（）[未特指的")), max_size=30
    )
)
@example("AAAS")
@example("AIDS合并TORCHS")
def test_any_text_has_a_form_that_stays(text: str) -> None:
    form = analyse(text).form
    assert letters(form, "zh").split() == form.split()
    assert all(part in text or part[:-2] in text for part in split_names(text))
    assert all(alternatives(text)) or not text
