"""Under which circumstances the renditions of one evidence together put its claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Extraction
from kg.qualifiers import QUALIFIER_KINDS, REACHES, Circumstance, Qualifier


class Circumstances:
    """What the qualifiers of one document mean: concepts, values and quantities.

    Quantities that translate each other count as one, the first of the document.
    """

    def __init__(self, extraction: Extraction, concepts: Mapping[str, str]) -> None:
        self._concepts = concepts
        order = {quantity.id: n for n, quantity in enumerate(extraction.quantities)}
        self._quantities = {
            quantity.id: min((quantity.id, *quantity.aligned), key=lambda name: order.get(name, 0))
            for quantity in extraction.quantities
        }

    def of(self, qualifiers: Iterable[Qualifier]) -> tuple[Circumstance, ...]:
        """The circumstances that qualifiers tell, of each kind only the nearest, in a fixed order.

        What a clause says counts before what the rest of its sentence or the document says.
        """
        found = {self._one(qualifier) for qualifier in qualifiers}
        nearest = {
            kind: min(REACHES.index(one.reach) for one in found if one.kind == kind)
            for kind in {one.kind for one in found}
        }
        kept = (one for one in found if REACHES.index(one.reach) == nearest[one.kind])
        return tuple(sorted(kept, key=_order))

    def _one(self, qualifier: Qualifier) -> Circumstance:
        kind, reach = qualifier.kind, qualifier.reach
        if qualifier.quantity is not None:
            return Circumstance(kind, reach, quantity=self._quantities[qualifier.quantity])
        concept = self.concept(qualifier)
        if concept is not None:
            return Circumstance(kind, reach, concept=concept)
        return Circumstance(kind, reach, value=qualifier.value or qualifier.text)

    def concept(self, qualifier: Qualifier) -> str | None:
        """The CURIE of what a qualifier names, where that is a concept."""
        if qualifier.mention is not None:
            return self._concepts[qualifier.mention]
        return qualifier.concept


def _order(one: Circumstance) -> tuple[int, str, str, str]:
    return (
        QUALIFIER_KINDS.index(one.kind), one.concept or "", one.value or "", one.quantity or "",
    )  # fmt: skip
