"""The terminology compiled for matching: all names of all concepts found in a text in one pass.

Names are folded to keys (`extractors.mentions.keys`) and kept in a MARISA trie, so that a million
of them take some tens of megabytes and the longest match at a position is one look-up. The concepts
behind them are `kg.terminology.compiled`. All of it can be mapped into memory from files
(`extractors.mentions.compiling`), so that it opens at once and processes share it.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from extractors.composition.pairs import Named
from extractors.mentions.keys import LONGEST_KEY, Keys, compile_keys, same_case
from extractors.normalize import atoms, glued, key
from extractors.tables import read_table
from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType
from kg.terminology.building import build_concepts
from kg.terminology.compiled import Concepts
from kg.terminology.compiling import compile_concepts
from kg.terminology.gathering import SCOPE_ORDER, Gathered
from kg.terminology.merging import merge
from kg.terminology.rows import Hierarchy, Scope, Source
from kg.terminology.rows import NameLanguage as AnyLanguage
from kg.terminology.rows import NameRow as Row
from kg.terminology.starter import NAME as STARTER

SCOPES = SCOPE_ORDER
# Which type wins where one name belongs to concepts of several types and nothing else decides.
TYPE_ORDER: dict[str, int] = {name: number for number, name in enumerate(MENTION_TYPES)}
_SCOPE_RANK: dict[str, int] = {scope: number for number, scope in enumerate(SCOPE_ORDER)}
_KEPT = 1 << 15  # names found of late whose entries are not looked up again


class NameRow(Named, Protocol):
    """What the compiler needs of a terminology row (`ontologies.terms.TermRow` is one)."""

    @property
    def type(self) -> str:
        """The mention type."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a concept, and the source that gave it."""

    concept: str
    type: MentionType
    name: str
    scope: str
    language: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A stretch of text that is a name, with the concepts that bear it, the likeliest first."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]


class Lexicon:
    """Names of concepts, found in a text by `matches` or one by one by `lookup`.

    A concept may be named by any of its identifiers.
    """

    folder: Path | None = None  # where its files lie, if it has any

    def __init__(self, concepts: Concepts, keys: Keys) -> None:
        self.concepts = concepts
        self._keys = keys
        self._trie, self._first, self._entry_of = keys.trie, keys.first, keys.entry
        self._entries = functools.lru_cache(_KEPT)(self._find_entries)

    def __len__(self) -> int:
        return self.concepts.entry_count

    @property
    def concept_count(self) -> int:
        """How many concepts have a name here."""
        return len(self.concepts)

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
        prefixes_of = self._trie.prefixes
        for begin, index in index_at.items():
            if index == len(units):
                break
            prefixes = prefixes_of(joined[begin : begin + LONGEST_KEY])
            if not prefixes or glued(units, index):
                continue
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
        return self._entries(name, text.strip(), language) if name in self._trie else ()

    def type_of(self, concept: str) -> MentionType | None:
        """The type of a concept, or None where it is unknown."""
        number = self.concepts.find(concept)
        return None if number is None else self.concepts.type(number)

    def names(self, concept: str) -> tuple[Entry, ...]:
        """All names of a concept, labels first."""
        number = self.concepts.find(concept)
        return () if number is None else tuple(map(self._entry, self.concepts.entries(number)))

    def label(self, concept: str, language: Language) -> str | None:
        """The preferred name of a concept in a language, else its symbol of both; or None."""
        labels = {e.language: e.name for e in self.names(concept) if e.scope == "label"}
        return labels.get(language, labels.get("mul"))

    def identifiers(self, concept: str) -> tuple[str, ...]:
        """All identifiers that mean exactly this concept, the one by which it is called first."""
        number = self.concepts.find(concept)
        return () if number is None else self.concepts.identifiers(number)

    def parents(self, concept: str) -> tuple[tuple[str, Hierarchy], ...]:
        """The concepts directly above a concept, each with the relation (is_a, part_of)."""
        number = self.concepts.find(concept)
        if number is None:
            return ()
        above = self.concepts.parents(number)
        return tuple((self.concepts.curie(parent), relation) for parent, relation in above)

    def definition(self, concept: str, language: Language) -> str | None:
        """What a concept is, in words of a language; None where no source says it."""
        number = self.concepts.find(concept)
        found = () if number is None else self.concepts.definitions(number)
        return dict(found).get(language)

    def entries(self) -> Iterator[Entry]:
        """All entries, in no particular order."""
        return map(self._entry, range(len(self)))

    def save(self, folder: Path) -> None:
        """Write the files that `extractors.mentions.compiling` opens."""
        self.concepts.save(folder)
        self._keys.save(folder)

    def _find_entries(self, name_key: str, text: str, language: Language) -> tuple[Entry, ...]:
        if is_general(text):
            return ()
        number = self._trie[name_key]
        cased, text_of = self._keys.cased, self.concepts.text
        entries = [
            self._entry(n)
            for n in self._entry_of[self._first[number] : self._first[number + 1]]
            if not cased[n] or same_case(text_of(n), text)
        ]
        return tuple(sorted(entries, key=lambda entry: _rank_in(entry, text, language)))

    def _entry(self, number: int) -> Entry:
        concepts = self.concepts
        name, concept = concepts.name(number), concepts.concept_of(number)
        return Entry(
            concepts.curie(concept), concepts.type(concept),
            name.text, name.scope, name.language, name.source,
        )  # fmt: skip


