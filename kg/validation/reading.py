"""The shapes of ``ontologies/shapes.ttl`` as values: of which class, and what they ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.store.formats import parse
from kg.terms import IRI, Literal, Term
from ontologies.files import prefixes, shapes_path

SH = prefixes()["sh"]
_RDF = prefixes()["rdf"]
_QUIET = frozenset({"message", "severity", "name", "description", "order", "path", "targetClass"})


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds of the values of one property: constraint → its parameters."""

    path: IRI | None
    constraints: Mapping[str, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What holds of the nodes of a class.

    `classes` are further classes that they have. Of each tuple of `choices` they have exactly one:
    a property, or a class. `others` are constraints that are not among these.
    """

    target: IRI
    properties: tuple[PropertyShape, ...]
    classes: tuple[IRI, ...]
    choices: tuple[tuple[tuple[str, IRI], ...], ...]
    others: tuple[str, ...]


Nodes = dict[str, dict[str, list[Term]]]


@cache
def read_shapes() -> tuple[NodeShape, ...]:
    """The shapes that aim at a class, in the order of the file."""
    path = shapes_path()
    nodes: Nodes = {}
    for quad in parse(path.read_bytes(), "turtle", where=path.name):
        values = nodes.setdefault(str(quad.subject), {})
        values.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]
    return tuple(
        _node_shape(nodes, values, target)
        for values in nodes.values()
        for target in values.get(f"{SH}targetClass", ())
        if isinstance(target, IRI)
    )


def _node_shape(nodes: Nodes, values: dict[str, list[Term]], target: IRI) -> NodeShape:
    choices: list[tuple[tuple[str, IRI], ...]] = []
    others: list[str] = []
    for name in values:
        local = name.removeprefix(SH)
        if name.startswith(SH) and local not in _QUIET | {"property", "class", "xone"}:
            others.append(local)
    for head in values.get(f"{SH}xone", ()):
        options = [_choice(nodes, str(item)) for item in _list(nodes, head)]
        if None in options:
            others.append("xone")
        else:
            choices.append(tuple(option for option in options if option))
    return NodeShape(
        target,
        tuple(_property(nodes, str(node)) for node in values.get(f"{SH}property", ())),
        tuple(term for term in values.get(f"{SH}class", ()) if isinstance(term, IRI)),
        tuple(choices),
        tuple(others),
    )


def _property(nodes: Nodes, node: str) -> PropertyShape:
    found: dict[str, tuple[Term, ...]] = {}
    path = nodes[node][f"{SH}path"][0]
    for name, terms in nodes[node].items():
        local = name.removeprefix(SH)
        if local in ("in", "languageIn"):
            found[local] = tuple(item for head in terms for item in _list(nodes, head))
        elif local not in _QUIET:
            found[local] = tuple(terms)
    return PropertyShape(path if isinstance(path, IRI) else None, found)


def _choice(nodes: Nodes, node: str) -> tuple[str, IRI] | None:
    """A choice of a kind that is known: one class, or at least one value of one property."""
    values = nodes[node]
    kind = values.get(f"{SH}class", [None])[0]
    if set(values) == {f"{SH}class"} and isinstance(kind, IRI):
        return "class", kind
    if set(values) == {f"{SH}property"} and len(values[f"{SH}property"]) == 1:
        inner = _property(nodes, str(values[f"{SH}property"][0]))
        if inner.path and inner.constraints == {"minCount": (_ONE,)}:
            return "property", inner.path
    return None


def _list(nodes: Nodes, head: Term) -> list[Term]:
    found = []
    while (values := nodes.get(str(head))) is not None:
        found.append(values[f"{_RDF}first"][0])
        head = values[f"{_RDF}rest"][0]
    return found


_ONE = Literal("1", datatype=IRI(f"{prefixes()['xsd']}integer"))
