"""Which nodes may break their shape: questions to the store that miss none and name few too many.

Each constraint of the shapes becomes a question about all nodes at once, which a store answers by
counting and comparing without spelling out its terms. Only the nodes that are named are then held
against the shapes by the SHACL library, whose word is the last. A constraint that is not known here
names all nodes of its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

from kg.store.base import Store
from kg.terms import IRI, Literal, Term
from kg.validation.reading import NodeShape, PropertyShape
from kg.vocab import RDF, XSD

Node = tuple[str, str]  # graph and IRI
_AT_ONCE = 2
_COMPARED = {"lessThan": "<", "lessThanOrEquals": "<="}
_BOUNDS = {
    "minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<",
}  # fmt: skip
_COUNTED = frozenset({"minCount", "maxCount", "uniqueLang", "disjoint", *_COMPARED})
_NUMBERS = (XSD.integer, XSD.decimal, XSD.double)
_FORMS = {XSD.gYear: "^[0-9]{4}$"}


def suspects(store: Store, shapes: tuple[NodeShape, ...]) -> tuple[Node, ...]:
    """The nodes that may break their shape, each once, in order: all that do are among them."""
    counts = _Counts(store, shapes)
    return nodes_of(store, (q for shape in shapes for q in _questions(shape, shapes, counts)))


def nodes_of(store: Store, queries: Iterable[str]) -> tuple[Node, ...]:
    """The nodes that queries for ``?g ?focus`` name, each once, in order; several run at once."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda query: tuple(store.query_lines(query)), dict.fromkeys(queries))
        rows = {line for lines in found for line in lines}
    pairs = (line.split("\t") for line in rows)
    return tuple(sorted((graph[1:-1], node[1:-1]) for graph, node in pairs if node[:1] == "<"))


class _Counts:
    """How many nodes each class has and how many triples each property; whether classes overlap."""

    def __init__(self, store: Store, shapes: tuple[NodeShape, ...]) -> None:
        targets = ", ".join(dict.fromkeys(str(shape.target) for shape in shapes))
        self._of_class = _counted(
            store, f"GRAPH ?g {{ ?focus {RDF.type} ?name }} FILTER(?name IN ({targets}))"
        )
        self._of_property: dict[str, int] = {}
        self._store = store
        twice = f"""SELECT ?focus {{ GRAPH ?g {{ ?focus {RDF.type} ?name }}
            FILTER(?name IN ({targets})) }} GROUP BY ?g ?focus HAVING (COUNT(*) > 1) LIMIT 1"""
        self._apart = not any(True for _ in store.query_lines(twice))

    def of_class(self, target: IRI) -> int:
        return self._of_class.get(str(target), 0)

    def of_property(self, path: IRI) -> int:
        if str(path) not in self._of_property:
            query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?focus {path} ?value }} }}"
            self._of_property[str(path)] = int(next(iter(self._store.query_lines(query))))
        return self._of_property[str(path)]

    def shows_one_each(self, path: IRI, shapes: tuple[NodeShape, ...]) -> bool:
        """Whether no node has two values, given that each of a class that needs one has one."""
        needing = [
            shape for shape in shapes for one in shape.properties
            if one.path == path and _number(one, "minCount") == 1 == _number(one, "maxCount")
        ]  # fmt: skip
        targets = {shape.target for shape in needing}
        return self._apart and self.of_property(path) == sum(map(self.of_class, targets))


def _counted(store: Store, pattern: str) -> dict[str, int]:
    query = f"SELECT ?name (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?name"
    rows = (line.split("\t") for line in store.query_lines(query))
    return {name: int(count) for name, count in rows}


def _questions(shape: NodeShape, shapes: tuple[NodeShape, ...], counts: _Counts) -> Iterator[str]:
    if not counts.of_class(shape.target):
        return
    every = f"GRAPH ?g {{ ?focus {RDF.type} {shape.target} }}"
    if shape.others:
        yield _select(every)
    for other in shape.classes:
        yield _select(f"{every} MINUS {{ GRAPH ?g {{ ?focus {RDF.type} {other} }} }}")
    for options in shape.choices:
        have = [_has(kind, iri, index) for index, (kind, iri) in enumerate(options)]
        yield _select(every + "".join(f" MINUS {{ GRAPH ?g {{ {one} }} }}" for one in have))
        for one, two in combinations(have, 2):
            yield _select(f"GRAPH ?g {{ {one} . {two} . ?focus {RDF.type} {shape.target} }}")
    for part in shape.properties:
        if part.path is None:
            yield _select(every)
        else:
            yield from _of_property(shape, part, part.path, shapes, counts)


