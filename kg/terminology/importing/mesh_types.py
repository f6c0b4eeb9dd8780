"""What kind of thing a MeSH record is: by tree numbers, class and the names of its terms."""

from __future__ import annotations

import re

from kg.model import MentionType
from kg.terminology.branches import branch_type
from kg.terminology.identifiers import curie as known_curie
from kg.terminology.rows import MappingRow, ParentRow, Scope, SkippedRow, Source

NO_CLASS = "a supplementary record of no type"
NO_BRANCH = "a heading of no type (methods, persons, places, publications)"

# Classes of supplementary records: 1 chemicals, 2 protocols of chemotherapy, 3 rare diseases,
# 4 organisms.
CLASS_TYPES: dict[str, MentionType] = {"1": "Drug", "2": "Drug", "3": "Disease", "4": "Organism"}

# UMLS semantic types that tell that a supplementary record is no drug: diseases (T019, T046, T047,
# T048, T049, T191), signs (T033, T184), enzymes, receptors and genes (T126, T192, T028), organisms.
SEMANTIC_TYPES: dict[str, MentionType] = {
    "T019": "Disease", "T046": "Disease", "T047": "Disease", "T048": "Disease", "T049": "Disease",
    "T191": "Disease", "T033": "Outcome", "T184": "Outcome", "T126": "Protein", "T192": "Protein",
    "T028": "Protein", "T002": "Organism", "T004": "Organism", "T005": "Organism",
    "T007": "Organism", "T204": "Organism",
}  # fmt: skip

# LexicalTag of a term: abbreviation or acronym, alone or embedded in a longer name.
LEXICAL_ABBREVIATIONS = frozenset({"ABB", "ACR"})
# RelationName of a concept to the preferred one of its record, as the scope of its terms.
RELATION_SCOPES: dict[str, Scope] = {
    "NRW": "narrow", "BRD": "broad", "REL": "related", "EQV": "exact",
}  # fmt: skip
OPPOSITE = {"NRW": "BRD", "BRD": "NRW"}
_REGISTRY = re.compile(r"(EC )?(\S+)(?: \((.+)\))?")


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


def semantic_type(types: tuple[str, ...], name: str) -> MentionType:
    """The type of a supplementary record by its UMLS semantic types, for files without a class.

    >>> semantic_type(("T047",), "puffing syndrome"), semantic_type(("T116", "T126"), "puffase")
    ('Disease', 'Protein')
    >>> semantic_type(("T109", "T121"), "puffol")
    'Drug'
    """
    found = [SEMANTIC_TYPES[kind] for kind in types if kind in SEMANTIC_TYPES]
    return found[0] if found else class_type("1", name) or "Drug"


def registry_mapping(curie: str, name: str, number: str, source: Source) -> MappingRow | None:
    """The mapping that a registry number is: CAS, UNII or EC; None for another, such as "0".

    A related number, "NUMBER (NAME)", is that of the record itself where the names are the same,
    else that of a salt, hydrate or mixture.

    >>> made = Source("made-up")
    >>> registry_mapping("mesh:D990001", "Puffol", "50-00-0", made).object
    'cas:50-00-0'
    >>> registry_mapping("mesh:D990001", "Puffol", "50-00-0 (puffol hydrate)", made).predicate
    'skos:relatedMatch'
    """
    found = _REGISTRY.fullmatch(number)
    if found is None:
        return None
    enzyme, value, form = found.groups()
    spaces = ("ec",) if enzyme else ("cas", "unii")
    other = next(filter(None, (known_curie(f"{space}:{value}") for space in spaces)), None)
    if other is None:
        return None
    same = form is None or form.casefold() == name.casefold()
    predicate = "skos:closeMatch" if same else "skos:relatedMatch"
    return MappingRow(curie, predicate, other, source)


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
