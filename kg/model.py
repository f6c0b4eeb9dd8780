"""The values that flow through Parallax: frozen, without I/O and without library types.

Text → `Document` → `Sentence`, `Mention`, `RelationMention`, `Quantity`, `Result`, `Discrepancy`
(together an `Extraction`, one JSON object) → `Statement` with `Evidence` in two `Rendition` → RDF.

All offsets are Unicode code points into the text of the passage, end exclusive, so that
``passage.text[start:end]`` always gives back the text of the thing. Names follow INDRA (Statement,
Evidence), Biolink (aspect, qualifiers), Web Annotation (start, end, exact) and BioC (passage).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.notices.values import Notice
from kg.provenance import Provenance
from kg.qualifiers import Circumstance, Qualifier

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

MentionType = Literal["Drug", "Protein", "Disease", "Outcome", "Process", "Cell", "Organism"]
MENTION_TYPES: tuple[MentionType, ...] = (
    "Drug", "Protein", "Disease", "Outcome", "Process", "Cell", "Organism",
)  # fmt: skip

Predicate = Literal[
    "increases", "decreases", "restores", "affects", "treats", "causes", "associated_with", "binds",
]  # fmt: skip
PREDICATES: tuple[Predicate, ...] = (
    "increases", "decreases", "restores", "affects", "treats", "causes", "associated_with", "binds",
)  # fmt: skip

Aspect = Literal["expression", "activity", "level", "process", "other"]
ASPECTS: tuple[Aspect, ...] = ("expression", "activity", "level", "process", "other")
Sign = Literal["+", "-"]
Polarity = Literal["positive", "negated"]
Certainty = Literal["asserted", "hypothesis"]
Section = Literal["title", "background", "methods", "results", "conclusion"]
SECTIONS: tuple[Section, ...] = ("title", "background", "methods", "results", "conclusion")

DesignKind = Literal[
    "randomized-trial", "clinical-trial", "cohort", "case-control", "cross-sectional",
    "observational", "case-report", "meta-analysis", "systematic-review", "review", "animal",
    "in-vitro", "in-silico",
]  # fmt: skip
DESIGN_KINDS: tuple[DesignKind, ...] = (
    "randomized-trial", "clinical-trial", "cohort", "case-control", "cross-sectional",
    "observational", "case-report", "meta-analysis", "systematic-review", "review", "animal",
    "in-vitro", "in-silico",
)  # fmt: skip

# How the two languages of one document stand to each other about one claim.
Agreement = Literal["agrees", "one-sided", "conflict", "monolingual"]
AGREEMENTS: tuple[Agreement, ...] = ("agrees", "one-sided", "conflict", "monolingual")

# In what two languages that state one claim differ about it.
ConflictKind = Literal["polarity", "direction", "entity", "number", "hedge"]
CONFLICT_KINDS: tuple[ConflictKind, ...] = ("polarity", "direction", "entity", "number", "hedge")

DiscrepancyKind = Literal[
    "term", "polarity", "direction", "entity", "number", "unit", "hedge", "context", "missing",
]  # fmt: skip
DISCREPANCY_KINDS: tuple[DiscrepancyKind, ...] = (
    "term", "polarity", "direction", "entity", "number", "unit", "hedge", "context", "missing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the publication itself; every field may be absent."""

    title: str | None = None
    vernacular_title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    year: int | None = None
    date: str | None = None
    journal: str | None = None
    citation: str | None = None
    affiliation: str | None = None
    mesh: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or labelled part of an abstract, exactly as it was given."""

    id: str
    language: Language
    text: str
    section: Section | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An abstract in one or two languages, as read; its texts never change afterwards."""

    id: str
    passages: tuple[Passage, ...]
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage's text, with that text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the section that it belongs to, and its counterparts in the other language."""

    id: str
    passage: str
    start: int
    end: int
    section: Section | None = None
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a mention could denote, with a score in 0…1 and the reason for it."""

    concept: str
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed stretch of a sentence; `concept` is a CURIE, or None where none is known."""

    id: str
    passage: str
    sentence: str
    start: int
    end: int
    text: str
    type: MentionType
    concept: str | None = None
    score: float = 1.0
    method: str = "lexicon"
    candidates: tuple[Candidate, ...] = ()
    aligned: tuple[str, ...] = ()


CueKind = Literal["negation", "hypothesis", "aim", "loss", "direction"]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that negate or weaken a relation, their scope, and the rule that says so."""

    kind: CueKind
    start: int
    end: int
    text: str
    rule: str
    scope_start: int | None = None
    scope_end: int | None = None


@dataclass(frozen=True, slots=True)
class RelationMention:
    """One relation as one sentence states it; arguments are ids of mentions."""

    id: str
    sentence: str
    subject: str
    predicate: Predicate
    object: str
    rule: str
    trigger: Span | None = None
    aspect: Aspect | None = None
    sign: Sign | None = None
    via: tuple[str, ...] = ()
    context: tuple[Qualifier, ...] = ()
    polarity: Polarity = "positive"
    certainty: Certainty = "asserted"
    cues: tuple[Cue, ...] = ()
    derived: str | None = None
    confidence: float = 1.0
    aligned: tuple[str, ...] = ()


QuantityKind = Literal[
    "dose", "frequency", "duration", "time-point", "count", "group-size", "fraction", "percentage",
    "rate", "p-value", "measurement", "interval", "ratio", "correlation", "fold-change", "age",
]  # fmt: skip
QUANTITY_KINDS: tuple[QuantityKind, ...] = (
    "dose", "frequency", "duration", "time-point", "count", "group-size", "fraction", "percentage",
    "rate", "p-value", "measurement", "interval", "ratio", "correlation", "fold-change", "age",
)  # fmt: skip
IntervalKind = Literal["confidence", "interquartile", "range"]
INTERVAL_KINDS: tuple[IntervalKind, ...] = ("confidence", "interquartile", "range")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (UCUM) and the mention that it describes.

    `low` and `high` are equal for a single value and None where the text leaves a side open;
    `total` is the denominator of a count such as "9 of 11"; `comparator` is one of < ≤ > ≥ ~.
    Where a mean, a median or an effect stands with its interval, `value` is the former and `low`
    and `high` bound the interval, whose kind `interval` tells; `sd` is what follows ±. `group` is
    the group of people or animals and `time` the id of the time point that it was measured at.
    """

    id: str
    passage: str
    sentence: str
    start: int
    end: int
    text: str
    kind: QuantityKind
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    total: float | None = None
    comparator: str | None = None
    of: str | None = None
    aligned: tuple[str, ...] = ()
    value: float | None = None
    sd: float | None = None
    interval: IntervalKind | None = None
    group: Span | None = None
    time: str | None = None
    rule: str | None = None


