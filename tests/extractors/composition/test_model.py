"""What a handful of bilingual names teach, and what that says of names that are not among them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractors.composition.association import associate
from extractors.composition.model import Composition, learn_composition, open_composition
from extractors.composition.names import index_names, open_names
from extractors.composition.pairs import name_pairs
from kg.errors import InputError

ORGANS = {
    "liver": "肝",
    "lung": "肺",
    "kidney": "肾脏",
    "skin": "皮肤",
    "bladder": "膀胱",
    "bone": "骨",
}
TROUBLES = {"injury": "损伤", "cancer": "癌", "atrophy": "萎缩", "stone": "结石", "abscess": "脓肿"}
UNSEEN = {("kidney", "abscess"), ("skin", "atrophy"), ("bladder", "cancer"), ("lung", "injury")}
PAIRS = [
    (f"{organ} {trouble}", ORGANS[organ] + TROUBLES[trouble])
    for organ in ORGANS
    for trouble in TROUBLES
    if (organ, trouble) not in UNSEEN
]
CONCEPTS = [(f"test:{o}-{t}", f"{o} {t}") for o in ORGANS for t in TROUBLES]


@pytest.fixture(scope="module")
def composition() -> Composition:
    return learn_composition(PAIRS)


@pytest.mark.parametrize("unseen", sorted(UNSEEN))
def test_an_unseen_name_is_read_by_its_parts(
    composition: Composition, unseen: tuple[str, str]
) -> None:
    index = index_names(CONCEPTS, composition)
    organ, trouble = unseen
    best, second, *_ = index.propose(ORGANS[organ] + TROUBLES[trouble], composition)
    assert best.concept == f"test:{organ}-{trouble}"
    assert best.score > second.score


def test_traditional_characters_are_read_as_simplified(composition: Composition) -> None:
    index = index_names(CONCEPTS, composition)
    assert index.propose("膀胱結石", composition)[0].concept == "test:bladder-stone"


def test_only_allowed_concepts_are_proposed(composition: Composition) -> None:
    index = index_names(CONCEPTS, composition)
    found = index.propose("皮肤萎缩", composition, allowed=lambda concept: "skin" not in concept)
    assert found
    assert not any("skin" in proposal.concept for proposal in found)


@pytest.mark.parametrize("name", ["", "，。", "的", "xyz"])
def test_a_name_without_known_parts_has_no_proposal(composition: Composition, name: str) -> None:
    assert index_names(CONCEPTS, composition).propose(name, composition) == ()


def test_latin_words_and_numbers_tell_themselves(composition: Composition) -> None:
    fit = composition.fit(("pd", "1", "injury"), ("pd", "1", "损", "伤"))
    other = composition.fit(("pd", "2", "injury"), ("pd", "1", "损", "伤"))
    assert fit.latin == 1.0
    assert other.latin == 0.5
    assert fit.weaker > other.weaker


def test_both_sides_must_be_told(composition: Composition) -> None:
    whole = composition.fit(("liver", "injury"), ("肝", "损", "伤"))
    less = composition.fit(("liver",), ("肝", "损", "伤"))
    assert less.en > 0.9 > less.zh
    assert whole.weaker > less.weaker


def test_learning_is_the_same_each_time() -> None:
    names = [(("a", "b"), ("甲", "乙")), (("a", "c"), ("甲", "丙")), (("b",), ("乙",))]
    assert associate(names) == associate(names)


def test_more_rounds_make_the_links_sharper() -> None:
    names = [(("a", "b"), ("甲", "乙")), (("a", "c"), ("甲", "丙")), (("b", "c"), ("乙", "丙"))]
    strengths = []
    for rounds in (1, 4, 16, 32):
        links = associate(names, rounds=rounds)
        found = dict(zip(zip(links.en, links.zh, strict=True), links.strength, strict=True))
        strengths.append(found["a", "甲"])
    assert strengths == sorted(strengths)
    assert strengths[-1] == pytest.approx(strengths[-2], abs=0.01)
    assert strengths[-1] > 0.95


def test_nothing_is_learnt_from_nothing() -> None:
    empty = learn_composition([])
    assert empty.similarity("liver injury", "肝损伤") == 0.0
    assert len(index_names([], empty)) == 0


def test_what_is_saved_opens_as_it_was(composition: Composition, tmp_path: Path) -> None:
    index = index_names(CONCEPTS, composition)
    composition.save(tmp_path)
    index.save(tmp_path)
    opened, names = open_composition(tmp_path), open_names(tmp_path)
    for _, zh in PAIRS:
        assert names.propose(zh, opened) == index.propose(zh, composition)
    assert isinstance(names._arrays["name"], np.memmap)


@pytest.mark.parametrize("broken", ["composition-english.marisa", "composition-strength.npy"])
def test_a_broken_model_says_what_to_do(
    composition: Composition, tmp_path: Path, broken: str
) -> None:
    composition.save(tmp_path)
    (tmp_path / broken).write_bytes(b"")
    with pytest.raises(InputError, match="kg lexicon build"):
        open_composition(tmp_path)


def test_an_absent_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kg lexicon build"):
        open_names(tmp_path)


class Row:
    """A row of a made-up terminology."""

    def __init__(self, curie: str, text: str, lang: str, scope: str = "exact") -> None:
        self.curie, self.text, self.lang, self.scope = curie, text, lang, scope


def test_first_names_are_paired_with_the_first_of_the_other_language() -> None:
    rows = [
        Row("x:1", "renal stone", "en", "label"), Row("x:1", "kidney stone", "en"),
        Row("x:1", "肾结石", "zh", "label"), Row("x:1", "肾石", "zh"), Row("x:1", "KS", "mul"),
        Row("x:1", "stone", "en", "broad"), Row("x:2", "alone", "en", "label"),
    ]  # fmt: skip
    assert name_pairs(rows) == [
        ("renal stone", "肾结石"), ("renal stone", "肾石"), ("kidney stone", "肾结石"),
    ]  # fmt: skip
