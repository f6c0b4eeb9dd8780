"""The claims as a signed multigraph, built once for each state of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import networkx as nx

from kg import vocab
from kg.network.reading import read_claims
from kg.network.values import Claim, Edge
from kg.store.base import Store


class Network:
    """The positive claims as edges between concepts, and the denied ones apart.

    A symmetric claim (an association, a binding) opens the way in both directions; a claim that
    names mediators also opens the way through each of them.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._denied: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            if claim.status == "denied":
                self._denied.setdefault((claim.subject, claim.object), []).append(claim)
                continue
            for edge in _edges(claim):
                self.graph.add_edge(edge.source, edge.target, edge=edge)

    @cached_property
    def reversed(self) -> Any:
        """The same graph seen against its arrows, without a copy."""
        return self.graph.reverse(copy=False)

    def __contains__(self, concept: str) -> bool:
        return concept in self.graph

    def degree(self, concept: str) -> int:
        """How many edges a concept has."""
        return int(self.graph.degree(concept))

    def edges(self, source: str, target: str) -> Iterator[Edge]:
        """The edges that lead directly from one concept to another."""
        for data in self.graph.get_edge_data(source, target, default={}).values():
            yield data["edge"]

    def denied(self, source: str, target: str) -> tuple[Claim, ...]:
        """The denied claims about two concepts, in either direction where they are symmetric."""
        back = self._denied.get((target, source), ())
        return (
            *self._denied.get((source, target), ()),
            *(claim for claim in back if claim.predicate in vocab.SYMMETRIC_PREDICATES),
        )


def _edges(claim: Claim) -> Iterator[Edge]:
    if claim.subject == claim.object:
        return
    yield Edge(claim, claim.subject, claim.object)
    if claim.predicate in vocab.SYMMETRIC_PREDICATES:
        yield Edge(claim, claim.object, claim.subject, forward=False)
    for mediator in claim.via:
        if mediator not in (claim.subject, claim.object):
            yield Edge(claim, claim.subject, mediator, "via")
            yield Edge(claim, mediator, claim.object, "via")


_CACHE: WeakKeyDictionary[Any, tuple[str, Network]] = WeakKeyDictionary()


def open_network(store: Store) -> Network:
    """The network of a store, built again only when the store's revision changes.

    A store without a revision is read anew each time.
    """
    revision = str(getattr(store, "revision", ""))
    known = _CACHE.get(store)
    if known is not None and revision and known[0] == revision:
        return known[1]
    network = Network(read_claims(store))
    if revision:
        _CACHE[store] = (revision, network)
    return network
