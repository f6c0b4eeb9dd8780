"""Labels and spans: round trips, legal sequences, and what wins where mentions overlap."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.models.decoding import TokenSpan, decode, encode, without_overlaps
from extractors.models.shape import LABELS, UNKNOWN, Floats, Labels

TYPES = ("Drug", "Cell")
_LEGAL_NEXT = {"O": "OBS", "E": "OBS", "S": "OBS", "B": "IE", "I": "IE"}


def sure(labels: Labels) -> Floats:
    """Scores under which these labels are by far the likeliest; unknown ones are outside."""
    scores = np.full((*labels.shape, len(LABELS)), -9.0, np.float32)
    np.put_along_axis(scores, np.maximum(labels, 0).astype(np.int64)[..., None], -0.01, -1)
    return scores


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    """A sentence's length and mentions that do not overlap within a type."""
    size, found = draw(st.integers(1, 12)), []
    for kind in TYPES:
        at = 0
        while at < size:
            first = at + draw(st.integers(0, 3))
            end = first + draw(st.integers(1, 4))
            if end > size:
                break
            found.append((first, end, kind))
            at = end
    return size, found


@given(st.lists(spans(), min_size=1, max_size=5))
def test_what_is_encoded_is_decoded(
    sentences: list[tuple[int, list[tuple[int, int, str]]]],
) -> None:
    labels = [encode(found, size, TYPES, TYPES) for size, found in sentences]
    decoded = decode(sure(np.concatenate(labels)), [size for size, _ in sentences], TYPES)
    for (_, found), read in zip(sentences, decoded, strict=True):
        assert {(span.first, span.end, span.type) for span in read} == set(found)


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_labels_of_any_scores_are_legal(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (size, 1, 5)).astype(np.float32)
    (read,) = decode(scores, [size], ("Drug",))
    labels = "".join(LABELS[label] for label in encode(
        [(span.first, span.end, span.type) for span in read], size, ("Drug",), ("Drug",))[:, 0]
    )  # fmt: skip
    assert labels[0] in "OBS"
    assert labels[-1] in "OES"
    assert all(after in _LEGAL_NEXT[label] for label, after in pairwise(labels))


def test_an_illegal_favourite_gives_way_to_the_best_legal_labels() -> None:
    scores = np.log(np.array([[[0.3, 0.1, 0.5, 0.05, 0.05]], [[0.1, 0, 0, 0.9, 0]]]) + 1e-6)
    (read,) = decode(scores.astype(np.float32), [2], ("Drug",))
    assert [(span.first, span.end) for span in read] == [(0, 2)]  # B E, not I E
    assert read[0].score == pytest.approx((0.1 * 0.9) ** 0.5, abs=0.01)


def test_types_that_were_not_annotated_are_unknown() -> None:
    labels = encode([(0, 1, "Drug")], 2, TYPES, ["Drug"])
    assert labels[:, 0].tolist() == [LABELS.index("S"), LABELS.index("O")]
    assert (labels[:, 1] == UNKNOWN).all()


def test_of_overlapping_mentions_of_a_type_the_longest_is_learned() -> None:
    labels = encode([(1, 2, "Drug"), (0, 3, "Drug")], 3, ("Drug",), ("Drug",))
    assert "".join(LABELS[label] for label in labels[:, 0]) == "BIE"


def test_eagerness_finds_more() -> None:
    scores = np.log(np.array([[[0.6, 0.05, 0.05, 0.05, 0.25]]], np.float32))
    assert decode(scores, [1], ("Drug",)) == [[]]
    assert len(decode(scores, [1], ("Drug",), eagerness=1.0)[0]) == 1


def test_the_likelier_of_two_overlapping_mentions_stays() -> None:
    long, short = TokenSpan(0, 3, "Drug", 0.6), TokenSpan(2, 3, "Cell", 0.9)
    apart = TokenSpan(4, 5, "Cell", 0.2)
    assert without_overlaps([apart, long, short]) == [short, apart]


def test_nothing_is_decoded_from_nothing() -> None:
    assert decode(np.zeros((0, 2, 5), np.float32), [0, 0], TYPES) == [[], []]
