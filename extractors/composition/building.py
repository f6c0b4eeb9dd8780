"""The composition of a lexicon: learnt from its bilingual names when it is built, then opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.composition.model import Composition, learn_composition, open_composition
from extractors.composition.names import NameIndex, index_names, open_names
from extractors.composition.pairs import name_pairs
from extractors.composition.shipped import open_table
from kg.model import MentionType
from kg.terminology.compiled import Concepts
from kg.terminology.rows import NameLanguage, Scope

# Types whose Chinese names translate the parts of the English ones; drugs, genes and species have
# names that are transliterated as a whole or not translated at all.
COMPOSED: frozenset[MentionType] = frozenset(("Disease", "Outcome", "Process", "Cell"))
_SCOPES: frozenset[Scope] = frozenset(("label", "exact"))


@dataclass(frozen=True, slots=True)
class _Row:
    curie: str
    text: str
    lang: NameLanguage
    scope: Scope


def build_composition(concepts: Concepts, folder: Path, *, learn: bool = True) -> None:
    """Learn from the bilingual names of some concepts, and write all into a folder.

    Parameters
    ----------
    learn : else the table that comes with Parallax is taken; the starter terminology has it, so
        that a document is read the same with and without a data directory
    """
    composition = learn_composition(name_pairs(_rows(concepts))) if learn else open_table()
    composition.save(folder)
    index_names(_composed(concepts), composition).save(folder)


def load_composition(folder: Path | None) -> Composition:
    """The composition of a compiled lexicon; the one that comes with Parallax for None.

    Raises
    ------
    InputError
        where it is broken, or the lexicon was built without one.
    """
    return open_table() if folder is None else open_composition(folder)


def load_names(folder: Path) -> NameIndex:
    """The index of English names of a compiled lexicon.

    Raises
    ------
    InputError
        where it is broken, or the lexicon was built without one.
    """
    return open_names(folder)


def _rows(concepts: Concepts) -> Iterator[_Row]:
    """The names of all concepts that have one in each language."""
    for concept in concepts:
        names = [concepts.name(entry) for entry in concepts.entries(concept)]
        if {"en", "zh"} <= {name.language for name in names}:
            curie = concepts.curie(concept)
            for name in names:
                yield _Row(curie, name.text, name.language, name.scope)


def _composed(concepts: Concepts) -> Iterator[tuple[str, str]]:
    for concept in concepts:
        if concepts.type(concept) in COMPOSED:
            for entry in concepts.entries(concept):
                name = concepts.name(entry)
                if name.language == "en" and name.scope in _SCOPES:
                    yield concepts.curie(concept), name.text
