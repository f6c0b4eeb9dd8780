"""Notices as triples: in the graph of the document that gives them, or in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterable

from kg.notices.values import Notice, notice_id
from kg.rdf.values import Node
from kg.terms import IRI, Quad
from kg.vocab import BASE, DCTERMS, NOTICES_GRAPH, PLX, RDF, RDFS, document_iri


def add_notice(node: Node, notice: Notice) -> None:
    """Put what a notice says on its node."""
    node.add(PLX.kind, notice.kind).add(PLX.concerns, document_iri(notice.about))
    if notice.by is not None:
        node.add(PLX.noticeDocument, document_iri(notice.by))
    node.add(DCTERMS.bibliographicCitation, notice.citation)
    node.add(PLX.date, notice.date).add(RDFS.comment, notice.reason)


def given_quads(notices: Iterable[Notice]) -> tuple[Quad, ...]:
    """The quads of notices that were given apart from documents, each once."""
    quads: list[Quad] = []
    for notice in notices:
        node = Node(IRI(f"{BASE}notice/{notice_id(notice)}"), NOTICES_GRAPH, quads)
        add_notice(node.add(RDF.type, PLX.Notice), notice)
    return tuple(dict.fromkeys(quads))
