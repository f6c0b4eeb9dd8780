"""JSON-LD in the terms of our context: CURIEs as in files, one node object a line.

The context is written into the file, so that it is read without a network; it is the one of
``ontologies/context.jsonld``, which the explorer gives at ``/context.jsonld``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Any

from kg.errors import CurieError
from kg.export.writing import compact
from kg.terms import IRI, BlankNode, Literal, Quad
from kg.vocab import RDF, XSD, compress
from ontologies.files import context


def write_jsonld(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write quads that come graph by graph and, in each, subject by subject."""
    for piece in jsonld(quads):
        out.write(piece.encode())


def jsonld(quads: Iterable[Quad]) -> Iterator[str]:
    """The document, node by node."""
    yield f'{{"@context":{compact(context()["@context"])},\n"@graph":['
    joint = "\n"
    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        yield f'{joint}{{"@id":{compact(_name(graph))},"@graph":['
        inner = "\n"
        for subject, described in groupby(group, key=lambda quad: quad.subject):
            yield inner + compact(_node(subject, described))
            inner = ",\n"
        yield "\n]}"
        joint = ",\n"
    yield "\n]}\n"


def _node(subject: object, quads: Iterable[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(subject)}
    for quad in quads:
        if quad.predicate == RDF.type:
            node.setdefault("@type", []).append(_name(quad.object))
        else:
            node.setdefault(_name(quad.predicate), []).append(_value(quad.object))
    return node


def _value(term: object) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    return {"@value": term.value, "@type": _name(term.datatype)}


def _name(term: object) -> str:
    """The CURIE of an IRI where it is safe in JSON-LD; else the IRI, or the label of a blank."""
    if isinstance(term, BlankNode):
        return str(term)
    if not isinstance(term, IRI):
        raise TypeError(f"{term} has no name")
    try:
        curie = compress(term.value)
    except CurieError:
        return term.value
    return curie if not curie.partition(":")[2].startswith("//") else term.value
