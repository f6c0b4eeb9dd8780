"""Statements in the terms of the Biolink model: categories, predicates, qualifiers, prefixes."""

from __future__ import annotations

from kg.export.values import Edge, Standing
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


def biolink_curie(curie: str) -> str:
    """A CURIE with the prefix that the Biolink model writes.

    >>> biolink_curie("mesh:D016559"), biolink_curie("pubmed:1"), biolink_curie("GO:1")
    ('MESH:D016559', 'PMID:1', 'GO:1')
    """
    prefix, colon, local = curie.partition(":")
    return f"{_PREFIXES.get(prefix, prefix)}{colon}{local}"


def biolink_predicate(edge: Edge) -> str:
    """The predicate of an edge; an association with a sign is a correlation."""
    if edge.predicate == "associated_with" and edge.sign:
        return _CORRELATED[edge.sign]
    return _PREDICATES[edge.predicate]


def qualifiers(edge: Edge) -> dict[str, str]:
    """The qualifiers of an edge that affects its object."""
    found: dict[str, str] = {}
    if _PREDICATES[edge.predicate] == "biolink:affects":
        if edge.sign:
            found["qualified_predicate"] = "biolink:causes"
            found["object_direction_qualifier"] = _DIRECTIONS[edge.sign]
        aspect = _ASPECTS.get(edge.aspect) if edge.aspect else None
        if aspect or edge.sign:
            found["object_aspect_qualifier"] = aspect or "activity_or_abundance"
    return found


def knowledge_level(standing: Standing) -> str:
    """How the knowledge of an edge was come by; a hypothesis is a prediction."""
    return _LEVELS[standing]
