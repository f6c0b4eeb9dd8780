"""Intervals and random splits of scores over documents."""

from __future__ import annotations

import random

import pytest

from benchmarks.overfitting import bootstrap, f1, interval, random_splits
from extractors.evaluation.scores import Score

DRAWS = random.Random(1)  # noqa: S311 - reproducible, not secret
GOOD, BAD = Score(9, 10, 9, 10), Score(1, 10, 1, 10)


def test_documents_that_are_alike_have_no_interval() -> None:
    drawn = bootstrap([GOOD] * 5, DRAWS)
    assert (min(drawn), max(drawn)) == pytest.approx((0.9, 0.9))


def test_an_interval_holds_the_score_of_all() -> None:
    scores = [GOOD, BAD] * 6
    low, high = (float(end) for end in interval(bootstrap(scores, DRAWS)).split(" to "))
    assert f1(scores) == pytest.approx(0.5)
    assert low < 0.5 < high


@pytest.mark.parametrize(
    ("one", "other", "by_chance"),
    [([GOOD] * 8, [BAD] * 8, False), ([GOOD, BAD] * 4, [BAD, GOOD] * 4, True)],
)
def test_a_difference_is_beyond_chance_or_not(
    one: list[Score], other: list[Score], *, by_chance: bool
) -> None:
    observed = f1(one) - f1(other)
    drawn = random_splits(one, other, DRAWS)
    assert (sum(abs(d) >= abs(observed) for d in drawn) / len(drawn) > 0.05) is by_chance
