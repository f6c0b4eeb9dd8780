"""What new decisions, and documents that are read anew, change in the verdicts on evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kg.assembly.values import Verdict
from kg.curation.graph import (
    curation_ids,
    curation_quads,
    quotes_of,
    read_curations,
    verdict_quad,
)
from kg.curation.values import Curation, evidence_iri
from kg.curation.verdicts import verdict_on
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import CURATIONS_GRAPH, PLX

# Document → the quads that it consists of from now on.
Documents = Mapping[str, Iterable[Quad]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Quads of the curations graph that go and come, and what they mean for evidence.

    `verdicts` has the evidence (IRIs) that was judged again, `statements` the ids of the
    statements on which a verdict changed.
    """

    remove: tuple[Quad, ...] = ()
    add: tuple[Quad, ...] = ()
    verdicts: Mapping[str, Verdict | None] | None = None
    statements: frozenset[str] = frozenset()


def judge_again(store: Store, documents: Documents, new: Iterable[Curation] = ()) -> Judgement:
    """The verdicts on the evidence of some documents, and on that of new decisions.

    Parameters
    ----------
    documents : those that are about to be replaced; the others are in the store
    new : decisions that the store does not have yet
    """
    new = tuple(new)
    if not new and next(store.quads(graph=CURATIONS_GRAPH), None) is None:
        return Judgement()
    known = curation_ids(store) if new else set()
    fresh = [one for one in new if one.id not in known]
    made: dict[str, list[Curation]] = {}
    for document in {*documents, *(one.document for one in fresh)}:
        for one in read_curations(store, document=document):
            made.setdefault(one.evidence, []).append(one)
    for one in fresh:
        made.setdefault(one.evidence, []).append(one)
    remove: list[Quad] = []
    add = [quad for one in fresh for quad in curation_quads(one)]
    verdicts: dict[str, Verdict | None] = {}
    statements = set()
    quotes = {
        document: _quotes(documents[document])
        for document in {decisions[0].document for decisions in made.values()} & {*documents}
    }
    for evidence, decisions in sorted(made.items()):
        iri = evidence_iri(evidence)
        document = decisions[0].document
        if document in quotes:
            texts = quotes[document].get(iri, ())
        else:
            texts = tuple(text for _, text in quotes_of(store, iri))
        verdict, before = verdict_on(decisions, texts), _stored(store, iri)
        verdicts[iri] = verdict
        if verdict != before:
            remove += [verdict_quad(iri, before)] if before else []
            add += [verdict_quad(iri, verdict)] if verdict else []
            statements.add(decisions[0].statement)
    return Judgement(tuple(remove), tuple(add), verdicts, frozenset(statements))


def _quotes(quads: Iterable[Quad]) -> dict[str, tuple[str, ...]]:
    """IRI of each evidence among quads → its sentences."""
    texts: dict[str, list[str]] = {}
    links: list[tuple[str, str]] = []
    for quad in quads:
        subject = cast(IRI, quad.subject).value
        if quad.predicate == PLX.quote:
            texts.setdefault(subject, []).append(cast(Literal, quad.object).value)
        elif quad.predicate == PLX.hasRendition:
            links.append((subject, cast(IRI, quad.object).value))
    found: dict[str, tuple[str, ...]] = {}
    for evidence, rendition in links:
        found[evidence] = (*found.get(evidence, ()), *texts.get(rendition, ()))
    return found


def _stored(store: Store, evidence: str) -> Verdict | None:
    found = next(store.quads(IRI(evidence), PLX.verdict, None, CURATIONS_GRAPH), None)
    return None if found is None else cast(Any, cast(Literal, found.object).value)
