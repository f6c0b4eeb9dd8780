"""Reading a store from one end to the other, in an order that its content alone decides.

A store on disk gives quads in the order of its own keys: the same for the same content, subject by
subject within a graph, object by object for one predicate. Others are put in order here, in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from kg.store.base import Store
from kg.terms import IRI, Literal, Quad

Properties = dict[str, list[IRI | Literal]]


def by_subject(store: Store, graph: IRI) -> Iterator[tuple[IRI, list[Quad]]]:
    """The subjects of a graph, each with its quads."""
    quads: Iterable[Quad] = store.quads(graph=graph)
    if not store.is_ordered:
        quads = sorted(quads, key=lambda q: (str(q.subject), q.predicate.value, str(q.object)))
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        if isinstance(subject, IRI):
            yield subject, list(group)


def by_object(store: Store, predicate: IRI) -> Iterator[tuple[IRI, list[Quad]]]:
    """The objects of a predicate, each with its quads in all graphs, ordered as `by_subject`."""
    quads: Iterable[Quad] = store.quads(predicate=predicate)
    if not store.is_ordered:
        quads = sorted(quads, key=lambda quad: (str(quad.object), str(quad.subject)))
    for object_, group in groupby(quads, key=lambda quad: quad.object):
        if isinstance(object_, IRI):
            yield object_, list(group)


class Alongside:
    """Groups that are read along with their keys, both in the same order; few groups are held.

    Parameters
    ----------
    groups : keys with what belongs to each, in the order in which `take` will be asked
    exists : whether `take` will be asked for a key at all
    """

    def __init__(
        self, groups: Iterator[tuple[str, tuple[str, ...]]], exists: Callable[[str], bool]
    ) -> None:
        self._groups = groups
        self._exists = exists
        self._next = next(groups, None)

    def take(self, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """What belongs to each of the keys that come next; those with nothing are absent."""
        found = {}
        while self._next:
            key, group = self._next
            if key in keys:
                found[key] = group
            elif self._exists(key):
                break
            self._next = next(self._groups, None)
        return found


def properties(quads: Iterable[Quad]) -> Properties:
    """Predicate → objects, of the quads of one subject."""
    found: Properties = {}
    for quad in quads:
        if isinstance(quad.object, IRI | Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def one(values: Properties, predicate: IRI) -> str:
    """The value of a property; the first in order where there are several, empty where none."""
    found = values.get(predicate.value)
    return min(term.value for term in found) if found else ""


def all_of(values: Properties, predicate: IRI) -> tuple[str, ...]:
    """All values of a property, sorted."""
    return tuple(sorted(term.value for term in values.get(predicate.value, ())))
