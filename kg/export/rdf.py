"""The graph in the six RDF formats, in one fixed order, so that two exports can be compared.

The order is that of the store on disk, which its content alone decides; so the export needs little
memory however big the graph is. What is written is what the store holds: a claim that is only
denied or supposed has no plain triple there, and so none in any export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from kg.errors import FormatError, NotFoundError
from kg.export.dumping import write_dump
from kg.export.jsonld import write_jsonld
from kg.export.scanning import by_subject
from kg.export.selection import EVERYTHING, Selected, Selection, direct_triple
from kg.export.values import Edge
from kg.store.base import Store
from kg.store.formats import rdf_format, serialize
from kg.terms import IRI, Quad, Triple
from kg.vocab import (
    DOCUMENT_GRAPH_BASE,
    ONTOLOGY_GRAPH,
    PLX,
    RDF,
    STATEMENTS_GRAPH,
    SUPER_PREDICATES,
    SYMMETRIC_PREDICATES,
    TERMINOLOGY_GRAPH,
    document_graph,
    statement_iri,
)

NAMED = {
    "ontology": ONTOLOGY_GRAPH,
    "terminology": TERMINOLOGY_GRAPH,
    "statements": STATEMENTS_GRAPH,
}
# The formats whose version for RDF 1.2 has triple terms.
WITH_TRIPLE_TERMS = ("ntriples", "nquads", "turtle", "trig")
REIFIES = IRI(f"{RDF.base}reifies")


def write_rdf(
    format: str,
    store: Store,
    selection: Selection,
    out: IO[bytes],
    *,
    graphs: Sequence[str] = (),
    reifiers: bool = False,
) -> None:
    """Write what a selection leaves of the graph, or of some of its named graphs.

    Formats that hold one graph (ntriples, turtle, rdfxml) get the triples of all chosen graphs.

    Parameters
    ----------
    graphs : names as in `find_graphs`; all graphs where empty
    reifiers : whether each statement also ``rdf:reifies`` its triple term, as RDF 1.2 has it; the
        term asserts nothing, so that denied and supposed statements have one too

    Raises
    ------
    FormatError
        where the format is unknown, or has no triple terms and they are asked for.
    NotFoundError
        where the store has no such graph.
    """
    known = rdf_format(format)
    if reifiers and known.name not in WITH_TRIPLE_TERMS:
        names = ", ".join(WITH_TRIPLE_TERMS)
        raise FormatError("has no triple terms", where=known.name, remedy=f"use one of {names}")
    chosen = find_graphs(store, graphs)
    if selection.is_empty and store.is_ordered and known.ending in ("nt", "nq") and not reifiers:
        write_dump(store, chosen, out, named=known.graphs)
        return
    selected = Selected(store, selection, with_retracted=True)
    quads: Iterator[Quad] = (quad for graph in chosen for quad in _quads(selected, graph))
    if reifiers and STATEMENTS_GRAPH in chosen:
        quads = _followed(quads, selected)
    if known.name == "jsonld":
        write_jsonld(quads, out)
        return
    serialize(quads if known.graphs else (quad.triple for quad in quads), out, known.name)


def export_rdf(store: Store, format: str, out: IO[bytes], *, graphs: Sequence[str] = ()) -> None:
    """Write the whole graph, or some of its named graphs, in an RDF format."""
    write_rdf(format, store, EVERYTHING, out, graphs=graphs)


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


def _quads(selected: Selected, graph: IRI) -> Iterator[Quad]:
    """The quads of a graph that the selection leaves."""
    store, selection = selected.store, selected.selection
    if selection.is_empty and store.is_ordered:
        yield from store.quads(graph=graph)
    elif selection.is_empty or graph not in (STATEMENTS_GRAPH, TERMINOLOGY_GRAPH):
        if selected.has_graph(graph):
            for _, quads in by_subject(store, graph):
                yield from quads
    elif graph == TERMINOLOGY_GRAPH:
        for concept, quads in by_subject(store, graph):
            if selected.is_end(concept):
                yield from quads
    else:
        for quads, edge in selected.nodes():
            yield from quads
            yield from direct_quads(edge)


def direct_quads(edge: Edge) -> Iterator[Quad]:
    """The triples between the ends of a statement that its standing justifies."""
    subject, predicate, object_ = direct_triple(edge)
    if edge.standing == "hypothesized" and edge.hypothesizing:
        yield Quad(subject, PLX.hypothesizes, object_, STATEMENTS_GRAPH)
    if edge.standing == "plain":
        for name in (predicate, *SUPER_PREDICATES[edge.predicate]):
            yield Quad(subject, name, object_, STATEMENTS_GRAPH)
            if edge.predicate in SYMMETRIC_PREDICATES:
                yield Quad(object_, name, subject, STATEMENTS_GRAPH)


def _followed(quads: Iterator[Quad], selected: Selected) -> Iterator[Quad]:
    """The quads, and after them the triple term of each statement."""
    yield from quads
    for edge in selected.edges():
        term = Triple(*direct_triple(edge))
        yield Quad(statement_iri(edge.id), REIFIES, term, STATEMENTS_GRAPH)
