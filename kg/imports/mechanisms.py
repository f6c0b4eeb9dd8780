"""Curated mechanisms: from a start to a goal over steps, from files or a source of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import questions, vocab
from kg.errors import InputError
from kg.imports import drugmechdb
from kg.imports.claims import SourceClaim, read_claim
from kg.imports.grounding import Grounder
from kg.imports.values import SourceEdge
from kg.model import Sign
from kg.network.graph import Network
from kg.questions import text_of
from kg.rdf.terminology import Terminology
from kg.store.base import Store
from kg.vocab import PREDICATE_SIGNS

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A curated mechanism; concepts are CURIEs.

    `steps` pairs the concepts of each step with its sign, where it has one; `first` are the
    concepts that the start acts on directly, `between` all but the two ends.
    """

    record: str
    start: str
    goal: str
    steps: Mapping[Pair, Sign | None]

    @property
    def between(self) -> frozenset[str]:
        """The concepts on the way."""
        return frozenset(end for pair in self.steps for end in pair) - {self.start, self.goal}

    @property
    def first(self) -> frozenset[str]:
        """The concepts on the way that stand beside the start."""
        beside = {end for pair in self.steps if self.start in pair for end in pair}
        return frozenset(beside) & self.between


def mechanisms_of_files(paths: Iterable[Path], terminology: Terminology) -> Iterator[Mechanism]:
    """The mechanisms of DrugMechDB files; a record whose two ends are not known is passed over."""
    grounder = Grounder(terminology)
    for path in paths:
        edges: dict[str, list[SourceClaim]] = {}
        for item in drugmechdb.read(path):
            if isinstance(item, SourceEdge):
                try:
                    claim = read_claim(item, drugmechdb.SOURCE, grounder)
                except InputError:
                    continue
                if isinstance(claim, SourceClaim):
                    edges.setdefault(item.record, []).append(claim)
        for record in drugmechdb.read_ends(path):
            ends = [grounder.own(one) for one in (record.drug, record.disease)]
            claims = edges.get(record.id, [])
            if ends[0] and ends[1] and claims:
                steps: dict[Pair, Sign | None] = {
                    (c.statement.subject, c.statement.object): _sign(c) for c in claims
                }
                yield Mechanism(record.id, ends[0], ends[1], steps)


def claims_of_records(store: Store, source: str | None = None) -> dict[str, frozenset[str]]:
    """Record → the ids of the claims that it asserts, of one source or of all.

    A record is named by its source and itself.
    """
    found: dict[str, set[str]] = {}
    for row in questions.read_rows(store, "curated_records"):
        name = text_of(row, "source")
        if source in (None, name):
            key = f"{name} {text_of(row, 'record')}"
            found.setdefault(key, set()).add(vocab.statement_of(text_of(row, "statement")))
    return {key: frozenset(claims) for key, claims in found.items()}


def mechanisms_of_source(store: Store, source: str, network: Network) -> Iterator[Mechanism]:
    """The mechanisms that the records of a source hold, from a drug to a disease.

    Where a record tells of several drugs or diseases, those two that lie farthest apart count;
    a record without both is passed over.
    """
    claims = network.all_claims()
    types = _types(store)
    for key, ids in sorted(claims_of_records(store, source).items()):
        held = [claims[name] for name in sorted(ids) if name in claims]
        steps = {(claim.subject, claim.object): claim.sign for claim in held}
        ends = _farthest(steps, types)
        if ends is not None:
            yield Mechanism(key.partition(" ")[2], *ends, steps)


def _types(store: Store) -> dict[str, str]:
    found = {}
    for kind in ("Drug", "Disease"):
        for quad in store.quads(None, vocab.RDF.type, vocab.PLX[kind], vocab.TERMINOLOGY_GRAPH):
            found[vocab.compress(getattr(quad.subject, "value", ""))] = kind
    return found


def _farthest(steps: Mapping[Pair, Sign | None], types: Mapping[str, str]) -> Pair | None:
    beside: dict[str, set[str]] = {}
    for one, other in steps:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    best: tuple[int, str, str] | None = None
    for drug in sorted(name for name in beside if types.get(name) == "Drug"):
        reached, edge, distance = {drug}, {drug}, 0
        while edge:
            for end in sorted(name for name in edge if types.get(name) == "Disease"):
                if best is None or distance > best[0]:
                    best = (distance, drug, end)
            edge = {n for name in edge for n in beside[name]} - reached
            reached |= edge
            distance += 1
    return None if best is None else best[1:]


def _sign(claim: SourceClaim) -> Sign | None:
    statement = claim.statement
    return PREDICATE_SIGNS.get(statement.predicate) or statement.sign
