"""What must be known of a whole RDF file before its rows can be told.

OWL says some things of single axioms (the type of a synonym, the weight of a cross-reference) and
of classes by blank nodes (part of what), which may stand anywhere in the file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.terminology.identifiers import curie as known_curie
from kg.terminology.importing.obo_terms import is_known
from kg.terminology.importing.rdf_syntax import triples
from kg.terms import IRI, BlankNode, Literal

_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_OWL = "http://www.w3.org/2002/07/owl#"
_OIO = "http://www.geneontology.org/formats/oboInOwl#"
_PART_OF = "http://purl.obolibrary.org/obo/BFO_0000050"
_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
_ON, _SOME = f"{_OWL}onProperty", f"{_OWL}someValuesFrom"
_SOURCE, _TARGET = f"{_OWL}annotatedSource", f"{_OWL}annotatedTarget"
_SYNONYM_TYPE, _QUALIFIER = f"{_OIO}hasSynonymType", f"{_OIO}source"
_AXIOM = {_SOURCE, _TARGET}
_OF_NODES = frozenset({_ON, _SOME, _SOURCE, _TARGET, _SYNONYM_TYPE, _QUALIFIER})


@dataclass(slots=True)
class Survey:
    """What holds of the whole file; only what is rare or short is held.

    Parameters
    ----------
    deprecated : IRIs of obsolete terms
    notations : code by IRI, of concepts whose IRI has no CURIE
    parents : (child, parent) IRIs, of vocabularies with branches that are no terms of ours
    parts : (part, whole) IRIs
    synonym_types : type of a synonym by IRI and text
    qualifiers : what is said of a cross-reference, by IRI and text
    """

    deprecated: set[str] = field(default_factory=set)
    notations: dict[str, str] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    synonym_types: dict[tuple[str, str], str] = field(default_factory=dict)
    qualifiers: dict[tuple[str, str], str] = field(default_factory=dict)


def survey(path: Path) -> Survey:
    """What holds of the whole of an RDF file.

    Raises
    ------
    InputError
        with file and line, where the syntax breaks or is not known.
    """
    found = Survey()
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    above: list[tuple[str, str]] = []
    last = ""
    for subject, predicate, value in triples(path):
        name = predicate.value
        if isinstance(subject, BlankNode):
            if subject.value != last:
                _drop_if_idle(nodes, last)
                last = subject.value
            if name in _OF_NODES and isinstance(value, IRI | Literal):
                nodes[last][name] = value.value
        elif isinstance(subject, IRI) and name == _SUBCLASS and isinstance(value, BlankNode):
            above.append((subject.value, value.value))
        elif isinstance(subject, IRI):
            _note(found, subject.value, name, value)
    for child, node in above:
        if nodes.get(node, {}).get(_ON) == _PART_OF and (whole := nodes[node].get(_SOME)):
            found.parts.append((child, whole))
    for values in nodes.values():
        _note_axiom(found, values)
    return found


def _drop_if_idle(nodes: dict[str, dict[str, str]], node: str) -> None:
    """Forget a node of which all has been read and nothing is needed, as is most of an ontology."""
    values = nodes.get(node, {})
    if values.keys() == _AXIOM or values.get(_ON, _PART_OF) != _PART_OF:
        del nodes[node]


def _note_axiom(found: Survey, values: dict[str, str]) -> None:
    place = (values.get(_SOURCE, ""), values.get(_TARGET, ""))
    if _SYNONYM_TYPE in values:
        found.synonym_types[place] = values[_SYNONYM_TYPE]
    if _QUALIFIER in values:
        found.qualifiers[place] = values[_QUALIFIER]


def _note(found: Survey, iri: str, predicate: str, value: object) -> None:
    if isinstance(value, IRI):
        if predicate == _SUBCLASS and is_known(known_curie(iri) or ""):
            found.parents.append((iri, value.value))
    elif not isinstance(value, Literal):
        return
    elif predicate == f"{_OWL}deprecated" and value.value in ("true", "1"):
        found.deprecated.add(iri)
    elif predicate == _NOTATION and known_curie(iri) is None:
        found.notations[iri] = value.value
