"""The small things that pages are made of, the same in both interface languages.

Pages hold names in both languages and the templates pick; so the JSON of a page does not depend
on the language of the interface.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from kg.model import Language

Mode = Literal["asserted", "hypothesized", "denied", "retracted", "rejected"]


@dataclass(frozen=True, slots=True)
class Names:
    """A name in each language, where there is one.

    >>> Names(zh="他克莫司").best("en", "mesh:D016559")
    '他克莫司'
    """

    en: str | None = None
    zh: str | None = None

    def get(self, language: Language) -> str | None:
        """The name in that language."""
        return self.en if language == "en" else self.zh

    def best(self, language: Language, fallback: str) -> str:
        """The name in that language, else in the other, else the fallback."""
        return self.get(language) or self.en or self.zh or fallback

    def other(self, language: Language) -> str | None:
        """The name in the other language, where it is not the one shown first."""
        first, second = self.best(language, ""), self.zh if language == "en" else self.en
        return second if second and second != first else None


@dataclass(frozen=True, slots=True)
class ConceptRef:
    """A concept as other pages name it: CURIE, semantic type, names."""

    id: str
    type: str | None = None
    name: Names = Names()


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as other pages name it."""

    id: str
    title: Names = Names()
    year: int | None = None
    journal: str | None = None
    sentences: int | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A public identifier and the address at which people read about it."""

    curie: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with what the graph believes of it; `sources` are knowledge sources for it."""

    id: str
    subject: ConceptRef
    predicate: str
    object: ConceptRef
    aspect: str | None = None
    sign: str | None = None
    resolved_sign: str | None = None
    via: tuple[ConceptRef, ...] = ()
    status: Mode = "asserted"
    belief: float = 0.0
    supporting: int = 0
    opposing: int = 0
    hypothesizing: int = 0
    cross_lingual: str = "monolingual"
    derived: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordView:
    """What a record of a knowledge source says of a claim, with what it cites."""

    source: str
    title: str
    polarity: str
    certainty: str
    record: str
    address: str
    original: str
    primary: str
    knowledge_level: str
    agent_type: str
    publications: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a quote or sentence, in its own offsets, and what it is there."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class RenditionView:
    """One language's sentence for a claim, with its parts marked."""

    language: Language
    sentence: str
    quote: str
    marks: tuple[Mark, ...]
    rule: str
    polarity: str
    certainty: str
    confidence: float
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CircumstanceView:
    """A circumstance of an evidence: a concept, a value, or else its own words.

    It is `stated` where the clause tells it; else `sentence` is where the document does.
    """

    kind: str
    concept: ConceptRef | None
    value: str | None
    words: str
    stated: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What one document says of a claim, in the languages in which it says it."""

    id: str
    statement: str
    document: DocumentRef
    polarity: str
    certainty: str
    agreement: str
    confidence: float
    section: str | None = None
    derived: str | None = None
    context: tuple[CircumstanceView, ...] = ()
    renditions: tuple[RenditionView, ...] = ()

    def rendition(self, language: Language) -> RenditionView | None:
        """The rendition in that language, where there is one."""
        return next((r for r in self.renditions if r.language == language), None)


def to_json(value: Any) -> Any:
    """The JSON form of a page or of a part of it: objects, lists and plain values.

    >>> to_json(Names(en="tacrolimus"))
    {'en': 'tacrolimus', 'zh': None}
    """
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value
