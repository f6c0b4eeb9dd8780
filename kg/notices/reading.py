"""The notices of a graph, read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kg.notices.values import STANDINGS, Notice
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    BIBO,
    DCTERMS,
    NOTICES_GRAPH,
    PLX,
    RDF,
    RDFS,
    document_graph,
    document_iri,
    document_of,
)


def read_given(store: Store) -> Iterator[Quad]:
    """The type quads of all notices that were given apart from documents."""
    return store.quads(None, RDF.type, PLX.Notice, NOTICES_GRAPH)


def given_about(store: Store, document: IRI) -> Iterator[Quad]:
    """All quads of the notices about a document that were given apart from documents."""
    for quad in store.quads(None, PLX.concerns, document, NOTICES_GRAPH):
        yield from store.quads(cast(IRI, quad.subject), None, None, NOTICES_GRAPH)


def names_of(store: Store, document: str) -> Iterator[IRI]:
    """The IRIs by which notices may name a document."""
    own, graph = document_iri(document), document_graph(document)
    yield own
    for predicate, prefix in ((BIBO.doi, "doi"), (BIBO.pmid, "pubmed")):
        for quad in store.quads(own, predicate, None, graph):
            yield document_iri(f"{prefix}:{cast(Literal, quad.object).value}")


def notices_about(store: Store, document: str) -> tuple[Notice, ...]:
    """The notices that concern a document, whoever gives them, the gravest first."""
    nodes = (
        quad
        for name in dict.fromkeys(names_of(store, document))
        for quad in store.quads(None, PLX.concerns, name)
    )
    found = (_notice(store, cast(IRI, q.subject), cast(IRI, q.graph_name)) for q in nodes)
    order = list(STANDINGS)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda n: (order.index(n.kind), n.date or "", n.by or ""))
    )


def read_notices(store: Store) -> Iterator[tuple[str | None, Notice]]:
    """All notices with the document that gives them, or None where they were given apart."""
    for quad in store.quads(None, RDF.type, PLX.Notice):
        graph = cast(IRI, quad.graph_name)
        given = None if graph == NOTICES_GRAPH else document_of(graph.value)
        yield given, _notice(store, cast(IRI, quad.subject), graph)


def _notice(store: Store, node: IRI, graph: IRI) -> Notice:
    values: dict[str, str] = {}
    for told in store.quads(node, None, None, graph):
        values[told.predicate.value] = cast(Any, told.object).value
    by = values.get(PLX.noticeDocument.value)
    return Notice(
        cast(Any, values[PLX.kind.value]),
        document_of(values[PLX.concerns.value]),
        document_of(by) if by else None,
        values.get(DCTERMS.bibliographicCitation.value),
        values.get(PLX.date.value),
        values.get(RDFS.comment.value),
    )
