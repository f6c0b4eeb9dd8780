"""Statements in the terms of the Biolink model: categories, predicates, qualifiers, prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.export.values import Standing
from kg.model import Aspect, MentionType, Predicate, Sign
from kg.vocab import BIOLINK, BIOLINK_CLASSES

CATEGORIES: dict[MentionType, str] = {
    kind: f"biolink:{iri.value.removeprefix(BIOLINK.base)}" for kind, iri in BIOLINK_CLASSES.items()
}
CATEGORY = "biolink:Association"
AGENT = "text_mining_agent"
SOURCE = "infores:parallax"
# The Biolink model takes any use against a disease, and not only an approved one, as the broad
# predicate; what a document says of a treatment is no more than that.
_PREDICATES: dict[Predicate, str] = {
    "increases": "biolink:affects",
    "decreases": "biolink:affects",
    "restores": "biolink:affects",
    "affects": "biolink:affects",
    "treats": "biolink:treats_or_applied_or_studied_to_treat",
    "causes": "biolink:causes",
    "associated_with": "biolink:associated_with",
    "binds": "biolink:binds",
}
_CORRELATED: dict[Sign, str] = {
    "+": "biolink:positively_correlated_with",
    "-": "biolink:negatively_correlated_with",
}
_ASPECTS: dict[Aspect, str] = {
    "expression": "expression",
    "activity": "activity",
    "level": "abundance",
}
_DIRECTIONS: dict[Sign, str] = {"+": "increased", "-": "decreased"}
_LEVELS: dict[Standing, str] = {
    "plain": "knowledge_assertion",
    "denied": "knowledge_assertion",
    "derived": "logical_entailment",
    "disputed": "not_provided",
    "hypothesized": "prediction",
    "retracted": "not_provided",
}
_PREFIXES = {
    "mesh": "MESH", "pubmed": "PMID", "pmc": "PMC", "uniprot": "UniProtKB", "drugbank": "DRUGBANK",
    "umls": "UMLS", "omim": "OMIM", "ensembl": "ENSEMBL", "ORPHA": "orphanet",
    "pubchem.compound": "PUBCHEM.COMPOUND", "chembl.compound": "CHEMBL.COMPOUND", "unii": "UNII",
    "cas": "CAS", "kegg": "KEGG", "hmdb": "HMDB", "snomedct": "SNOMEDCT", "icd10": "ICD10",
    "wikidata": "WIKIDATA", "doi": "DOI",
}  # fmt: skip


@lru_cache(1 << 16)
def biolink_curie(curie: str) -> str:
    """A CURIE with the prefix that the Biolink model writes.

    >>> biolink_curie("mesh:D016559"), biolink_curie("pubmed:1"), biolink_curie("GO:1")
    ('MESH:D016559', 'PMID:1', 'GO:1')
    """
    prefix, colon, local = curie.partition(":")
    return f"{_PREFIXES.get(prefix, prefix)}{colon}{local}"


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate of the Biolink model with the qualifiers that make it as narrow as ours."""

    predicate: str
    qualified_predicate: str = ""
    object_aspect_qualifier: str = ""
    object_direction_qualifier: str = ""


@cache
def relation(predicate: Predicate, sign: Sign | None, aspect: Aspect | None) -> Relation:
    """What our predicate is there; an association with a sign is a correlation.

    >>> relation("decreases", "-", "expression").object_direction_qualifier
    'decreased'
    """
    name = _PREDICATES[predicate]
    if predicate == "associated_with" and sign:
        return Relation(_CORRELATED[sign])
    if name != "biolink:affects":
        return Relation(name)
    known = _ASPECTS.get(aspect, "") if aspect else ""
    if not sign:
        return Relation(name, object_aspect_qualifier=known)
    return Relation(name, "biolink:causes", known or "activity_or_abundance", _DIRECTIONS[sign])


def knowledge_level(standing: Standing) -> str:
    """How the knowledge of an edge was come by; a hypothesis is a prediction."""
    return _LEVELS[standing]
