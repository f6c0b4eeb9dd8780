"""BioRED: abstracts with entities (MeSH, Entrez Gene, variants) and what they are to each other.

Relations hold for the whole abstract, between identifiers and without direction. The parts are
those of the corpus; what is called test is not at hand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from benchmarks.table import ROOT, shared
from extractors.sequence_variants.finding import FoundVariant
from kg.model import Mention, MentionType, RelationMention

Pair = frozenset[str]
Part = Literal["Train", "Dev"]
# What the corpus calls the entities that take part in relations, in our types; a variant is none.
TYPES: dict[str, MentionType] = {
    "ChemicalEntity": "Drug", "DiseaseOrPhenotypicFeature": "Disease",
    "GeneOrGeneProduct": "Protein",
}  # fmt: skip
VARIANT = "SequenceVariant"
# Ours that stand for an entity of the corpus: signs are diseases there.
KINDS: dict[MentionType, str] = {
    "Drug": "Drug", "Disease": "Disease", "Outcome": "Disease", "Protein": "Protein",
}  # fmt: skip
PREFIXES = ("mesh:", "NCBIGene:", "omim:")


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention in an abstract: title and abstract as one text, one space between."""

    start: int
    end: int
    kind: str
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An abstract, its entities, and the relation of each pair of identifiers."""

    id: str
    title: str
    abstract: str
    entities: tuple[Entity, ...]
    relations: dict[Pair, str]

    @property
    def text(self) -> str:
        """Title and abstract, in which the entities stand."""
        return f"{self.title} {self.abstract}"

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each identifier."""
        return {name: entity.kind for entity in self.entities for name in entity.identifiers}


def read_biored(part: Part) -> tuple[Article, ...]:
    """The abstracts of a part of the corpus."""
    path = shared("corpora", "english", "biored", f"{part}.PubTator")
    return tuple(parse_articles(path.read_text(encoding="utf-8")))


def parse_articles(text: str) -> Iterator[Article]:
    """The abstracts of a PubTator file; a pair that is told of itself is none."""
    for block in re.split(r"\n\s*\n", text.strip()):
        title, abstract, *lines = block.split("\n")
        entities, relations = [], {}
        for line in lines:
            cells = line.split("\t")
            if cells[1].isdigit():
                entities.append(_entity(cells))
            elif cells[2] != cells[3]:
                relations[frozenset((cells[2], cells[3]))] = cells[1]
        identifier = title.partition("|")[0]
        yield Article(
            identifier, title.split("|", 2)[2], abstract.split("|", 2)[2], tuple(entities),
            relations,
        )  # fmt: skip


def _entity(cells: list[str]) -> Entity:
    kind = VARIANT if cells[4] == VARIANT else KINDS.get(TYPES.get(cells[4], "Cell"), "")
    return Entity(int(cells[1]), int(cells[2]), kind, _named(cells[5]))


def _named(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split(",") if name != "-")


def local(curies: Iterable[str]) -> tuple[str, ...]:
    """The identifiers of a concept as the corpus writes them.

    >>> local(("HGNC:1100", "NCBIGene:672", "mesh:D001943"))
    ('672', 'D001943')
    """
    kept = (curie for curie in curies if curie.startswith(PREFIXES))
    return tuple(
        curie.replace("omim:", "OMIM:") if curie.startswith("omim:") else curie.partition(":")[2]
        for curie in kept
    )


def variant_name(found: FoundVariant) -> str:
    """A variant as the corpus writes it: the rs number, or the parts of its notation.

    >>> from extractors.sequence_variants.finding import find_variants
    >>> [variant_name(v) for v in find_variants("c.342delA, p.G204VfsX17 and rs6265")]
    ['c|DEL|342|A', 'p|FS|G|204|V|17', 'rs6265']
    """
    one = found.variant
    if found.rs is not None or one is None:
        return str(found.rs)
    told: tuple[str, ...] = (one.position, one.reference or one.alternative)
    if one.change == "SUB":
        told = (one.reference, one.position, one.alternative)
    elif one.change == "FS":
        told = (one.reference, one.position, one.alternative, one.stop)
    elif one.change == "DUP":
        told = (*told, "")
    return "|".join((one.level, one.change, *told))


@cache
def _mapping() -> tuple[tuple[str, str, frozenset[str] | None, str], ...]:
    path = ROOT / "benchmarks" / "data" / "biored_relations.tsv"
    lines = (x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#"))
    return tuple(
        (
            row["predicate"], row["sign"],
            None if row["types"] == "*" else frozenset(row["types"].split("-")), row["theirs"],
        )
        for row in csv.DictReader(lines, delimiter="\t")
    )  # fmt: skip


def relation_of(relation: RelationMention, one: Mention, other: Mention) -> str | None:
    """What BioRED calls what we read of two mentions; None where it has no word for it."""
    kinds = frozenset((KINDS.get(one.type, ""), KINDS.get(other.type, "")))
    for predicate, sign, types, theirs in _mapping():
        fits = types is None or types == kinds
        if fits and predicate == relation.predicate and sign in ("*", relation.sign):
            return theirs
    return None
