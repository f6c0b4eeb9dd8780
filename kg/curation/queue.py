"""Which evidence a curator should look at next: where a decision would tell most.

That is where belief is near even odds, and where the two languages do not agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import cast

from kg.curation.graph import quotes_of, read_curations
from kg.curation.values import evidence_id, evidence_iri
from kg.curation.verdicts import in_force
from kg.model import LANGUAGES, Agreement
from kg.questions import number_of, read_rows, text_of
from kg.store.base import Store
from kg.vocab import statement_of

# How much the two languages leave open about one claim.
_OPEN: dict[Agreement, float] = {
    "conflict": 1.0, "one-sided": 0.6, "monolingual": 0.5, "agrees": 0.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An evidence that nobody judged: how much a decision would tell (0…1), and what it says."""

    evidence: str
    statement: str
    score: float
    belief: float
    agreement: Agreement
    claim: str
    quotes: tuple[tuple[str, str], ...]


def score_of(belief: float, agreement: Agreement) -> float:
    """What a decision would tell: uncertainty times disagreement.

    >>> score_of(0.5, "conflict"), score_of(0.9, "agrees")
    (1.0, 0.04)
    """
    return round((1 - abs(2 * belief - 1)) * _OPEN[agreement], 4)


def next_candidates(
    store: Store, limit: int, *, curator: str = "", language: str = "en"
) -> tuple[Candidate, ...]:
    """The evidence to be judged next, most telling first.

    Parameters
    ----------
    curator : only what this curator has not judged; else what nobody has
    """
    done = {one.evidence for one in in_force(read_curations(store)) if curator in ("", one.curator)}
    best = nsmallest(
        limit,
        (one for one in _open(store, language) if one.evidence not in done),
        key=lambda one: (-one.score, one.evidence),
    )
    return tuple(
        Candidate(
            one.evidence, one.statement, one.score, one.belief, one.agreement, one.claim,
            tuple(sorted(
                quotes_of(store, evidence_iri(one.evidence)),
                key=lambda quote: quote[0] not in LANGUAGES,
            )),
        )
        for one in best
    )  # fmt: skip


def _open(store: Store, language: str) -> Iterator[Candidate]:
    for row in read_rows(store, "curation_queue", language=language):
        agreement = cast(Agreement, text_of(row, "agreement"))
        belief = number_of(row, "belief")
        yield Candidate(
            evidence_id(text_of(row, "evidence")),
            statement_of(text_of(row, "statement")),
            score_of(belief, agreement),
            belief,
            agreement,
            text_of(row, "claim"),
            (),
        )
