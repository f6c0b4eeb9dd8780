"""Chinese names of the lexicon by their pinyin, in full (shenbing) and by initials (sb).

An artefact beside the compiled lexicon: a trie of spellings, each with the entries that have it.
Spellings are folded as the search of the graph folds them (`kg.search.folding`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from extractors.mentions.lexicon import SCOPES, Entry, Lexicon
from kg.search.folding import fold, has_han, spell
from kg.terminology.compiled import Concepts, open_trie
from kg.terminology.numbers import Numbers, map_numbers, numbers_of, save_numbers
from kg.terminology.rows import NAME_LANGUAGES

_TRIE = "pinyin.marisa"
_CODES = {"pinyin_first": "I", "pinyin_entry": "I"}
_FULL, _INITIALS = "f", "i"  # first sign of a spelling in the trie: which kind it is
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Pinyin:
    """Spellings, and of each the entries of `Concepts` that have it."""

    trie: Any
    first: Numbers
    entry: Numbers

    def entries(self, spelling: str) -> list[int]:
        """The entries that are spelt so: in full first, then by initials."""
        found: list[int] = []
        for kind in (_FULL, _INITIALS):
            if kind + spelling in self.trie:
                number = self.trie[kind + spelling]
                found += self.entry[self.first[number] : self.first[number + 1]].tolist()
        return list(dict.fromkeys(found))


def by_pinyin(text: str, lexicon: Lexicon, *, limit: int = 20) -> tuple[Entry, ...]:
    """The entries of Chinese names that are spelt so, in full or by initials; tones do not count.

    Those spelt in full come first, then labels, then short names.
    """
    spelling = fold(text.replace("ü", "v").replace("ǜ", "v").replace("ǚ", "v"))
    if len(spelling) < _SHORTEST or has_han(spelling):
        return ()
    concepts = lexicon.concepts
    found = []
    for entry in _pinyin(lexicon).entries(spelling):
        name, concept = concepts.name(entry), concepts.concept_of(entry)
        found.append(
            Entry(concepts.curie(concept), concepts.type(concept), name.text, name.scope,
                  name.language, name.source)
        )  # fmt: skip

    def rank(entry: Entry) -> tuple[bool, int, int, str]:
        full = spell(entry.name)[:1] != (spelling,)
        return full, SCOPES.index(entry.scope), len(entry.name), entry.concept

    return tuple(sorted(found, key=rank)[:limit])


def compile_pinyin(concepts: Concepts) -> Pinyin:
    """The spellings of all Chinese names."""
    chinese = np.flatnonzero(
        (np.asarray(concepts.rows["entry_flags"]) & 3) == NAME_LANGUAGES.index("zh")
    )
    spellings: list[str] = []
    entries: list[int] = []
    for entry in chinese.tolist():
        for kind, spelling in zip((_FULL, _INITIALS), spell(concepts.text(entry)), strict=False):
            if len(spelling) >= _SHORTEST:
                spellings.append(kind + spelling)
                entries.append(entry)
    trie = marisa_trie.Trie(spellings)
    number = np.fromiter((trie[spelling] for spelling in spellings), np.int64, len(spellings))
    listed = np.array(entries, np.int64)
    order = np.lexsort((listed, number))
    first = np.searchsorted(number[order], np.arange(len(trie) + 1))
    return Pinyin(
        trie, numbers_of(first.astype(np.uint32), "I"),
        numbers_of(listed[order].astype(np.uint32), "I"),
    )  # fmt: skip


def save_pinyin(concepts: Concepts, folder: Path) -> None:
    """Write the spellings beside a compiled lexicon."""
    pinyin = compile_pinyin(concepts)
    pinyin.trie.save(str(folder / _TRIE))
    save_numbers(folder, "pinyin_first", pinyin.first)
    save_numbers(folder, "pinyin_entry", pinyin.entry)


@lru_cache(maxsize=2)
def _pinyin(lexicon: Lexicon) -> Pinyin:
    folder = lexicon.folder
    if folder is None or not (folder / _TRIE).exists():
        return compile_pinyin(lexicon.concepts)
    rows = map_numbers(folder, _CODES)
    return Pinyin(open_trie(folder / _TRIE), *(rows[name] for name in _CODES))
