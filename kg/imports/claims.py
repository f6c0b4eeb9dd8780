"""From the edge of a source to a statement: ends looked up, arguments in our order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.assembly.values import Finding, statement_id
from kg.imports.grounding import Grounded, Grounder
from kg.imports.values import LeftOut, Source, SourceEdge
from kg.model import ASPECTS, MENTION_TYPES, Aspect, Statement
from kg.vocab import SOURCE, SYMMETRIC_PREDICATES

SIGNED = ("associated_with", "affects")  # other predicates tell their sign themselves
# Who asserts an edge, in Biolink's words → how error rates call it; ``curated`` else.
_KINDS = {
    "text_mining_agent": "mined",
    "automated_agent": "computed",
    "data_analysis_pipeline": "computed",
    "computational_model": "computed",
    "image_processing_agent": "computed",
    "not_provided": "imported",
}
_SUPPOSED = frozenset({"prediction"})  # levels of knowledge that assert nothing


@dataclass(frozen=True, slots=True)
class SourceClaim:
    """An edge of a source with the statement that it makes, and the concepts of its ends."""

    edge: SourceEdge
    statement: Statement
    id: str
    ends: tuple[Grounded, ...]
    finding: Finding
    knowledge_level: str
    agent_type: str


def read_claim(edge: SourceEdge, source: Source, grounder: Grounder) -> SourceClaim | LeftOut:
    """The claim of an edge; left out where both of its ends are one concept.

    Raises
    ------
    InputError
        where an end has no identifier or no type that we know.
    """
    subject, object_ = grounder.ground(edge.subject), grounder.ground(edge.object)
    via = tuple(grounder.ground(end) for end in edge.via)
    if subject.curie == object_.curie:
        return LeftOut("relation of a concept to itself")
    ends: tuple[Grounded, ...] = (subject, object_)
    if edge.predicate in SYMMETRIC_PREDICATES:
        ends = tuple(sorted(ends, key=lambda end: (MENTION_TYPES.index(end.type), end.curie)))
    mediators = sorted({end.curie for end in via} - {end.curie for end in ends})
    statement = Statement(
        ends[0].curie, edge.predicate, ends[1].curie, edge.aspect,
        edge.sign if edge.predicate in SIGNED else None, tuple(mediators),
    )  # fmt: skip
    if edge.statement:
        statement = _as_exported(statement, edge.statement)
    agent = edge.agent_type or source.agent_type
    level = edge.knowledge_level or source.knowledge_level
    kind = _KINDS.get(agent, "curated" if agent else "imported")
    finding = Finding(
        document=f"{SOURCE}{source.name}",
        polarity=edge.polarity,
        certainty="hypothesis" if level in _SUPPOSED else edge.certainty,
        agreement=edge.agreement or "monolingual",
        derived=edge.derived,
        confidence=edge.confidence,
        rules=(f"{kind}.{source.name}",),
    )
    return SourceClaim(
        edge, statement, statement_id(statement), (*ends, *via), finding, level, agent
    )


def _as_exported(statement: Statement, wanted: str) -> Statement:
    """The statement with the aspect that our own export does not write, found by its id."""
    aspects: Iterable[Aspect | None] = (statement.aspect, None, *ASPECTS)
    for aspect in aspects:
        for sign in (statement.sign, None):
            tried = Statement(
                statement.subject, statement.predicate, statement.object, aspect, sign,
                statement.via,
            )  # fmt: skip
            if statement_id(tried) == wanted:
                return tried
    return statement