Direction = Literal["increased", "decreased", "no difference", "not stated"]
DIRECTIONS: tuple[Direction, ...] = ("increased", "decreased", "no difference", "not stated")
Phase = Literal["before", "after"]
PHASES: tuple[Phase, ...] = ("before", "after")
Significance = Literal["significant", "not significant"]
SIGNIFICANCES: tuple[Significance, ...] = ("significant", "not significant")
GroupRole = Literal["treatment", "control", "baseline", "all", "other"]
GROUP_ROLES: tuple[GroupRole, ...] = ("treatment", "control", "baseline", "all", "other")


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a comparison: patients under a treatment, controls, or a time before it.

    `start`, `end` and `text` are the words in the sentence; they are None and empty where the
    sentence does not name the group and it follows from the document (the text then may be the
    name that another sentence gives it). `mention` is the intervention that the group had.
    """

    role: GroupRole
    start: int | None = None
    end: int | None = None
    text: str = ""
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class ArmValues:
    """The numbers of one arm of a result: ids of quantities, and when they were measured.

    `group` is None where the sentence names no arm; `phase` tells before from after the
    treatment, and `time` is the id of a time point.
    """

    group: Group | None
    values: tuple[str, ...]
    phase: Phase | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one sentence reports of an outcome: under which arm it changed, against which.

    `outcome` is the id of a mention; `direction` is that of `arm` against `comparator`, "no
    difference" where the text denies one or tells that it is not significant, and "not stated"
    where only values are told. `arm_values`, `comparator_values`, `effect`, `p_value` and `time`
    are ids of quantities; `values` are those of every arm and phase, in the order of the text.
    """

    id: str
    sentence: str
    outcome: str
    direction: Direction
    rule: str
    trigger: Span | None = None
    arm: Group | None = None
    comparator: Group | None = None
    arm_values: tuple[str, ...] = ()
    comparator_values: tuple[str, ...] = ()
    effect: str | None = None
    p_value: str | None = None
    significance: Significance | None = None
    time: str | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "asserted"
    cues: tuple[Cue, ...] = ()
    confidence: float = 1.0
    aligned: tuple[str, ...] = ()
    context: tuple[Qualifier, ...] = ()
    values: tuple[ArmValues, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyDesign:
    """A design that a document names as its own, where it does so, and the rule that found it."""

    id: str
    kind: DesignKind
    passage: str
    sentence: str
    start: int
    end: int
    text: str
    rule: str
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One language's side of a discrepancy: the sentence, the thing in it and its words."""

    sentence: str | None = None
    refers_to: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A place where the two languages do not say the same, told in both."""

    kind: DiscrepancyKind
    en: Side | None
    zh: Side | None
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one document; what `kg extract` writes as one line of JSON."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    results: tuple[Result, ...] = ()
    designs: tuple[StudyDesign, ...] = ()
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """One language's wording of one evidence: the quote and where its parts stand in it.

    `quote` is the sentence, an exact substring of the passage at `quote_start`; the spans of
    subject, object and trigger are in passage offsets and lie inside the quote.
    """

    language: Language
    passage: str
    sentence: str
    quote: str
    quote_start: int
    relation: str
    subject: Span
    object: Span
    trigger: Span | None
    rule: str
    polarity: Polarity
    certainty: Certainty
    cues: tuple[Cue, ...] = ()
    confidence: float = 1.0
    context: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim without its sources: what it means, and nothing else; identified by its content."""

    subject: str
    predicate: Predicate
    object: str
    aspect: Aspect | None = None
    sign: Sign | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one document says of one statement, in renditions that translate each other.

    `id` is unique in its document. `conflicts` names what the languages differ in, where
    `agreement` is conflict. `resolved_sign` is, for `restores`, the direction that follows from
    the perturbation that the same document reports, and `perturbed_by` are the concepts that
    brought that about.
    """

    id: str
    statement: str
    document: str
    polarity: Polarity
    certainty: Certainty
    agreement: Agreement
    renditions: tuple[Rendition, ...]
    section: Section | None = None
    context: tuple[Circumstance, ...] = ()
    derived: str | None = None
    confidence: float = 1.0
    conflicts: tuple[ConflictKind, ...] = ()
    resolved_sign: Sign | None = None
    perturbed_by: tuple[str, ...] = ()


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the graph that a node breaks: which check, how bad, where, and what to do."""

    check: str
    severity: Severity
    entity: str
    property: str = ""
    value: str = ""
    message: str = ""
    message_zh: str = ""

    def message_in(self, language: Language) -> str:
        """The message in a language; in English where there is none in it."""
        return self.message_zh or self.message if language == "zh" else self.message
