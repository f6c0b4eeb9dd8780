"""The page of a statement: the claim, and everything that speaks for or against it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from kg import vocab
from kg.errors import NotFoundError
from kg.network.curated import read_curated
from kg.terms import IRI
from web.pages.claims import index_evidence, load_claims, load_linked
from web.pages.reader import Reader, iri_of
from web.pages.values import Claim, EvidenceView, RecordView

SHOWN = 50
RELATED = 20


@dataclass(frozen=True, slots=True)
class StatementPage:
    """What the page of a statement knows; `more` counts the evidence that is not shown.

    `records` are those of knowledge sources.
    """

    claim: Claim
    iri: str
    supporting: tuple[EvidenceView, ...] = ()
    opposing: tuple[EvidenceView, ...] = ()
    hypothesizing: tuple[EvidenceView, ...] = ()
    retracted: tuple[EvidenceView, ...] = ()
    contradicts: tuple[Claim, ...] = ()
    related: tuple[Claim, ...] = ()
    more: int = 0
    records: tuple[RecordView, ...] = ()


def load_statement_page(
    reader: Reader, identifier: str, *, everything: bool = False
) -> StatementPage:
    """The page of the statement with that id.

    Raises
    ------
    NotFoundError
        where the graph has no such statement.
    """
    wellformed = identifier.isalnum() and identifier.isascii()
    iri = vocab.statement_iri(identifier if wellformed else "none")
    claims = load_claims(reader, [iri.value])
    if not claims:
        raise NotFoundError(
            "no such statement in the graph", where=identifier, remedy="search for its concepts"
        )
    claim = claims[0]
    found = [
        (row.text("evidence"), row.text("bearing"))
        for row in reader.rows("evidence_of_statement", statement=iri)
    ]
    shown = found if everything else found[:SHOWN]
    known = index_evidence(reader, (evidence for evidence, _ in shown))
    groups = {
        bearing: tuple(known[evidence] for evidence, how in shown if how == bearing)
        for bearing in ("supports", "denies", "hypothesizes", "retracted")
    }
    opposite = load_linked(reader, iri.value, ("contradicts", "disputedBy"))
    return StatementPage(
        claim=claim,
        iri=iri.value,
        supporting=groups["supports"],
        opposing=groups["denies"],
        hypothesizing=groups["hypothesizes"],
        retracted=groups["retracted"],
        contradicts=load_claims(reader, opposite),
        related=_related(reader, claim, {iri.value, *opposite}),
        more=len(found) - len(shown),
        records=_records(reader, identifier),
    )


def _records(reader: Reader, identifier: str) -> tuple[RecordView, ...]:
    found = []
    for support in read_curated(reader.store, identifier):
        if support.curated is not None:
            fields = dataclasses.asdict(support.curated)
            found.append(RecordView(
                polarity=support.polarity, certainty=support.certainty, **fields
            ))  # fmt: skip
    return tuple(found)


def _related(reader: Reader, claim: Claim, shown: set[str]) -> tuple[Claim, ...]:
    ends: list[IRI] = [iri for end in (claim.subject, claim.object) if (iri := iri_of(end.id))]
    if len(ends) < 2:
        return ()
    rows = reader.rows("claims_of_pair", limit=RELATED, one=ends[0], other=ends[1])
    others = [row.text("statement") for row in rows]
    return load_claims(reader, [other for other in others if other not in shown])
