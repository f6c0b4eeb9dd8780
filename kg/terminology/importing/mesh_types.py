"""What kind of thing a MeSH record is: by tree numbers, class and the names of its terms."""

from __future__ import annotations

from kg.model import MentionType
from kg.terminology.branches import branch_type
from kg.terminology.rows import ParentRow, Scope, SkippedRow, Source

NO_BRANCH = "a heading of no type (methods, persons, places, publications)"

# Classes of supplementary records: 1 chemicals, 2 protocols of chemotherapy, 3 rare diseases,
# 4 organisms.
CLASS_TYPES: dict[str, MentionType] = {"1": "Drug", "2": "Drug", "3": "Disease", "4": "Organism"}

# LexicalTag of a term: abbreviation or acronym, alone or embedded in a longer name.
LEXICAL_ABBREVIATIONS = frozenset({"ABB", "ACR"})
# RelationName of a concept to the preferred one of its record, as the scope of its terms.
RELATION_SCOPES: dict[str, Scope] = {
    "NRW": "narrow", "BRD": "broad", "REL": "related", "EQV": "exact",
}  # fmt: skip


def tree_type(ui: str, numbers: tuple[str, ...]) -> MentionType | SkippedRow:
    """The type of a descriptor by its tree numbers, or why it is not used.

    >>> tree_type("D011507", ("C12.777.934.734", "C23.888.942.750"))
    'Outcome'
    """
    kind = branch_type("mesh", *numbers)[1] if numbers else None
    return kind or SkippedRow(f"mesh:{ui}", NO_BRANCH)


def class_type(number: str, name: str) -> MentionType | None:
    """The type of a supplementary record by its class and heading.

    Proteins stand among the chemicals; MeSH names them "NAME protein, species".

    >>> class_type("1", "NPHS1 protein, human"), class_type("1", "sirolimus acetate")
    ('Protein', 'Drug')
    """
    kind = CLASS_TYPES.get(number)
    return "Protein" if kind == "Drug" and " protein, " in f"{name} " else kind


class TreePlaces:
    """Which heading stands at a tree number, so that parents can be told once all are known."""

    def __init__(self) -> None:
        self._heading: dict[str, str] = {}

    def add(self, curie: str, numbers: tuple[str, ...]) -> None:
        """Note the places of a heading."""
        for number in numbers:
            self._heading[number] = curie

    def parents(self, source: Source) -> list[ParentRow]:
        """Each heading with the one above it, in the order of the tree."""
        rows = []
        for number in sorted(self._heading):
            above = self._heading.get(number.rpartition(".")[0])
            child = self._heading[number]
            if above is not None and above != child:
                rows.append(ParentRow(child, above, "is_a", source))
        return rows
