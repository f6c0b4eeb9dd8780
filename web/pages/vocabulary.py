"""The pages of the vocabulary: all of its terms, and one term with its use in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from kg.errors import CurieError, NotFoundError
from kg.model import MENTION_TYPES
from kg.ontology import ontology_quads
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad, Triple
from kg.vocab import (
    DOCUMENT_BASE,
    ONTOLOGY_GRAPH,
    PLX,
    RDF,
    STATEMENT_BASE,
    document_of,
    part_of,
    statement_of,
)
from kg.vocabulary.documentation import preamble, short
from kg.vocabulary.reading import (
    KINDS,
    VOCABULARY,
    VocabularyTerm,
    find_term,
    read_about,
    read_terms,
)
from web.pages.reader import Reader
from web.pages.values import ConceptRef, Names

SHOWN = 6
_QUERY = """SELECT ?subject ?object
WHERE {{
  GRAPH ?graph {{ ?subject {term} ?object }}
  FILTER(?graph != {ontology})
}}
LIMIT 20"""


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term as lists name it: one of ours by its name, another by its CURIE and address."""

    text: str
    iri: str
    name: str = ""
    label: Names = field(default_factory=Names)


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with all that the vocabulary tells of it."""

    name: str
    iri: str
    kind: str
    label: Names
    definition: Names
    note: Names
    example: str
    symmetric: bool
    above: tuple[TermRef, ...]
    below: tuple[TermRef, ...]
    domain: tuple[TermRef, ...]
    range: tuple[TermRef, ...]
    mappings: tuple[tuple[str, TermRef], ...]


@dataclass(frozen=True, slots=True)
class NodeView:
    """One end of a triple: a concept, a thing with a page of its own, or words."""

    text: str
    concept: ConceptRef | None = None
    page: str = ""
    id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class UseView:
    """A triple of the graph in which the term is used."""

    subject: NodeView
    object: NodeView


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """What the page of the vocabulary knows; groups are by kind."""

    iri: str
    version: str
    version_iri: str
    issued: str
    licence: str
    creators: Names
    groups: tuple[tuple[str, tuple[TermView, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermPage:
    """What the page of a term knows."""

    term: TermView
    preamble: str
    count: int
    uses: tuple[UseView, ...]
    sparql: str


def load_vocabulary_page() -> VocabularyPage:
    """All terms, by kind, in the order of the file."""
    about = read_about()
    terms = read_terms()
    return VocabularyPage(
        VOCABULARY.value, about.version, about.version_iri, about.issued, about.licence,
        _names(about.creators),
        tuple((kind, tuple(_view(t) for t in terms if t.kind == kind)) for kind in KINDS),
    )  # fmt: skip


def load_term_page(reader: Reader, name: str) -> TermPage:
    """A term, and the first triples of the graph that use it.

    Raises
    ------
    NotFoundError
        where the vocabulary has no such term.
    """
    term = find_term(name)
    if term is None:
        raise NotFoundError(
            "no such term in the vocabulary", where=name[:60], remedy="see the list at /vocab"
        )
    iri = IRI(term.iri)
    uses = tuple(islice(_uses(reader.store, term), SHOWN))
    ends = [end for quad in uses for end in (quad.subject, quad.object)]
    concepts = reader.concepts(end.value for end in ends if isinstance(end, IRI))
    shown = f"a {short(iri.value)} ; ?predicate" if term.kind == "class" else short(iri.value)
    return TermPage(
        _view(term),
        preamble(),
        _count(reader.store, term),
        tuple(
            UseView(_node(quad.subject, concepts), _node(quad.object, concepts)) for quad in uses
        ),
        _QUERY.format(term=shown, ontology=ONTOLOGY_GRAPH),
    )


def describe_vocabulary() -> Iterator[Triple]:
    """The vocabulary as triples."""
    for quad in ontology_quads():
        yield quad.triple


def describe_term(name: str) -> Iterator[Triple]:
    """What the vocabulary tells of one term, and of itself."""
    for quad in ontology_quads():
        if quad.subject in (IRI(PLX.base + name), VOCABULARY):
            yield quad.triple


def _uses(store: Store, term: VocabularyTerm) -> Iterator[Quad]:
    iri = IRI(term.iri)
    found = store.quads(None, RDF.type, iri) if term.kind == "class" else store.quads(predicate=iri)
    return (quad for quad in found if quad.graph_name != ONTOLOGY_GRAPH)


def _count(store: Store, term: VocabularyTerm) -> int:
    pattern = f"{RDF.type} <{term.iri}>" if term.kind == "class" else f"<{term.iri}> ?object"
    query = f"SELECT (COUNT(*) AS ?count) {{ GRAPH ?graph {{ ?subject {pattern} }} }}"
    for row in store.select(query):
        count = row["count"]
        if isinstance(count, Literal):
            inside = sum(1 for quad in ontology_quads() if quad.predicate.value == term.iri)
            return int(count.value) - inside
    return 0


def _node(term: object, concepts: dict[str, ConceptRef]) -> NodeView:
    if isinstance(term, Literal):
        return NodeView(term.value, language=term.language or "")
    if not isinstance(term, IRI):
        return NodeView(str(term))
    iri = term.value
    if iri.startswith(STATEMENT_BASE):
        return NodeView(statement_of(iri), page="statement", id=statement_of(iri))
    if iri.startswith(DOCUMENT_BASE):
        part = part_of(iri)
        try:
            document = document_of(iri)
        except CurieError:  # no id in it
            return NodeView(iri)
        return NodeView(f"{document}#{part}" if part else document, page="document", id=document)
    if iri.startswith(PLX.base):
        return NodeView(short(iri), page="term", id=iri.removeprefix(PLX.base))
    known = concepts.get(iri)
    if known is not None and known.type in MENTION_TYPES:
        return NodeView(known.id, known)
    return NodeView(short(iri))


def _view(term: VocabularyTerm) -> TermView:
    return TermView(
        term.name, term.iri, term.kind, _names(term.labels), _names(term.definitions),
        _names(term.notes), term.example, term.symmetric, _refs(term.above),
        _refs(PLX.base + name for name in term.below), _refs(term.domain), _refs(term.range),
        tuple((way, _ref(iri)) for way, iri in term.mappings),
    )  # fmt: skip


def _refs(iris: Iterable[str]) -> tuple[TermRef, ...]:
    return tuple(map(_ref, iris))


def _ref(iri: str) -> TermRef:
    name = iri.removeprefix(PLX.base) if iri.startswith(PLX.base) else ""
    term = find_term(name) if name else None
    return TermRef(short(iri), iri, name if term else "", _names(term.labels) if term else Names())


def _names(texts: Iterable[tuple[str, str]]) -> Names:
    found = dict(texts)
    return Names(found.get("en"), found.get("zh"))
