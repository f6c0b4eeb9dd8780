"""Making decisions: what a curator says of an evidence, with what the graph knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from kg.curation.graph import quotes_of
from kg.curation.values import (
    WITHDRAWN,
    Curation,
    checked,
    evidence_id,
    evidence_iri,
    today,
)
from kg.errors import KgError, NotFoundError
from kg.store.base import Store
from kg.terms import IRI, Literal
from kg.vocab import BASE, PLX, RDFS, STATEMENTS_GRAPH, statement_iri

_STATEMENT = re.compile(r"(?:.*/statement/)?([0-9a-f]{16})")


def decide(
    store: Store,
    target: str,
    tag: str,
    curator: str,
    *,
    note: str = "",
    value: str = "",
    date: str = "",
) -> tuple[Curation, ...]:
    """The decisions that a curator makes about a target: one for each evidence that it names.

    Parameters
    ----------
    target : an evidence (``pubmed:1#e0123456789abcdef`` or its IRI), or a statement: then all the
        evidence that it has now
    value : what should have been read, such as the CURIE of the right concept
    date : when (default: now)

    Raises
    ------
    NotFoundError
        where the graph has no such evidence or statement.
    FormatError
        where the tag or the curator is none.
    """
    made = Curation("", tag, curator, date or today(), note, value)
    return tuple(
        complete(store, checked(replace(made, evidence=evidence)))
        for evidence in _evidence_of(store, target)
    )


def complete(store: Store, curation: Curation) -> Curation:
    """A decision with what was judged: the claim, its sentences and who read it.

    What the decision tells itself stays, as does one about evidence that is gone.
    """
    iri = evidence_iri(curation.evidence)
    values: dict[str, list[str]] = {}
    for quad in store.quads(IRI(iri)):
        values.setdefault(quad.predicate.value, []).append(cast(Any, quad.object).value)
    if PLX.statement.value not in values or curation.quotes:
        return curation
    derived = values.get(PLX.derived.value, [])
    labels = store.quads(statement_iri(curation.statement), RDFS.label, None, STATEMENTS_GRAPH)
    names = {cast(Literal, q.object).language: cast(Literal, q.object).value for q in labels}
    return replace(
        curation,
        claim=curation.claim or names.get("en", ""),
        quotes=quotes_of(store, iri),
        rules=tuple(f"derived {name}" for name in derived)
        or tuple(sorted(values.get(PLX.rule.value, []))),
        agreement=cast(Any, values[PLX.agreement.value][0]),
        confidence=float(values[PLX.confidence.value][0]),
    )


def completed(
    store: Store, curations: Iterable[Curation], failures: list[KgError]
) -> list[Curation]:
    """Decisions of a file, completed; those about evidence that the graph lacks are failures."""
    found = []
    for one in curations:
        if one.tag != WITHDRAWN and not one.quotes and not _is_evidence(store, one.evidence):
            failures.append(_unknown(one.evidence))
            continue
        found.append(complete(store, one))
    return found


def withdraw(curation: Curation, curator: str, *, note: str = "", date: str = "") -> Curation:
    """The decision that takes back another one."""
    return checked(
        Curation(
            curation.evidence, WITHDRAWN, curator, date or today(), note,
            claim=curation.claim, withdraws=curation.id,
        )
    )  # fmt: skip


def _evidence_of(store: Store, target: str) -> list[str]:
    found = _STATEMENT.fullmatch(target)
    if found:
        quads = store.quads(None, PLX.statement, statement_iri(found[1]))
        evidence = sorted(evidence_id(cast(IRI, quad.subject).value) for quad in quads)
        if not evidence:
            raise NotFoundError("no such statement in the graph", where=target,
                                remedy="see kg show --json")  # fmt: skip
        return evidence
    name = evidence_id(target) if target.startswith(BASE) else target
    if not _is_evidence(store, name):
        raise _unknown(target)
    return [name]


def _is_evidence(store: Store, name: str) -> bool:
    if "#" not in name:
        return False
    return next(store.quads(IRI(evidence_iri(name)), PLX.statement), None) is not None


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(
        "no such evidence in the graph", where=name,
        remedy="name it as kg curate --next does: pubmed:1#e0123456789abcdef",
    )  # fmt: skip
