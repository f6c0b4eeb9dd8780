"""What OBO, OBO graphs and OWL share: types of terms, scopes of synonyms, kinds of mapping."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.model import MentionType
from kg.terminology.branches import branch_type, untyped_roots
from kg.terminology.checking import fault_of
from kg.terminology.identifiers import curie as known_curie
from kg.terminology.importing.given import Given
from kg.terminology.rows import Hierarchy, Scope, SkippedRow

NO_NAME = "a formula or structure in place of a name"
NOT_OURS = "an upper level, modifier or function, which is no term"

_SCOPES: dict[str, Scope] = {
    "EXACT": "exact", "RELATED": "related", "NARROW": "narrow", "BROAD": "broad",
}  # fmt: skip
# Synonym types whose texts are short forms; OMO:0003000 and OMO:0003012 are those of the OBO
# metadata ontology.
_SHORT = re.compile(r"abbreviation|acronym|OMO[:_](0003000|0003012)", re.IGNORECASE)
# Synonym types of ChEBI whose texts are no names.
_NO_NAMES = re.compile(r"(^|[/#:])(FORMULA|SMILES|InChI(Key)?)$", re.IGNORECASE)
# What MONDO says of a cross-reference in its `source` modifier.
_QUALIFIED = {
    "MONDO:equivalentTo": "skos:exactMatch",
    "MONDO:mondoIsNarrowerThanSource": "skos:broadMatch",
    "MONDO:mondoIsBroaderThanSource": "skos:narrowMatch",
    "MONDO:relatedTo": "skos:relatedMatch",
    "MONDO:directSiblingOf": "skos:relatedMatch",
}


# Properties that lead from an obsolete term to the one in its place.
REPLACED_BY = frozenset({"http://purl.obolibrary.org/obo/IAO_0100001", "IAO:0100001"})
_SKOS = ("http://www.w3.org/2004/02/skos/core#", "skos:", "")
_MATCHES = {
    f"{start}{name}Match": f"skos:{name}Match"
    for start in _SKOS
    for name in ("exact", "close", "broad", "narrow", "related")
}
# FamPlex writes part_of as a tag of its own; OBO graphs write IRIs.
_PARENTS: dict[str, Hierarchy] = {
    "is_a": "is_a", "part_of": "part_of", "partof": "part_of", "BFO:0000050": "part_of",
    "http://purl.obolibrary.org/obo/BFO_0000050": "part_of",
    "http://www.w3.org/2000/01/rdf-schema#subClassOf": "is_a",
    "http://www.w3.org/2004/02/skos/core#broader": "is_a",
}  # fmt: skip


def match_of(predicate: str) -> str | None:
    """The SKOS mapping that a property is, by its IRI or short name; or None.

    >>> match_of("exactMatch"), match_of("http://www.w3.org/2004/02/skos/core#broadMatch")
    ('skos:exactMatch', 'skos:broadMatch')
    """
    return _MATCHES.get(predicate)


def parent_relation(relation: str) -> Hierarchy | None:
    """How the object of a relation stands above its subject; None where it does not.

    >>> parent_relation("BFO:0000050"), parent_relation("develops_from")
    ('part_of', None)
    """
    return _PARENTS.get(relation)


def curie_of(written: str) -> str:
    """The CURIE of an identifier or IRI; what is none that we know stays as it is.

    >>> curie_of("MSH:D016559"), curie_of("FMA:7101")
    ('mesh:D016559', 'FMA:7101')
    """
    return known_curie(written) or written.strip()


def scope_of(scope: str, kind: str) -> Scope | None:
    """The scope of a synonym by its OBO scope and type; None where it is no name.

    >>> scope_of("EXACT", ""), scope_of("EXACT", "ABBREVIATION"), scope_of("RELATED", "FORMULA")
    ('exact', 'abbreviation', None)
    """
    if _NO_NAMES.search(kind):
        return None
    return "abbreviation" if _SHORT.search(kind) else _SCOPES.get(scope, "related")


def qualified_predicate(qualifiers: str) -> str:
    """The kind of mapping that a cross-reference is, by what is said of it.

    >>> qualified_predicate('source="MONDO:equivalentTo"'), qualified_predicate("")
    ('skos:exactMatch', 'skos:closeMatch')
    """
    found = (match for word, match in _QUALIFIED.items() if word in qualifiers)
    return next(found, "skos:closeMatch")


def is_known(curie: str) -> bool:
    """Whether the vocabulary has branches that are no terms of ours."""
    return bool(untyped_roots(curie.partition(":")[0]))


def outside_of(parents: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The concepts below the branches that are no terms of ours, from (child, parent) pairs."""
    children: dict[str, list[str]] = defaultdict(list)
    for child, parent in parents:
        children[parent].append(child)
    reached: set[str] = set()
    waiting = [
        concept for concept in children if concept in untyped_roots(concept.partition(":")[0])
    ]
    while waiting:
        concept = waiting.pop()
        if concept not in reached:
            reached.add(concept)
            waiting.extend(children.get(concept, ()))
    return frozenset(reached)


def concept_type(
    curie: str, namespace: str, outside: frozenset[str], given: Given
) -> MentionType | SkippedRow | None:
    """The type of a term: by its vocabulary and namespace, else the one given; or why not used."""
    reason = fault_of(curie)
    if reason is not None:
        return SkippedRow(curie, reason)
    if curie in outside:
        return SkippedRow(curie, NOT_OURS)
    known, kind = branch_type(curie.partition(":")[0], f"={curie}", curie, namespace)
    if known and kind is None:
        return SkippedRow(curie, NOT_OURS)
    return kind or given.type
