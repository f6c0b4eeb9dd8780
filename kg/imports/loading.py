"""A knowledge source into the graph, in place of what the graph held of it, part by part.

A part is a named graph of some hundred edges, so that memory and the cost of a transaction do not
grow with the source; edges stand in it in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.imports.claims import SourceClaim, read_claim
from kg.imports.grounding import Grounder
from kg.imports.parts import claims_content, mappings_content
from kg.imports.sources import check_source, describe_source, find_source, parts_of
from kg.imports.values import (
    Item,
    LeftOut,
    Source,
    SourceEdge,
    SourceMapping,
    SourceReport,
    bad_row,
)
from kg.loading import ensure_ontology
from kg.rdf.terminology import Terminology
from kg.reassembly import Content, Update, find_change
from kg.store.base import Store
from kg.vocab import SOURCE, document_graph

SIZE = 200


def load_source(
    store: Store,
    source: Source,
    items: Iterable[Item],
    *,
    terminology: Terminology,
    size: int = SIZE,
    progress: Callable[[int], None] | None = None,
) -> SourceReport:
    """Put what a source asserts into the graph, in place of what it held of that source.

    A wrong row is reported and the rest goes on; where nothing but faults is found, what the graph
    has of the source stays. Loading the same again changes nothing.

    Parameters
    ----------
    items : what a reader of `kg.imports` gives
    size : edges in one part
    progress : called with the number of edges and mappings so far, after each part
    """
    ensure_ontology(store)
    check_source(source)
    report = SourceReport(source.name)
    stale = set(parts_of(store, source.name))
    filling = _Filling(source, Grounder(terminology), report)
    for content in filling.contents(items, size):
        part = filling.part
        if not report.parts:
            describe_source(store, source)
        _apply(store, Update(part, content), terminology, report)
        stale.discard(part)
        if progress is not None:
            progress(report.edges + report.mappings)
    if report.failed and not report.parts:
        return report  # a file that cannot be read takes nothing away
    if not report.parts:
        describe_source(store, source)
    for part in sorted(stale):
        _apply(store, Update(part, None), terminology, report)
    return report


def remove_source(store: Store, name: str, *, terminology: Terminology) -> SourceReport:
    """Take a source out of the graph, with all that only it supports.

    Raises
    ------
    NotFoundError
        where the graph has no source of that name.
    """
    report = SourceReport(find_source(store, name))
    for part in parts_of(store, report.source):
        _apply(store, Update(part, None), terminology, report)
    store.change((), (), drop=[document_graph(SOURCE + report.source)])
    return report


@dataclass
class _Filling:
    """Edges and mappings on their way into parts; `part` is the one that was filled last."""

    source: Source
    grounder: Grounder
    report: SourceReport
    part: str = ""
    _number: int = field(default=0)
    _last: str = field(default="")

    def contents(self, items: Iterable[Item], size: int) -> Iterator[Content]:
        """The contents of the parts, one after the other."""
        claims: list[SourceClaim] = []
        mappings: list[tuple[SourceMapping, str, str]] = []
        for item in items:
            if isinstance(item, KgError):
                self._fail(item)
            elif isinstance(item, LeftOut):
                self._leave_out(item)
            elif isinstance(item, SourceMapping):
                self._map(item, mappings)
            else:
                self._claim(item, claims)
            if len(claims) >= size:
                yield self._claims(claims)
                claims = []
            if len(mappings) >= size:
                yield self._mappings(mappings)
                mappings = []
        if claims:
            yield self._claims(claims)
        if mappings:
            yield self._mappings(mappings)

    def _claims(self, claims: list[SourceClaim]) -> Content:
        self._next()
        return claims_content(self.part, self.source.name, claims)

    def _mappings(self, mappings: list[tuple[SourceMapping, str, str]]) -> Content:
        self._next()
        return mappings_content(self.part, self.source.name, mappings)

    def _next(self) -> None:
        self._number += 1
        self.part = f"{SOURCE}{self.source.name}/{self._number}"

    def _claim(self, edge: SourceEdge, claims: list[SourceClaim]) -> None:
        try:
            claim = read_claim(edge, self.source, self.grounder)
        except KgError as error:
            self._fail(type(error)(error.what, where=edge.where, remedy=error.remedy))
            return
        if isinstance(claim, LeftOut):
            self._leave_out(claim)
        else:
            self.report.edges += 1
            claims.append(claim)

    def _map(self, mapping: SourceMapping, kept: list[tuple[SourceMapping, str, str]]) -> None:
        sides = []
        for written in (mapping.subject, mapping.object):
            known = self.grounder.spelled(written)
            if known is None:
                self._fail(bad_row(
                    f"{written[:80]!r} is no identifier of a known vocabulary", mapping.where,
                    "give a CURIE whose prefix stands in ontologies/prefixes.tsv",
                ))  # fmt: skip
                return
            sides.append(known)
        self.report.mappings += 1
        kept.append((mapping, *sides))  # type: ignore[arg-type]

    def _fail(self, error: KgError) -> None:
        told = (error.where or self.source.name, error)
        if str(error) != self._last:  # a node that is wrong makes all its edges wrong
            self.report.failed.append(told)
        self._last = str(error)

    def _leave_out(self, item: LeftOut) -> None:
        counts = self.report.left_out
        counts[item.reason] = counts.get(item.reason, 0) + 1


def _apply(store: Store, update: Update, terminology: Terminology, report: SourceReport) -> None:
    change = find_change(store, [update], terminology)
    store.change(change.remove, change.add, drop=change.drop)
    report.concepts |= change.concepts
    if update.content is None:
        event = "removed"
    elif update.document not in change.replaced:
        event = "added"
    else:
        event = "replaced" if update.document in change.altered else "unchanged"
    report.parts[event] = report.parts.get(event, 0) + 1
    if update.content is not None:
        report.statements += len(update.content.statements)
