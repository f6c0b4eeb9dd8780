"""Ways through the network, the best first.

A way is worth the product of the beliefs of its claims, less for each further hop, for passing
through a hub, for a hypothesis, for an association that was only derived, for a step without a sign
and for one that is part of a claim with a mediator. Costs are negative logarithms of these factors.
What the rest of a way costs at least, within the hops that are left, is known beforehand for every
concept, so that a best-first search (A*, Hart et al. 1968) follows hardly anything but the ways
that it yields.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.network.graph import Network
from kg.network.values import Edge

LENGTH = 0.7  # for each hop
HYPOTHESIS = 0.7
DERIVED = 0.7
MEDIATED = 0.8
UNSIGNED = 0.8  # a step without a direction explains less
AGAINST = 0.95  # an association followed from its object to its subject
FREE_DEGREE = 20  # a concept with more edges than this counts as a hub
LEAST_BELIEF = 0.01

Costs: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Steps:
    """From which concept one can go to which, at what cost, as a sparse matrix by rows.

    The steps from concept number `n` stand at ``begin[n]:begin[n + 1]`` of `end` and `cost`; a cost
    includes that of passing through the concept at its end.
    """

    names: tuple[str, ...]
    begin: Places
    end: Places
    cost: Costs


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
        self._steps = network.remember(f"steps {hypotheses} {derived}", self._read_steps)
        self._places = network.remember("places", lambda: number_concepts(network))
        self._to_go = costs_to_go(self._steps, self._places[target], max_hops)

    def ways(self, source: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """The concepts of each way from `source` with its cost, cheapest first."""
        goal, names = self._places[self.target], self._steps.names
        through_goal = hub_cost(self.network.degree(self.target))
        order = itertools.count()  # among equal estimates the older comes first
        heap: list[tuple[float, int, float, tuple[int, ...], _Branch]] = []

        def push(branch: _Branch) -> None:
            child = next(branch, None)
            if child is not None:
                estimate, cost, way = child
                heapq.heappush(heap, (estimate, next(order), cost, way, branch))

        push(self._branch((self._places[source],), 0.0))
        while heap:
            _, _, cost, way, branch = heapq.heappop(heap)
            push(branch)
            if way[-1] == goal:
                yield tuple(names[place] for place in way), cost - through_goal
            else:
                push(self._branch(way, cost))

    def edges(self, source: str, target: str) -> list[Edge]:
        """The edges of a step that may be walked, the best first."""
        allowed = (edge for edge in self.network.edges(source, target) if self._allows(edge))
        return sorted(allowed, key=rank_edge)

    def _branch(self, way: tuple[int, ...], cost: float) -> _Branch:
        """The continuations of a way by one step, the most promising first."""
        left = self.max_hops - len(way)
        if left < 0:
            return
        row = slice(self._steps.begin[way[-1]], self._steps.begin[way[-1] + 1])
        ends, spent = self._steps.end[row], cost + self._steps.cost[row]
        estimates = spent + self._to_go[left][ends]
        for place in np.argsort(estimates, kind="stable"):
            estimate = float(estimates[place])
            if math.isinf(estimate):
                return
            if int(ends[place]) not in way:
                yield estimate, float(spent[place]), (*way, int(ends[place]))

    def _read_steps(self) -> Steps:
        names = tuple(self.network.graph)
        places = self.network.remember("places", lambda: number_concepts(self.network))
        hubs = {name: hub_cost(self.network.degree(name)) for name in names}
        begin, ends, costs = [0], [], []
        for source in names:
            for target, parallel in self.network.graph.adj[source].items():
                edges = (data["edge"] for data in parallel.values() if self._allows(data["edge"]))
                best = min(edges, key=rank_edge, default=None)
                if best is not None:
                    ends.append(places[target])
                    costs.append(edge_cost(best) + hubs[target])
            begin.append(len(ends))
        return Steps(
            names, np.array(begin, np.int64), np.array(ends, np.int64), np.array(costs, np.float64)
        )

    def _allows(self, edge: Edge) -> bool:
        return (self.hypotheses or edge.claim.status == "asserted") and (
            self.derived or edge.claim.derived is None
        )


_Branch: TypeAlias = Iterator[tuple[float, float, tuple[int, ...]]]


def number_concepts(network: Network) -> dict[str, int]:
    """Each concept with its number in `Steps`."""
    return {name: place for place, name in enumerate(network.graph)}


def costs_to_go(steps: Steps, goal: int, max_hops: int) -> list[Costs]:
    """What reaching the goal costs at least: for 0, 1, … `max_hops` steps, of every concept.

    The recurrence of Bellman and Ford, one round for each hop.
    """
    costs = np.full(len(steps.names), np.inf)
    costs[goal] = 0.0
    rounds = [costs]
    rows = np.flatnonzero(np.diff(steps.begin))
    for _ in range(max_hops):
        further = rounds[-1].copy()
        if len(rows):
            onward = steps.cost + rounds[-1][steps.end]
            best = np.minimum.reduceat(onward, steps.begin[rows])
            further[rows] = np.minimum(further[rows], best)
        rounds.append(further)
    return rounds


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
    worth *= UNSIGNED if edge.sign is None else 1.0
    worth *= 1.0 if edge.forward else AGAINST
    return -math.log(worth)


def hub_cost(degree: int) -> float:
    """The cost of passing through a concept: none up to 20 edges, then growing slowly.

    >>> hub_cost(20), round(math.exp(-hub_cost(200)), 2)
    (0.0, 0.5)
    """
    return math.log(1 + math.log10(max(degree, FREE_DEGREE) / FREE_DEGREE))
