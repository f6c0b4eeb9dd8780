"""Ways through the network, the best first.

A way is worth the product of the beliefs of its claims, less for each further hop, for passing
through a hub, for a hypothesis, for an association that was only derived, and for a step that is
part of a claim with a mediator. Costs are negative logarithms of these factors, so that a
best-first search with the remaining cost as its estimate (A*, Hart et al. 1968) yields the ways in
order.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.network.graph import Network
from kg.network.values import Edge

LENGTH = 0.7  # for each hop
HYPOTHESIS = 0.7
DERIVED = 0.7
MEDIATED = 0.8
AGAINST = 0.95  # an association followed from its object to its subject
FREE_DEGREE = 20  # a concept with more edges than this counts as a hub
LEAST_BELIEF = 0.01
_MOST_STEPS = 200_000


class Routes:
    """The ways to one concept under one set of conditions.

    Parameters
    ----------
    max_hops : steps of a way at most
    hypotheses, derived : whether hypotheses and derived associations may be walked
    """

    def __init__(
        self,
        network: Network,
        target: str,
        *,
        max_hops: int = 4,
        hypotheses: bool = True,
        derived: bool = True,
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

    def ways(self, source: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """The concepts of each way from `source` with its cost, cheapest first."""
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
        return sorted(allowed, key=rank_edge)

    def _cost(self, end: str, parallel: Any) -> float | None:
        """The cost of the best edge of a step to `end`; None where no edge may be walked."""
        edges = (data["edge"] for data in parallel.values() if self._allows(data["edge"]))
        best = min(edges, key=rank_edge, default=None)
        if best is None:
            return None
        hub = 0.0 if end == self.target else hub_cost(self.network.degree(end))
        return edge_cost(best) + hub

    def _allows(self, edge: Edge) -> bool:
        return (self.hypotheses or edge.claim.status == "asserted") and (
            self.derived or edge.claim.derived is None
        )


def rank_edge(edge: Edge) -> tuple[bool, float, str]:
    """The rank of an edge among those of one step: stated claims first, then by cost."""
    return (edge.kind == "via", edge_cost(edge), edge.claim.id)


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
