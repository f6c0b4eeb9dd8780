"""The words of Parallax: vocabulary, shapes, prefixes, terminology and mappings.

>>> len(TERM_TYPES), prefixes()["plxc"]
(7, 'https://w3id.org/parallax/concept/')
"""

from ontologies.files import TermFileError, context, ontology_path, prefixes, shapes_path
from ontologies.mappings import Mapping, load_mappings
from ontologies.terms import TERM_TYPES, TermRow, load_terms

__all__ = [
    "TERM_TYPES",
    "Mapping",
    "TermFileError",
    "TermRow",
    "context",
    "load_mappings",
    "load_terms",
    "ontology_path",
    "prefixes",
    "shapes_path",
]
