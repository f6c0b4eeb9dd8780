"""Folding keeps its way back to the original text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize import atoms, fold_word, key, normalize
from kg.model import Language

TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ＴａΑαβ鈣钙-–\u00ad ﬁⅧ℃ ß")))
LANGUAGES = st.sampled_from(["en", "zh"])


@given(TEXTS, LANGUAGES)
def test_offsets_rise_and_lie_in_the_text(text: str, language: Language) -> None:
    folded = normalize(text, language)
    assert len(folded.text) == len(folded.offsets)
    assert all(a <= b for a, b in zip(folded.offsets, folded.offsets[1:], strict=False))
    assert all(0 <= start < end <= len(text) for start, end in folded.offsets)


@given(TEXTS, LANGUAGES)
def test_each_code_point_comes_from_its_own_place(text: str, language: Language) -> None:
    folded = normalize(text, language)
    for sign, (start, end) in zip(folded.text, folded.offsets, strict=True):
        assert sign in normalize(text[start:end], language).text


@given(TEXTS, LANGUAGES)
def test_folding_twice_changes_nothing(text: str, language: Language) -> None:
    once = normalize(text, language).text
    assert normalize(once, language).text == once


@given(TEXTS, LANGUAGES)
def test_atoms_do_not_overlap(text: str, language: Language) -> None:
    found = atoms(text, language)
    assert all(atom.key and atom.start < atom.end for atom in found)
    assert all(a.start <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "TNF-α", "TNF alpha"),
        ("en", "IL-6 receptors", "il6 receptor"),
        ("en", "leukaemia", "leukemias"),
        ("en", "tumour necrosis", "tumor necrosis"),
        ("en", "signalling pathways", "signaling pathway"),
        ("en", "ＰＧＥ２", "PGE2"),
        ("en", "soft\u00adhyphen", "softhyphen"),
        ("en", "Sjögren", "sjogren"),
        ("en", "MMPs", "MMP"),
        ("en", "renin- angiotensin", "renin–angiotensin"),
        ("zh", "鈣調磷酸酶", "钙调磷酸酶"),
        ("zh", "抗 精神病药物", "抗精神病药物"),
        ("zh", "ＩＬ－６受體", "IL-6受体"),
    ],
)
def test_wordings_with_one_key(language: Language, one: str, other: str) -> None:
    assert key(one, language) == key(other, language)


@pytest.mark.parametrize(
    ("one", "other"), [("AIDS", "aid"), ("virus", "viru"), ("IL-6", "IL-16"), ("p53", "p5")]
)
def test_wordings_with_different_keys(one: str, other: str) -> None:
    assert key(one, "en") != key(other, "en")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_words_fold_to_no_longer_ones(word: str) -> None:
    assert len(fold_word(word)) <= len(word) + 1
