"""What stands above and below concepts in the store, by few questions; and statements by both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import cast

from kg.assembly.refinement import Ancestry
from kg.store.base import Store
from kg.terms import IRI
from kg.vocab import (
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    compress,
    concept_iri,
    document_of,
    statement_iri,
    statement_of,
)

_MOST_PAIRS = 2_000  # pairs of concepts that are looked up; with more, one side is


class StoredHierarchy:
    """The links between concepts as they will be, read from the store when they are needed.

    Parameters
    ----------
    changed : concept → what is directly above it from now on, for those that are described anew
    told : the same as the documents that are about to be replaced tell it from now on
    without : these documents, whose links in the store do not count
    """

    def __init__(
        self,
        store: Store,
        changed: Mapping[str, Collection[str]],
        told: Mapping[str, Collection[str]],
        without: Collection[str],
    ) -> None:
        self._store, self._changed, self._told = store, changed, told
        self._without = frozenset(without)
        self._parents: dict[str, set[str]] = {}
        self._children: dict[str, set[str]] = {}

    def ancestry(self, concepts: Iterable[str]) -> Ancestry:
        """All that lies above some concepts."""
        level = set(concepts) - self._parents.keys()
        while level:
            self._read_parents(level)
            level = {p for one in level for p in self._parents[one]} - self._parents.keys()
        return Ancestry(self._parents)

    def below(self, concepts: Collection[str]) -> set[str]:
        """Some concepts with all that lies below them."""
        found, level = set(concepts), set(concepts)
        while level:
            self._read_children(level - self._children.keys())
            level = {c for one in level for c in self._children[one]} - found
            found |= level
        return found

    def _read_parents(self, concepts: set[str]) -> None:
        for one in concepts:
            self._parents[one] = {*self._changed.get(one, ()), *self._told.get(one, ())}
        for child, parent, graph in self._links("?child", concepts):
            if self._counts(child, graph):
                self._parents[child].add(parent)

    def _read_children(self, concepts: set[str]) -> None:
        if not concepts:
            return
        for one in concepts:
            self._children[one] = set()
        for links in (self._changed, self._told):
            for child, parents in links.items():
                for parent in concepts.intersection(parents):
                    self._children[parent].add(child)
        for child, parent, graph in self._links("?parent", concepts):
            if self._counts(child, graph):
                self._children[parent].add(child)

    def _counts(self, child: str, graph: str) -> bool:
        if graph == TERMINOLOGY_GRAPH.value:
            return child not in self._changed
        return document_of(graph) not in self._without

    def _links(self, known: str, concepts: Iterable[str]) -> Iterable[tuple[str, str, str]]:
        values = " ".join(str(concept_iri(one)) for one in sorted(concepts))
        query = f"""SELECT ?child ?parent ?graph WHERE {{ VALUES {known} {{ {values} }}
            GRAPH ?graph {{ ?child {SKOS.broader} ?parent }} }}"""
        for row in self._store.select(query):
            child, parent, graph = (cast(IRI, row[x]).value for x in ("child", "parent", "graph"))
            if graph == TERMINOLOGY_GRAPH.value or "/graph/document/" in graph:
                yield compress(child), compress(parent), graph


def statements_between(
    store: Store, pairs: Collection[tuple[str, str]]
) -> set[tuple[str, tuple[str, str]]]:
    """The statements from one concept to another of these pairs: id, and the pair."""
    subjects = _that_stand(store, RDF.subject, {one for one, _ in pairs})
    objects = _that_stand(store, RDF.object, {other for _, other in pairs})
    wanted = {(a, b) for a, b in pairs if a in subjects and b in objects}
    if not wanted:
        return set()
    if len(wanted) <= _MOST_PAIRS:
        rows = " ".join(f"({concept_iri(a)} {concept_iri(b)})" for a, b in sorted(wanted))
        values = f"VALUES (?a ?b) {{ {rows} }}"
    else:
        side, few = min((("?a", subjects), ("?b", objects)), key=lambda item: len(item[1]))
        values = f"VALUES {side} {{ {' '.join(str(concept_iri(one)) for one in sorted(few))} }}"
    query = f"""SELECT ?s ?a ?b WHERE {{ {values}
        GRAPH {STATEMENTS_GRAPH} {{ ?s {RDF.subject} ?a ; {RDF.object} ?b }} }}"""
    found = set()
    for row in store.select(query):
        name, a, b = (cast(IRI, row[x]).value for x in ("s", "a", "b"))
        if (pair := (compress(a), compress(b))) in wanted:
            found.add((statement_of(name), pair))
    return found


def _that_stand(store: Store, role: IRI, concepts: Collection[str]) -> set[str]:
    """Those of some concepts that are the subject (or the object) of a statement."""
    if not concepts:
        return set()
    values = " ".join(str(concept_iri(one)) for one in sorted(concepts))
    query = f"""SELECT DISTINCT ?concept WHERE {{ VALUES ?concept {{ {values} }}
        FILTER EXISTS {{ GRAPH {STATEMENTS_GRAPH} {{ ?s {role} ?concept }} }} }}"""
    return {compress(cast(IRI, row["concept"]).value) for row in store.select(query)}


def refinement_links(store: Store, statements: Collection[str]) -> set[tuple[str, str]]:
    """The links between statements that lead to or from some of them: specific, general."""
    found: set[tuple[str, str]] = set()
    names = iter(sorted(statements))
    while part := list(islice(names, _MOST_PAIRS)):
        values = " ".join(str(statement_iri(name)) for name in part)
        for known in ("?one", "?other"):
            query = f"""SELECT ?one ?other WHERE {{ VALUES {known} {{ {values} }}
                GRAPH {STATEMENTS_GRAPH} {{ ?one {PLX.refines} ?other }} }}"""
            for row in store.select(query):
                one, other = (cast(IRI, row[x]).value for x in ("one", "other"))
                found.add((statement_of(one), statement_of(other)))
    return found
