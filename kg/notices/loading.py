"""Giving notices to the graph apart from documents, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.notices.reading import given_about, names_of, read_given
from kg.notices.standing import GivenNotices
from kg.notices.values import Notice
from kg.rdf.notices import given_quads
from kg.rdf.terminology import Terminology
from kg.reassembly import Change, find_change
from kg.store.base import Store
from kg.terms import Quad
from kg.vocab import PLX, document_of


@dataclass(frozen=True, slots=True)
class NoticeReport:
    """What giving or withdrawing notices did.

    `notices` counts those that are new, or gone; `documents` are those in the graph that they
    concern.
    """

    notices: int
    documents: tuple[str, ...]


def give_notices(
    store: Store, notices: Iterable[Notice], *, terminology: Terminology
) -> NoticeReport:
    """Put notices into the graph; one that is there already stays as it is."""
    known = {quad.subject for quad in read_given(store)}
    quads = tuple(quad for quad in given_quads(notices) if quad.subject not in known)
    return _apply(store, GivenNotices(added=quads), terminology)


def withdraw_notices(
    store: Store, documents: Iterable[str], *, terminology: Terminology
) -> NoticeReport:
    """Take the notices about some documents out of the graph, as far as they were given apart."""
    quads = tuple(
        dict.fromkeys(
            quad
            for document in documents
            for name in names_of(store, document)
            for quad in given_about(store, name)
        )
    )
    return _apply(store, GivenNotices(removed=quads), terminology)


def _apply(store: Store, notices: GivenNotices, terminology: Terminology) -> NoticeReport:
    change: Change = find_change(store, (), terminology, notices=notices)
    store.change(change.remove, change.add)
    quads = (*notices.added, *notices.removed)
    return NoticeReport(len({quad.subject for quad in quads}), _marked(change, quads))


def _marked(change: Change, notices: Iterable[Quad]) -> tuple[str, ...]:
    """The documents whose standing changed."""
    given = {quad.subject for quad in notices}
    marked = {
        document_of(str(quad.subject)[1:-1])
        for quad in (*change.remove, *change.add)
        if quad.predicate == PLX.standing and quad.subject not in given
    }
    return tuple(sorted(marked))
