"""The values of assembly: what one document yields, and what all documents make of a statement."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.model import (
    Agreement,
    Certainty,
    ConflictKind,
    Evidence,
    Polarity,
    Sign,
    Statement,
)
from kg.vocab import source_of

# What documents say of a statement; of a rejected one, curators judged all of it to be misread,
# and a retracted one stands in retracted documents only.
Status = Literal["asserted", "hypothesized", "denied", "rejected", "retracted"]

# What curators make of an evidence: as it was read, misread, only supposed, or of two languages
# that are no translations of each other.
Verdict = Literal["correct", "wrong", "hypothesis", "unpaired"]
VERDICTS: tuple[Verdict, ...] = ("correct", "wrong", "hypothesis", "unpaired")


@dataclass(frozen=True, slots=True)
class Assembled:
    """What one document states: its statements, the evidence for them, and who is who.

    `concepts` pairs the id of each mention with the CURIE of the concept that it denotes, a public
    one or a local one (``plxc:``); `broader` has the ids of mentions with a local one and the known
    concept that it is a kind of.
    """

    document: str
    statements: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    concepts: tuple[tuple[str, str], ...]
    broader: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What belief and counts need of one evidence (an IRI): everything but its words.

    One that is not `counted` stands in a retracted document, or in a notice.
    """

    document: str
    polarity: Polarity
    certainty: Certainty
    agreement: Agreement
    conflicts: tuple[ConflictKind, ...] = ()
    derived: str | None = None
    confidence: float = 1.0
    rules: tuple[str, ...] = ()
    resolved_sign: Sign | None = None
    verdict: Verdict | None = None
    counted: bool = True
    evidence: str = ""

    @property
    def source(self) -> str | None:
        """The knowledge source whose curators say so; None where a document does."""
        return source_of(self.document)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the evidence of all documents makes of one statement.

    `plain` tells whether the direct triple may stand: at least one positive, asserted evidence that
    is not derived and that the other language of its document does not contradict. `hypothesized`
    tells whether a positive hypothesis exists. `retracted` counts the documents whose evidence does
    not count any more; a statement that has no other is retracted itself. The counts are documents;
    knowledge sources are named apart.
    """

    status: Status
    belief: float
    supporting: int
    opposing: int
    hypothesizing: int
    cross_lingual: Agreement
    derived: str | None
    resolved_sign: Sign | None
    plain: bool
    hypothesized: bool
    retracted: int = 0
    supporting_sources: tuple[str, ...] = ()
    opposing_sources: tuple[str, ...] = ()
    hypothesizing_sources: tuple[str, ...] = ()

    @property
    def is_supported(self) -> bool:
        """Whether a document or a knowledge source asserts it."""
        return bool(self.supporting or self.supporting_sources)

    @property
    def is_opposed(self) -> bool:
        """Whether a document or a knowledge source asserts that it is not so."""
        return bool(self.opposing or self.opposing_sources)


def statement_id(statement: Statement) -> str:
    """The 16 hexadecimal digits that identify a statement by its content.

    >>> statement_id(Statement("mesh:D016559", "decreases", "FPLX:PPP3"))
    'dd1854cb396d9e53'
    """
    content = [
        statement.subject,
        statement.predicate,
        statement.object,
        statement.aspect,
        statement.sign,
        sorted(statement.via),
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
