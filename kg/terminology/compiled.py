"""The concepts of a compiled terminology: names, types, other identifiers, parents, definitions.

Identifiers and names are MARISA tries, everything else rows of numbers (`kg.terminology.numbers`):
all of it is mapped into memory, so that it opens in milliseconds and processes share it. Concepts
are numbered in the order of their CURIEs, entries (a name of a concept) by concept and rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import marisa_trie

from kg.errors import InputError
from kg.model import MENTION_TYPES, MentionType
from kg.terminology.gathering import SCOPE_ORDER
from kg.terminology.numbers import Numbers, map_bytes, map_numbers, save_numbers
from kg.terminology.rows import NAME_LANGUAGES, Hierarchy, NameLanguage, Scope

NEAR = ("skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
RELATIONS: tuple[Hierarchy, ...] = ("is_a", "part_of")
TRIES = ("identifiers", "names")
# Rows of numbers, by name, with their type; those that end in `_first` have one more at the end.
CODES = {
    "concept_of": "I",  # identifier → concept
    "member_first": "I", "member": "I",  # concept → its identifiers, its own first
    "type": "B",  # concept → number of MENTION_TYPES
    "entry_first": "I",  # concept → its entries
    "entry_concept": "I", "entry_name": "I", "entry_source": "B",
    "entry_flags": "B",  # scope * 4 + language
    "near_first": "I", "near": "I", "near_kind": "B",  # concept → identifiers that are near to it
    "parent_first": "I", "parent": "I", "parent_kind": "B",  # concept → concepts above it
    "definition_first": "I", "definition_end": "Q", "definition_language": "B",
}  # fmt: skip
DEFINITIONS = "definitions.txt"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept, and the source that gave it."""

    text: str
    language: NameLanguage
    scope: Scope
    source: str


class Concepts:
    """The concepts of a compiled terminology, each of them a number.

    Parameters
    ----------
    tries : by the names of `TRIES`
    rows : by the names of `CODES`
    definitions : their texts, one after the other, in UTF-8
    sources : names of sources, by their numbers
    """

    def __init__(
        self,
        tries: Mapping[str, Any],
        rows: Mapping[str, Numbers],
        definitions: memoryview,
        sources: tuple[str, ...],
    ) -> None:
        self.tries = tries
        self.rows = rows
        self.sources = sources
        self._definitions = definitions
        self._identifiers, self._names = tries["identifiers"], tries["names"]
        self._entry_name, self._entry_flags = rows["entry_name"], rows["entry_flags"]
        self._entry_concept, self._entry_source = rows["entry_concept"], rows["entry_source"]

    def __len__(self) -> int:
        return len(self.rows["type"])

    @property
    def entry_count(self) -> int:
        """How many pairs of a concept and a name there are."""
        return len(self._entry_name)

    def find(self, curie: str) -> int | None:
        """The concept that has this identifier, be it its own or another; None where none has."""
        if curie not in self._identifiers:
            return None
        concept: int = self.rows["concept_of"][self._identifiers[curie]]
        return concept if concept < len(self) else None

    def curie(self, concept: int) -> str:
        """The identifier by which a concept is called."""
        member = self.rows["member"][self.rows["member_first"][concept]]
        return cast(str, self._identifiers.restore_key(member))

    def identifiers(self, concept: int) -> tuple[str, ...]:
        """All identifiers that mean exactly this concept, its own first."""
        return tuple(
            self._identifiers.restore_key(member) for member in _slice(self.rows, "member", concept)
        )

    def type(self, concept: int) -> MentionType:
        """The type of a concept."""
        return MENTION_TYPES[self.rows["type"][concept]]

    def entries(self, concept: int) -> range:
        """The numbers of the entries of a concept, labels first."""
        first = self.rows["entry_first"]
        return range(first[concept], first[concept + 1])

    def concept_of(self, entry: int) -> int:
        """The concept of an entry."""
        return self._entry_concept[entry]

    def text(self, entry: int) -> str:
        """The name of an entry."""
        return cast(str, self._names.restore_key(self._entry_name[entry]))

    def name(self, entry: int) -> Name:
        """The name of an entry, with its language, scope and source."""
        flags = self._entry_flags[entry]
        return Name(
            self.text(entry), NAME_LANGUAGES[flags & 3], SCOPE_ORDER[flags >> 2],
            self.sources[self._entry_source[entry]],
        )  # fmt: skip

    def scope_number(self, entry: int) -> int:
        """The place of the scope of an entry in `SCOPE_ORDER`."""
        return self._entry_flags[entry] >> 2

    def language_number(self, entry: int) -> int:
        """The place of the language of an entry in `NAME_LANGUAGES`."""
        return self._entry_flags[entry] & 3

    def near(self, concept: int) -> tuple[tuple[str, str], ...]:
        """SKOS property and identifier of what is near to a concept without being the same."""
        kinds = _slice(self.rows, "near_kind", concept, "near_first")
        others = _slice(self.rows, "near", concept)
        return tuple(
            (NEAR[kind], self._identifiers.restore_key(other))
            for kind, other in zip(kinds, others, strict=True)
        )

    def parents(self, concept: int) -> tuple[tuple[int, Hierarchy], ...]:
        """The concepts directly above a concept, each with the relation."""
        kinds = _slice(self.rows, "parent_kind", concept, "parent_first")
        parents = _slice(self.rows, "parent", concept)
        return tuple((p, RELATIONS[kind]) for p, kind in zip(parents, kinds, strict=True))

    def definitions(self, concept: int) -> tuple[tuple[NameLanguage, str], ...]:
        """Language and text of the definitions of a concept."""
        first, ends = self.rows["definition_first"], self.rows["definition_end"]
        return tuple(
            (
                NAME_LANGUAGES[self.rows["definition_language"][number]],
                bytes(self._definitions[ends[number - 1] if number else 0 : ends[number]]).decode(),
            )
            for number in range(first[concept], first[concept + 1])
        )

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    def save(self, folder: Path) -> None:
        """Write the files from which `open_concepts` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, trie in self.tries.items():
            trie.save(str(folder / f"{name}.marisa"))
        for name in CODES:
            save_numbers(folder, name, self.rows[name])
        (folder / DEFINITIONS).write_bytes(self._definitions)


def open_concepts(folder: Path, sources: tuple[str, ...]) -> Concepts:
    """The concepts that `Concepts.save` wrote into a folder; they stay on disk.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    tries = {name: open_trie(folder / f"{name}.marisa") for name in TRIES}
    rows = map_numbers(folder, CODES)
    return Concepts(tries, rows, map_bytes(folder / DEFINITIONS), sources)


def open_trie(path: Path) -> Any:
    """A MARISA trie that stays on disk.

    Raises
    ------
    InputError
        where the file is absent or is none.
    """
    try:
        return marisa_trie.Trie().mmap(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(
            "the compiled lexicon is broken", where=str(path), remedy="run `kg lexicon build`"
        ) from error


def _slice(
    rows: Mapping[str, Numbers], name: str, concept: int, first: str | None = None
) -> Numbers:
    starts = rows[first or f"{name}_first"]
    return rows[name][starts[concept] : starts[concept + 1]]
