"""The circumstances of evidence and results as triples, and the words that tell them as nodes.

An evidence has what can be asked for (species, cells, disease, setting, dose, time) on itself; a
rendition or result points to the qualifiers in its own words, and to those that it carries over
from elsewhere in its sentence or document. A qualifier is one node however many point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.assembly.circumstances import Circumstances
from kg.model import Language, Passage
from kg.qualifiers import Circumstance, Qualifier, QualifierKind
from kg.rdf.values import Node
from kg.terms import IRI
from kg.vocab import OA, PLX, concept_iri

_CONCEPTS: Mapping[QualifierKind, IRI] = {
    "species": PLX.speciesContext, "cell": PLX.cellContext, "disease": PLX.diseaseContext,
}  # fmt: skip
_VALUES: Mapping[QualifierKind, IRI] = {
    "cell": PLX.cellLine, "setting": PLX.setting, "dose": PLX.doseLevel,
}  # fmt: skip
_QUANTITIES: Mapping[QualifierKind, IRI] = {"dose": PLX.atDose, "time": PLX.atTime}


class CircumstanceWriter:
    """Writes the circumstances of one document.

    `part` gives a new node of a name and class, `iri` the IRI of a name.
    """

    def __init__(
        self,
        meanings: Circumstances,
        passages: Mapping[str, Passage],
        part: Callable[[str, IRI], Node],
        iri: Callable[[str], IRI],
    ) -> None:
        self._meanings = meanings
        self._passages = passages
        self._part = part
        self._iri = iri

    def add(self, node: Node, circumstances: Iterable[Circumstance]) -> None:
        """Add to a node what can be asked for."""
        for one in circumstances:
            if one.concept is not None and one.kind in _CONCEPTS:
                concept = concept_iri(one.concept)
                node.add(_CONCEPTS[one.kind], concept).add(PLX.context, concept)
            elif one.quantity is not None and one.kind in _QUANTITIES:
                node.add(_QUANTITIES[one.kind], self._iri(one.quantity))
            elif one.value is not None and one.kind in _VALUES:
                node.add(_VALUES[one.kind], one.value)

    def add_words(self, node: Node, qualifiers: Iterable[Qualifier]) -> None:
        """Add to a node its qualifiers, each with the words that tell it."""
        for qualifier in qualifiers:
            place = f"{qualifier.passage}-{qualifier.start}-{qualifier.end}"
            name = f"k-{qualifier.kind}-{place}"
            stated = qualifier.reach == "clause"
            link = PLX.statesQualifier if stated else PLX.carriesQualifier
            node.add(link, self._iri(name))
            self._qualifier(name, qualifier)

    def _qualifier(self, name: str, qualifier: Qualifier) -> None:
        language: Language = self._passages[qualifier.passage].language
        node = self._part(name, PLX.Qualifier).add(PLX.kind, qualifier.kind)
        node.add(PLX.inSentence, self._iri(qualifier.sentence)).add(PLX.rule, qualifier.rule)
        node.add(PLX.start, qualifier.start).add(PLX.end, qualifier.end)
        node.add_text(OA.exact, qualifier.text, language)
        concept = self._meanings.concept(qualifier)
        if concept is not None:
            node.add(PLX.qualifierConcept, concept_iri(concept))
        if qualifier.quantity is not None:
            node.add(PLX.qualifierQuantity, self._iri(qualifier.quantity))
        node.add(PLX.qualifierValue, qualifier.value)
