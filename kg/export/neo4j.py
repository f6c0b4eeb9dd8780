"""CSV for ``neo4j-admin database import``: nodes and relationships with typed headers.

The type of a relationship tells how the claim stands: a denied treatment is ``DENIED_TREATS``, so
that no query for ``TREATS`` comes upon it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.export.labelled import EDGE_FIELDS, NODE_FIELDS, edge_fields, kind_of, node_fields
from kg.export.selection import Selected

_TYPES = {str: "string", float: "double", int: "long"}


def nodes(selected: Selected) -> Iterator[str]:
    """The table of nodes: identifier, fields, labels."""
    fields = [f"{name}:{_TYPES[kind]}" for name, kind in NODE_FIELDS.items() if name != "curie"]
    yield _csv(["curie:ID(Concept)", *fields, "synonyms:string[]", ":LABEL"])
    for concept in selected.concepts():
        values = node_fields(concept)
        names = ";".join(dict.fromkeys(text.replace(";", ",") for _, text in concept.synonyms))
        yield _csv([*(str(values[name]) for name in NODE_FIELDS), names, f"Concept;{concept.type}"])


def relationships(selected: Selected) -> Iterator[str]:
    """The table of relationships: ends, type, fields."""
    fields = [f"{name}:{_TYPES[kind]}" for name, kind in EDGE_FIELDS.items()]
    yield _csv([":START_ID(Concept)", ":END_ID(Concept)", ":TYPE", *fields])
    for edge in selected.edges():
        values = edge_fields(edge)
        kind = kind_of(edge).replace(": ", "_").upper()
        cells = (str(values.get(name, "")) for name in EDGE_FIELDS)
        yield _csv([edge.subject, edge.object, kind, *cells])


def _csv(cells: Iterable[str]) -> str:
    """A line of CSV in which every cell that is not empty is quoted; breaks become spaces."""
    quoted = (f'"{" ".join(cell.splitlines())}"' if '"' not in cell else _escaped(cell)
              for cell in cells)  # fmt: skip
    return ",".join("" if cell == '""' else cell for cell in quoted) + "\n"


def _escaped(cell: str) -> str:
    return '"' + " ".join(cell.splitlines()).replace('"', '""') + '"'
