"""The claims as a signed multigraph, built once for each state of the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import networkx as nx

from kg import vocab
from kg.network.reading import read_claims
from kg.network.values import Claim, Edge
from kg.questions import read_rows, text_of
from kg.store.base import Store

T = TypeVar("T")


class Network:
    """The positive claims as edges between concepts, and the denied ones apart.

    A symmetric claim (an association, a binding) opens the way in both directions; a claim that
    names mediators also opens the way through each of them.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._denied: dict[str, list[Claim]] = {}
        self._made: dict[str, Any] = {}
        for claim in claims:
            if claim.status == "rejected":  # curators judged all of it to be misread
                continue
            if claim.status == "denied":
                for concept in {claim.subject, claim.object}:
                    self._denied.setdefault(concept, []).append(claim)
                continue
            for edge in _edges(claim):
                self.graph.add_edge(edge.source, edge.target, edge=edge)

    def restricted(self, claims: Collection[str]) -> Network:
        """The network of these claims alone; the denied ones all stay, as what speaks against."""
        kept = {name: claim for name, claim in self.all_claims().items() if name in claims}
        denied = (claim for some in self._denied.values() for claim in some)
        return Network((*kept.values(), *{claim.id: claim for claim in denied}.values()))

    def all_claims(self) -> dict[str, Claim]:
        """The claims that may be walked, by id."""
        edges: Any = self.graph.edges(data="edge")
        return {edge.claim.id: edge.claim for _, _, edge in edges}

    def remember(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this network."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def __contains__(self, concept: str) -> bool:
        return concept in self.graph

    def degree(self, concept: str) -> int:
        """How many edges a concept has."""
        return int(self.graph.degree(concept))

    def edges(self, source: str, target: str) -> Iterator[Edge]:
        """The edges that lead directly from one concept to another."""
        parallel: Any = self.graph.get_edge_data(source, target, default={})
        for data in parallel.values():
            yield data["edge"]

    def claims(self, *, subject: str | None = None, object: str | None = None) -> tuple[Claim, ...]:
        """The claims with that subject or object, denied ones too, best supported first."""
        found: dict[str, Claim] = {}
        sides: list[Any] = []
        if subject in self.graph:
            sides.append(self.graph.out_edges(subject, data="edge"))
        if object in self.graph:
            sides.append(self.graph.in_edges(object, data="edge"))
        for _, _, edge in (item for side in sides for item in side):
            found[edge.claim.id] = edge.claim
        for concept in (subject, object):
            found |= {claim.id: claim for claim in self._denied.get(concept or "", ())}
        fitting = (
            claim
            for claim in found.values()
            if subject in (None, claim.subject) and object in (None, claim.object)
        )
        return tuple(sorted(fitting, key=lambda c: (-c.supporting, -c.belief, -c.opposing, c.id)))

    def denied(self, source: str, target: str) -> tuple[Claim, ...]:
        """The denied claims about two concepts, in either direction where they are symmetric."""
        return tuple(
            claim
            for claim in self._denied.get(source, ())
            if (claim.subject, claim.object) == (source, target)
            or (
                (claim.object, claim.subject) == (source, target)
                and claim.predicate in vocab.SYMMETRIC_PREDICATES
            )
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


_CACHE: WeakKeyDictionary[Store, tuple[str, Network]] = WeakKeyDictionary()


def open_network(store: Store) -> Network:
    """The network of a store, built again only when the store has changed.

    Where the store cannot tell, its counts of documents and statements and the sum of beliefs do.
    """
    revision = str(store.revision)
    if store.revision is None:
        (row,) = read_rows(store, "store_counts")
        revision = " ".join(text_of(row, name) for name in ("documents", "statements", "belief"))
    known = _CACHE.get(store)
    if known is not None and known[0] == revision:
        return known[1]
    network = Network(read_claims(store))
    _CACHE[store] = (revision, network)
    return network
