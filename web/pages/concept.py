"""The page of a concept: its names, what it does, what acts on it, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import vocab
from kg.errors import NotFoundError
from kg.model import PREDICATES
from kg.terms import IRI
from web.pages.claims import load_claims, load_documents
from web.pages.numbers import QuantityView, load_quantities
from web.pages.reader import Reader, curie_of, first, iri_of
from web.pages.values import Claim, ConceptRef, DocumentRef, Identifier
from web.resolvers import page_of

SHOWN = 12
SHOWN_ALL = 2000
DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of a concept."""

    text: str
    language: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class PredicateGroup:
    """Claims of one predicate, the strongest first; `total` counts also those not shown."""

    predicate: str
    total: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ConceptCounts:
    """In how many claims and documents a concept stands, and how often."""

    statements: int
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """What the page of a concept knows."""

    concept: ConceptRef
    iri: str
    names: tuple[NameEntry, ...]
    identifiers: tuple[Identifier, ...]
    counts: ConceptCounts
    acts_on: tuple[PredicateGroup, ...] = ()
    acted_on_by: tuple[PredicateGroup, ...] = ()
    mediates: tuple[Claim, ...] = ()
    quantities: tuple[QuantityView, ...] = ()
    documents: tuple[DocumentRef, ...] = field(default=())

    def claims(self) -> tuple[Claim, ...]:
        """All claims shown on the page, each once."""
        groups = [*self.acts_on, *self.acted_on_by]
        return tuple(
            dict.fromkeys([c for group in groups for c in group.claims] + [*self.mediates])
        )


def load_concept_page(reader: Reader, curie: str, *, everything: bool = False) -> ConceptPage:
    """The page of the concept with that CURIE.

    Raises
    ------
    NotFoundError
        where the graph neither names nor mentions it.
    """
    iri = iri_of(curie)
    if iri is None:
        raise NotFoundError(
            "no such concept in the graph", where=curie, remedy="search for its name"
        )
    names = tuple(
        NameEntry(row.text("name"), row.language("name") or "en", row.text("role") == "label")
        for row in reader.rows("concept_names", concept=iri)
    )
    mentions = [
        (row.text("document"), row.integer("mentions"))
        for row in reader.rows("concept_documents", concept=iri)
    ]
    if not names and not mentions:
        raise NotFoundError(
            "no such concept in the graph", where=curie, remedy="search for its name"
        )
    counts = [
        (row.text("role"), row.text("predicate"), row.integer("count"))
        for row in reader.rows("concept_counts", concept=iri)
    ]
    limit = SHOWN_ALL if everything else SHOWN
    mediated = [
        r.text("statement") for r in reader.rows("concept_as_mediator", concept=iri, limit=limit)
    ]
    quantities = [
        row.text("quantity") for row in reader.rows("concept_quantities", concept=iri, limit=100)
    ]
    documents = first(mentions, SHOWN_ALL if everything else DOCUMENTS)
    known = load_documents(reader, (document for document, _ in documents))
    shown = {
        (role, predicate): [
            row.text("statement")
            for row in reader.rows(
                f"concept_as_{role}", limit=limit, concept=iri, predicate=IRI(predicate)
            )
        ]
        for role, predicate, _ in counts
        if role != "via"
    }
    wanted = [name for names_ in (*shown.values(), mediated) for name in names_]
    claims = {vocab.statement_iri(c.id).value: c for c in load_claims(reader, wanted)}
    groups = {
        role: tuple(
            PredicateGroup(
                vocab.snake(predicate.rpartition("#")[2]),
                count,
                tuple(claims[name] for name in shown[role, predicate]),
            )
            for found, predicate, count in sorted(counts, key=_reading_order)
            if found == role
        )
        for role in ("subject", "object")
    }
    return ConceptPage(
        concept=reader.concept(iri.value),
        iri=iri.value,
        names=tuple(sorted(names, key=lambda name: (not name.preferred, name.text.casefold()))),
        identifiers=_identifiers(reader, iri.value),
        counts=ConceptCounts(
            sum(n for role, _, n in counts if role != "via"),
            len(mentions),
            sum(n for _, n in mentions),
        ),
        acts_on=groups["subject"],
        acted_on_by=groups["object"],
        mediates=tuple(claims[name] for name in mediated),
        quantities=load_quantities(reader, quantities),
        documents=tuple(known[document] for document, _ in documents if document in known),
    )


def _reading_order(count: tuple[str, str, int]) -> int:
    name = vocab.snake(count[1].rpartition("#")[2])
    return [*PREDICATES, name].index(name)


def _identifiers(reader: Reader, iri: str) -> tuple[Identifier, ...]:
    others: Iterable[str] = (
        row.text("match") for row in reader.rows("concept_matches", concept=IRI(iri))
    )
    curies = dict.fromkeys(map(curie_of, [iri, *others]))
    return tuple(Identifier(curie, page_of(curie)) for curie in curies)
