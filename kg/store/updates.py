"""SPARQL 1.1 Update text for a change of quads; every store runs it as one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kg.errors import FormatError
from kg.terms import IRI, BlankNode, Quad


def update_text(remove: Iterable[Quad], add: Iterable[Quad], drop: Iterable[IRI] = ()) -> str:
    """One update request: drop whole graphs, remove quads, then add quads; may be empty."""
    parts = [f"DROP SILENT GRAPH {graph}" for graph in drop]
    parts += [
        f"{verb} DATA {{\n{block}\n}}"
        for verb, quads in (("DELETE", remove), ("INSERT", add))
        if (block := _block(quads))
    ]
    return " ;\n".join(parts)


def _block(quads: Iterable[Quad]) -> str:
    graphs = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        lines = "\n".join(_line(quad) for quad in members)
        graphs.append(f"GRAPH {graph} {{\n{lines}\n}}")
    return "\n".join(graphs)


def _line(quad: Quad) -> str:
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        raise FormatError("the graph holds no blank nodes", where=str(quad.subject))
    return f"{quad.subject} {quad.predicate} {quad.object} ."
