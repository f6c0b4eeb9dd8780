"""Mechanism paths: the best ways between two concepts, with the evidence of every step."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from kg.model import Polarity
from kg.network.graph import Network, open_network
from kg.network.reading import read_evidence, read_within
from kg.network.routes import LENGTH, Routes
from kg.network.values import Claim, Counter, CounterKind, Edge, Hop, Path, Support, Within
from kg.store.base import Store

Evidence = Callable[[str], tuple[Support, ...]]
DEPTHS = (4, 6, 8)  # most steps of a path, the next where none is so short


def find_paths(
    store: Store,
    source: str,
    target: str,
    *,
    max_hops: int = 4,
    limit: int = 20,
    include_hypotheses: bool = True,
    include_derived: bool = True,
    within: Within | None = None,
) -> tuple[Path, ...]:
    """The best paths from one concept to another (CURIEs), without a concept twice.

    Each hop carries the best claim on it with its evidence, and the other claims on the same step;
    what denies or contradicts a step is listed in `Path.counter` and is never walked. With `within`
    only evidence under these circumstances counts for a step; what speaks against it stays.
    """
    network = open_network(store)
    under: frozenset[str] | None = None
    if within:
        claims, under = read_within(store, within)
        network = network.restricted(claims)
    if source not in network or target not in network or source == target or max_hops < 1:
        return ()
    routes = Routes(
        network, target, max_hops=max_hops,
        hypotheses=include_hypotheses, derived=include_derived,
    )  # fmt: skip
    evidence: Evidence = lru_cache(maxsize=None)(lambda claim: read_evidence(store, claim))
    paths = []
    for concepts, cost in routes.ways(source):
        hops = tuple(_hop(routes, s, e, evidence, under) for s, e in pairwise(concepts))
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


def read_counter(store: Store, claim: Claim, kind: CounterKind) -> Counter:
    """A claim as counter-evidence: its denials, or all of a contrary one."""
    wanted = "negated" if kind == "denied" else "positive"
    supports = (s for s in read_evidence(store, claim.id) if s.polarity == wanted and s.is_counted)
    return Counter(kind, claim, tuple(supports))


def _hop(
    routes: Routes, source: str, target: str, evidence: Evidence, under: frozenset[str] | None
) -> Hop:
    edges: dict[str, Edge] = {}
    for edge in routes.edges(source, target):
        edges.setdefault(edge.claim.id, edge)
    best, *more = (
        Hop(
            edge,
            tuple(
                s
                for s in evidence(claim)
                if s.polarity == "positive" and (under is None or s.id in under)
            ),
        )
        for claim, edge in edges.items()
    )
    return replace(best, others=tuple(more))


def _counter(
    network: Network, hops: tuple[Hop, ...], source: str, target: str, evidence: Evidence
) -> tuple[Counter, ...]:
    found: dict[str, Counter] = {}

    def add(kind: CounterKind, claim: Claim, supports: tuple[Support, ...]) -> None:
        if supports:
            found.setdefault(claim.id, Counter(kind, claim, supports))

    for hop in hops:
        for claim in (hop.claim, *(other.claim for other in hop.others)):
            counted = (s for s in evidence(claim.id) if s.is_counted)
            add("denied", claim, tuple(s for s in counted if s.polarity == "negated"))
        for other in hop.others:
            if hop.sign and other.sign and other.sign != hop.sign:
                add("contrary", other.claim, other.evidence)
        for claim in network.denied(hop.source, hop.target):
            add("denied", claim, evidence(claim.id))
    for claim in network.denied(source, target):
        add("denied", claim, evidence(claim.id))
    return tuple(found.values())
