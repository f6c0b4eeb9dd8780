"""The RDF of pages: what the graph says of the things that a page shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from kg import vocab
from kg.store.base import Store
from kg.store.formats import serialize
from kg.terms import IRI, Literal, Triple
from web.negotiate import Offer
from web.pages.claims import load_linked
from web.pages.reader import Reader, iri_of
from web.pages.values import Claim, EvidenceView

MOST = 2000
_NAMES = {"ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}


def write_triples(triples: Iterable[Triple], offer: Offer) -> bytes:
    """Triples, each once, in the format of an offer."""
    out = io.BytesIO()
    serialize(dict.fromkeys(triples), out, _NAMES[offer.name])
    return out.getvalue()


def describe_nodes(store: Store, nodes: Iterable[IRI]) -> Iterator[Triple]:
    """Every triple of which one of the nodes is the subject."""
    for node in dict.fromkeys(nodes):
        for quad in store.quads(node):
            yield quad.triple


def describe_concepts(store: Store, curies: Iterable[str]) -> Iterator[Triple]:
    """What the terminology says of concepts."""
    for curie in dict.fromkeys(curies):
        iri = iri_of(curie)
        if iri is not None:
            for quad in store.quads(iri, graph=vocab.TERMINOLOGY_GRAPH):
                yield quad.triple


def describe_concept(store: Store, curie: str) -> Iterator[Triple]:
    """A concept, its plain triples, and the statements about it (the first two thousand)."""
    iri = iri_of(curie)
    if iri is None:
        return
    yield from describe_nodes(store, [iri])
    count = 0
    for predicate in (vocab.RDF.subject, vocab.RDF.object):
        for quad in store.quads(None, predicate, iri):
            if isinstance(quad.subject, IRI) and count < MOST:
                count += 1
                yield from describe_nodes(store, [quad.subject])


def describe_claims(store: Store, claims: Iterable[Claim]) -> Iterator[Triple]:
    """Statements with the names of their concepts."""
    known = tuple(claims)
    yield from describe_nodes(store, (vocab.statement_iri(claim.id) for claim in known))
    yield from describe_concepts(store, (end.id for c in known for end in (c.subject, c.object)))


def describe_evidence(store: Store, items: Iterable[EvidenceView]) -> Iterator[Triple]:
    """Pieces of evidence with their renditions, cues and sentences."""
    for item in items:
        node = vocab.part_iri(item.document.id, item.id)
        yield from _deep(store, node)


def _deep(store: Store, node: IRI) -> Iterator[Triple]:
    for quad in store.quads(node):
        yield quad.triple
        inner = quad.predicate in (vocab.PLX.hasRendition, vocab.PLX.hasCue, vocab.PLX.inSentence)
        if inner and isinstance(quad.object, IRI):
            yield from _deep(store, quad.object)


def describe_statement(
    reader: Reader, claim: Claim, evidence: Iterable[EvidenceView]
) -> Iterator[Triple]:
    """A statement, what it contradicts, and the given evidence."""
    yield from describe_claims(reader.store, [claim])
    iri = vocab.statement_iri(claim.id).value
    for other in load_linked(reader, iri, ("contradicts", "disputedBy")):
        yield from describe_nodes(reader.store, [IRI(other)])
    yield from describe_evidence(reader.store, evidence)


def describe_document(store: Store, document: str) -> Iterator[Triple]:
    """Everything in the graph of a document."""
    for quad in store.quads(graph=vocab.document_graph(document)):
        yield quad.triple


def text(value: str, language: str | None = None) -> Literal:
    """A literal."""
    return Literal(value, language=language) if language else Literal(value)
