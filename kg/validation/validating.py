"""All that can be wrong with a graph, one violation after the other."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Violation
from kg.store.base import Store
from kg.validation.checks import run_checks
from kg.validation.quotes import check_quotes
from kg.validation.shapes import check_shapes

# Above this many documents (and ten times as many statements) the shapes are tried on a sample.
SAMPLE = 500


def validate(store: Store, *, sample: int | None = SAMPLE) -> Iterator[Violation]:
    """The violations of a graph: checks and quotes of all of it, shapes of a sample.

    Parameters
    ----------
    sample : how many documents are held against the shapes; None for all
    """
    yield from run_checks(store)
    yield from check_quotes(store)
    yield from check_shapes(store, sample=sample)
