"""Names cut into their parts, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.composition.morphemes import cut, learn_morphemes, pieces
from extractors.composition.parts import grams, signs, words

ROOTS = ("nephr", "hepat", "arthr", "dermat", "gastr", "neur", "oste", "my")
ENDS = ("itis", "opathy", "algia", "osis")
COSTS = learn_morphemes(root + end for root in ROOTS for end in ENDS)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Tumours of the liver", ("tumor", "liver")),
        ("IL-6 receptor", ("il", "6", "receptor")),
        ("TGF-β1", ("tgf", "beta", "1")),
        ("of the", ()),
    ],
)
def test_words(name: str, told: tuple[str, ...]) -> None:
    assert words(name) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("腎小管的萎縮", ("肾", "小", "管", "萎", "缩")),
        ("２型糖尿病", ("2", "型", "糖", "尿", "病")),
        ("抗PD-1抗体", ("抗", "pd", "1", "抗", "体")),
    ],
)
def test_signs(name: str, told: tuple[str, ...]) -> None:
    assert signs(name) == told


def test_grams_stay_within_han_characters() -> None:
    assert grams(("抗", "pd", "抗", "体")) == ("抗", "pd", "抗", "抗体", "体")


def test_morphemes_are_found_in_unseen_words() -> None:
    assert pieces("myelitis", COSTS)[-1] == "itis"
    assert pieces("pain", COSTS) == ()  # short words are left whole


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_the_pieces_of_a_word_joined_are_the_word(word: str) -> None:
    assert "".join(cut(word, COSTS)) == word


@given(st.text(max_size=30))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(words(text)) and all(grams(signs(text)))
