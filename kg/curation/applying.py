"""Bringing the decisions of a data directory and those of its graph together.

Both only grow, and a decision has the same id everywhere: what one of them lacks it gets from the
other, in whatever order processes come to do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import cast

from kg.assembly.rates import ErrorRate
from kg.curation.fitting import fit_rates
from kg.curation.graph import curation_ids, rate_quads, read_curations
from kg.curation.journal import append, read_journal
from kg.curation.values import Curation
from kg.reassembly import find_change, find_refreshed
from kg.store.base import Store
from kg.store.reading import pairs_of
from kg.terminology.listed import TermList
from kg.terms import IRI
from kg.vocab import CURATIONS_GRAPH, PLX, RDF, STATEMENTS_GRAPH, statement_of

_AT_ONCE = 500  # statements whose beliefs are reckoned together


def synchronise(store: Store, data: Path) -> bool:
    """Whether the graph got decisions that it had not; the journal gets those that it lacks."""
    kept = {one.id: one for one in read_journal(data)}
    known = curation_ids(store)
    if known - set(kept):
        append(data, (one for one in read_curations(store) if one.id not in kept))
    fresh = [one for name, one in kept.items() if name not in known]
    return apply(store, fresh)


def apply(store: Store, curations: Iterable[Curation]) -> bool:
    """Put decisions into the graph, and what follows from them; whether anything was new."""
    change = find_change(store, (), TermList(()), curations=curations)
    store.change(change.remove, change.add)
    return bool(change.add)


def learn(store: Store) -> tuple[ErrorRate, ...]:
    """The error rates that the decisions in a graph teach, put in force for all its statements."""
    rates = fit_rates(read_curations(store))
    before = [
        quad
        for typed in store.quads(None, RDF.type, PLX.ErrorRate, CURATIONS_GRAPH)
        for quad in store.quads(cast(IRI, typed.subject), None, None, CURATIONS_GRAPH)
    ]
    after = rate_quads(rates)
    store.change(set(before) - set(after), set(after) - set(before))
    for names in _statements(store):
        change = find_refreshed(store, pairs_of(store, names))
        store.change(change.remove, change.add)
    return rates


def _statements(store: Store) -> Iterator[list[str]]:
    found = store.quads(None, RDF.type, PLX.Statement, STATEMENTS_GRAPH)
    names = iter(sorted(statement_of(cast(IRI, quad.subject).value) for quad in found))
    while part := list(islice(names, _AT_ONCE)):
        yield part
