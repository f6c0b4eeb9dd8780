"""The values of a mechanism: claims as edges, hops with their evidence, paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.assembly.values import Status
from kg.model import Agreement, Aspect, Certainty, Language, Polarity, Predicate, Section, Sign
from kg.notices.values import NOT_COUNTED, Standing
from kg.qualifiers import QualifierKind, Setting

# How an edge comes to connect two concepts: as the claim itself, or as a part of one that names
# its mediator (A decreases C via B: A → B and B → C).
EdgeKind = Literal["claim", "via"]
CounterKind = Literal["denied", "contrary"]
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the graph with what all documents make of it; concepts are CURIEs.

    `sign` is that of the predicate, of the statement, or for `restores` the one that the
    perturbation in the same document gives; None where there is none. The counts are documents;
    `sources` are the knowledge sources that assert the claim.
    """

    id: str
    subject: str
    predicate: Predicate
    object: str
    aspect: Aspect | None
    sign: Sign | None
    status: Status
    belief: float
    derived: str | None = None
    via: tuple[str, ...] = ()
    supporting: int = 0
    opposing: int = 0
    hypothesizing: int = 0
    sources: tuple[str, ...] = ()

    @property
    def certainty(self) -> Certainty:
        """Whether any document asserts the claim (or its denial), or all only suppose it."""
        return "hypothesis" if self.status == "hypothesized" else "asserted"


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one concept to another that a claim opens.

    `forward` is False where a symmetric claim (an association) is followed from its object to its
    subject.
    """

    claim: Claim
    source: str
    target: str
    kind: EdgeKind = "claim"
    forward: bool = True

    @property
    def sign(self) -> Sign | None:
        """The sign of the claim; a part of a claim that goes through a mediator has none."""
        return self.claim.sign if self.kind == "claim" else None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states a claim; the offsets of its parts count from its own start.

    `stated` is False for the counterpart of such a sentence in the other language that does not
    state the claim itself, as far as was read; it has no parts.
    """

    language: Language
    text: str
    sentence: str
    subject: Offsets | None = None
    object: Offsets | None = None
    trigger: Offsets | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Curated:
    """The record of a knowledge source that bears on a claim; empty strings where it tells nothing.

    `publications` are CURIEs or addresses, `quotes` words that the record itself gives.
    """

    source: str
    title: str
    record: str = ""
    address: str = ""
    original: str = ""
    primary: str = ""
    knowledge_level: str = ""
    agent_type: str = ""
    publications: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Under:
    """A circumstance of an evidence: a `concept` (CURIE), or the `words` of a value or quantity.

    It is `stated` where the clause itself tells it, and else carried over from its sentence, the
    title or the methods.
    """

    kind: QualifierKind
    concept: str | None = None
    words: str = ""
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Within:
    """The circumstances that evidence is wanted from; what is None does not matter.

    A concept stands for all kinds of it as well.
    """

    species: str | None = None
    cell: str | None = None
    disease: str | None = None
    setting: Setting | None = None

    def __bool__(self) -> bool:
        return any((self.species, self.cell, self.disease, self.setting))


@dataclass(frozen=True, slots=True)
class Support:
    """What one document says of a claim, with its sentences, English before Chinese.

    Where one language does not state it, the aligned sentences of that language stand in. What a
    knowledge source says has no sentences and is `curated`; `document` then names the source.
    `standing` tells whether the document is retracted, corrected or in doubt.
    """

    id: str
    document: str
    polarity: Polarity
    certainty: Certainty
    agreement: Agreement
    section: Section | None
    derived: str | None
    quotes: tuple[Quote, ...]
    context: tuple[Under, ...] = ()
    standing: Standing | None = None
    curated: Curated | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it counts: not where its document is retracted, or is a notice itself."""
        return self.standing not in NOT_COUNTED

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which the claim is stated."""
        return frozenset(quote.language for quote in self.quotes if quote.stated)

    def quotes_in(self, language: str) -> tuple[Quote, ...]:
        """The sentences in one language."""
        return tuple(quote for quote in self.quotes if quote.language == language)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: its best edge with the evidence for it, and the other ones likewise."""

    edge: Edge
    evidence: tuple[Support, ...]
    others: tuple[Hop, ...] = ()

    @property
    def source(self) -> str:
        """The concept that the step leaves."""
        return self.edge.source

    @property
    def target(self) -> str:
        """The concept that the step reaches."""
        return self.edge.target

    @property
    def claim(self) -> Claim:
        """The claim that the step follows."""
        return self.edge.claim

    @property
    def sign(self) -> Sign | None:
        """The sign of the step, or None."""
        return self.edge.sign


@dataclass(frozen=True, slots=True)
class Counter:
    """A claim that speaks against a step: denied, or stated in the opposite direction."""

    kind: CounterKind
    claim: Claim
    evidence: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one concept to another over claims; `score` lies in 0…1 and ranks it.

    `counter` lists what speaks against it.
    """

    hops: tuple[Hop, ...]
    score: float
    counter: tuple[Counter, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The CURIEs of the concepts on the way, from first to last."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def sign(self) -> Sign | None:
        """The net sign; None unless every hop has one.

        >>> net_sign(["-", "-"]), net_sign(["+", None]), net_sign(["+", "-"])
        ('+', None, '-')
        """
        return net_sign([hop.sign for hop in self.hops])


def net_sign(signs: list[Sign | None]) -> Sign | None:
    """The product of signs, or None where one is missing or there are none."""
    if not signs or None in signs:
        return None
    return "-" if signs.count("-") % 2 else "+"
