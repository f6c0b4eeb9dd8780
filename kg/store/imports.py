"""RDF files of others into the store: named graphs, no blank nodes, nothing of ours overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from kg.errors import InputError
from kg.files.kinds import RDF_ENDINGS, ending_of, open_bytes
from kg.store.base import Store
from kg.store.formats import parse
from kg.terms import IRI, BlankNode, DefaultGraph, Quad, Triple
from kg.vocab import (
    BASE,
    DOCUMENT_GRAPH_BASE,
    GRAPH_BASE,
    ONTOLOGY_GRAPH,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
)

OURS = {ONTOLOGY_GRAPH.value, STATEMENTS_GRAPH.value, TERMINOLOGY_GRAPH.value}
SIZE = 20_000


def load_rdf(store: Store, path: Path, graph: str | None = None) -> int:
    """Add the quads of an RDF file to the store; how many there were.

    Triples go into the named graph, or one called after the file. Blank nodes become IRIs, the same
    for the same file. The graphs that Parallax keeps itself (statements, documents, …) are taken
    only into an empty store, as from a dump: elsewhere they would not fit the rest.

    Raises
    ------
    InputError
        where the file writes to a graph that Parallax keeps itself.
    FormatError
        where the file is not the RDF that its name says.
    """
    data = open_bytes(path)
    name = RDF_ENDINGS[ending_of(path)]
    target = _target(path, graph)
    mark = hashlib.sha256(data).hexdigest()[:12]
    fresh = len(store) == 0
    names = _Names(mark)
    quads = [names.quad(quad, target) for quad in parse(data, name, where=str(path))]
    if not fresh:
        for quad in quads:
            if _is_ours(_graph(quad)):
                raise InputError(
                    f"writes to {_graph(quad)}, which the graph keeps itself", where=str(path),
                    remedy="load the extraction JSON Lines, or use an empty data directory",
                )  # fmt: skip
    for part in _parts(quads):
        store.change((), part)
    return len(quads)


def _target(path: Path, graph: str | None) -> IRI:
    if graph is None:
        stem = path.name.partition(".")[0]
        return IRI(f"{GRAPH_BASE}import/{quote(stem, safe='')}")
    if _is_ours(graph):
        raise InputError(
            "is a graph that Parallax keeps itself", where=graph, remedy="name another graph"
        )
    try:
        return IRI(graph)
    except ValueError as error:
        raise InputError("is not an IRI", where=graph, remedy="give an absolute IRI") from error


def _is_ours(graph: str) -> bool:
    return graph in OURS or graph.startswith(DOCUMENT_GRAPH_BASE)


def _graph(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, IRI) else ""


class _Names:
    """IRIs in place of the blank nodes of one file (RDF 1.1, §3.5), numbered as they come."""

    def __init__(self, mark: str) -> None:
        self._base = f"{BASE}.well-known/genid/{mark}-"
        self._numbers: dict[str, int] = {}

    def quad(self, quad: Quad, target: IRI) -> Quad:
        """A quad without blank nodes and with a named graph."""
        subject, object_, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, Triple) or isinstance(object_, Triple):
            raise InputError("holds triples as terms (RDF 1.2)", remedy="give RDF 1.1")
        return Quad(
            self._iri(subject) if isinstance(subject, BlankNode) else subject,
            quad.predicate,
            self._iri(object_) if isinstance(object_, BlankNode) else object_,
            self._iri(graph) if isinstance(graph, BlankNode)
            else target if isinstance(graph, DefaultGraph) else graph,
        )  # fmt: skip

    def _iri(self, node: BlankNode) -> IRI:
        number = self._numbers.setdefault(node.value, len(self._numbers) + 1)
        return IRI(f"{self._base}{number}")


def _parts(quads: list[Quad]) -> Iterator[list[Quad]]:
    rest = iter(quads)
    while part := list(islice(rest, SIZE)):
        yield part
