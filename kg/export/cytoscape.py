"""Networks for Cytoscape: its JSON (.cyjs, also of Cytoscape.js) and CX2, which NDEx keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from kg.export.labelled import EDGE_FIELDS, NODE_FIELDS, edge_fields, node_fields
from kg.export.selection import Selected
from kg.export.writing import array, compact

_TYPES = {str: "string", float: "double", int: "integer"}
_ABOUT = {
    "name": "Parallax",
    "description": "Claims of biomedical abstracts, with evidence in English and Chinese "
    "生物医学摘要中的论断及其中英文证据",
}


def cyjs(selected: Selected) -> Iterator[str]:
    """Cytoscape JSON; the identifiers of nodes are CURIEs, those of edges are of statements."""
    yield f'{{"format_version":"1.0","data":{compact(_ABOUT)},"elements":{{"nodes":'
    yield from array(
        {"data": {"id": concept.curie, "name": fields["label"], **fields}}
        for concept in selected.concepts()
        if (fields := node_fields(concept))
    )
    yield ',\n"edges":'
    yield from array(
        {
            "data": {
                "id": edge.id, "source": edge.subject, "target": edge.object,
                "interaction": fields["kind"], **fields,
            }
        }
        for edge in selected.edges()
        if (fields := edge_fields(edge))
    )  # fmt: skip
    yield "}}\n"


def cx2(selected: Selected) -> Iterator[str]:
    """CX2: aspects in their order; a node's number follows from its CURIE, so that none is kept."""
    yield '[{"CXVersion":"2.0","hasFragments":false},\n'
    yield compact({"attributeDeclarations": [_declarations()]}) + ",\n"
    yield compact({"networkAttributes": [_ABOUT]}) + ',\n{"nodes":'
    yield from array(
        {"id": number_of(concept.curie), "v": {"name": fields["label"], **fields}}
        for concept in selected.concepts()
        if (fields := node_fields(concept))
    )
    yield '},\n{"edges":'
    yield from array(
        {
            "id": number, "s": number_of(edge.subject), "t": number_of(edge.object),
            "v": {"interaction": fields["kind"], **fields},
        }
        for number, edge in enumerate(selected.edges())
        if (fields := edge_fields(edge))
    )  # fmt: skip
    yield '},\n{"status":[{"success":true}]}]\n'


def number_of(curie: str) -> int:
    """The number of a node: 52 bits, which JavaScript and Java both hold exactly."""
    return int.from_bytes(hashlib.sha256(curie.encode()).digest()[:7]) >> 4


def _declarations() -> dict[str, Any]:
    def declared(fields: dict[str, type]) -> dict[str, Any]:
        return {name: {"d": _TYPES[kind]} for name, kind in fields.items()}

    return {
        "networkAttributes": declared(dict.fromkeys(_ABOUT, str)),
        "nodes": declared({"name": str, **NODE_FIELDS}),
        "edges": declared({"interaction": str, **EDGE_FIELDS}),
    }
