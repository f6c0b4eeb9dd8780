"""The vocabulary of Parallax as quads, from ``ontologies/parallax.ttl``."""

from __future__ import annotations

from functools import cache

from kg.store.formats import parse
from kg.terms import Quad
from kg.vocab import ONTOLOGY_GRAPH
from ontologies.files import ontology_path


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """All quads of the ontology graph, in the order of the file.

    Raises
    ------
    FormatError
        where the file is not Turtle.
    """
    path = ontology_path()
    return tuple(
        Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY_GRAPH)
        for quad in parse(path.read_bytes(), "turtle", where=path.name)
    )
