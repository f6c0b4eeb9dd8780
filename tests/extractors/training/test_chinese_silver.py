"""Chinese sentences labelled by our own reading: what is taken, what is doubted."""

from __future__ import annotations

import random

import pytest

from extractors.mentions.compiling import load_compiled
from extractors.mentions.lexicon import Lexicon
from extractors.models import chinese
from extractors.models.features import TYPES
from extractors.models.shape import UNKNOWN
from extractors.pipeline import Steps
from extractors.training.chinese_recogniser import teaching_steps
from extractors.training.chinese_silver import Labelled, read_labelled, silver_labels
from extractors.training.chinese_templates import fill, filled, read_templates
from extractors.training.chinese_texts import Text, outside


@pytest.fixture(scope="module")
def steps() -> Steps:
    return teaching_steps(load_compiled(None))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_compiled(None)


def words(labelled: Labelled) -> dict[str, str]:
    return {labelled.text[start:end]: kind for start, end, kind in labelled.taken}


def test_the_rules_label_each_sentence(steps: Steps) -> None:
    text = Text("t", "二甲双胍影响血糖。细胞凋亡增加。")
    one, two = read_labelled([text], steps)
    assert words(one) == {"二甲双胍": "Drug", "血糖": "Outcome"}
    assert words(two)["细胞凋亡"] == "Process"
    assert not one.missed


def test_what_the_english_has_more_is_missed_in_the_chinese(steps: Steps) -> None:
    text = Text("t", "某某药可降低血糖。", "Metformin lowers blood glucose.")
    (labelled,) = read_labelled([text], steps)
    assert labelled.missed == {"Drug"}
    places = chinese.tokens(labelled.text)
    labels = silver_labels(labelled, places, TYPES)
    assert (labels[:3, TYPES.index("Drug")] == UNKNOWN).all()
    assert (labels[:3, TYPES.index("Disease")] != UNKNOWN).all()


def test_templates_are_filled_with_names_of_the_type(lexicon: Lexicon) -> None:
    names = {"Drug": ["阿司匹林"], "Disease": ["胃溃疡"]}
    chance = random.Random(1)  # noqa: S311
    labelled = fill("{Drug}可致{Disease}。", names, chance)
    assert labelled.text == "阿司匹林可致胃溃疡。"
    assert words(labelled) == {"阿司匹林": "Drug", "胃溃疡": "Disease"}
    assert len(read_templates()) > 50
    assert list(filled(lexicon, 20)) == list(filled(lexicon, 20))


def test_texts_of_a_gold_standard_are_left_out() -> None:
    gold = frozenset(["二甲双胍可以降低患者的空腹血糖", "metforminlowersglucose"])
    texts = [
        Text("1", "结果：二甲双胍可以降低患者的空腹血糖。"),
        Text("2", "其他。", "Metformin lowers glucose."),
        Text("3", "其他。", "Insulin lowers glucose."),
    ]
    assert [text.id for text in outside(texts, gold)] == ["3"]
