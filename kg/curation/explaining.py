"""How the belief in a statement comes about: its evidence, who read it, and how readers err."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.assembly.belief import readings
from kg.assembly.merge import judged
from kg.assembly.values import Verdict
from kg.curation.graph import rates_in, verdicts_on
from kg.curation.values import evidence_id
from kg.errors import NotFoundError
from kg.store.ancestry import refinement_links
from kg.store.base import Store
from kg.store.evidence import findings
from kg.terms import Literal
from kg.vocab import PLX, RDFS, STATEMENTS_GRAPH, statement_iri


@dataclass(frozen=True, slots=True)
class Part:
    """One reading: its evidence, whether it supports, denies or supposes, and how it may err.

    `inherited` tells that it is about a more specific statement.
    """

    evidence: str
    bearing: str
    reader: str
    random: float
    systematic: float
    verdict: Verdict | None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """The belief in a statement with all readings that it rests on."""

    statement: str
    claim: str
    status: str
    belief: float
    parts: tuple[Part, ...]


def explain_belief(store: Store, statement: str) -> Explanation:
    """What the belief in a statement rests on.

    Readings of evidence that was judged wrong are listed with errors of 1: they do not count.

    Raises
    ------
    NotFoundError
        where the graph has no such statement.
    """
    name = statement.rpartition("/")[2]
    node = statement_iri(name if name.isalnum() else "none")
    values = {
        q.predicate.value: q.object.value
        for q in store.quads(node, None, None, STATEMENTS_GRAPH)
        if isinstance(q.object, Literal) and q.object.language in (None, "en")
    }
    if PLX.belief.value not in values:
        raise NotFoundError(
            "no such statement in the graph", where=statement, remedy="see kg show --json"
        )
    specific = {one for one, other in refinement_links(store, {name}) if other == name}
    parts = [*_parts(store, {name}, inherited=False), *_parts(store, specific, inherited=True)]
    return Explanation(
        name, values.get(RDFS.label.value, ""), values[PLX.status.value],
        float(values[PLX.belief.value]), tuple(sorted(parts, key=_order)),
    )  # fmt: skip


def _parts(store: Store, statements: set[str], *, inherited: bool) -> Iterator[Part]:
    rates, verdicts = rates_in(store), verdicts_on(store, statements)
    for finding, _ in findings(store, statements, without=set()):
        iri = finding.evidence
        found = replace(finding, verdict=verdicts.get(iri))
        counted = judged(found) if found.counted else None
        certain = (counted or found).certainty == "asserted"
        bearing = "hypothesizes" if not certain else (
            "supports" if found.polarity == "positive" else "denies"
        )  # fmt: skip
        if inherited and bearing != "supports":
            continue
        for reader, random, systematic in readings(counted or found, rates):
            errors = (round(random, 4), systematic) if counted else (1.0, 1.0)
            yield Part(evidence_id(iri), bearing, reader, *errors, found.verdict, inherited)


def _order(part: Part) -> tuple[bool, str, str]:
    return part.inherited, part.evidence, part.reader
