"""How well the paths of a graph agree with curated mechanisms.

`path measures` ask the graph as `kg explain` does. Where the mechanisms themselves are in the
graph, the answer may be the record itself; so the same is asked of the graph without the record and
all others of the same two ends (*left out*): what remains is what other records, and reading, know.
`reading measures` compare the claims that documents state with the curated steps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.imports.mechanisms import Mechanism
from kg.network.graph import Network
from kg.network.paths import DEPTHS
from kg.network.routes import Routes
from kg.network.values import Claim

LIMIT = 5
Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A share: `hits` of `cases`."""

    name: str
    hits: float
    cases: int

    @property
    def share(self) -> float:
        """The share, 0 where there is no case."""
        return self.hits / self.cases if self.cases else 0.0


def measure_all(
    network: Network,
    mechanisms: Sequence[Mechanism],
    sample: Sequence[Mechanism],
    records: Mapping[str, Collection[str]],
) -> list[Measure]:
    """All measures; those without the mechanism itself on a sample, since they take longer."""
    return [
        *measure_paths(mechanisms, lambda _: network, "explain"),
        *measure_paths(sample, left_out(network, mechanisms, records), "explain, left out"),
        *measure_reading(mechanisms, network),
    ]


def find_ways(network: Network, start: str, goal: str, *, limit: int = LIMIT) -> tuple[Way, ...]:
    """The concepts of the first paths that `kg explain` would give, best first."""
    if start not in network or goal not in network or start == goal:
        return ()
    for hops in DEPTHS:
        ways = []
        for concepts, _ in Routes(network, goal, max_hops=hops).ways(start):
            ways.append(concepts)
            if len(ways) >= limit:
                break
        if ways:
            return tuple(ways)
    return ()


def measure_paths(
    mechanisms: Iterable[Mechanism], network_for: Callable[[Mechanism], Network], name: str
) -> list[Measure]:
    """Whether the first paths between the ends of each mechanism go over what is curated.

    A mechanism with nothing between its ends is no case.
    """
    cases, found = 0, dict.fromkeys(("any", "first", "share", "whole", "connected"), 0.0)
    for mechanism in mechanisms:
        between = mechanism.between
        if not between:
            continue
        cases += 1
        ways = find_ways(network_for(mechanism), mechanism.start, mechanism.goal)
        on = {concept for way in ways for concept in way}
        found["connected"] += bool(ways)
        found["any"] += bool(on & between)
        found["first"] += bool(on & mechanism.first)
        found["share"] += len(on & between) / len(between)
        found["whole"] += any(_is_curated(way, mechanism) for way in ways)
    words = {
        "any": "a curated intermediate on one of the first 5 paths",
        "first": "a curated target of the drug on one of the first 5 paths",
        "share": "share of the curated intermediates on the first 5 paths",
        "whole": "one of the first 5 paths has curated steps only",
        "connected": "a path at all",
    }
    return [Measure(f"{name}: {words[key]}", hits, cases) for key, hits in found.items()]


def left_out(
    network: Network, mechanisms: Sequence[Mechanism], records: Mapping[str, Collection[str]]
) -> Callable[[Mechanism], Network]:
    """A function that gives the network without the records of a mechanism's two ends.

    A claim that another record or a document states as well stays.

    Parameters
    ----------
    records : record (as in `Mechanism.record`) → ids of the claims that it asserts
    """
    counts: dict[str, int] = {}
    for claims in records.values():
        for claim in claims:
            counts[claim] = counts.get(claim, 0) + 1
    pairs: dict[tuple[str, str], list[str]] = {}
    for mechanism in mechanisms:
        pairs.setdefault((mechanism.start, mechanism.goal), []).append(mechanism.record)
    known = network.all_claims()

    def without(mechanism: Mechanism) -> Network:
        own: dict[str, int] = {}
        for record in pairs[mechanism.start, mechanism.goal]:
            for claim in records.get(record, ()):
                own[claim] = own.get(claim, 0) + 1
        gone = {
            claim
            for claim, count in own.items()
            if count == counts[claim] and not (claim in known and known[claim].supporting)
        }
        return network.restricted(set(known) - gone)

    return without


def measure_reading(mechanisms: Sequence[Mechanism], network: Network) -> list[Measure]:
    """What of the curated steps documents state as well, and whether with the same sign."""
    read: dict[frozenset[str], list[Claim]] = {}
    for claim in network.all_claims().values():
        if claim.supporting:
            read.setdefault(frozenset((claim.subject, claim.object)), []).append(claim)
    ends = {end for pair in read for end in pair}
    steps = {
        (frozenset(pair), sign)
        for mechanism in mechanisms
        for pair, sign in mechanism.steps.items()
    }
    known = [(pair, sign) for pair, sign in steps if pair <= ends]
    found = [(pair, sign) for pair, sign in steps if pair in read]
    signed = [(sign, {claim.sign for claim in read[pair]} - {None}) for pair, sign in found if sign]
    signed = [(sign, signs) for sign, signs in signed if signs]
    texts = network.restricted({c.id for claims in read.values() for c in claims})
    told = [m for m in mechanisms if m.between and {m.start, m.goal} <= ends]
    return [
        Measure("reading: curated steps that documents state", len(found), len(steps)),
        Measure("reading: the same, of steps whose two ends documents relate to something",
                len([1 for pair, _ in known if pair in read]), len(known)),
        Measure("reading: curated sign among the read ones",
                sum(sign in signs for sign, signs in signed), len(signed)),
        *measure_paths(told, lambda _: texts, "reading alone"),
    ]  # fmt: skip


def _is_curated(way: Way, mechanism: Mechanism) -> bool:
    pairs = {frozenset(pair) for pair in mechanism.steps}
    return len(way) > 2 and all(frozenset(step) in pairs for step in pairwise(way))
