"""Loading what was read into the graph: documents are added, replaced and removed one batch a time.

Loading the same documents twice changes nothing, and their order does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from weakref import WeakSet

from kg.errors import KgError, NotFoundError
from kg.model import Extraction
from kg.ontology import ontology_quads
from kg.rdf.terminology import Terminology
from kg.reassembly import Update, documents_in, find_change, read_content
from kg.store.base import Store
from kg.terminology.listed import starter_terms
from kg.vocab import ONTOLOGY_GRAPH

BATCH = 32
T = TypeVar("T")
_with_ontology: WeakSet[Store] = WeakSet()
_EVENTS = ("added", "replaced", "unchanged", "removed", "failed")


@dataclass(slots=True)
class LoadReport:
    """What a load did: ids of documents by what happened to them, and what went wrong.

    `concepts` are those whose names, parents or other descriptions it wrote anew.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, KgError]] = field(default_factory=list)
    statements: int = 0
    concepts: set[str] = field(default_factory=set)

    def __iadd__(self, other: LoadReport) -> LoadReport:
        """The report with another added to it."""
        for name in _EVENTS:
            getattr(self, name).extend(getattr(other, name))
        self.statements += other.statements
        self.concepts |= other.concepts
        return self

    def counts(self) -> dict[str, int]:
        """How many documents were added, replaced, …, and the statements that they make."""
        counts = {name: len(getattr(self, name)) for name in _EVENTS}
        return counts | {"statements": self.statements}


def load_extractions(
    store: Store,
    extractions: Iterable[Extraction],
    *,
    terminology: Terminology | None = None,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
) -> LoadReport:
    """Put documents into the graph, in place of what it held of them.

    A batch is one transaction: after a crash each document is there as a whole or not at all. A
    document that cannot be assembled is reported, and the rest goes on.

    Parameters
    ----------
    batch : documents in one transaction
    progress : called with the number of documents done so far, after each batch
    """
    report = LoadReport()
    ensure_ontology(store)
    for group in _batches(extractions, batch):
        updates = list(_assembled(group, report))
        _apply(store, updates, terminology or starter_terms(), report)
        if progress is not None:
            progress(sum(map(len, (report.added, report.replaced, report.unchanged))))
    return report


def remove_documents(
    store: Store, documents: Iterable[str], *, terminology: Terminology | None = None
) -> LoadReport:
    """Take documents out of the graph, with all that only they support.

    An id that is not in the graph is reported as failed; the others are removed.
    """
    report = LoadReport()
    known = documents_in(store)
    for group in _batches(dict.fromkeys(documents), BATCH):
        present = [name for name in group if name in known]
        report.failed += [
            (
                name,
                NotFoundError("no such document in the graph", where=name, remedy="see kg stats"),
            )
            for name in group
            if name not in known
        ]
        updates = [Update(name, None) for name in present]
        _apply(store, updates, terminology or starter_terms(), report)
    return report


def ensure_ontology(store: Store) -> None:
    """Put the vocabulary of this version into its graph, once for each store that is opened."""
    if store in _with_ontology:
        return
    before, after = set(store.quads(graph=ONTOLOGY_GRAPH)), ontology_quads()
    store.change(before - set(after), [quad for quad in after if quad not in before])
    _with_ontology.add(store)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


def _assembled(extractions: Iterable[Extraction], report: LoadReport) -> Iterator[Update]:
    """One update for each document; of two with one id the later counts."""
    latest = {extraction.document.id: extraction for extraction in extractions}
    for name, extraction in latest.items():
        try:
            yield Update(name, read_content(extraction))
        except KgError as error:
            report.failed.append((name, error))


def _apply(
    store: Store, updates: list[Update], terminology: Terminology, report: LoadReport
) -> None:
    change = find_change(store, updates, terminology)
    store.change(change.remove, change.add, drop=change.drop)
    report.concepts |= change.concepts
    for update in updates:
        if update.content is None:
            report.removed.append(update.document)
            continue
        report.statements += len(update.content.statements)
        if update.document not in change.replaced:
            report.added.append(update.document)
        elif update.document in change.altered:
            report.replaced.append(update.document)
        else:
            report.unchanged.append(update.document)
