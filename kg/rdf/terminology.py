"""The concepts: names in both languages, types and other identifiers.

What a concept is called, and what it is a kind of, comes from the terminology; a concept that the
terminology does not know (a local one, or one of an imported list) is named by the words with which
documents mention it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kg.model import MENTION_TYPES, Language, MentionType
from kg.rdf.values import Node
from kg.terms import IRI, Quad
from kg.vocab import (
    BIOLINK_CLASSES,
    DCTERMS,
    RDF,
    SKOS,
    TERMINOLOGY_GRAPH,
    concept_iri,
    type_iri,
)
from ontologies.files import prefixes


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its type, one label in each language that has one, and its other names.

    `synonyms` and `hidden` (names that are broader, narrower or related, for search only) pair a
    language with a name; `mappings` pairs a SKOS property with a CURIE. `parents` are the concepts
    of which this is a kind.
    """

    curie: str
    type: MentionType
    labels: tuple[tuple[Language, str], ...]
    synonyms: tuple[tuple[Language, str], ...] = ()
    hidden: tuple[tuple[Language, str], ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()
    parents: tuple[str, ...] = ()
    definitions: tuple[tuple[Language, str], ...] = ()


class Terminology(Protocol):
    """Concepts by CURIE: a list of terms (`TermList`) or a compiled terminology.

    Nothing that is above a concept leads back to it.
    """

    def concept(self, curie: str) -> Concept | None:
        """The concept of a CURIE; None where the terminology does not have it."""

    def own_curie(self, curie: str) -> str:
        """The CURIE by which the concept of an identifier goes; the same where none has it."""


def mentioned_concept(
    curie: str, names: Iterable[tuple[Language, str]], types: Iterable[MentionType]
) -> Concept:
    """A concept that only documents know, named by the fullest words with which they mention it.

    The label is the longest name, of equals the one in lower case; which document came first plays
    no part, nor how many use a name, so that a document is added or removed without reading others.
    """
    labels: dict[Language, str] = {}
    synonyms: list[tuple[Language, str]] = []
    for language, name in sorted(names, key=_fullest_first):
        if labels.setdefault(language, name) != name:
            synonyms.append((language, name))
    kind = min(types, key=MENTION_TYPES.index)
    return Concept(curie, kind, tuple(sorted(labels.items())), tuple(sorted(synonyms)))


def _fullest_first(name: tuple[Language, str]) -> tuple[int, str, str]:
    return -len(name[1]), name[1].casefold(), name[1].swapcase()


def concept_quads(concept: Concept) -> tuple[Quad, ...]:
    """The quads of one concept in the terminology graph, in a fixed order."""
    quads: list[Quad] = []
    node = Node(concept_iri(concept.curie), TERMINOLOGY_GRAPH, quads)
    node.add(RDF.type, SKOS.Concept).add(RDF.type, type_iri(concept.type))
    node.add(RDF.type, BIOLINK_CLASSES[concept.type]).add(DCTERMS.identifier, concept.curie)
    node.add(SKOS.inScheme, IRI(prefixes()[concept.curie.partition(":")[0]]))
    for property_, names in (
        (SKOS.prefLabel, concept.labels),
        (SKOS.altLabel, concept.synonyms),
        (SKOS.hiddenLabel, concept.hidden),
    ):
        for language, name in names:
            node.add_text(property_, name, language)
    for predicate, other in concept.mappings:
        node.add(SKOS[predicate.removeprefix("skos:")], concept_iri(other))
    node.add_all(SKOS.broader, map(concept_iri, concept.parents))
    for language, words in concept.definitions:
        node.add_text(SKOS.definition, words, language)
    return tuple(quads)