def compile_lexicon(rows: Iterable[NameRow]) -> Lexicon:
    """The lexicon of some rows as they are, nothing merged; names that fold to nothing are left.

    Raises
    ------
    TermError
        where a row has an unknown type, scope or language.
    """
    gathered = Gathered(checked=False)
    source = Source("")
    gathered.add(
        Row(
            row.curie, row.text, cast(AnyLanguage, row.lang), cast(Scope, row.scope),
            cast(MentionType, row.type), source,
        )
        for row in rows
    )  # fmt: skip
    concepts = compile_concepts(gathered, merge(gathered, by_label=False))
    return Lexicon(concepts, compile_keys(concepts))


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the delivered terminology, compiled once for each process.

    Raises
    ------
    TermError
        where a term file is wrong.
    """
    concepts = build_concepts().concepts
    return Lexicon(concepts, compile_keys(concepts))


def longest(matches: Iterable[TermMatch]) -> tuple[TermMatch, ...]:
    """The matches that are left when, from the longest on, each takes its place in the text."""
    taken: list[tuple[int, TermMatch]] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(taken, match.start, key=lambda pair: pair[0])
        free_before = at == 0 or taken[at - 1][1].end <= match.start
        if free_before and (at == len(taken) or match.end <= taken[at][0]):
            taken.insert(at, (match.start, match))
    return tuple(match for _, match in taken)


def _rank_in(
    entry: Entry, text: str, language: Language
) -> tuple[bool, bool, int, bool, bool, int, str]:
    ours, scope = entry.source == STARTER, _SCOPE_RANK[entry.scope]
    return (
        entry.language not in (language, "mul"),
        not (ours and scope <= _SCOPE_RANK["abbreviation"]),  # curated names before imported ones
        scope, not ours, entry.name != text, TYPE_ORDER[entry.type], entry.concept,
    )  # fmt: skip


def is_general(text: str) -> bool:
    """Whether a text is a word that is no mention, although it is somebody's name.

    A word in capitals only may be a symbol.

    >>> is_general("patients"), is_general("CAT")
    (True, False)
    """
    return text.strip().lower() in _stop() and not (text.isupper() and len(text) > 1)


@functools.cache
def _stop() -> frozenset[str]:
    return frozenset(
        form.lower() for source in LANGUAGES for form, _ in read_table(source, "stop.tsv", 2)
    )
