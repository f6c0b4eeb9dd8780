"""Chinese tokens and rows: characters are tokens, variants of writing have the same rows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.models import chinese
from extractors.models.features import extractor_of, listed_names
from extractors.models.shape import Features

TEXTS = st.text("中肾病腎αＡaZ5-+/( 。，\n\u3000", max_size=40)


def rows(text: str) -> Features:
    return chinese.features(text, chinese.tokens(text), ())


@given(TEXTS)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    places = chinese.tokens(text)
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(places))


@given(TEXTS)
def test_rows_stay_inside_their_tables(text: str) -> None:
    places = chinese.tokens(text)
    whole = [(0, len(text), frozenset(["Drug", "Organism"]))]
    found = chinese.features(text, places, whole)
    for given_rows, group in zip(found, chinese.GROUPS, strict=True):
        assert given_rows.shape == (len(places), group.slots)
        assert given_rows.size == 0 or (given_rows.min() >= 0 and given_rows.max() < group.rows)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("IL-6水平", ["IL", "-", "6", "水", "平"]),
        ("TNFα、p53。", ["TNFα", "、", "p53", "。"]),
        ("2 型糖\n尿病", ["2", "型", "糖", "尿", "病"]),
        ("", []),
    ],
)
def test_characters_and_runs_are_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in chinese.tokens(text)] == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("糖尿病腎病變", "糖尿病肾病变"), ("（ＩＬ）", "(IL)"), ("血壓，升高", "血压,升高")],
)
def test_traditional_and_full_width_have_the_same_rows(one: str, other: str) -> None:
    for left, right in zip(rows(one), rows(other), strict=True):
        assert np.array_equal(left, right)


def test_a_character_knows_its_neighbours_and_its_word() -> None:
    first, second = rows("肾病"), rows("肝病")
    names = [group.name for group in chinese.GROUPS]
    assert np.array_equal(first[names.index("sign")][1], second[names.index("sign")][1])
    for name in ("pair", "three", "word"):
        assert not np.array_equal(first[names.index(name)][1], second[names.index(name)][1])


def test_chinese_is_found_by_its_language() -> None:
    assert extractor_of("zh") is chinese
    assert listed_names(()) == ()
