"""Mechanism paths: simple paths over claims, the best first.

A path is worth the product of the beliefs of its claims, less for each further hop, for passing
through a hub, for a hypothesis, for an association that was only derived, and for a step that is
part of a claim with a mediator. Costs are negative logarithms of these factors, so that a
best-first search with the remaining cost as its estimate (A*, Hart et al. 1968) yields the paths in
order.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import networkx as nx

from kg.model import Polarity
from kg.network.graph import Network, open_network
from kg.network.reading import read_evidence
from kg.network.values import Claim, Counter, Edge, Hop, Path, Support
from kg.store.base import Store

LENGTH = 0.7  # for each hop
HYPOTHESIS = 0.7
DERIVED = 0.7
MEDIATED = 0.8
AGAINST = 0.95  # an association followed from its object to its subject
FREE_DEGREE = 20  # a concept with more edges than this counts as a hub
LEAST_BELIEF = 0.01
_MOST_STEPS = 200_000


def find_paths(
    store: Store,
    source: str,
    target: str,
    *,
    max_hops: int = 4,
    limit: int = 20,
    include_hypotheses: bool = True,
    include_derived: bool = True,
) -> tuple[Path, ...]:
    """The best paths from one concept to another (CURIEs), without a concept twice.

    Each hop carries the best claim on it with its evidence, and the other claims on the same step;
    what denies or contradicts a step is listed in `Path.counter` and is never walked.
    """
    network = open_network(store)
    if source not in network or target not in network or source == target or max_hops < 1:
        return ()
    walk = _Walk(network, target, max_hops, include_hypotheses, include_derived)
    evidence = lru_cache(maxsize=None)(lambda claim: read_evidence(store, claim))
    paths = []
    for concepts, cost in walk.routes(source):
        hops = tuple(_hop(walk, start, end, evidence) for start, end in pairwise(concepts))
        counter = _counter(network, hops, source, target, evidence)
        paths.append(Path(hops, round(math.exp(-cost) / LENGTH, 4), counter))
        if len(paths) >= limit:
            break
    return tuple(paths)


def find_counter_evidence(store: Store, source: str, target: str) -> tuple[Counter, ...]:
    """What documents deny about two concepts, whether or not a path connects them."""
    denied = open_network(store).denied(source, target)
    return tuple(Counter("denied", claim, read_evidence(store, claim.id)) for claim in denied)


def read_hop(store: Store, claim: Claim, *, polarity: Polarity | None = "positive") -> Hop:
    """A claim as a single step with its evidence, of one polarity or (None) of both."""
    supports = read_evidence(store, claim.id)
    kept = tuple(s for s in supports if polarity in (None, s.polarity))
    return Hop(Edge(claim, claim.subject, claim.object), kept)


def read_counter(store: Store, claim: Claim, kind: Literal["denied", "contrary"]) -> Counter:
    """A claim as counter-evidence: its denials, or all of a contrary one."""
    wanted = "negated" if kind == "denied" else "positive"
    supports = (s for s in read_evidence(store, claim.id) if s.polarity == wanted)
    return Counter(kind, claim, tuple(supports))


class _Walk:
    """The search for paths to one target under one set of conditions."""

    def __init__(
        self, network: Network, target: str, max_hops: int, hypotheses: bool, derived: bool
    ) -> None:
        self.network, self.target, self.max_hops = network, target, max_hops
        self.hypotheses, self.derived = hypotheses, derived
        backwards = network.reversed
        self.hops_left: dict[str, int] = dict(
            nx.single_source_shortest_path_length(backwards, target, cutoff=max_hops)
        )
        near = backwards.subgraph(self.hops_left)
        self.cost_left: dict[str, float] = nx.single_source_dijkstra_path_length(
            near, target, weight=lambda end, start, parallel: self._cost(end, parallel)
        )

    def routes(self, source: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """The concepts of each path with its cost, cheapest first."""
        if source not in self.cost_left:
            return
        heap: list[tuple[float, float, tuple[str, ...]]]
        heap = [(self.cost_left[source], 0.0, (source,))]
        for _ in range(_MOST_STEPS):
            if not heap:
                return
            _, cost, concepts = heapq.heappop(heap)
            here = concepts[-1]
            if here == self.target:
                yield concepts, cost
                continue
            for there, parallel in self.network.graph.adj[here].items():
                if there in concepts or there not in self.cost_left:
                    continue
                if len(concepts) + self.hops_left[there] > self.max_hops:
                    continue
                step = self._cost(there, parallel)
                if step is not None:
                    spent = cost + step
                    estimate = spent + self.cost_left[there]
                    heapq.heappush(heap, (estimate, spent, (*concepts, there)))

    def edges(self, source: str, target: str) -> list[Edge]:
        """The edges of a step that may be walked, the best first."""
        allowed = (edge for edge in self.network.edges(source, target) if self._allows(edge))
        return sorted(allowed, key=lambda edge: (edge_cost(edge), edge.claim.id))

    def _cost(self, end: str, parallel: Any) -> float | None:
        """The cost of the best edge of a step to `end`; None where no edge may be walked."""
        costs = [edge_cost(d["edge"]) for d in parallel.values() if self._allows(d["edge"])]
        if not costs:
            return None
        return min(costs) + (0.0 if end == self.target else hub_cost(self.network.degree(end)))

    def _allows(self, edge: Edge) -> bool:
        return (self.hypotheses or edge.claim.status == "asserted") and (
            self.derived or edge.claim.derived is None
        )


def edge_cost(edge: Edge) -> float:
    """The cost of an edge: the negative logarithm of its belief and of what weakens it."""
    claim = edge.claim
    worth = max(claim.belief, LEAST_BELIEF) * LENGTH
    worth *= HYPOTHESIS if claim.status == "hypothesized" else 1.0
    worth *= DERIVED if claim.derived else 1.0
    worth *= MEDIATED if edge.kind == "via" else 1.0
    worth *= 1.0 if edge.forward else AGAINST
    return -math.log(worth)


def hub_cost(degree: int) -> float:
    """The cost of passing through a concept: none up to 20 edges, then growing slowly.

    >>> hub_cost(20), round(math.exp(-hub_cost(200)), 2)
    (0.0, 0.5)
    """
    return math.log(1 + math.log10(max(degree, FREE_DEGREE) / FREE_DEGREE))


def _hop(walk: _Walk, source: str, target: str, evidence: Any) -> Hop:
    edges = {edge.claim.id: edge for edge in reversed(walk.edges(source, target))}
    best, *more = (
        Hop(edge, tuple(s for s in evidence(edge.claim.id) if s.polarity == "positive"))
        for edge in reversed(edges.values())
    )
    return replace(best, others=tuple(more))


def _counter(
    network: Network, hops: tuple[Hop, ...], source: str, target: str, evidence: Any
) -> tuple[Counter, ...]:
    found: dict[str, Counter] = {}

    def add(kind: Any, claim: Claim, supports: tuple[Support, ...]) -> None:
        if supports:
            found.setdefault(claim.id, Counter(kind, claim, supports))

    for hop in hops:
        for claim in (hop.claim, *(other.claim for other in hop.others)):
            negated = tuple(s for s in evidence(claim.id) if s.polarity == "negated")
            add("denied", claim, negated)
        for other in hop.others:
            if hop.sign and other.sign and other.sign != hop.sign:
                add("contrary", other.claim, other.evidence)
        for claim in network.denied(hop.source, hop.target):
            add("denied", claim, evidence(claim.id))
    for claim in network.denied(source, target):
        add("denied", claim, evidence(claim.id))
    return tuple(found.values())
