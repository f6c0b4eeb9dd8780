"""What a graph holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.rdf.provenance import read_readings
from kg.store.base import Store
from kg.terms import IRI, Literal
from kg.vocab import (
    OA,
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    document_of,
    predicate_of,
    source_of,
    type_of,
)

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the parts of a graph; each mapping goes from a name to a count, most first."""

    quads: int
    parts: Counts
    concepts: Counts
    mentions: Counts
    predicates: Counts
    status: Counts
    statements_by_language: Counts
    evidence_by_language: Counts
    discrepancies: Counts
    contradictions: int
    disputed: int
    standings: Counts
    read_with: Counts
    sources: Counts


def find_statistics(store: Store) -> Statistics:
    """The counts of a graph; a graph without documents gives zeros."""
    statements = f"GRAPH {STATEMENTS_GRAPH} {{ ?thing a {PLX.Statement} ; %s ?name }}"
    inside = "GRAPH ?document {{ ?thing a {kind} ; {property} ?name }}"
    return Statistics(
        quads=len(store),
        parts=_parts(store),
        concepts={
            type_of(name): count
            for name, count in _count(
                store, f"GRAPH {TERMINOLOGY_GRAPH} {{ ?thing a {SKOS.Concept}, ?name }}"
            ).items()
            if name.removeprefix(PLX.base) in PLX
        },
        mentions={
            type_of(name): count
            for name, count in _count(
                store, inside.format(kind=PLX.Mention, property=PLX.mentionType)
            ).items()
        },
        predicates={
            predicate_of(name): count
            for name, count in _count(store, statements % RDF.predicate).items()
        },
        status=_count(store, statements % PLX.status),
        statements_by_language=_count(store, statements % PLX.crossLingualStatus),
        evidence_by_language=_count(
            store, inside.format(kind=PLX.Evidence, property=PLX.agreement)
        ),
        discrepancies=_count(store, inside.format(kind=PLX.Discrepancy, property=PLX.kind)),
        contradictions=_number(
            store, f"GRAPH {STATEMENTS_GRAPH} {{ ?thing {PLX.contradicts} ?other }}"
        )
        // 2,
        disputed=_number(
            store,
            f"GRAPH {STATEMENTS_GRAPH} {{ ?thing {PLX.supportingDocuments} ?for ; "
            f"{PLX.opposingDocuments} ?against FILTER(?for > 0 && ?against > 0) }}",
        ),
        standings=_count(store, inside.format(kind=PLX.Document, property=PLX.standing)),
        read_with={_told(reading): count for reading, count in read_readings(store)},
        sources=_sources(store),
    )


def _told(reading: dict[str, list[str]]) -> str:
    """What documents were read with, in a line."""
    names = {"softwareVersion": "Parallax", "lexicon": "lexicon", "rules": "rules"}
    told = [f"{word} {value}" for key, word in names.items() for value in reading.get(key, ())]
    return ", ".join((*told, *reading.get("model", ())))


def _sources(store: Store) -> Counts:
    """Knowledge source → the curated evidence and mappings that it gives."""
    found = _count(
        store,
        f"GRAPH ?part {{ ?thing {PLX.inSource} ?name ; a ?kind "
        f"FILTER(?kind IN ({PLX.CuratedEvidence}, {PLX.Mapping})) }}",
    )
    named = {source_of(document_of(iri)) or iri: count for iri, count in found.items()}
    known = (quad.subject for quad in store.quads(None, RDF.type, PLX.KnowledgeSource))
    all_names = (source_of(document_of(iri.value)) for iri in known if isinstance(iri, IRI))
    return named | {name: 0 for name in all_names if name and name not in named}


def _parts(store: Store) -> Counts:
    kinds = ("Document", "Passage", "Sentence", "Mention", "Quantity", "Result", "Evidence",
             "Rendition")  # fmt: skip
    found = _count(store, "GRAPH ?document { ?thing a ?name }")
    concepts = _number(store, f"GRAPH {TERMINOLOGY_GRAPH} {{ ?thing a {SKOS.Concept} }}")
    counts = {kind: found.get(PLX[kind].value, 0) for kind in kinds}
    linked = _number(
        store,
        f"GRAPH ?document {{ ?thing a {PLX.Mention} ; {OA.hasBody} ?concept "
        'FILTER(!STRSTARTS(STR(?concept), "https://w3id.org/parallax/concept/")) }',
    )
    statements = _number(store, f"GRAPH {STATEMENTS_GRAPH} {{ ?thing a {PLX.Statement} }}")
    return counts | {
        "Statement": statements,
        "Concept": concepts,
        "Mention with identifier": linked,
    }


def _count(store: Store, pattern: str) -> Counts:
    query = f"""SELECT ?name (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {pattern} }}
        GROUP BY ?name ORDER BY DESC(?count) ?name"""
    counts = {}
    for row in store.select(query):
        name, count = row.get("name"), row.get("count")
        if isinstance(name, IRI | Literal) and isinstance(count, Literal):
            counts[name.value] = int(count.value)
    return counts


def _number(store: Store, pattern: str) -> int:
    rows = store.select(f"SELECT (COUNT(*) AS ?count) WHERE {{ {pattern} }}")
    term = next(rows)["count"]
    return int(term.value) if isinstance(term, Literal) else 0
