"""The shapes of ``ontologies/shapes.ttl`` (SHACL), held against the graph piece by piece.

Each shape looks at one node, so nodes are tried in small groups: the memory needed does not grow
with the graph. Only nodes that may break their shape are tried (`kg.validation.screening`), unless
the library is to try them all, which takes minutes where this takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg import terms
from kg.model import Severity, Violation
from kg.store.base import Store
from kg.terms import IRI, Quad
from kg.validation.reading import read_shapes
from kg.validation.screening import suspects
from kg.vocab import RDF, XSD
from ontologies.files import shapes_path

if TYPE_CHECKING:
    from rdflib import Graph

NODES = 400


def check_shapes(store: Store, *, screened: bool = True) -> Iterator[Violation]:
    """The nodes that do not have their shape.

    Parameters
    ----------
    screened : whether only those nodes are tried that may break theirs; the result is the same
    """
    nodes = iter(suspects(store, read_shapes()) if screened else _all_nodes(store))
    while group := list(islice(nodes, NODES)):
        yield from check_quads(q for g, node in group for q in store.quads(IRI(node), graph=IRI(g)))


def _all_nodes(store: Store) -> Iterator[tuple[str, str]]:
    for graph in sorted(store.graphs(), key=str):
        subjects = {quad.subject for quad in store.quads(predicate=RDF.type, graph=graph)}
        for node in sorted(one.value for one in subjects if isinstance(one, IRI)):
            yield graph.value, node


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
        messages = {
            getattr(m, "language", None) or "en": str(m)
            for m in report.objects(result, SH.resultMessage)
        }
        focus = str(report.value(result, SH.focusNode))
        found.append(
            Violation(
                check=str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2],
                severity=levels[report.value(result, SH.resultSeverity)],
                entity=focus,
                property=str(report.value(result, SH.resultPath) or ""),
                value=str(report.value(result, SH.value) or ""),
                message=messages.get("en", "does not have its shape"),
                message_zh=messages.get("zh", "不符合其形状"),
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
