"""SPARQL 1.1 Update text for a change of quads, as one request or as several of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from kg.errors import FormatError
from kg.terms import IRI, BlankNode, Quad
from kg.vocab import DOCUMENT_GRAPH_BASE

# Bytes of one request: servers refuse more (Virtuoso above 10 MB).
SIZE = 4_000_000
# Triples of one block in braces: the parser of Virtuoso runs out of stack at about 5,000.
LINES = 2_000


def update_text(remove: Iterable[Quad], add: Iterable[Quad], drop: Iterable[IRI] = ()) -> str:
    """One update request: drop whole graphs, remove quads, then add quads; may be empty."""
    parts = [f"DROP SILENT GRAPH {graph}" for graph in drop]
    parts += _operations("DELETE", remove)
    parts += _operations("INSERT", add)
    return " ;\n".join(parts)


def update_texts(
    remove: Iterable[Quad], add: Iterable[Quad], drop: Iterable[IRI] = (), *, size: int = SIZE
) -> Iterator[str]:
    """The update requests of a change: one where it fits into `size` bytes, else several.

    Of several, those that change the graphs of documents come last: what is derived from a document
    is never left behind by one that is gone, so that a change that was cut short is completed by
    asking for it again.

    >>> a, g = IRI("a:a"), IRI("a:g")
    >>> quads = [Quad(a, a, IRI(f"a:{name}"), g) for name in "xyz"]
    >>> [text.count("<a:a> <a:a>") for text in update_texts((), quads, size=50)]
    [2, 1]
    """
    remove, add, drop = list(remove), list(add), list(drop)
    pieces = [(verb, q) for verb, quads in (("-", remove), ("+", add)) for q in quads]
    if sum(_size(quad) for _, quad in pieces) <= size:
        if text := update_text(remove, add, drop):
            yield text
        return
    for of_documents in (False, True):
        gone = [graph for graph in drop if _is_document(graph) is of_documents]
        if gone:
            yield update_text((), (), gone)
        chosen = [(v, q) for v, q in pieces if _is_document(q.graph_name) is of_documents]
        for part in _parts(chosen, size):
            yield update_text(
                [quad for verb, quad in part if verb == "-"],
                [quad for verb, quad in part if verb == "+"],
            )


Piece = tuple[str, Quad]


def _parts(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    room = size
    for piece in pieces:
        room -= _size(piece[1])
        if part and room < 0:
            yield part
            part, room = [], size - _size(piece[1])
        part.append(piece)
    if part:
        yield part


def _size(quad: Quad) -> int:
    return len(_line(quad).encode())


def _is_document(graph: object) -> bool:
    return isinstance(graph, IRI) and graph.value.startswith(DOCUMENT_GRAPH_BASE)


def _operations(verb: str, quads: Iterable[Quad]) -> Iterator[str]:
    """One operation for each graph: of several graphs Virtuoso forgets words with a language."""
    by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
    for graph, members in groupby(by_graph, key=lambda quad: quad.graph_name):
        lines = map(_line, members)
        while part := list(islice(lines, LINES)):
            yield "\n".join((f"{verb} DATA {{ GRAPH {graph} {{", *part, "} }"))


def _line(quad: Quad) -> str:
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        raise FormatError("the graph holds no blank nodes", where=str(quad.subject))
    return f"{quad.subject} {quad.predicate} {quad.object} ."
