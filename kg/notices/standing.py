"""How the documents of a change stand, before it and after: retracted, corrected, in doubt.

How a document stands follows from all notices that concern it, whoever gives them, and so does not
depend on what came first. It is written on the document and on each evidence of it; evidence that
does not count any more bears on its statement by ``plx:retractedOn`` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from kg.assembly.values import Finding
from kg.errors import CurieError
from kg.notices.values import NOT_COUNTED, Standing, standing_of
from kg.rdf.bearing import bearing_of
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    BIBO,
    PLX,
    RDF,
    document_graph,
    document_iri,
    document_of,
)

# How evidence bears on its statement: while it counts, and when it does not count any more.
BEARINGS = (PLX.supports, PLX.denies, PLX.hypothesizesOn, PLX.retractedOn)
Quads = Mapping[str, tuple[Quad, ...]]


@dataclass(frozen=True, slots=True)
class GivenNotices:
    """Quads of notices that come, or go, apart from documents."""

    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()


NO_NOTICES = GivenNotices()


class Standings:
    """How documents stood before a change and stand after it, with the triples that say so.

    `removed` and `added` are those of documents that are not changed themselves; `evidence` tells
    of which statements they speak.
    """

    def __init__(self) -> None:
        self.removed: list[Quad] = []
        self.added: list[Quad] = []
        self.evidence: list[Quad] = []
        self._before: dict[str, Standing | None] = {}
        self._after: dict[str, Standing | None] = {}

    def put(self, document: str, before: Standing | None, after: Standing | None) -> None:
        """Remember how a document stood, and stands."""
        self._before[document], self._after[document] = before, after

    def before(self, finding: Finding) -> Finding:
        """A finding as it counted."""
        return _counting(finding, self._before)

    def after(self, finding: Finding) -> Finding:
        """A finding as it counts now."""
        return _counting(finding, self._after)

    def written(self, document: str, quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
        """The quads of a document as they are written, with how it stands."""
        standing = self._after.get(document)
        return quads if standing is None else tuple(_written(document, standing, quads))


def _counting(finding: Finding, standings: Mapping[str, Standing | None]) -> Finding:
    """A finding as it counts by how its document stands; as it is where that is not told."""
    if finding.document not in standings:
        return finding
    counted = standings[finding.document] not in NOT_COUNTED
    return finding if counted == finding.counted else replace(finding, counted=counted)


def find_standings(store: Store, old: Quads, new: Quads, given: GivenNotices) -> Standings:
    """How the documents of a change stand, and those elsewhere that its notices concern.

    Parameters
    ----------
    old, new : the quads of each document that changes, before and after
    given : notices that come, or go, apart from documents
    """
    found = Standings()
    fresh = [*chain.from_iterable(new.values()), *given.added]
    notices = _kinds(fresh)
    gone = {document_graph(document).value for document in old}
    dropped = {quad.subject for quad in given.removed}
    concerned = {
        quad.object
        for quad in chain(chain.from_iterable(old.values()), given.removed, fresh)
        if quad.predicate == PLX.concerns
    }
    elsewhere = _named(store, concerned) | _named_in(new, concerned)
    former = stored_standings(store, elsewhere | set(old))
    for document in sorted(elsewhere | set(old)):
        quads = new.get(document)
        described = store.quads(document_iri(document)) if quads is None else iter(quads)
        kinds: set[str] = set()
        for name in _names(document, described):
            kinds |= notices.get(name, set())
            kinds |= set(_stored_kinds(store, name, gone, dropped))
        before, after = former.get(document), standing_of(kinds)
        found.put(document, before, after)
        if quads is None and before != after:
            _change_elsewhere(store, found, document, before, after)
    return found


def _change_elsewhere(
    store: Store, found: Standings, document: str, before: Standing | None, after: Standing | None
) -> None:
    """Add what changes in the graph of a document that is not changed itself."""
    graph = document_graph(document)
    told = (PLX.statement, PLX.polarity, PLX.certainty, PLX.standing, *BEARINGS)
    evidence = {quad.subject for quad in store.quads(None, PLX.statement, None, graph)}
    old = [
        quad
        for subject in (document_iri(document), *evidence)
        for quad in store.quads(cast(IRI, subject), None, None, graph)
        if quad.predicate in told
    ]
    plain = [quad for quad in old if quad.predicate not in (PLX.standing, *BEARINGS)]
    plain += _bearings(plain)
    new = plain if after is None else list(_written(document, after, plain))
    known, wanted = set(old), set(new)
    found.removed += (quad for quad in old if quad not in wanted)
    found.added += (quad for quad in new if quad not in known)
    found.evidence += (quad for quad in old if quad.predicate == PLX.statement)


def _bearings(quads: Iterable[Quad]) -> Iterator[Quad]:
    """How evidence bears on its statement while it counts, from these quads of it."""
    told: dict[object, dict[IRI, Quad]] = {}
    for quad in quads:
        told.setdefault(quad.subject, {})[quad.predicate] = quad
    for subject, values in told.items():
        if (statement := values.get(PLX.statement)) is not None:
            certainty, polarity = (
                cast(Literal, values[name].object).value for name in (PLX.certainty, PLX.polarity)
            )
            bearing = bearing_of(certainty, polarity)
            yield Quad(cast(IRI, subject), bearing, statement.object, statement.graph_name)


def _written(document: str, standing: Standing, quads: Iterable[Quad]) -> Iterator[Quad]:
    graph, value = document_graph(document), Literal(standing)
    yield Quad(document_iri(document), PLX.standing, value, graph)
    for quad in quads:
        if quad.predicate in BEARINGS and standing in NOT_COUNTED:
            yield Quad(quad.subject, PLX.retractedOn, quad.object, graph)
        else:
            yield quad
        if quad.predicate == PLX.statement:
            yield Quad(quad.subject, PLX.standing, value, graph)


def stored_standings(store: Store, documents: Collection[str]) -> dict[str, Standing]:
    """Document → how it stands, as the store has it; those without any notice are left out."""
    found: dict[str, Standing] = {}
    if store.is_remote and documents:
        values = " ".join(str(document_iri(document)) for document in sorted(documents))
        query = f"""SELECT ?d ?standing WHERE {{ VALUES ?d {{ {values} }}
            GRAPH ?graph {{ ?d {PLX.standing} ?standing }} }}"""
        for row in store.select(query):
            found[document_of(_iri(row["d"]))] = _standing(row["standing"])
        return found
    for document in documents:
        for quad in store.quads(document_iri(document), PLX.standing):
            found[document] = _standing(quad.object)
    return found


def _standing(term: object) -> Standing:
    return cast(Standing, cast(Literal, term).value)


def _kinds(quads: Iterable[Quad]) -> dict[IRI, set[str]]:
    """Document → kinds of the notices among these quads that concern it."""
    kinds: dict[object, str] = {}
    concerned: list[tuple[object, IRI]] = []
    notices: set[object] = set()
    for quad in quads:
        if quad.predicate == PLX.concerns:
            concerned.append((quad.subject, cast(IRI, quad.object)))
        elif quad.predicate == PLX.kind and isinstance(quad.object, Literal):
            kinds[quad.subject] = quad.object.value
        elif quad.predicate == RDF.type and quad.object == PLX.Notice:
            notices.add(quad.subject)
    found: dict[IRI, set[str]] = {}
    for notice, document in concerned:
        if notice in notices:
            found.setdefault(document, set()).add(kinds[notice])
    return found


def _stored_kinds(
    store: Store, document: IRI, gone: Collection[str], dropped: Collection[object]
) -> Iterator[str]:
    """Kinds of the notices that concern a document in graphs that stay as they are."""
    for quad in store.quads(None, PLX.concerns, document):
        if _iri(quad.graph_name) in gone or quad.subject in dropped:
            continue
        notice, graph = cast(IRI, quad.subject), cast(IRI, quad.graph_name)
        for kind in store.quads(notice, PLX.kind, None, graph):
            yield cast(Literal, kind.object).value


def _names(document: str, quads: Iterable[Quad]) -> set[IRI]:
    """The IRIs by which notices may name a document: its own, and those of its DOI and PMID."""
    names = {document_iri(document)}
    own = document_iri(document)
    for quad in quads:
        if quad.subject == own and isinstance(quad.object, Literal):
            if quad.predicate == BIBO.doi:
                names.add(document_iri(f"doi:{quad.object.value}"))
            elif quad.predicate == BIBO.pmid:
                names.add(document_iri(f"pubmed:{quad.object.value}"))
    return names


def _named(store: Store, names: Iterable[object]) -> set[str]:
    """The documents in the store that are named so."""
    found: set[str] = set()
    for name in names:
        try:
            document = document_of(_iri(name))
        except CurieError:
            continue
        if next(store.quads(graph=document_graph(document)), None) is not None:
            found.add(document)
        vocabulary, _, local = document.partition(":")
        predicate = {"doi": BIBO.doi, "pubmed": BIBO.pmid}.get(vocabulary)
        if predicate is not None:
            for quad in store.quads(None, predicate, Literal(local)):
                found.add(document_of(_iri(quad.subject)))
    return found


def _named_in(new: Quads, names: Collection[object]) -> set[str]:
    return {document for document, quads in new.items() if _names(document, quads) & set(names)}


def _iri(term: object) -> str:
    return cast(IRI, term).value
