"""From one document to evidence: one unit per statement and polarity, in all its renditions.

Relation mentions that alignment ties together are translations of one claim. Where they agree they
become renditions of one evidence; where they contradict each other each reading keeps its own
evidence, marked as in conflict. Sentences that repeat a claim add renditions, not evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.assembly.belief import is_projected
from kg.assembly.circumstances import Circumstances
from kg.assembly.claims import Claim, differences, harmonize, read_claim
from kg.assembly.concepts import Groups, broader_concepts, resolve_concepts
from kg.assembly.renditions import Places, best_section, render
from kg.assembly.values import Assembled, statement_id
from kg.model import (
    CONFLICT_KINDS,
    Agreement,
    Certainty,
    ConflictKind,
    Evidence,
    Extraction,
    Language,
    Predicate,
    Sign,
    Statement,
)

# What disturbs something, and in which direction; what causes a thing brings it about.
_PERTURBING: dict[Predicate, Sign] = {"increases": "+", "decreases": "-", "causes": "+"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """Claims that translate each other and agree, with what else contradicts them."""

    claims: tuple[Claim, ...]
    certainty: Certainty
    conflicts: frozenset[ConflictKind]


def assemble(extraction: Extraction) -> Assembled:
    """The statements of one document with their evidence.

    The result depends on what was read and not on the order of relations. A relation of a concept
    to itself is left out.

    Raises
    ------
    FormatError
        where a relation and its arguments stand in different passages, so that no quote holds both.
    """
    concepts = resolve_concepts(extraction)
    places = Places(extraction)
    claims = tuple(
        claim
        for relation in extraction.relations
        if (claim := read_claim(relation, places.language(relation), places.mentions, concepts))
    )
    told = _told_conflicts(extraction)
    units: dict[tuple[Statement, str], list[_Unit]] = {}
    for group in _translations(claims):
        for unit in _units(group, told):
            first = unit.claims[0]
            units.setdefault((first.statement, first.polarity), []).append(unit)
    circumstances = Circumstances(extraction, concepts)
    evidence = [_evidence(group, circumstances, places) for group in units.values()]
    evidence = _resolve_signs(evidence, units)
    statements = {statement_id(statement): statement for statement, _ in units}
    return Assembled(
        extraction.document.id,
        tuple(statements[key] for key in sorted(statements)),
        tuple(sorted(evidence, key=lambda e: e.id)),
        tuple(sorted(concepts.items())),
        broader_concepts(extraction, concepts),
    )


def _translations(claims: tuple[Claim, ...]) -> Iterator[tuple[Claim, ...]]:
    """The claims in groups that alignment ties together, one group after the other."""
    languages = {claim.relation.id: claim.language for claim in claims}
    groups = Groups()
    for claim in claims:
        for twin in claim.relation.aligned:
            if twin in languages and languages[twin] != claim.language:
                groups.join(claim.relation.id, twin)
    members: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: c.relation.id):
        members.setdefault(groups.root(claim.relation.id), []).append(claim)
    return (harmonize(group) for group in members.values())


def _units(claims: tuple[Claim, ...], told: dict[str, set[ConflictKind]]) -> Iterator[_Unit]:
    """One unit for each reading of a group of translations."""
    readings: dict[tuple[Statement, str], list[Claim]] = {}
    for claim in claims:
        readings.setdefault((claim.statement, claim.polarity), []).append(claim)
    shared = {
        key for key, reading in readings.items() if len({claim.language for claim in reading}) > 1
    }
    for key, reading in readings.items():
        conflicts = {kind for c in reading for kind in told.get(c.relation.id, ())}
        if key not in shared:
            for other_key, other in readings.items():
                if other_key not in shared and other[0].language != reading[0].language:
                    conflicts |= differences(reading[0], other[0])
        hedges = _hedges(reading)
        # What was read by help of the other language is no second opinion that could differ.
        own = _hedges([c for c in reading if not is_projected(c.relation.rule)])
        if len(set(own.values())) > 1:
            conflicts.add("hedge")
        certainty: Certainty = "hypothesis" if any(hedges.values()) else "asserted"
        yield _Unit(tuple(reading), certainty, frozenset(conflicts))


def _hedges(claims: Iterable[Claim]) -> dict[Language, bool]:
    """Language → whether all that was read in it is a hypothesis."""
    hedges: dict[Language, bool] = {}
    for claim in claims:
        weak = claim.certainty == "hypothesis"
        hedges[claim.language] = hedges.get(claim.language, True) and weak
    return hedges


def _told_conflicts(extraction: Extraction) -> dict[str, set[ConflictKind]]:
    """Relation id → conflicts that alignment reports of it, or of a number that belongs to it."""
    mention_of = {q.id: q.of for q in extraction.quantities}
    told: dict[str, set[ConflictKind]] = {}
    for discrepancy in extraction.discrepancies:
        kind = "number" if discrepancy.kind == "unit" else discrepancy.kind
        named = {side.refers_to for side in (discrepancy.en, discrepancy.zh) if side}
        described = {mention_of.get(name or "") for name in named} - {None}
        if kind not in CONFLICT_KINDS:
            continue
        for relation in extraction.relations:
            if relation.id in named or described & {relation.subject, relation.object}:
                told.setdefault(relation.id, set()).add(kind)
    return told


def _evidence(units: Iterable[_Unit], circumstances: Circumstances, places: Places) -> Evidence:
    units = tuple(units)
    claims = [claim for unit in units for claim in unit.claims]
    first = claims[0]
    asserted = [unit for unit in units if unit.certainty == "asserted"]
    certainty: Certainty = "asserted" if asserted else "hypothesis"
    telling = [claim for unit in asserted or units for claim in unit.claims]
    conflicts = {kind for unit in units for kind in unit.conflicts}
    derived = {claim.relation.derived for claim in claims}
    identifier = statement_id(first.statement)
    return Evidence(
        id=f"e{identifier}" if first.polarity == "positive" else f"e{identifier}-not",
        statement=identifier,
        document=places.document,
        polarity=first.polarity,
        certainty=certainty,
        agreement=_agreement(claims, conflicts, places),
        renditions=tuple(sorted(
            {render(claim, places) for claim in claims}, key=places.reading_order
        )),
        section=best_section(places.section(claim.relation) for claim in telling),
        context=circumstances.of(q for claim in claims for q in claim.relation.context),
        derived=None if None in derived else min(name for name in derived if name),
        confidence=round(max(claim.relation.confidence for claim in telling), 4),
        conflicts=tuple(kind for kind in CONFLICT_KINDS if kind in conflicts),
        resolved_sign=_one({claim.relation.sign for claim in claims} - {None})
        if first.statement.predicate == "restores"
        else None,
    )  # fmt: skip


def _agreement(claims: Iterable[Claim], conflicts: set[ConflictKind], places: Places) -> Agreement:
    if conflicts:
        return "conflict"
    if len({claim.language for claim in claims}) > 1:
        return "agrees"
    return "one-sided" if len(places.languages) > 1 else "monolingual"


def _resolve_signs(
    evidence: list[Evidence], units: dict[tuple[Statement, str], list[_Unit]]
) -> list[Evidence]:
    """Evidence of `restores` with the direction that the reported perturbation implies.

    What was raised, or caused, is restored by lowering it, and the other way round; nothing is
    resolved where the document reports both, or neither. What raised or lowered it is kept.
    """
    perturbed: dict[str, set[tuple[str, Sign]]] = {}
    for (statement, polarity), group in units.items():
        asserted = any(unit.certainty == "asserted" for unit in group)
        if statement.predicate in _PERTURBING and polarity == "positive" and asserted:
            sign = _PERTURBING[statement.predicate]
            perturbed.setdefault(statement.object, set()).add((statement.subject, sign))
    statements = {statement_id(statement): statement for statement, _ in units}
    resolved = []
    for item in evidence:
        statement = statements[item.statement]
        if statement.predicate == "restores" and item.resolved_sign is None:
            causes = perturbed.get(statement.object, set())
            others = {(subject, sign) for subject, sign in causes if subject != statement.subject}
            opposite: dict[Sign, Sign] = {"+": "-", "-": "+"}
            resolved_sign = _one({opposite[sign] for _, sign in others})
            by = tuple(sorted({subject for subject, _ in others})) if resolved_sign else ()
            item = replace(item, resolved_sign=resolved_sign, perturbed_by=by)
        resolved.append(item)
    return resolved


def _one(signs: set[Sign | None] | set[Sign]) -> Sign | None:
    return next(iter(signs)) if len(signs) == 1 else None
