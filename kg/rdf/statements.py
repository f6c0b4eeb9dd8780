"""The statements about two concepts: their nodes, and the plain triples that they justify."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.assembly.conflicts import Conflicts
from kg.assembly.outcomes import Outcome
from kg.assembly.values import Summary, statement_id
from kg.model import LANGUAGES, Language, Predicate, Statement
from kg.rdf.values import Node
from kg.terms import IRI, Quad
from kg.vocab import (
    BIOLINK,
    PLX,
    RDF,
    RDFS,
    STATEMENTS_GRAPH,
    SUPER_PREDICATES,
    SYMMETRIC_PREDICATES,
    concept_iri,
    predicate_iri,
    source_iri,
    statement_iri,
)

# What stands between the labels of two concepts; as in parallax.ttl (a test compares them).
PREDICATE_LABELS: dict[Predicate, dict[Language, str]] = {
    "increases": {"en": "increases", "zh": "升高"},
    "decreases": {"en": "decreases", "zh": "降低"},
    "restores": {"en": "restores", "zh": "恢复"},
    "affects": {"en": "affects", "zh": "影响"},
    "treats": {"en": "treats", "zh": "治疗"},
    "causes": {"en": "causes", "zh": "引起"},
    "associated_with": {"en": "is associated with", "zh": "相关于"},
    "binds": {"en": "binds", "zh": "结合"},
}
_SPACE: dict[Language, str] = {"en": " ", "zh": ""}

NO_CONFLICTS = Conflicts()
Labels = Mapping[str, Mapping[Language, str]]


@dataclass(frozen=True, slots=True)
class PairEntry:
    """A statement with what all documents make of it and how it stands to other statements.

    `outcome` tells what became of it where a document only supposed it.
    """

    statement: Statement
    summary: Summary
    conflicts: Conflicts = NO_CONFLICTS
    refines: frozenset[str] = frozenset()
    outcome: Outcome | None = None


def pair_quads(entries: Iterable[PairEntry], labels: Labels) -> tuple[Quad, ...]:
    """The quads of all statements about one pair of concepts, each once, in a fixed order.

    `labels` gives CURIE → language → name. A plain triple, with its super-properties written out,
    stands only for a statement whose summary is `plain`; a statement that is only hypothesised is
    reachable through ``plx:hypothesizes``.
    """
    quads: list[Quad] = []
    for entry in sorted(entries, key=lambda e: statement_id(e.statement)):
        _statement(entry, labels, quads)
        _plain_triples(entry, quads)
    return tuple(dict.fromkeys(quads))


def label_of(statement: Statement, labels: Labels, language: Language) -> str:
    """A statement in words: the names of its concepts with the predicate between them."""
    ends = (_name(curie, labels, language) for curie in (statement.subject, statement.object))
    words = PREDICATE_LABELS[statement.predicate][language]
    joint = _SPACE[language]
    return f"{joint}{words}{joint}".join(ends)


def _name(curie: str, labels: Labels, language: Language) -> str:
    """The label in a language, else in another, else the CURIE."""
    names = labels.get(curie, {})
    return names.get(language) or next((names[x] for x in LANGUAGES if x in names), curie)


def _statement(entry: PairEntry, labels: Labels, quads: list[Quad]) -> None:
    statement, summary = entry.statement, entry.summary
    node = Node(statement_iri(statement_id(statement)), STATEMENTS_GRAPH, quads)
    node.add(RDF.type, PLX.Statement).add(RDF.type, BIOLINK.Association)
    node.add(RDF.subject, concept_iri(statement.subject))
    node.add(RDF.predicate, predicate_iri(statement.predicate))
    node.add(RDF.object, concept_iri(statement.object))
    node.add(PLX.aspect, statement.aspect).add(PLX.sign, statement.sign)
    node.add_all(PLX.via, map(concept_iri, statement.via))
    node.add(PLX.status, summary.status).add(PLX.belief, summary.belief)
    node.add(PLX.supportingDocuments, summary.supporting)
    node.add(PLX.opposingDocuments, summary.opposing)
    node.add(PLX.hypothesizingDocuments, summary.hypothesizing)
    node.add(PLX.retractedDocuments, summary.retracted or None)
    node.add_all(PLX.supportingSource, map(source_iri, summary.supporting_sources))
    node.add_all(PLX.opposingSource, map(source_iri, summary.opposing_sources))
    node.add_all(PLX.hypothesizingSource, map(source_iri, summary.hypothesizing_sources))
    node.add(PLX.crossLingualStatus, summary.cross_lingual)
    node.add(PLX.derived, summary.derived).add(PLX.resolvedSign, summary.resolved_sign)
    node.add_all(PLX.contradicts, map(statement_iri, entry.conflicts.contradicts))
    node.add_all(PLX.disputedBy, map(statement_iri, entry.conflicts.disputed_by))
    node.add_all(PLX.refines, map(statement_iri, sorted(entry.refines)))
    if entry.outcome is not None:
        node.add(PLX.hypothesisOutcome, entry.outcome.fate)
        node.add_all(PLX.confirmedBy, map(IRI, entry.outcome.confirmed_by))
        node.add_all(PLX.refutedBy, map(IRI, entry.outcome.refuted_by))
    for language in LANGUAGES:
        node.add_text(RDFS.label, label_of(statement, labels, language), language)


def _plain_triples(entry: PairEntry, quads: list[Quad]) -> None:
    statement, summary = entry.statement, entry.summary
    subject, object_ = concept_iri(statement.subject), concept_iri(statement.object)
    if summary.plain:
        predicates: tuple[IRI, ...] = (
            predicate_iri(statement.predicate),
            *SUPER_PREDICATES[statement.predicate],
        )
        for predicate in predicates:
            Node(subject, STATEMENTS_GRAPH, quads).add(predicate, object_)
            if statement.predicate in SYMMETRIC_PREDICATES:
                Node(object_, STATEMENTS_GRAPH, quads).add(predicate, subject)
    elif summary.status == "hypothesized" and summary.hypothesized:
        Node(subject, STATEMENTS_GRAPH, quads).add(PLX.hypothesizes, object_)
