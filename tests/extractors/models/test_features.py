"""Tokens and rows: offsets hold, dictionaries tag by type, rows stay inside their tables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.models import english
from extractors.models.features import (
    TYPES,
    Listed,
    dictionary_rows,
    extractor_of,
    token_spans,
)

LETTERS = st.text("aZ5α-+/( 。中\n", max_size=40)


def listed(start: int, end: int, *types: str) -> Listed:
    return start, end, frozenset(types)


def tags(rows: object, kind: str) -> list[int]:
    return [int(row[TYPES.index(kind)]) for row in rows]  # type: ignore[attr-defined]


@given(LETTERS)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    places = english.tokens(text)
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(places))


@given(LETTERS)
def test_rows_stay_inside_their_tables(text: str) -> None:
    places = english.tokens(text)
    found = english.features(text, places, [listed(0, len(text), "Drug", "Organism")])
    for rows, group in zip(found, english.GROUPS, strict=True):
        assert rows.shape == (len(places), group.slots)
        assert rows.size == 0 or (rows.min() >= 0 and rows.max() < group.rows)


def test_the_longest_name_of_each_type_tags_its_tokens() -> None:
    text = "lupus nephritis"
    rows = dictionary_rows(
        english.tokens(text),
        [listed(0, 5, "Disease", "Process"), listed(0, 15, "Disease"), listed(6, 15, "Disease")],
    )
    first = 4 * TYPES.index("Disease")
    assert tags(rows, "Disease") == [first + 1, first + 3]
    assert tags(rows, "Process") == [4 * TYPES.index("Process") + 4, 0]
    assert tags(rows, "Drug") == [0, 0]


def test_spans_are_widened_to_tokens() -> None:
    places = english.tokens("a pre-treatment x")
    assert token_spans(places, [(2, 10, "Drug"), (2, 5, "Cell"), (1, 2, "Cell")]) == [
        (1, 4, "Drug"), (1, 2, "Cell"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("token", "form"), [("p53", "xdd"), ("IL", "XX"), ("Aβ", "Xg"), ("%", "%")]
)
def test_the_form_of_a_token(token: str, form: str) -> None:
    assert english.shape_of(token) == form


def test_english_has_features() -> None:
    assert extractor_of("en").GROUPS == english.GROUPS
