"""Knowledge sources in the graph: their description, and the parts that hold what they assert."""

from __future__ import annotations

import re

from kg.errors import InputError, NotFoundError
from kg.imports.values import Source
from kg.rdf.values import Node
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    DCTERMS,
    PLX,
    RDF,
    RDFS,
    SOURCE,
    SOURCE_GRAPH_BASE,
    document_graph,
    document_of,
    source_iri,
    source_of,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def source_name(text: str) -> str:
    """The short name of a source, of a file name or a title.

    >>> source_name("My Edges_edges"), source_name("药物机制")
    ('my-edges-edges', 'source')
    """
    name = re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-.")[:64]
    return name or "source"


def check_source(source: Source) -> Source:
    """The source itself.

    Raises
    ------
    InputError
        where its name or its address is none.
    """
    if not _NAME.fullmatch(source.name):
        raise InputError(
            "is no name of a source", where=source.name,
            remedy="use lower-case letters, digits and hyphens, such as drugmechdb",
        )  # fmt: skip
    if source.iri and not _IRI.fullmatch(source.iri):
        raise InputError("is no IRI", where=source.iri, remedy="give an absolute address")
    return source


def describe_source(store: Store, source: Source) -> None:
    """Write what is known of a source into its graph, in place of what stood there."""
    graph = document_graph(SOURCE + source.name)
    quads: list[Quad] = []
    node = Node(source_iri(source.name), graph, quads)
    node.add(RDF.type, PLX.KnowledgeSource).add(DCTERMS.identifier, source.name)
    node.add(DCTERMS.title, source.title or source.name)
    node.add(DCTERMS.hasVersion, source.version or None)
    node.add(DCTERMS.license, _term(source.licence)).add(RDFS.seeAlso, _term(source.iri))
    node.add(PLX.primarySource, source.infores or None)
    node.add(PLX.knowledgeLevel, source.knowledge_level or None)
    node.add(PLX.agentType, source.agent_type or None)
    before, after = set(store.quads(graph=graph)), set(quads)
    store.change(before - after, [quad for quad in quads if quad not in before])


def read_sources(store: Store) -> dict[str, Source]:
    """The sources of a graph, by name."""
    found = {}
    for typed in store.quads(None, RDF.type, PLX.KnowledgeSource):
        if not isinstance(typed.subject, IRI):
            continue
        values: dict[IRI, str] = {}
        for quad in store.quads(typed.subject):
            if isinstance(quad.object, IRI | Literal):
                values[quad.predicate] = quad.object.value
        name = values.get(DCTERMS.identifier, "")
        found[name] = Source(
            name,
            title=values.get(DCTERMS.title, name),
            version=values.get(DCTERMS.hasVersion, ""),
            licence=values.get(DCTERMS.license, ""),
            iri=values.get(RDFS.seeAlso, ""),
            infores=values.get(PLX.primarySource, ""),
            knowledge_level=values.get(PLX.knowledgeLevel, ""),
            agent_type=values.get(PLX.agentType, ""),
        )
    return dict(sorted(found.items()))


def parts_of(store: Store, source: str) -> list[str]:
    """The ids of the parts that a source has in the graph, such as ``source:drugmechdb/2``."""
    base = f"{SOURCE_GRAPH_BASE}{source}/"
    graphs = (graph.value for graph in store.graphs())
    return sorted(document_of(graph) for graph in graphs if graph.startswith(base))


def find_source(store: Store, name: str) -> str:
    """The name of a source that the graph has, as ``drugmechdb`` or ``source:drugmechdb``.

    Raises
    ------
    NotFoundError
        where it has none of that name.
    """
    wanted = source_of(name) or name
    known = read_sources(store)
    if wanted not in known:
        raise NotFoundError(
            "no such source in the graph", where=name,
            remedy=f"there are {', '.join(known)}" if known else "load one with kg load",
        )  # fmt: skip
    return wanted


def _term(text: str) -> IRI | str | None:
    if not text:
        return None
    return IRI(text) if _IRI.fullmatch(text) else text
