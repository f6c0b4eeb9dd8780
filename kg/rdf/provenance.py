"""What a document was read with, as triples: a PROV activity that is named by its content."""

from __future__ import annotations

from collections.abc import Iterator

from kg.provenance import Provenance, reading_id
from kg.rdf.values import Node
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import BASE, PLX, PROV, RDF, document_graph, document_iri

READING_BASE = f"{BASE}reading/"


def add_provenance(document: Node, graph: IRI, provenance: Provenance, quads: list[Quad]) -> None:
    """Put on the node of a document what it was read from, and with what."""
    read_by = provenance.read_by
    activity = IRI(READING_BASE + reading_id(read_by))
    document.add(PLX.contentDigest, provenance.digest).add(PROV.wasGeneratedBy, activity)
    node = Node(activity, graph, quads).add(RDF.type, PLX.Reading).add(RDF.type, PROV.Activity)
    node.add(PLX.softwareVersion, read_by.version).add(PLX.lexicon, read_by.lexicon)
    node.add(PLX.rules, read_by.rules).add_all(PLX.model, read_by.models)


def read_marks(store: Store, document: str) -> tuple[str, str] | None:
    """Digest and id of the reading of a document in the store; None where it has neither."""
    iri, graph = document_iri(document), document_graph(document)
    found = [
        next(store.quads(iri, predicate, None, graph), None)
        for predicate in (PLX.contentDigest, PROV.wasGeneratedBy)
    ]
    if found[0] is None or found[1] is None:
        return None
    digest, activity = found[0].object, found[1].object
    if not isinstance(digest, Literal) or not isinstance(activity, IRI):
        return None
    return digest.value, activity.value.removeprefix(READING_BASE)


def read_readings(store: Store) -> Iterator[tuple[dict[str, list[str]], int]]:
    """What documents of the store were read with, each with the number of documents."""
    query = f"""SELECT ?reading (COUNT(DISTINCT ?document) AS ?count)
        WHERE {{ GRAPH ?graph {{ ?document {PROV.wasGeneratedBy} ?reading }} }}
        GROUP BY ?reading ORDER BY DESC(?count) ?reading"""
    for row in store.select(query):
        reading, count = row.get("reading"), row.get("count")
        if isinstance(reading, IRI) and isinstance(count, Literal):
            values: dict[str, set[str]] = {}
            for predicate in (PLX.softwareVersion, PLX.lexicon, PLX.rules, PLX.model):
                for quad in store.quads(reading, predicate):
                    if isinstance(quad.object, Literal):
                        name = predicate.value.removeprefix(PLX.base)
                        values.setdefault(name, set()).add(quad.object.value)
            yield {name: sorted(found) for name, found in values.items()}, int(count.value)