def _has(kind: str, iri: IRI, index: int) -> str:
    return f"?focus {RDF.type} {iri}" if kind == "class" else f"?focus {iri} ?value{index}"


def _of_property(
    shape: NodeShape,
    one: PropertyShape,
    path: IRI,
    shapes: tuple[NodeShape, ...],
    counts: _Counts,
) -> Iterator[str]:
    kind = f"?focus {RDF.type} {shape.target}"
    values = f"GRAPH ?g {{ ?focus {path} ?value }}"
    least, most = _number(one, "minCount") or 0, _number(one, "maxCount")
    if least:
        yield _select(f"GRAPH ?g {{ {kind} }} MINUS {{ {values} }}")
    if not counts.of_property(path):
        return
    if least > 1:
        yield _grouped(values, kind, f"COUNT(DISTINCT ?value) < {least}")
    if most is not None and not (most == 1 and counts.shows_one_each(path, shapes)):
        alike = dict.fromkeys(
            str(s.target) for s in shapes for o in s.properties
            if o.path == path and _number(o, "maxCount") == most
        )  # fmt: skip
        kinds = f"?focus {RDF.type} ?kind FILTER(?kind IN ({', '.join(alike)}))"
        yield _grouped(values, kinds, f"COUNT(DISTINCT ?value) > {most}")
    if "uniqueLang" in one.constraints:
        yield _grouped(
            f'{values} BIND(LANG(?value) AS ?l) FILTER(?l != "")', kind, "COUNT(*) > 1", by="?l"
        )
    for name, sign in _COMPARED.items():
        for other in one.constraints.get(name, ()):
            test = f"!COALESCE(?value {sign} ?other, false)"
            yield _select(
                f"GRAPH ?g {{ ?focus {path} ?value . ?focus {other} ?other }} FILTER({test})"
            )
    for other in one.constraints.get("disjoint", ()):
        yield _select(f"GRAPH ?g {{ ?focus {path} ?value . ?focus {other} ?value }}")
    good = _good(one.constraints)
    if good:
        shared = {_good(o.constraints) for s in shapes for o in s.properties if o.path == path}
        narrow = f" . {kind}" if len(shared) > 1 else ""
        test = f"FILTER(!COALESCE({good}, false))"
        yield _select(f"GRAPH ?g {{ ?focus {path} ?value{narrow} }} {test}")


def _good(constraints: Mapping[str, tuple[Term, ...]]) -> str:
    """What holds of a value that breaks no constraint; empty where nothing is asked."""
    found = []
    for name, terms in constraints.items():
        if name in _COUNTED:
            continue
        listed = ", ".join(map(str, terms))
        first = terms[0]
        if name == "in":
            found.append(f"?value IN ({listed})")
        elif name == "languageIn":
            found.append(f"LANG(?value) IN ({listed})")
        elif name == "nodeKind" and str(first).endswith("#IRI>"):
            found.append("ISIRI(?value)")
        elif name == "datatype" and isinstance(first, IRI):
            found.append(_typed(first))
        elif name == "pattern":
            found.append(f"REGEX(STR(?value), {first})")
        elif name == "minLength" and isinstance(first, Literal):
            found.append(f"STRLEN(STR(?value)) >= {first.value}")
        elif name in _BOUNDS:
            found.append(f"?value {_BOUNDS[name]} {first}")
        else:  # not known here: the library tells
            return "false"
    return " && ".join(found)


def _typed(datatype: IRI) -> str:
    test = f"DATATYPE(?value) = {datatype}"
    if datatype in _NUMBERS:
        return f"{test} && ISNUMERIC(?value)"
    if datatype == XSD.string:
        return test
    return f'{test} && REGEX(STR(?value), "{_FORMS.get(datatype, "^$")}")'


def _select(pattern: str) -> str:
    return f"SELECT ?g ?focus {{ {pattern} }}"


def _grouped(values: str, kind: str, having: str, by: str = "") -> str:
    inner = f"SELECT ?g ?focus {{ {values} }} GROUP BY ?g ?focus {by} HAVING ({having})"
    return f"SELECT ?g ?focus {{ {{ {inner} }} GRAPH ?g {{ {kind} }} }}"


def _number(one: PropertyShape, name: str) -> int | None:
    terms = one.constraints.get(name)
    return int(terms[0].value) if terms and isinstance(terms[0], Literal) else None
