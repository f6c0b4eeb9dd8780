"""All that can be wrong with a graph, one violation after the other."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Violation
from kg.store.base import Store
from kg.validation.checks import run_checks
from kg.validation.quotes import check_quotes
from kg.validation.shapes import check_shapes


def validate(store: Store, *, screened: bool = True) -> Iterator[Violation]:
    """The violations of a graph: checks, quotes and shapes, each of all of it.

    Parameters
    ----------
    screened : whether the store first names the nodes that may be wrong, and only these are
        looked at one by one; the result is the same, and comes many times sooner
    """
    yield from run_checks(store)
    yield from check_quotes(store, screened=screened)
    yield from check_shapes(store, screened=screened)
