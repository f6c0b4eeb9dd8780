"""Which refinements documents change: links between statements, and whose belief follows.

Only statements of the changed pairs of concepts and those that these refine are looked at, found by
what lies above and below their concepts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import cast

from kg.assembly.refinement import Ancestry, ends, find_refinements
from kg.model import Statement
from kg.store import reading
from kg.store.ancestry import StoredHierarchy, refinement_links, statements_between
from kg.store.base import Store
from kg.terms import IRI, Quad
from kg.vocab import (
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    SYMMETRIC_PREDICATES,
    TERMINOLOGY_GRAPH,
    compress,
    statement_iri,
)

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Refinements:
    """The refinements of the statements that are reckoned anew.

    `above` has for each of them the statements that it refines, `below` those that refine it,
    wherever they are. `remove` and `add` are links of statements that are not reckoned anew.
    """

    above: Mapping[str, set[str]] = field(default_factory=dict)
    below: Mapping[str, set[str]] = field(default_factory=dict)
    remove: tuple[Quad, ...] = ()
    add: tuple[Quad, ...] = ()


def moved_concepts(
    old: Iterable[Quad],
    parents: Mapping[str, Collection[str]],
    told: Mapping[str, Collection[str]],
) -> set[str]:
    """The concepts above which something else stands than before.

    Parameters
    ----------
    old : the quads of concepts and documents that are about to be replaced
    parents : concept → what the terminology has directly above it from now on
    told : concept → what the documents tell to be directly above it from now on
    """
    before: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    known = set()
    for quad in old:
        of_terms = quad.graph_name == TERMINOLOGY_GRAPH
        if quad.predicate == SKOS.broader:
            links = before[of_terms].setdefault(compress(cast(IRI, quad.subject).value), set())
            links.add(compress(cast(IRI, quad.object).value))
        elif of_terms and quad.predicate == RDF.type:
            known.add(compress(cast(IRI, quad.subject).value))
    moved = {one for one in known if before[True].get(one, set()) != {*parents.get(one, ())}}
    locals_ = {*before[False], *told}
    return moved | {one for one in locals_ if before[False].get(one, set()) != {*told.get(one, ())}}


def more_general_pairs(
    store: Store,
    stored: Mapping[str, Statement],
    stated: Iterable[Statement],
    hierarchy: StoredHierarchy,
) -> set[Pair]:
    """The pairs of concepts in the store about which more general statements may be, or were."""
    links = refinement_links(store, stored)
    known = reading.pairs_of(store, {other for one, other in links if one in stored})
    both = {end for one in (*stored.values(), *stated) for end in ends(one)}
    ancestry = hierarchy.ancestry({concept for pair in both for concept in pair})
    wanted = {
        pair
        for subject, object_ in both
        for pair in product(
            (subject, *ancestry.above(subject)), (object_, *ancestry.above(object_))
        )
    }
    wanted -= both
    return known | {frozenset(pair) for _, pair in statements_between(store, wanted)}


def find_links(
    store: Store,
    before: Mapping[str, Statement],
    after: Mapping[str, Statement],
    hierarchy: StoredHierarchy,
) -> Refinements:
    """The refinements of the statements `after`, which take the place of those `before`.

    Both are all statements of some pairs; the pairs of what those that change refine are among
    them.
    """
    ancestry = hierarchy.ancestry(_concepts(after.values()))
    inside = find_refinements(after, after, ancestry)
    stored = refinement_links(store, {*before, *after})
    above = {name: set(inside.get(name, ())) for name in after}
    below: dict[str, set[str]] = {name: set() for name in after}
    remove, add = [], []
    for one, other in stored:
        if one in before and other not in before:
            above.get(one, set()).add(other)  # what lies beyond is not touched
        elif other in before and one not in before:
            if other in after:
                below[other].add(one)
            else:
                remove.append(_link(one, other))
    appeared = {name: one for name, one in after.items() if name not in before}
    for one, other in _more_specific(store, appeared, {*before, *after}, hierarchy):
        below[other].add(one)
        add.append(_link(one, other))
    for one, others in inside.items():
        for other in others:
            below[other].add(one)
    return Refinements(above, below, tuple(remove), tuple(add))


def _more_specific(
    store: Store,
    generals: Mapping[str, Statement],
    known: Collection[str],
    hierarchy: StoredHierarchy,
) -> set[tuple[str, str]]:
    """Links to new statements from those in the store that are not reckoned anew."""
    pairs: set[tuple[str, str]] = set()
    for one in generals.values():
        narrower = hierarchy.below({one.subject}), hierarchy.below({one.object})
        if max(map(len, narrower)) > 1:
            pairs |= set(product(*narrower))
            if one.predicate in SYMMETRIC_PREDICATES:
                pairs |= set(product(*narrower[::-1]))
    names = {name for name, _ in statements_between(store, pairs)} - set(known)
    if not names:
        return set()
    specifics = reading.statements_named_by(store, names)
    ancestry: Ancestry = hierarchy.ancestry(_concepts(specifics.values()))
    found = find_refinements(specifics, generals, ancestry)
    return {(one, other) for one, others in found.items() for other in others}


def _concepts(statements: Iterable[Statement]) -> set[str]:
    return {c for one in statements for c in (one.subject, one.object, *one.via)}


def _link(one: str, other: str) -> Quad:
    return Quad(statement_iri(one), PLX.refines, statement_iri(other), STATEMENTS_GRAPH)
