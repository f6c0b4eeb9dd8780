"""Nanopublications: each statement with its provenance and who published it, as TriG.

The assertion of a plain statement is its direct triple and its node. A statement that is denied,
supposed, derived or disputed is asserted as such: its node says so, and there is no direct triple.
Its IRI is a trusty URI, which ends in the hash of its content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from kg.export.curated import KnownSources, read_records
from kg.export.evidence import read_evidence
from kg.export.selection import Selected, Selection, direct_triple
from kg.export.trusty import with_trusty_iri
from kg.export.values import Edge
from kg.store.base import Store
from kg.store.formats import serialize
from kg.terms import IRI, Literal, Quad, Term
from kg.vocab import (
    BASE,
    DCTERMS,
    PLX,
    RDF,
    RDFS,
    XSD,
    concept_iri,
    document_iri,
    predicate_iri,
    source_iri,
    statement_iri,
)
from ontologies.files import prefixes

NANOPUB_BASE = f"{BASE}np/"
LICENCE = IRI("https://creativecommons.org/publicdomain/zero/1.0/")
SOFTWARE = IRI(f"{BASE}software")
_NP = "http://www.nanopub.org/nschema#"
_PROV = prefixes()["prov"]


def write_nanopubs(store: Store, selection: Selection, out: IO[bytes]) -> None:
    """Write a nanopublication for each selected statement."""
    serialize(nanopubs(Selected(store, selection)), out, "trig")


def nanopubs(selected: Selected) -> Iterator[Quad]:
    """The quads of all nanopublications, one after the other.

    The time of publication is now, or the one that SOURCE_DATE_EPOCH gives.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    time = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    created = Literal(time.strftime("%Y-%m-%dT%H:%M:%S+00:00"), datatype=IRI(f"{XSD.base}dateTime"))
    for edge in selected.edges():
        placeholder = f"{NANOPUB_BASE}{edge.id}"
        yield from with_trusty_iri(
            _nanopub(selected, edge, created, placeholder), placeholder, NANOPUB_BASE
        )


def _nanopub(selected: Selected, edge: Edge, created: Literal, base: str) -> Iterator[Quad]:
    this = IRI(base)
    parts = ("Head", "assertion", "provenance", "pubinfo")
    head, assertion, provenance, pubinfo = (IRI(f"{base}#{part}") for part in parts)
    yield Quad(this, RDF.type, IRI(f"{_NP}Nanopublication"), head)
    for name, graph in (
        ("hasAssertion", assertion),
        ("hasProvenance", provenance),
        ("hasPublicationInfo", pubinfo),
    ):
        yield Quad(this, IRI(_NP + name), graph, head)
    yield from _assertion(edge, assertion)
    yield from _provenance(selected, edge, assertion, provenance)
    yield Quad(this, IRI(f"{DCTERMS.base}created"), created, pubinfo)
    yield Quad(this, IRI(f"{DCTERMS.base}creator"), SOFTWARE, pubinfo)
    yield Quad(this, IRI(f"{DCTERMS.base}license"), _licence(selected, edge), pubinfo)
    for language, label in edge.labels:
        yield Quad(this, RDFS.label, Literal(label, language=language), pubinfo)


def _assertion(edge: Edge, graph: IRI) -> Iterator[Quad]:
    node = statement_iri(edge.id)
    if edge.standing == "plain":
        yield Quad(*direct_triple(edge), graph)
    elif edge.standing == "hypothesized":
        yield Quad(concept_iri(edge.subject), PLX.hypothesizes, concept_iri(edge.object), graph)
    values: list[tuple[IRI, Term | None]] = [
        (RDF.type, PLX.Statement),
        (RDF.subject, concept_iri(edge.subject)),
        (RDF.predicate, predicate_iri(edge.predicate)),
        (RDF.object, concept_iri(edge.object)),
        (PLX.status, Literal(edge.status)),
        (PLX.aspect, Literal(edge.aspect) if edge.aspect else None),
        (PLX.sign, Literal(edge.sign) if edge.sign else None),
        (PLX.derived, Literal(edge.derived) if edge.derived else None),
        (PLX.belief, Literal(str(edge.belief), datatype=XSD.decimal)),
        (PLX.crossLingualStatus, Literal(edge.agreement)),
        *((PLX.via, concept_iri(curie)) for curie in edge.via),
        *((RDFS.label, Literal(label, language=language)) for language, label in edge.labels),
    ]
    for predicate, value in values:
        if value is not None:
            yield Quad(node, predicate, value, graph)


def _licence(selected: Selected, edge: Edge) -> IRI:
    """The licence of a nanopublication: that of its source, where only a source says it."""
    if edge.documents or not edge.sources:
        return LICENCE
    known = (KnownSources(selected.store).get(name).licence for name in edge.sources)
    return next((IRI(one) for one in known if one.startswith("http")), LICENCE)


def _curated(selected: Selected, edge: Edge, assertion: IRI, graph: IRI) -> Iterator[Quad]:
    """The records of knowledge sources; nothing is said to be quoted from a document."""
    known = KnownSources(selected.store)
    for name in edge.sources:
        source = known.get(name)
        yield Quad(assertion, IRI(f"{_PROV}wasAttributedTo"), source_iri(name), graph)
        yield Quad(source_iri(name), RDF.type, PLX.KnowledgeSource, graph)
        yield Quad(source_iri(name), DCTERMS.title, Literal(source.title), graph)
        if source.licence:
            licence = source.licence
            term = IRI(licence) if licence.startswith("http") else Literal(licence)
            yield Quad(source_iri(name), DCTERMS.license, term, graph)
    for record in read_records(selected.store, edge.id):
        evidence = IRI(record.iri)
        yield Quad(assertion, IRI(f"{_PROV}wasDerivedFrom"), evidence, graph)
        yield Quad(evidence, RDF.type, PLX.CuratedEvidence, graph)
        yield Quad(evidence, IRI(f"{_PROV}hadPrimarySource"), source_iri(record.source), graph)
        yield Quad(evidence, PLX.polarity, Literal(record.polarity), graph)
        yield Quad(evidence, PLX.certainty, Literal(record.certainty), graph)
        for cited in record.publications:
            iri = IRI(cited) if "://" in cited else concept_iri(cited)
            yield Quad(evidence, DCTERMS.references, iri, graph)


def _provenance(selected: Selected, edge: Edge, assertion: IRI, graph: IRI) -> Iterator[Quad]:
    if edge.documents or not edge.sources:
        yield Quad(assertion, IRI(f"{_PROV}wasAttributedTo"), SOFTWARE, graph)
    if edge.sources:
        yield from _curated(selected, edge, assertion, graph)
    for cited in read_evidence(selected.store, edge.id):
        evidence, document = IRI(cited.iri), document_iri(cited.document)
        yield Quad(assertion, IRI(f"{_PROV}wasDerivedFrom"), evidence, graph)
        yield Quad(evidence, RDF.type, PLX.Evidence, graph)
        yield Quad(evidence, IRI(f"{_PROV}wasQuotedFrom"), document, graph)
        yield Quad(evidence, PLX.polarity, Literal(cited.polarity), graph)
        yield Quad(evidence, PLX.certainty, Literal(cited.certainty), graph)
        yield Quad(evidence, PLX.agreement, Literal(cited.agreement), graph)
        for quote in cited.quotes:
            text = Literal(quote.text, language=quote.language)
            yield Quad(evidence, PLX.quote, text, graph)
            yield Quad(evidence, PLX.rule, Literal(quote.rule), graph)
