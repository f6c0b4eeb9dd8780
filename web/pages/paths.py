"""The page of mechanism paths from one concept to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg import vocab
from kg.network.paths import find_counter_evidence, find_paths
from kg.network.values import Counter, Hop, Path, Support, Within
from kg.qualifiers import Setting
from kg.search.finding import Search
from kg.search.resolving import find_resolution
from web.pages.claims import index_evidence, load_claims
from web.pages.home import Pair, find_pairs
from web.pages.reader import Reader, iri_of
from web.pages.values import Claim, ConceptRef, EvidenceView

MOST_HOPS = 5
PATHS = 10
PER_HOP = 3


@dataclass(frozen=True, slots=True)
class HopView:
    """One step: its claim, the evidence for it and against it, and other claims on the step.

    It is `partial` where it is one half of a claim that names a mediator; then it has no sign.
    """

    source: ConceptRef
    target: ConceptRef
    claim: Claim
    effect: str
    forward: bool
    partial: bool
    evidence: tuple[EvidenceView, ...]
    against: tuple[EvidenceView, ...]
    others: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class PathView:
    """A ranked path; `sign` is the net sign, empty unless every step has one."""

    rank: int
    belief: float
    sign: str
    hops: tuple[HopView, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    """What the page of paths knows; `unknown` are the texts that name no concept here."""

    source_text: str
    target_text: str
    max_hops: int
    source: ConceptRef | None = None
    target: ConceptRef | None = None
    paths: tuple[PathView, ...] = ()
    counter: tuple[Claim, ...] = ()
    unknown: tuple[str, ...] = ()
    examples: tuple[Pair, ...] = ()
    species_text: str = ""
    setting: Setting | None = None


def load_path_page(
    reader: Reader,
    search: Search | None,
    source: str,
    target: str,
    max_hops: int,
    *,
    species: str = "",
    setting: Setting | None = None,
) -> PathPage:
    """The paths between two concepts, each named by CURIE or by any name in either language.

    With `species` (a name or CURIE) or `setting` only evidence from these counts for a step.
    """
    page = _find_page(reader, search, source, target, max_hops, species, setting)
    return replace(page, species_text=species, setting=setting)


def _find_page(
    reader: Reader,
    search: Search | None,
    source: str,
    target: str,
    max_hops: int,
    species: str,
    setting: Setting | None,
) -> PathPage:
    empty = PathPage(source, target, max_hops)
    if search is None:
        return empty
    named = (source, target, species)
    ends = [_resolve(search, text) for text in named]
    unknown = tuple(t for t, end in zip(named, ends, strict=True) if t and end is None)
    known = [None if end is None else _concept(reader, end) for end in ends]
    if ends[0] is None or ends[1] is None or (species and ends[2] is None):
        examples = find_pairs(reader) if not (source or target) else ()
        return PathPage(
            source, target, max_hops, known[0], known[1], unknown=unknown, examples=examples
        )
    paths = find_paths(
        reader.store, ends[0], ends[1], max_hops=max_hops, limit=PATHS,
        within=Within(species=ends[2], setting=setting),
    )  # fmt: skip
    against = find_counter_evidence(reader.store, ends[0], ends[1])
    return PathPage(
        source, target, max_hops, known[0], known[1], view_paths(reader, paths),
        counter_claims(reader, [*against, *(c for path in paths for c in path.counter)]),
    )  # fmt: skip


def view_paths(reader: Reader, paths: Sequence[Path]) -> tuple[PathView, ...]:
    """Paths as pages show them: names, claims and sentences filled in."""
    counters = [counter for path in paths for counter in path.counter]
    flat = iter(view_hops(reader, [hop for path in paths for hop in path.hops], counters))
    return tuple(
        PathView(rank, path.score, path.sign or "", tuple(next(flat) for _ in path.hops))
        for rank, path in enumerate(paths, 1)
    )


def view_hops(
    reader: Reader, hops: Sequence[Hop], counters: Sequence[Counter] = ()
) -> tuple[HopView, ...]:
    """Steps as pages show them."""
    curies = {curie for hop in hops for curie in (hop.source, hop.target)}
    iris = {curie: iri.value for curie in curies if (iri := iri_of(curie)) is not None}
    concepts = reader.concepts(iris.values())
    ids = [h.claim.id for hop in hops for h in (hop, *hop.others)]
    claims = {c.id: c for c in load_claims(reader, map(_iri, ids))}
    pro = [_units(hop.evidence) for hop in hops]
    contra = [_units(_against(hop, counters)) for hop in hops]
    known = index_evidence(reader, (unit for units in (*pro, *contra) for unit in units))
    return tuple(
        HopView(
            concepts[iris[hop.source]],
            concepts[iris[hop.target]],
            claims[hop.claim.id],
            hop.sign or "",
            hop.edge.forward,
            hop.edge.kind == "via",
            tuple(known[unit] for unit in units),
            tuple(known[unit] for unit in against),
            tuple(claims[other.claim.id] for other in hop.others),
        )
        for hop, units, against in zip(hops, pro, contra, strict=True)
    )


def counter_claims(reader: Reader, counters: Iterable[Counter]) -> tuple[Claim, ...]:
    """The claims that speak against something, each once."""
    return load_claims(reader, dict.fromkeys(_iri(counter.claim.id) for counter in counters))


def _against(hop: Hop, counters: Sequence[Counter]) -> list[Support]:
    ids = {hop.claim.id, *(other.claim.id for other in hop.others)}
    pair = {hop.source, hop.target}
    return [
        support
        for counter in counters
        if counter.claim.id in ids or {counter.claim.subject, counter.claim.object} == pair
        for support in counter.evidence
    ]


def _units(supports: Iterable[Support]) -> list[str]:
    return [support.id for support in supports if support.curated is None][:PER_HOP]


def _iri(statement: str) -> str:
    return vocab.statement_iri(statement).value


def _resolve(search: Search, text: str) -> str | None:
    found = find_resolution(search, text) if text else None
    return found.concept.id if found else None


def _concept(reader: Reader, curie: str) -> ConceptRef:
    iri = iri_of(curie)
    return ConceptRef(curie) if iri is None else reader.concept(iri.value)
