"""Violations as an RDF report: a SHACL validation report, whichever way each of them was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Severity, Violation
from kg.terms import IRI, Literal, Term, Triple
from kg.validation.placing import Place
from kg.vocab import BASE, OA, PLX, RDF, XSD, document_iri, part_iri
from ontologies.files import prefixes

REPORT = IRI(f"{BASE}report")
_SH = prefixes()["sh"]
_LEVELS: dict[Severity, str] = {"error": "Violation", "warning": "Warning", "info": "Info"}


def report(found: Iterable[tuple[Violation, Place]]) -> Iterator[Triple]:
    """The triples of a report; notes of severity "info" do not make the graph fail."""
    conforms = True
    yield Triple(REPORT, RDF.type, IRI(f"{_SH}ValidationReport"))
    for number, (violation, place) in enumerate(found, 1):
        node = IRI(f"{REPORT.value}#{number}")
        conforms = conforms and violation.severity == "info"
        yield Triple(REPORT, IRI(f"{_SH}result"), node)
        for predicate, value in _values(violation, place):
            yield Triple(node, predicate, value)
    word = Literal("true" if conforms else "false", datatype=XSD.boolean)
    yield Triple(REPORT, IRI(f"{_SH}conforms"), word)


def _values(violation: Violation, place: Place) -> Iterator[tuple[IRI, Term]]:
    yield RDF.type, IRI(f"{_SH}ValidationResult")
    yield IRI(f"{_SH}resultSeverity"), IRI(_SH + _LEVELS[violation.severity])
    yield IRI(f"{_SH}sourceConstraintComponent"), _component(violation.check)
    if violation.entity and not violation.entity.startswith("_:"):
        yield IRI(f"{_SH}focusNode"), IRI(violation.entity)
    if violation.property:
        yield IRI(f"{_SH}resultPath"), IRI(violation.property)
    if violation.value:
        yield IRI(f"{_SH}value"), Literal(violation.value)
    yield IRI(f"{_SH}resultMessage"), Literal(violation.message, language="en")
    if violation.message_zh:
        yield IRI(f"{_SH}resultMessage"), Literal(violation.message_zh, language="zh")
    if place.document:
        yield PLX.inDocument, document_iri(place.document)
    if place.document and place.sentence:
        yield PLX.inSentence, part_iri(place.document, place.sentence)
    if place.quote:
        yield OA.exact, Literal(place.quote, language=place.language or None)
    if place.start is not None:
        yield PLX.start, Literal(str(place.start), datatype=XSD.integer)


def _component(check: str) -> IRI:
    """The constraint that is broken: one of SHACL, else a check of ``queries/checks``."""
    return IRI(_SH + check if check.endswith("Component") else f"{BASE}check/{check}")
