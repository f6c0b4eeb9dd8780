"""GraphML, as networkx, Gephi, yEd and igraph read it: one directed graph with typed attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from kg.export.labelled import EDGE_FIELDS, NODE_FIELDS, edge_fields, node_fields
from kg.export.selection import Selected

_TYPES = {str: "string", float: "double", int: "long"}
# What XML 1.0 does not allow, even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def graphml(selected: Selected) -> Iterator[str]:
    """The graph, nodes before edges."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for scope, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name, kind in fields.items():
            yield (
                f'<key id="{scope}-{name}" for="{scope}" attr.name="{name}" '
                f'attr.type="{_TYPES[kind]}"/>\n'
            )
    yield '<graph id="parallax" edgedefault="directed">\n'
    for concept in selected.concepts():
        yield f'<node id="{_text(concept.curie)}">{_data("node", node_fields(concept))}</node>\n'
    for edge in selected.edges():
        yield (
            f'<edge id="{edge.id}" source="{_text(edge.subject)}" target="{_text(edge.object)}">'
            f"{_data('edge', edge_fields(edge))}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


def _data(scope: str, fields: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{scope}-{name}">{_text(str(value))}</data>' for name, value in fields.items()
    )


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub(" ", value), {'"': "&quot;"})
