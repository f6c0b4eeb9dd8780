"""What is exported: edges between concepts, the evidence for them, and the quotes of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.assembly.values import Status
from kg.model import Agreement, Aspect, Certainty, Language, Polarity, Predicate, Sign

# How a claim stands: only a plain one may become an edge without a flag. A derived one no sentence
# states; a disputed one is asserted in one language of its document and contradicted in the other.
Standing = Literal["plain", "derived", "disputed", "denied", "hypothesized", "retracted"]
STATUSES: tuple[Status, ...] = ("asserted", "hypothesized", "denied", "retracted")


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement as an edge; concepts are CURIEs, documents are ids, each sorted.

    `sources` are the knowledge sources that bear on it.
    `sign` is that of the predicate, else of the statement, else the one that `restores` was
    resolved to.
    """

    id: str
    subject: str
    predicate: Predicate
    object: str
    aspect: Aspect | None
    sign: Sign | None
    via: tuple[str, ...]
    status: Status
    standing: Standing
    belief: float
    agreement: Agreement
    derived: str | None
    labels: tuple[tuple[Language, str], ...]
    supporting: tuple[str, ...] = ()
    denying: tuple[str, ...] = ()
    hypothesizing: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def publications(self) -> tuple[str, ...]:
        """The documents that say what the edge says: deny it, suppose it, or support it."""
        if self.status == "asserted":
            return self.supporting
        if self.status == "denied":
            return self.denying or self.hypothesizing
        if self.status == "retracted":
            return self.retracted
        return self.hypothesizing

    @property
    def documents(self) -> tuple[str, ...]:
        """All documents that bear on the statement, each once."""
        counted = (*self.supporting, *self.denying, *self.hypothesizing)
        return tuple(sorted({*counted, *self.retracted}))


@dataclass(frozen=True, slots=True)
class Record:
    """What one record of a knowledge source says of a statement; CURIEs or addresses are cited."""

    iri: str
    source: str
    polarity: Polarity
    certainty: Certainty
    primary: str
    knowledge_level: str
    agent_type: str
    record: str
    address: str
    publications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence that states a claim; the offsets of its parts count from its own start."""

    language: Language
    text: str
    subject: tuple[int, int]
    object: tuple[int, int]
    subject_text: str
    object_text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What one document says of a statement, with its sentences, English before Chinese."""

    iri: str
    document: str
    polarity: Polarity
    certainty: Certainty
    agreement: Agreement
    section: str | None
    derived: str | None
    confidence: float
    quotes: tuple[Quoted, ...]
