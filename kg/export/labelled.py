"""Graphs for drawing and for graph databases: what nodes and edges carry in all such formats.

These formats have no flag for a claim that is denied or only supposed, and their readers follow an
edge by its kind alone. So the kind of such an edge is another one: ``denied: treats``.
"""

from __future__ import annotations

from typing import Any

from kg.export.values import Edge
from kg.rdf.terminology import Concept

NODE_FIELDS: dict[str, type] = {
    "curie": str, "label": str, "label_zh": str, "type": str, "type_zh": str,
}  # fmt: skip
EDGE_FIELDS: dict[str, type] = {
    "statement": str, "kind": str, "label": str, "label_zh": str, "predicate": str, "aspect": str,
    "sign": str, "status": str, "standing": str, "belief": float, "weight": float,
    "supporting": int, "opposing": int, "hypothesizing": int, "publications": str,
    "languages": str, "mediator": str,
}  # fmt: skip
TYPES_ZH = {
    "Drug": "药物", "Protein": "蛋白质或基因", "Disease": "疾病", "Outcome": "结局",
    "Process": "过程", "Cell": "细胞或组织", "Organism": "生物体",
}  # fmt: skip


def node_fields(concept: Concept) -> dict[str, Any]:
    """What a node carries; a name that a language lacks is taken from the other."""
    labels = dict(concept.labels)
    first = labels.get("en") or labels.get("zh") or concept.curie
    return {
        "curie": concept.curie,
        "label": first,
        "label_zh": labels.get("zh") or first,
        "type": concept.type,
        "type_zh": TYPES_ZH[concept.type],
    }


def kind_of(edge: Edge) -> str:
    """The kind of an edge: its predicate, with its standing before it where that is not plain."""
    return edge.predicate if edge.standing == "plain" else f"{edge.standing}: {edge.predicate}"


def edge_fields(edge: Edge) -> dict[str, Any]:
    """What an edge carries; what a statement does not have is left out."""
    labels = dict(edge.labels)
    kind = kind_of(edge)
    before = kind.removesuffix(edge.predicate)
    fields: dict[str, Any] = {
        "statement": edge.id,
        "kind": kind,
        "label": before + labels.get("en", ""),
        "label_zh": _BEFORE_ZH[edge.standing] + labels.get("zh", ""),
        "predicate": edge.predicate,
        "aspect": edge.aspect,
        "sign": edge.sign,
        "status": edge.status,
        "standing": edge.standing,
        "belief": edge.belief,
        "weight": edge.belief if edge.standing == "plain" else 0.0,
        "supporting": len(edge.supporting),
        "opposing": len(edge.denying),
        "hypothesizing": len(edge.hypothesizing),
        "publications": "|".join(edge.publications),
        "languages": edge.agreement,
        "mediator": "|".join(edge.via),
    }
    return {key: value for key, value in fields.items() if value not in (None, "")}


_BEFORE_ZH = {
    "plain": "", "derived": "推导：", "disputed": "有争议：", "denied": "被否认：",
    "hypothesized": "仅推测：", "retracted": "已撤稿：",
}  # fmt: skip
