"""Chances of labels against the sum over every legal sequence, written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.models.decoding import encode
from extractors.models.marginals import label_chances, log_chances
from extractors.models.shape import LABELS, UNKNOWN, Floats, Labels

TYPES = ("Drug", "Cell")
_NEXT = {"O": "OBS", "E": "OBS", "S": "OBS", "B": "IE", "I": "IE"}


def legal(size: int) -> list[tuple[int, ...]]:
    """Every legal sequence of labels of a sentence."""
    return [
        tuple(map(LABELS.index, labels))
        for labels in product(LABELS, repeat=size)
        if labels[0] in "OBS"
        and labels[-1] in "OES"
        and all(behind in _NEXT[label] for label, behind in pairwise(labels))
    ]


def summed(scores: Floats, known: Labels) -> tuple[Floats, float]:
    """The same as `label_chances` for one sentence and type, sequence by sequence."""
    chances, total = np.zeros(scores.shape), 0.0
    for labels in legal(len(scores)):
        if all(of in (UNKNOWN, label) for label, of in zip(labels, known, strict=True)):
            weight = float(np.exp(sum(scores[at, label] for at, label in enumerate(labels))))
            chances[np.arange(len(labels)), labels] += weight
            total += weight
    return (chances / total).astype(np.float32), float(np.log(total))


@st.composite
def scored(draw: st.DrawFn) -> tuple[list[int], Floats]:
    """Lengths of some sentences and scores of their tokens."""
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = random.normal(0, 3, (sum(lengths), len(TYPES), len(LABELS)))
    return lengths, scores.astype(np.float32)


@given(scored(), st.data())
def test_chances_are_those_of_all_legal_sequences_that_agree(
    given_scores: tuple[list[int], Floats], data: st.DataObject
) -> None:
    lengths, scores = given_scores
    pieces = []
    for size in lengths:
        at = data.draw(st.integers(0, size - 1))
        labels = encode([(at, size, "Drug")], size, TYPES, TYPES)
        hidden = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        labels[np.array(hidden)] = UNKNOWN
        pieces.append(labels)
    known = np.concatenate(pieces)
    chances, total = label_chances(scores, lengths, known)
    expected, begin = 0.0, 0
    for size in lengths:
        part = slice(begin, begin + size)
        for column in range(len(TYPES)):
            wanted, log = summed(scores[part, column], known[part, column])
            np.testing.assert_allclose(chances[part, column], wanted, atol=1e-4)
            expected += log
        begin += size
    assert total == pytest.approx(expected, abs=1e-3)


@given(scored())
def test_what_is_not_known_is_free(given_scores: tuple[list[int], Floats]) -> None:
    lengths, scores = given_scores
    nothing = np.full(scores.shape[:2], UNKNOWN, np.int8)
    free, whole = label_chances(scores, lengths)
    bound, part = label_chances(scores, lengths, nothing)
    np.testing.assert_array_equal(free, bound)
    assert whole == part


def test_a_mention_is_not_left_open() -> None:
    """By itself the last token looks like the beginning of a mention; it cannot be one."""
    scores = np.zeros((2, 1, len(LABELS)), np.float32)
    scores[1, 0, LABELS.index("B")] = 9
    chances = np.exp(log_chances(scores, [2]))
    assert chances[1, 0, LABELS.index("B")] < 1e-6
    assert chances.sum(axis=-1) == pytest.approx(1)


def test_scores_far_apart_stay_numbers() -> None:
    scores = np.zeros((3, 1, len(LABELS)), np.float32)
    scores[:, 0, LABELS.index("O")] = 400
    known = encode([(0, 3, "Drug")], 3, ("Drug",), ("Drug",))
    chances, total = label_chances(scores, [3], known)
    assert chances[1, 0].tolist() == [0, 0, 1, 0, 0]
    assert total == pytest.approx(0)


def test_of_no_sentence_there_are_no_chances() -> None:
    chances, total = label_chances(np.zeros((0, 2, len(LABELS)), np.float32), [])
    assert chances.shape == (0, 2, len(LABELS))
    assert total == 0
