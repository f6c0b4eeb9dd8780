"""The concepts: names in both languages, types and other identifiers.

What a concept is called comes from the terminology; a concept that the terminology does not know (a
local one, or one of an imported list) is named by the words with which documents mention it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType
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
from ontologies.mappings import load_mappings
from ontologies.terms import TermRow, load_terms


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its type, one label in each language that has one, and its other names.

    `synonyms` and `hidden` (names that are broader, narrower or related, for search only) pair a
    language with a name; `mappings` pairs a SKOS property with a CURIE.
    """

    curie: str
    type: MentionType
    labels: tuple[tuple[Language, str], ...]
    synonyms: tuple[tuple[Language, str], ...] = ()
    hidden: tuple[tuple[Language, str], ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()


class Terminology:
    """The concepts of a term list, looked up by CURIE.

    Examples
    --------
    >>> dict(Terminology.default().concept("mesh:D016559").labels)["zh"]
    '他克莫司'
    """

    def __init__(
        self,
        rows: Iterable[TermRow],
        mappings: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._rows: dict[str, list[TermRow]] = {}
        for row in rows:
            self._rows.setdefault(row.curie, []).append(row)
        self._mappings: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, object_ in mappings:
            self._mappings.setdefault(subject, []).append((predicate, object_))

    @staticmethod
    @cache
    def default() -> Terminology:
        """The terminology that is delivered, read once."""
        mappings = ((m.subject_id, m.predicate_id, m.object_id) for m in load_mappings())
        return Terminology(load_terms(), mappings)

    def concept(self, curie: str) -> Concept | None:
        """The concept of a CURIE; None where the terminology does not have it."""
        rows = self._rows.get(curie)
        if rows is None:
            return None
        labels: dict[Language, str] = {}
        synonyms: list[tuple[Language, str]] = []
        hidden: list[tuple[Language, str]] = []
        for row in rows:
            for language in LANGUAGES:
                if row.lang not in (language, "mul"):
                    continue
                if row.scope == "label":
                    labels.setdefault(language, row.text)
                elif row.scope in ("exact", "abbreviation"):
                    synonyms.append((language, row.text))
                else:
                    hidden.append((language, row.text))
        return Concept(
            curie,
            rows[0].type,
            tuple(sorted(labels.items())),
            tuple(sorted(set(synonyms))),
            tuple(sorted(set(hidden))),
            tuple(sorted(set(self._mappings.get(curie, [])))),
        )


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
    return tuple(quads)
