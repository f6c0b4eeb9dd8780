"""The terminology compiled for matching: all names of all concepts found in a text in one pass.

Names are folded to keys (`extractors.normalize.key`) and kept in a MARISA trie, so that a million
of them take some tens of megabytes and the longest match at a position is one look-up. Beside the
trie stand flat arrays, one entry for each pair of name and concept; all of it is saved as files
that open without being compiled again.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import marisa_trie
import numpy as np
import numpy.typing as npt

from extractors.normalize import atoms, glued, key, normalize
from extractors.tables import read_table
from kg.errors import InputError, TermError
from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType

SCOPES = ("label", "exact", "abbreviation", "related", "narrow", "broad")
NAME_LANGUAGES = ("en", "zh", "mul")
# Which type wins where one name belongs to concepts of several types and nothing else decides.
TYPE_ORDER: dict[str, int] = {name: number for number, name in enumerate(MENTION_TYPES)}
_LONGEST_KEY = 160
_SHORT = 4
_LONGEST_ACRONYM = 6


class NameRow(Protocol):
    """What the compiler needs of a terminology row (`ontologies.terms.TermRow` is one)."""

    @property
    def curie(self) -> str:
        """The concept."""

    @property
    def text(self) -> str:
        """The name."""

    @property
    def lang(self) -> str:
        """`en`, `zh`, or `mul` for a symbol that both use."""

    @property
    def scope(self) -> str:
        """How the name relates to the concept."""

    @property
    def type(self) -> str:
        """The mention type."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a concept."""

    concept: str
    type: MentionType
    name: str
    scope: str
    language: str


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A stretch of text that is a name, with the concepts that bear it, the likeliest first."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]


Ints = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Arrays:
    first: Ints  # key id → its first entry; one more at the end
    concept: Ints  # entry → id in `concepts`
    name: Ints  # entry → id in `names`
    flags: npt.NDArray[np.uint8]  # entry → scope * 8 + language * 2 + exact case
    types: npt.NDArray[np.uint8]  # concept id → type


