"""RDF: from values to quads, one function for each kind of graph; no blank nodes, no I/O."""

from kg.rdf.documents import document_quads
from kg.rdf.statements import PairEntry, label_of, pair_quads
from kg.rdf.terminology import Concept, Terminology, concept_quads

__all__ = [
    "Concept",
    "PairEntry",
    "Terminology",
    "concept_quads",
    "document_quads",
    "label_of",
    "pair_quads",
]
