"""Curations in the graph: a named graph of their own, beside those of what was read.

It holds every decision as it was made, what the decisions on an evidence come to
(``plx:verdict``), and the error rates that were learned from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from kg.assembly.rates import ErrorRate, Rates, delivered_rates, with_learned
from kg.assembly.values import Verdict
from kg.curation.values import Curation, evidence_id, evidence_iri
from kg.model import LANGUAGES
from kg.rdf.values import Node
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    BASE,
    CURATIONS_GRAPH,
    DCTERMS,
    PLX,
    RDF,
    RDFS,
    SKOS,
    XSD,
    document_iri,
    statement_iri,
)

CURATION_BASE = f"{BASE}curation/"
RATE_BASE = f"{BASE}rate/"
_ORCID_BASE = "https://orcid.org/"


def curation_quads(curation: Curation) -> tuple[Quad, ...]:
    """The quads of one decision."""
    quads: list[Quad] = []
    node = Node(IRI(CURATION_BASE + curation.id), CURATIONS_GRAPH, quads)
    node.add(RDF.type, PLX.Curation).add(PLX.curationTag, curation.tag)
    node.add(PLX.curatedEvidence, IRI(evidence_iri(curation.evidence)))
    node.add(PLX.curatedStatement, statement_iri(curation.statement))
    node.add(PLX.curatedDocument, document_iri(curation.document))
    orcid = curation.curator.removeprefix("orcid:")
    known = orcid != curation.curator
    node.add(DCTERMS.creator, IRI(_ORCID_BASE + orcid) if known else curation.curator)
    node.add(DCTERMS.created, Literal(curation.date, datatype=XSD.dateTime))
    node.add(SKOS.note, curation.note or None)
    node.add(PLX.correctedValue, curation.value or None)
    node.add(RDFS.label, curation.claim or None)
    for language, text in curation.quotes:
        node.add_text(PLX.curatedQuote, text, cast(Any, language) or None)
    node.add_all(PLX.curatedRule, curation.rules)
    node.add(PLX.curatedAgreement, curation.agreement)
    node.add(PLX.curatedConfidence, curation.confidence)
    if curation.withdraws:
        node.add(PLX.withdraws, IRI(CURATION_BASE + curation.withdraws))
    return tuple(quads)


def verdict_quad(evidence: str, verdict: Verdict) -> Quad:
    """What the decisions on an evidence (an IRI) come to."""
    return Quad(IRI(evidence), PLX.verdict, Literal(verdict), CURATIONS_GRAPH)


def curation_ids(store: Store) -> set[str]:
    """The ids of all decisions in the graph."""
    found = store.quads(None, RDF.type, PLX.Curation, CURATIONS_GRAPH)
    return {cast(IRI, quad.subject).value.removeprefix(CURATION_BASE) for quad in found}


def read_curations(store: Store, *, document: str | None = None) -> tuple[Curation, ...]:
    """The decisions in the graph, of one document or all, oldest first."""
    role = RDF.type if document is None else PLX.curatedDocument
    value = PLX.Curation if document is None else document_iri(document)
    nodes = [cast(IRI, quad.subject) for quad in store.quads(None, role, value, CURATIONS_GRAPH)]
    found = (_curation(store.quads(node, None, None, CURATIONS_GRAPH)) for node in nodes)
    return tuple(sorted(found, key=lambda c: c.order))


def _curation(quads: Iterable[Quad]) -> Curation:
    values: dict[str, list[Any]] = {}
    for quad in quads:
        values.setdefault(quad.predicate.value, []).append(quad.object)

    def one(predicate: IRI) -> str:
        found = values.get(predicate.value)
        return str(found[0].value) if found else ""

    quotes = values.get(PLX.curatedQuote.value, ())
    creator = one(DCTERMS.creator)
    return Curation(
        evidence=evidence_id(one(PLX.curatedEvidence)),
        tag=one(PLX.curationTag),
        curator=creator.replace(_ORCID_BASE, "orcid:", 1),
        date=one(DCTERMS.created),
        note=one(SKOS.note),
        value=one(PLX.correctedValue),
        claim=one(RDFS.label),
        quotes=tuple(sorted(((q.language or "", q.value) for q in quotes), key=quote_order)),
        rules=tuple(sorted(rule.value for rule in values.get(PLX.curatedRule.value, ()))),
        agreement=cast(Any, one(PLX.curatedAgreement)),
        confidence=float(one(PLX.curatedConfidence)),
        withdraws=one(PLX.withdraws).removeprefix(CURATION_BASE),
    )


def quote_order(quote: tuple[str, str]) -> tuple[int, str]:
    """The place of a quote among others: by language, then by its text."""
    language, text = quote
    return (cast(Any, (*LANGUAGES, language)).index(language), text)


def verdicts_on(store: Store, statements: Collection[str]) -> dict[str, Verdict]:
    """Evidence (IRI) → verdict, for the evidence of some statements."""
    if not statements:
        return {}
    values = " ".join(str(statement_iri(name)) for name in statements)
    query = f"""SELECT DISTINCT ?evidence ?verdict WHERE {{ VALUES ?statement {{ {values} }}
        GRAPH {CURATIONS_GRAPH} {{ ?curation {PLX.curatedStatement} ?statement ;
            {PLX.curatedEvidence} ?evidence . ?evidence {PLX.verdict} ?verdict }} }}"""
    return {
        cast(IRI, row["evidence"]).value: cast(Any, row["verdict"]).value
        for row in store.select(query)
    }


def quotes_of(store: Store, evidence: str) -> tuple[tuple[str, str], ...]:
    """The sentences of an evidence (an IRI) with their languages; none where it is not there."""
    found = {
        (cast(Literal, quote.object).language or "", cast(Literal, quote.object).value)
        for link in store.quads(IRI(evidence), PLX.hasRendition)
        for quote in store.quads(cast(IRI, link.object), PLX.quote)
    }
    return tuple(sorted(found, key=quote_order))


def rates_in(store: Store) -> Rates:
    """The error rates of a graph: those learned, before those delivered."""
    learned = {f"{r.kind} {r.pattern}": r for r in _rates(store)}
    return with_learned(delivered_rates(), learned) if learned else delivered_rates()


def _rates(store: Store) -> Iterator[ErrorRate]:
    for typed in store.quads(None, RDF.type, PLX.ErrorRate, CURATIONS_GRAPH):
        quads = store.quads(cast(IRI, typed.subject), None, None, CURATIONS_GRAPH)
        values = {q.predicate.value: cast(Literal, q.object).value for q in quads}
        yield ErrorRate(
            cast(Any, values[PLX.rateKind.value]),
            values[PLX.ratePattern.value],
            float(values[PLX.randomError.value]),
            float(values[PLX.systematicError.value]),
            values[PLX.rateFamily.value],
        )


def rate_quads(rates: Iterable[ErrorRate]) -> tuple[Quad, ...]:
    """The quads of learned rates."""
    quads: list[Quad] = []
    for rate in rates:
        name = document_iri(f"{rate.kind}/{rate.pattern}").value.rpartition("/document/")[2]
        node = Node(IRI(RATE_BASE + name), CURATIONS_GRAPH, quads)
        node.add(RDF.type, PLX.ErrorRate).add(PLX.rateKind, rate.kind)
        node.add(PLX.ratePattern, rate.pattern).add(PLX.rateFamily, rate.family)
        node.add(PLX.randomError, rate.random).add(PLX.systematicError, rate.systematic)
    return tuple(quads)
