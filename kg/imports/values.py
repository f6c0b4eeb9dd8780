"""What readers of knowledge bases give: edges, mappings and what is left out, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from kg.errors import InputError, KgError
from kg.model import Agreement, Aspect, Certainty, Language, MentionType, Polarity, Predicate, Sign

Names = tuple[tuple[Language, str], ...]


@dataclass(frozen=True, slots=True)
class End:
    """An end of an edge as a source has it: its identifier as written, names and type.

    `type` is None where the source tells none of ours; then that of the terminology counts.
    """

    written: str
    names: Names = ()
    type: MentionType | None = None


@dataclass(frozen=True, slots=True)
class SourceEdge:
    """One edge of a source, its relation in our terms and its ends not looked up yet.

    `record` names the record in the source, `address` is where people read it (an IRI, or empty),
    `publications` are identifiers or IRIs that the record cites, `quotes` words that it gives as
    its reason. `original` is the relation as the source calls it; `primary` the knowledge source
    that first asserted it. `agreement` is told only by a source that compared two languages.
    """

    subject: End
    predicate: Predicate
    object: End
    where: str
    original: str
    aspect: Aspect | None = None
    sign: Sign | None = None
    via: tuple[End, ...] = ()
    polarity: Polarity = "positive"
    certainty: Certainty = "asserted"
    derived: str | None = None
    agreement: Agreement | None = None
    record: str = ""
    address: str = ""
    publications: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    primary: str = ""
    knowledge_level: str = ""
    agent_type: str = ""
    confidence: float = 1.0
    statement: str = ""  # the id of our own statement, in what we exported ourselves


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """One mapping of a source: a SKOS property between two identifiers as written."""

    subject: str
    predicate: str
    object: str
    where: str
    justification: str = ""
    confidence: float | None = None
    subject_label: str = ""
    object_label: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a source says that we have no word for: counted by its reason, no fault of the file."""

    reason: str


Item: TypeAlias = "SourceEdge | SourceMapping | LeftOut | KgError"


@dataclass(frozen=True, slots=True)
class Source:
    """A knowledge source: its short name, and what is known of it.

    Examples
    --------
    >>> source = Source("my-edges").completed(Source("", title="My edges", version="2"))
    >>> source.title, source.version, source.infores
    ('My edges', '2', 'infores:my-edges')
    """

    name: str
    title: str = ""
    version: str = ""
    licence: str = ""
    iri: str = ""
    infores: str = ""
    knowledge_level: str = ""
    agent_type: str = ""

    def completed(self, other: Source) -> Source:
        """The source with what another description of it adds; its own words count first."""
        empty = {
            name: getattr(other, name) for name in ("name", *_FIELDS) if not getattr(self, name)
        }
        made = replace(self, **empty)
        return replace(
            made,
            title=made.title or made.name,
            infores=made.infores or f"infores:{made.name}",
        )


_FIELDS = ("title", "version", "licence", "iri", "infores", "knowledge_level", "agent_type")


@dataclass(slots=True)
class SourceReport:
    """What loading a source did; `left_out` counts what we have no word for, by reason."""

    source: str
    edges: int = 0
    mappings: int = 0
    statements: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    failed: list[tuple[str, KgError]] = field(default_factory=list)
    concepts: set[str] = field(default_factory=set)

    @property
    def changed(self) -> bool:
        """Whether the graph is another than before."""
        return any(self.parts.get(name) for name in ("added", "replaced", "removed"))


def bad_row(what: str, where: str, remedy: str) -> InputError:
    """The error of one row, which a reader yields in its place."""
    return InputError(what, where=where, remedy=remedy)
