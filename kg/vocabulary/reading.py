"""The terms of ``ontologies/parallax.ttl`` as values, as pages and documentation show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal as Choice
from typing import cast

from kg.model import Language
from kg.ontology import ontology_quads
from kg.terms import IRI, Literal, Term
from kg.vocab import PLX, RDF, RDFS, SKOS

Kind = Choice["class", "relation", "link", "value"]
KINDS: tuple[Kind, ...] = ("class", "relation", "link", "value")
VOCABULARY = IRI(PLX.base[:-1])
EXAMPLE_BASE = "https://w3id.org/parallax/document/pubmed:900001"
MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")

Texts = tuple[tuple[Language, str], ...]


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A class or a predicate: what it is called, what it means, and what it goes with.

    A `relation` holds between concepts; a `link` leads to another node, a `value` to a literal.
    `above`, `domain`, `range` and `mappings` are IRIs; `below` are local names. The example is a
    line of Turtle.
    """

    name: str
    kind: Kind
    labels: Texts
    definitions: Texts
    notes: Texts
    example: str
    symmetric: bool
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    mappings: tuple[tuple[str, str], ...]

    @property
    def iri(self) -> str:
        """The IRI of the term."""
        return PLX.base + self.name

    def label(self, language: Language) -> str:
        """What it is called in a language."""
        return dict(self.labels)[language]

    def definition(self, language: Language) -> str:
        """What it means, in a language."""
        return dict(self.definitions)[language]

    def note(self, language: Language) -> str:
        """What to know when using it, in a language; empty where nothing is told."""
        return dict(self.notes).get(language, "")


@dataclass(frozen=True, slots=True)
class About:
    """What the vocabulary as a whole is."""

    titles: Texts
    creators: Texts
    version: str
    version_iri: str
    issued: str
    licence: str


@cache
def read_terms() -> tuple[VocabularyTerm, ...]:
    """All terms, in the order of the file."""
    nodes = _nodes()
    names = [iri.removeprefix(PLX.base) for iri in nodes if iri.startswith(PLX.base)]
    below: dict[str, list[str]] = {}
    for name in names:
        for one in _iris(nodes[PLX.base + name], RDFS.subClassOf, RDFS.subPropertyOf):
            below.setdefault(one, []).append(name)
    return tuple(_term(name, nodes[PLX.base + name], below) for name in names)


def find_term(name: str) -> VocabularyTerm | None:
    """The term of that local name."""
    return next((term for term in read_terms() if term.name == name), None)


@cache
def read_about() -> About:
    """What the file tells of the vocabulary itself."""
    values = _nodes()[VOCABULARY.value]
    by_name = {iri.rpartition("/")[2].rpartition("#")[2]: terms for iri, terms in values.items()}

    def one(name: str) -> str:
        return by_name[name][0].value

    return About(
        _texts(by_name["title"]), _texts(by_name["creator"]), one("versionInfo"),
        one("versionIRI"), one("issued"), one("license"),
    )  # fmt: skip


Values = dict[str, list[IRI | Literal]]


def _nodes() -> dict[str, Values]:
    nodes: dict[str, Values] = {}
    for quad in ontology_quads():
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal):
            values = nodes.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append(quad.object)
    return nodes


def _term(name: str, values: Values, below: dict[str, list[str]]) -> VocabularyTerm:
    types = {iri.rpartition("#")[2] for iri in _iris(values, RDF.type)}
    domain, range_ = _iris(values, RDFS.domain), _iris(values, RDFS.range)
    return VocabularyTerm(
        name=name,
        kind=_kind(types, domain, range_),
        labels=_texts(values.get(RDFS.label.value, ())),
        definitions=_texts(values.get(SKOS.definition.value, ())),
        notes=_texts(values.get(f"{SKOS.base}scopeNote", ())),
        example=next((term.value for term in values.get(f"{SKOS.base}example", ())), ""),
        symmetric="SymmetricProperty" in types,
        above=_iris(values, RDFS.subClassOf, RDFS.subPropertyOf),
        below=tuple(below.get(PLX.base + name, ())),
        domain=domain,
        range=range_,
        mappings=tuple(
            (f"skos:{way}", iri) for way in MAPPINGS for iri in _iris(values, SKOS.base + way)
        ),
    )


def _kind(types: set[str], domain: tuple[str, ...], range_: tuple[str, ...]) -> Kind:
    if "Class" in types:
        return "class"
    if "ObjectProperty" not in types:
        return "value"
    between = domain == range_ == (PLX.Concept.value,)
    return "relation" if between else "link"


def _iris(values: Values, *predicates: IRI | str) -> tuple[str, ...]:
    names = (p if isinstance(p, str) else p.value for p in predicates)
    return tuple(t.value for name in names for t in values.get(name, ()) if isinstance(t, IRI))


def _texts(terms: Iterable[Term]) -> Texts:
    found = (term for term in terms if isinstance(term, Literal) and term.language)
    return tuple((cast(Language, term.language), term.value) for term in found)