class Lexicon:
    """Names of concepts, found in a text by `matches` or one by one by `lookup`."""

    def __init__(self, keys: Any, names: Any, concepts: Any, arrays: _Arrays) -> None:
        self._keys = keys
        self._names = names
        self._concepts = concepts
        self._arrays = arrays

    def __len__(self) -> int:
        return len(self._arrays.concept)

    @property
    def concept_count(self) -> int:
        """How many concepts have a name here."""
        return len(self._concepts)

    def matches(self, text: str, language: Language) -> tuple[TermMatch, ...]:
        """Every name in a text, nested and overlapping ones included, by start, longest first.

        A name begins and ends where a word does: next to letters or digits of the same run it is
        no match; a Han name may stand anywhere. Short symbols match only in their own case.
        """
        units = atoms(text, language)
        joined = "".join(f"{unit.key} " for unit in units)
        index_at, position = {}, 0
        for index, unit in enumerate(units):
            index_at[position] = index
            position += len(unit.key) + 1
        index_at[position] = len(units)
        found = []
        for begin, index in index_at.items():
            if index == len(units) or glued(units, index):
                continue
            prefixes = self._keys.prefixes(joined[begin : begin + _LONGEST_KEY])
            for prefix in sorted(prefixes, key=len, reverse=True):
                end = index_at[begin + len(prefix)]
                if glued(units, end):
                    continue
                start, stop = units[index].start, units[end - 1].end
                entries = self._entries(prefix, text[start:stop], language)
                if entries:
                    found.append(TermMatch(start, stop, text[start:stop], entries))
        return tuple(found)

    def lookup(self, text: str, language: Language) -> tuple[Entry, ...]:
        """The entries whose name is this whole text, the likeliest first."""
        name = key(text, language)
        return self._entries(name, text.strip(), language) if name in self._keys else ()

    def type_of(self, concept: str) -> MentionType | None:
        """The type of a concept, or None where it is unknown."""
        if concept not in self._concepts:
            return None
        return MENTION_TYPES[int(self._arrays.types[self._concepts[concept]])]

    def names(self, concept: str) -> tuple[Entry, ...]:
        """All names of a concept, labels first."""
        if concept not in self._concepts:
            return ()
        entries = np.flatnonzero(self._arrays.concept == self._concepts[concept])
        return tuple(sorted((self._entry(int(n)) for n in entries), key=_rank))

    def label(self, concept: str, language: Language) -> str | None:
        """The preferred name of a concept in a language, or None."""
        return next(
            (e.name for e in self.names(concept) if e.scope == "label" and e.language == language),
            None,
        )

    def entries(self) -> Iterator[Entry]:
        """All entries, in no particular order."""
        return (self._entry(number) for number in range(len(self)))

    def save(self, folder: Path) -> None:
        """Write the compiled lexicon into a folder, from which `open_lexicon` reads it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("keys", "names", "concepts"):
            getattr(self, f"_{name}").save(str(folder / f"{name}.marisa"))
        np.savez(
            folder / "arrays.npz", first=self._arrays.first, concept=self._arrays.concept,
            name=self._arrays.name, flags=self._arrays.flags, types=self._arrays.types,
        )  # fmt: skip

    def _entries(self, name_key: str, text: str, language: Language) -> tuple[Entry, ...]:
        number = self._keys[name_key]
        low, high = int(self._arrays.first[number]), int(self._arrays.first[number + 1])
        if text.lower() in _stop(language) and not (text.isupper() and len(text) > 1):
            return ()
        entries = [
            self._entry(n)
            for n in range(low, high)
            if not self._arrays.flags[n] & 1 or self._same_case(n, text)
        ]
        return tuple(sorted(entries, key=lambda entry: _rank_in(entry, text, language)))

    def _same_case(self, number: int, text: str) -> bool:
        name = self._names.restore_key(int(self._arrays.name[number]))
        compact, given = _compact(name), _compact(text)
        return given in (compact, compact + "s", compact.upper())

    def _entry(self, number: int) -> Entry:
        concept = int(self._arrays.concept[number])
        flags = int(self._arrays.flags[number])
        return Entry(
            self._concepts.restore_key(concept),
            MENTION_TYPES[int(self._arrays.types[concept])],
            self._names.restore_key(int(self._arrays.name[number])),
            SCOPES[flags >> 3],
            NAME_LANGUAGES[flags >> 1 & 3],
        )


def compile_lexicon(rows: Iterable[NameRow]) -> Lexicon:
    """The lexicon of some terminology rows; a name that folds to nothing is left out.

    Raises
    ------
    TermError
        where a row has an unknown type, scope or language, or a concept has two types.
    """
    kept = [(_key_of(row), row) for row in rows]
    kept = [(name_key, row) for name_key, row in kept if _usable(name_key)]
    keys = marisa_trie.Trie([name_key for name_key, _ in kept])
    names = marisa_trie.Trie([row.text for _, row in kept])
    concepts = marisa_trie.Trie([row.curie for _, row in kept])
    types = np.full(len(concepts), 255, dtype=np.uint8)
    table = []
    for name_key, row in kept:
        concept = concepts[row.curie]
        number = _number(MENTION_TYPES, row.type, "type", row)
        if types[concept] not in (255, number):
            raise TermError("two types", where=row.curie, remedy="keep the concept in one file")
        types[concept] = number
        flags = _number(SCOPES, row.scope, "scope", row) << 3
        flags |= _number(NAME_LANGUAGES, row.lang, "language", row) << 1
        table.append((keys[name_key], concept, names[row.text], flags | _needs_case(row)))
    rows_array = np.array(sorted(set(table)), dtype=np.uint32).reshape(-1, 4)
    first = np.searchsorted(rows_array[:, 0], np.arange(len(keys) + 1)).astype(np.uint32)
    arrays = _Arrays(
        first, rows_array[:, 1].copy(), rows_array[:, 2].copy(),
        rows_array[:, 3].astype(np.uint8), types,
    )  # fmt: skip
    return Lexicon(keys, names, concepts, arrays)


def open_lexicon(folder: Path) -> Lexicon:
    """The lexicon that `Lexicon.save` wrote into a folder; the tries stay on disk.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    try:
        keys, names, concepts = [
            marisa_trie.Trie().mmap(str(folder / f"{name}.marisa"))
            for name in ("keys", "names", "concepts")
        ]
        with np.load(folder / "arrays.npz", allow_pickle=False) as saved:
            arrays = _Arrays(*(saved[n] for n in ("first", "concept", "name", "flags", "types")))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise InputError(
            f"no compiled lexicon ({error.__class__.__name__})",
            where=str(folder),
            remedy="run `kg lexicon build`",
        ) from error
    return Lexicon(keys, names, concepts, arrays)


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the delivered terminology, compiled once for each process."""
    from ontologies.terms import load_terms

    try:
        return compile_lexicon(cast(Sequence[NameRow], load_terms()))
    except ValueError as error:
        raise TermError(str(error)) from error


def longest(matches: Iterable[TermMatch]) -> tuple[TermMatch, ...]:
    """The matches that are left when, from the longest on, each takes its place in the text."""
    taken: list[tuple[int, TermMatch]] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(taken, match.start, key=lambda pair: pair[0])
        free_before = at == 0 or taken[at - 1][1].end <= match.start
        if free_before and (at == len(taken) or match.end <= taken[at][0]):
            taken.insert(at, (match.start, match))
    return tuple(match for _, match in taken)


def _rank(entry: Entry) -> tuple[int, int, str]:
    return SCOPES.index(entry.scope), TYPE_ORDER[entry.type], entry.concept


def _rank_in(entry: Entry, text: str, language: Language) -> tuple[bool, int, bool, int, str]:
    scope, type_order, concept = _rank(entry)
    return entry.language not in (language, "mul"), scope, entry.name != text, type_order, concept


def _key_of(row: NameRow) -> str:
    return key(row.text, "zh" if row.lang == "zh" else "en")


def _usable(name_key: str) -> bool:
    bare = name_key.replace(" ", "")
    return len(bare) >= 2 and len(name_key) < _LONGEST_KEY and not bare.isdigit()


def _number(allowed: Sequence[str], value: str, what: str, row: NameRow) -> int:
    if value not in allowed:
        raise TermError(
            f"unknown {what} {value!r} of {row.text!r}", where=row.curie,
            remedy=f"use one of {', '.join(allowed)}",
        )  # fmt: skip
    return allowed.index(value)


def _needs_case(row: NameRow) -> int:
    """1 where the name is a short symbol that in another case is likely to be another word."""
    letters = [sign for sign in row.text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    plain = not any(sign.isdigit() for sign in row.text) and row.text.isascii()
    short = len(letters) <= _SHORT and capitals >= 1 and " " not in row.text
    acronym = capitals == len(letters) <= _LONGEST_ACRONYM
    return int(plain and (short or acronym or (row.scope == "abbreviation" and capitals >= 1)))


@functools.lru_cache(maxsize=65536)
def _compact(text: str) -> str:
    # Folded without case: width, dashes and spaces do not count, capitals do.
    return "".join(
        piece.upper() if sign.isupper() else piece
        for sign in text
        if (piece := normalize(sign, "en").text) not in ("-", " ")
    )


@functools.cache
def _stop(language: Language) -> frozenset[str]:
    return frozenset(
        form.lower() for source in LANGUAGES for form, _ in read_table(source, "stop.tsv", 2)
    )
