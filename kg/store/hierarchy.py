"""What stands above concepts in the store, and what of it nothing needs any more."""

from __future__ import annotations

from collections.abc import Collection

from kg.store.base import Store
from kg.store.reading import still_mentioned
from kg.terms import IRI
from kg.vocab import SKOS, TERMINOLOGY_GRAPH, compress, concept_iri


def stored_above(store: Store, curies: Collection[str]) -> set[str]:
    """All concepts that stand above these in the store, level by level."""
    found: set[str] = set()
    level = set(curies)
    while level:
        level = _next_above(store, level) - found
        found |= level
    return found


def _next_above(store: Store, curies: Collection[str]) -> set[str]:
    """The concepts next above these in the store."""
    if not store.is_remote:
        iris = map(concept_iri, curies)
        found = (store.quads(iri, SKOS.broader, None, TERMINOLOGY_GRAPH) for iri in iris)
        return {_curie(quad.object) for quads in found for quad in quads}
    values = " ".join(str(concept_iri(curie)) for curie in sorted(curies))
    query = f"""SELECT DISTINCT ?o WHERE {{ VALUES ?s {{ {values} }}
        GRAPH {TERMINOLOGY_GRAPH} {{ ?s {SKOS.broader} ?o }} }}"""
    return {_curie(row["o"]) for row in store.select(query)}


def unneeded(
    store: Store, curies: Collection[str], *, rewritten: Collection[str], without: set[str]
) -> set[str]:
    """Those of some concepts that no document mentions and that stand above nothing that stays.

    Parameters
    ----------
    rewritten : concepts whose links in the store are about to be replaced, and so do not count
    without : documents that are about to be replaced, and so do not count
    """
    lost = set(curies) - still_mentioned(store, curies, without=without)
    while needed := {curie for curie in lost if _stands_above(store, curie, lost, rewritten)}:
        lost -= needed
    return lost


def _stands_above(
    store: Store, curie: str, lost: Collection[str], rewritten: Collection[str]
) -> bool:
    links = store.quads(None, SKOS.broader, concept_iri(curie), TERMINOLOGY_GRAPH)
    children = (_curie(link.subject) for link in links)
    return any(child not in lost and child not in rewritten for child in children)


def _curie(term: object) -> str:
    if not isinstance(term, IRI):
        raise TypeError(f"{term} is no IRI")
    return compress(term.value)
