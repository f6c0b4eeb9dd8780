"""The evidence for a statement with its quotes, looked up quad by quad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kg.export.scanning import Properties, all_of, one, properties
from kg.export.values import Cited, Quoted
from kg.model import LANGUAGES
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import CURATIONS_GRAPH, DCTERMS, DOCUMENT_GRAPH_BASE, PLX, document_of, statement_iri


def read_evidence(store: Store, statement: str) -> Iterator[Cited]:
    """What documents say of a statement, by document and id; without retracted and misread ones."""
    quads = store.quads(None, PLX.statement, statement_iri(statement))
    for quad in sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject))):
        graph = quad.graph_name
        if isinstance(graph, IRI) and graph.value.startswith(DOCUMENT_GRAPH_BASE):
            subject = cast(IRI, quad.subject)
            retracted = next(store.quads(subject, PLX.retractedOn, None, graph), None)
            if retracted is None and not _is_misread(store, subject):
                yield _cited(store, quad, graph)


def _is_misread(store: Store, evidence: object) -> bool:
    found = store.quads(cast(IRI, evidence), PLX.verdict, Literal("wrong"), CURATIONS_GRAPH)
    return next(found, None) is not None


def _cited(store: Store, quad: Quad, graph: IRI) -> Cited:
    subject = cast(IRI, quad.subject)
    values = properties(store.quads(subject, None, None, graph))
    quotes = (
        _quoted(properties(store.quads(IRI(name), None, None, graph)))
        for name in all_of(values, PLX.hasRendition)
    )
    return Cited(
        iri=subject.value,
        document=document_of(graph.value),
        polarity=cast(Any, one(values, PLX.polarity)),
        certainty=cast(Any, one(values, PLX.certainty)),
        agreement=cast(Any, one(values, PLX.agreement)),
        section=one(values, PLX.section) or None,
        derived=one(values, PLX.derived) or None,
        confidence=float(one(values, PLX.confidence) or 1),
        quotes=tuple(sorted(quotes, key=lambda q: (LANGUAGES.index(q.language), q.text))),
    )


def _quoted(values: Properties) -> Quoted:
    begin = int(one(values, PLX.quoteStart) or 0)

    def part(role: str) -> tuple[int, int]:
        start, end = (int(one(values, PLX[f"{role}{x}"]) or begin) for x in ("Start", "End"))
        return start - begin, end - begin

    return Quoted(
        language=cast(Any, one(values, DCTERMS.language)),
        text=one(values, PLX.quote),
        subject=part("subject"),
        object=part("object"),
        subject_text=one(values, PLX.subjectText),
        object_text=one(values, PLX.objectText),
        rule=one(values, PLX.rule),
    )
