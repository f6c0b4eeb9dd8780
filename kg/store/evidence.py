"""What the evidence in a store says of statements, as far as belief and counts need it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from kg.assembly.values import Finding
from kg.model import CONFLICT_KINDS
from kg.store.base import Store
from kg.terms import IRI, Quad
from kg.vocab import PLX, SOURCE, document_of, source_of, statement_iri, statement_of

# What a finding is made of.
_READ = (
    PLX.statement, PLX.polarity, PLX.certainty, PLX.agreement, PLX.conflictKind, PLX.derived,
    PLX.confidence, PLX.rule, PLX.resolvedSign, PLX.retractedOn,
)  # fmt: skip
_TOGETHER = 500  # statements of one question
Values = dict[str, set[str]]


def findings(
    store: Store, statements: Collection[str], *, without: Collection[str]
) -> Iterator[tuple[Finding, str]]:
    """The findings on these statements with their statement, from all documents but the named."""
    names = sorted(statements)
    for start in range(0, len(names), _TOGETHER):
        values = " ".join(str(statement_iri(name)) for name in names[start : start + _TOGETHER])
        pattern = f"""VALUES ?statement {{ {values} }}
            GRAPH ?graph {{ ?e {PLX.statement} ?statement ; ?p ?o }}"""
        yield from _findings(_read(store, pattern), without)


def findings_in(quads: Iterable[Quad]) -> Iterator[tuple[Finding, str]]:
    """The findings among these quads with their statement; what is no evidence is passed over."""
    wanted = {predicate: predicate.value for predicate in _READ}
    evidence: dict[str, Values] = {}
    for subject, predicate, object_, _ in cast(Iterable[Any], quads):
        if name := wanted.get(predicate):
            evidence.setdefault(subject.value, {}).setdefault(name, set()).add(object_.value)
    yield from _findings(evidence, ())


def _read(store: Store, pattern: str) -> dict[str, Values]:
    """Evidence (IRI) → predicate → values, where a pattern finds them."""
    evidence: dict[str, Values] = {}
    if store.is_remote:
        rows = store.select(f"SELECT ?e ?p ?o WHERE {{ {pattern} }}")
        for row in cast(Iterable[dict[str, Any]], rows):
            values = evidence.setdefault(row["e"].value, {})
            values.setdefault(row["p"].value, set()).add(row["o"].value)
        return evidence
    # A line costs a fraction of its terms; there are thousands where many documents say the same.
    wanted = f"FILTER(?p IN ({', '.join(map(str, _READ))}))"
    for line in store.query_lines(f"SELECT ?e ?p ?o WHERE {{ {pattern} {wanted} }}"):
        iri, name, value = line.split("\t")
        values = evidence.setdefault(iri[1:-1], {})
        values.setdefault(name[1:-1], set()).add(_text(value))
    return evidence


def _text(value: str) -> str:
    """The words of a literal or IRI, as TSV writes it."""
    if value[:1] == "<":
        return value[1:-1]
    if value[:1] != '"':
        return value  # a number
    words = value[1 : value.rindex('"')]
    if "\\" not in words:
        return words
    return words.encode("ascii", "backslashreplace").decode("unicode_escape")


def _findings(
    evidence: dict[str, Values], without: Collection[str]
) -> Iterator[tuple[Finding, str]]:
    for iri, values in evidence.items():
        if PLX.statement.value not in values or PLX.polarity.value not in values:
            continue
        document = document_of(iri)
        if document not in without:
            source = source_of(document)  # all parts of a knowledge source are one
            name = f"{SOURCE}{source}" if source else document
            yield _finding(name, iri, values), statement_of(_one(values, PLX.statement))


def _finding(document: str, evidence: str, values: Values) -> Finding:
    conflicts = values.get(PLX.conflictKind.value, set())
    return Finding(
        document=document,
        polarity=cast(Any, _one(values, PLX.polarity)),
        certainty=cast(Any, _one(values, PLX.certainty)),
        agreement=cast(Any, _maybe(values, PLX.agreement) or "monolingual"),
        conflicts=tuple(kind for kind in CONFLICT_KINDS if kind in conflicts),
        derived=_maybe(values, PLX.derived),
        confidence=float(_one(values, PLX.confidence)),
        rules=tuple(sorted(values.get(PLX.rule.value, set()))),
        resolved_sign=cast(Any, _maybe(values, PLX.resolvedSign)),
        counted=PLX.retractedOn.value not in values,
        evidence=evidence,
    )


def _one(values: Values, predicate: IRI) -> str:
    return min(values[predicate.value])


def _maybe(values: Values, predicate: IRI) -> str | None:
    return min(values[predicate.value]) if predicate.value in values else None
