"""The shapes of ``ontologies/shapes.ttl`` (SHACL), held against the graph piece by piece.

Each shape looks at one node, so documents, statements and concepts are tried in small groups: the
memory needed does not grow with the graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from kg import terms
from kg.model import Severity, Violation
from kg.store.base import Store
from kg.terms import IRI, Quad
from kg.vocab import (
    DOCUMENT_GRAPH_BASE,
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    XSD,
)
from ontologies.files import shapes_path

if TYPE_CHECKING:
    from rdflib import Graph

SEED = 20
DOCUMENTS, NODES = 16, 400


def check_shapes(store: Store, *, sample: int | None = None) -> Iterator[Violation]:
    """The nodes that do not have their shape.

    Parameters
    ----------
    sample : how many documents, and ten times as many statements and concepts, are tried; None for
        all. The sample is the same each time.
    """
    documents = [g for g in store.graphs() if g.value.startswith(DOCUMENT_GRAPH_BASE)]
    for group in _groups(_sample(documents, sample), DOCUMENTS):
        yield from check_quads(quad for graph in group for quad in store.quads(graph=graph))
    nodes = None if sample is None else sample * 10
    for kind, graph in ((PLX.Statement, STATEMENTS_GRAPH), (SKOS.Concept, TERMINOLOGY_GRAPH)):
        subjects = [q.subject for q in store.quads(None, RDF.type, kind, graph)]
        for part in _groups(_sample(cast("list[IRI]", subjects), nodes), NODES):
            yield from check_quads(q for node in part for q in store.quads(node, graph=graph))


def check_quads(quads: Iterable[Quad]) -> Iterator[Violation]:
    """The nodes among these quads that do not have their shape."""
    import pyshacl
    from rdflib import Graph

    data = Graph()
    for quad in quads:
        data.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), allow_warnings=True)
    yield from _violations(report)


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(shapes_path(), format="turtle")


def _violations(report: Graph) -> Iterator[Violation]:
    from rdflib.namespace import SH

    levels: dict[Any, Severity] = {
        SH.Violation: "error", SH.Warning: "warning", SH.Info: "info",
    }  # fmt: skip
    found = []
    for result in report.objects(None, SH.result):
        messages = sorted(
            (getattr(m, "language", None) != "en", str(m))
            for m in report.objects(result, SH.resultMessage)
        )
        focus = str(report.value(result, SH.focusNode))
        found.append(
            Violation(
                check=str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2],
                severity=levels[report.value(result, SH.resultSeverity)],
                entity=focus,
                property=str(report.value(result, SH.resultPath) or ""),
                value=str(report.value(result, SH.value) or ""),
                message=messages[0][1] if messages else "does not have its shape",
            )
        )
    yield from sorted(found, key=lambda v: (v.entity, v.property, v.check, v.value))


def _node(term: terms.Term | terms.Triple) -> Any:
    """A term in the other library's form."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, IRI):
        return URIRef(term.value)
    if isinstance(term, terms.Literal):
        if term.language or term.datatype == XSD.string:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    return BNode(str(term))


def _sample(items: list[IRI], size: int | None) -> list[IRI]:
    ordered = sorted(items, key=str)
    if size is None or len(ordered) <= size:
        return ordered
    chosen = random.Random(SEED).sample(range(len(ordered)), size)  # noqa: S311 - no secret
    return [ordered[number] for number in sorted(chosen)]


def _groups(items: list[IRI], size: int) -> Iterator[list[IRI]]:
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group
