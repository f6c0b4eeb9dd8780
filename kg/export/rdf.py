"""The graph in the six RDF formats, in one fixed order, so that two exports can be compared.

Quads are read and written subject by subject, so the export needs little memory however big the
graph is. What is written is what the store holds: a claim that is only denied or supposed has no
plain triple there, and so none in any export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from kg.errors import NotFoundError
from kg.store.base import Store
from kg.store.formats import rdf_format, serialize
from kg.terms import IRI, Quad, Triple
from kg.vocab import (
    DOCUMENT_GRAPH_BASE,
    ONTOLOGY_GRAPH,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    document_graph,
)

NAMED = {
    "ontology": ONTOLOGY_GRAPH,
    "terminology": TERMINOLOGY_GRAPH,
    "statements": STATEMENTS_GRAPH,
}


def export_rdf(store: Store, format: str, out: IO[bytes], *, graphs: Sequence[str] = ()) -> None:
    """Write the graph, or some of its named graphs, in an RDF format.

    Formats that hold one graph (ntriples, turtle, rdfxml) get the triples of all chosen graphs.

    Parameters
    ----------
    graphs : names as in `find_graphs`; all graphs where empty

    Raises
    ------
    FormatError
        where the format is unknown.
    NotFoundError
        where the store has no such graph.
    """
    known = rdf_format(format)
    chosen = find_graphs(store, graphs)
    quads = (quad for graph in chosen for quad in sorted_quads(store, graph))
    serialize(quads if known.graphs else (quad.triple for quad in quads), out, known.name)


def find_graphs(store: Store, names: Iterable[str]) -> tuple[IRI, ...]:
    """The IRIs of named graphs in alphabetical order; all that the store has where none is named.

    A name is ``statements``, ``terminology``, ``ontology``, ``documents`` (all of them), the id of
    a document, or an IRI.
    """
    present = {graph.value: graph for graph in store.graphs()}
    chosen: set[str] = set()
    names = tuple(names)
    for name in names:
        if name == "documents":
            chosen |= {iri for iri in present if iri.startswith(DOCUMENT_GRAPH_BASE)}
            continue
        iri = NAMED[name].value if name in NAMED else name
        found = next((x for x in (iri, document_graph(name).value) if x in present), None)
        if found is None:
            raise NotFoundError(
                "no such graph", where=name,
                remedy="name statements, terminology, ontology, documents, a document or an IRI",
            )  # fmt: skip
        chosen.add(found)
    return tuple(present[iri] for iri in sorted(chosen if names else present))


def sorted_quads(store: Store, graph: IRI) -> Iterator[Quad]:
    """The quads of a graph by subject, predicate and object."""
    if store.is_remote:  # one request for all, in place of one for each subject
        yield from sorted(
            store.quads(graph=graph),
            key=lambda q: (str(q.subject), q.predicate.value, str(q.object)),
        )
        return
    subjects = {q.subject for q in store.quads(graph=graph) if not isinstance(q.subject, Triple)}
    for subject in sorted(subjects, key=str):
        yield from sorted(
            store.quads(subject, graph=graph), key=lambda q: (q.predicate.value, str(q.object))
        )
