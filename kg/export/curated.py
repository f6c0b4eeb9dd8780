"""What records of knowledge sources say of a statement, looked up quad by quad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kg.export.scanning import all_of, one, properties
from kg.export.values import Record
from kg.imports.publications import publication_name
from kg.imports.sources import read_sources
from kg.imports.values import Source
from kg.store.base import Store
from kg.terms import IRI
from kg.vocab import (
    DCTERMS,
    PLX,
    RDFS,
    SOURCE_GRAPH_BASE,
    document_of,
    source_of,
    statement_iri,
)


def read_records(store: Store, statement: str) -> Iterator[Record]:
    """The records that bear on a statement, by source."""
    quads = store.quads(None, PLX.statement, statement_iri(statement))
    for quad in sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject))):
        graph = quad.graph_name
        if isinstance(graph, IRI) and graph.value.startswith(SOURCE_GRAPH_BASE):
            subject = cast(IRI, quad.subject)
            values = properties(store.quads(subject, None, None, graph))
            yield Record(
                iri=subject.value,
                source=source_of(document_of(graph.value)) or "",
                polarity=cast(Any, one(values, PLX.polarity)),
                certainty=cast(Any, one(values, PLX.certainty)),
                primary=one(values, PLX.primarySource),
                knowledge_level=one(values, PLX.knowledgeLevel),
                agent_type=one(values, PLX.agentType),
                record=one(values, PLX.record),
                address=one(values, RDFS.seeAlso),
                publications=tuple(
                    publication_name(iri) for iri in all_of(values, DCTERMS.references)
                ),
            )


class KnownSources:
    """The sources of a store, read when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Source] | None = None

    def get(self, name: str) -> Source:
        """The source of that name."""
        if self._known is None:
            self._known = read_sources(self._store)
        return self._known.get(name) or Source(name).completed(Source(name))
