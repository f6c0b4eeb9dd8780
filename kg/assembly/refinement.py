"""Which statements are more specific than others, as INDRA's preassembler finds them.

One refines another where its concepts are the same or narrower, its predicate the same or a kind of
it, and its aspect, sign and mediators say all that the other's say. It then supports the other: who
shows that tacrolimus treats IgA nephropathy has shown that it treats a nephropathy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kg.model import Predicate, Sign, Statement
from kg.vocab import PREDICATE_SIGNS, SUPER_PREDICATES, SYMMETRIC_PREDICATES, predicate_iri

Parents = Mapping[str, Collection[str]]


class Ancestry:
    """All that lies above concepts, from the links of each to what is directly above it.

    >>> sorted(Ancestry({"a": ["b", "c"], "b": ["d"]}).above("a"))
    ['b', 'c', 'd']
    """

    def __init__(self, parents: Parents) -> None:
        self._parents = parents
        self._above: dict[str, frozenset[str]] = {}

    def above(self, concept: str) -> frozenset[str]:
        """The concepts above one, without itself."""
        if concept not in self._above:
            found: set[str] = set()
            waiting = [concept]
            while waiting:
                for parent in self._parents.get(waiting.pop(), ()):
                    if parent not in found and parent != concept:
                        found.add(parent)
                        waiting.append(parent)
            self._above[concept] = frozenset(found)
        return self._above[concept]

    def reaches(self, concept: str, other: str) -> bool:
        """Whether a concept is another or lies below it."""
        return concept == other or other in self.above(concept)


def sign_of(statement: Statement) -> Sign | None:
    """The direction that a statement tells."""
    return PREDICATE_SIGNS.get(statement.predicate, statement.sign)


def refines(one: Statement, other: Statement, ancestry: Ancestry) -> bool:
    """Whether the first statement is more specific than the other, and says all that it says.

    >>> kinds = Ancestry({"IgAN": ["nephropathy"]})
    >>> refines(Statement("x", "treats", "IgAN"), Statement("x", "treats", "nephropathy"), kinds)
    True
    >>> less = Statement("x", "decreases", "y")
    >>> refines(Statement("x", "decreases", "y", "expression"), less, kinds)
    True
    >>> refines(less, less, kinds)
    False
    """
    if one == other or not is_kind(one.predicate, other.predicate):
        return False
    if other.aspect not in (None, one.aspect):
        return False
    told, wanted = sign_of(one), sign_of(other)
    if wanted not in (None, told):
        return False
    if not all(any(ancestry.reaches(own, via) for own in one.via) for via in other.via):
        return False
    return any(
        ancestry.reaches(subject, other.subject) and ancestry.reaches(object_, other.object)
        for subject, object_ in ends(one)
    )


def is_kind(one: Predicate, other: Predicate) -> bool:
    """Whether a predicate is another or a kind of it: what increases affects."""
    return one == other or predicate_iri(other) in SUPER_PREDICATES[one]


def ends(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Subject and object; of a symmetric statement in both orders."""
    forward = (statement.subject, statement.object)
    symmetric = statement.predicate in SYMMETRIC_PREDICATES
    return (forward, forward[::-1]) if symmetric else (forward,)


def find_refinements(
    statements: Mapping[str, Statement],
    others: Mapping[str, Statement],
    ancestry: Ancestry,
) -> dict[str, set[str]]:
    """Statement id → the ids of those that it refines.

    Statements are looked up by what lies above their concepts; they are not compared each with
    each.

    Parameters
    ----------
    statements : those whose more general ones are wanted
    others : among which they are looked for
    """
    by_ends: dict[tuple[str, str], list[str]] = {}
    for name, other in others.items():
        by_ends.setdefault((other.subject, other.object), []).append(name)
    subjects, objects = {pair[0] for pair in by_ends}, {pair[1] for pair in by_ends}
    found: dict[str, set[str]] = {}
    for name, one in statements.items():
        generals = {
            other
            for subject, object_ in ends(one)
            for above in ({subject, *ancestry.above(subject)} & subjects)
            for over in ({object_, *ancestry.above(object_)} & objects)
            for other in by_ends.get((above, over), ())
        }
        known = {other for other in generals if refines(one, others[other], ancestry)}
        if known:
            found[name] = known
    return found


def closure(start: Iterable[str], links: Mapping[str, Collection[str]]) -> set[str]:
    """All that some links lead to from some concepts, with these."""
    found = set(start)
    waiting = list(found)
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
