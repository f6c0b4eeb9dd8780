"""The keys by which names are found: compiled from the names of concepts, mapped into memory."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import marisa_trie

from extractors.normalize import key, normalize
from kg.terminology.compiled import Concepts, open_trie
from kg.terminology.gathering import LANGUAGE_NUMBERS, SCOPE_NUMBERS
from kg.terminology.numbers import Numbers, map_numbers, numbers_of, save_numbers

LONGEST_KEY = 160
CODES = {"key_first": "I", "key_entry": "I", "entry_cased": "B"}
# What decides the key of a name; an artefact made with another state of these files is refused.
DECIDING = ("normalize.py", "languages/en/spelling.tsv", "mentions/keys.py")
_TRIE = "keys.marisa"
_SHORT = 4
_LONGEST_ACRONYM = 6
_CHINESE, _ABBREVIATION = LANGUAGE_NUMBERS["zh"], SCOPE_NUMBERS["abbreviation"]


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of names.

    Parameters
    ----------
    trie : of the keys, each of which it gives a number
    first : of each key, where its entries begin in `entry`; one more at the end
    entry : numbers of entries of `Concepts`
    cased : of each entry of `Concepts`, 1 where it counts in its own case only
    """

    trie: Any
    first: Numbers
    entry: Numbers
    cased: Numbers

    def save(self, folder: Path) -> None:
        """Write the files from which `open_keys` reads."""
        self.trie.save(str(folder / _TRIE))
        for name, numbers in zip(CODES, (self.first, self.entry, self.cased), strict=True):
            save_numbers(folder, name, numbers)


def open_keys(folder: Path) -> Keys:
    """The keys that `Keys.save` wrote into a folder.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    rows = map_numbers(folder, CODES)
    return Keys(open_trie(folder / _TRIE), *(rows[name] for name in CODES))


def compile_keys(concepts: Concepts, *, told: Callable[[int], None] = lambda _: None) -> Keys:
    """The keys of all names; a name that folds to nothing, or to digits only, has none.

    Of entries of one concept, key and language that differ in nothing that counts, the first is
    kept.

    Parameters
    ----------
    told : called now and then with the number of names done
    """
    import numpy as np

    count = concepts.entry_count
    found: list[str] = []
    entries, cased = [], np.zeros(count, dtype=np.uint8)
    for entry in range(count):
        text, chinese = concepts.text(entry), concepts.language_number(entry) == _CHINESE
        name_key = key(text, "zh" if chinese else "en")
        if _usable(name_key):
            found.append(name_key)
            entries.append(entry)
            cased[entry] = needs_case(text, concepts.scope_number(entry) == _ABBREVIATION)
        if entry % 50_000 == 0:
            told(entry)
    trie = marisa_trie.Trie(found)
    number = np.fromiter((trie[name_key] for name_key in found), np.int64, len(found))
    entry_array = np.array(entries, dtype=np.int64)
    concept = np.asarray(concepts.rows["entry_concept"])[entry_array]
    language = np.asarray(concepts.rows["entry_flags"])[entry_array] & 3
    exact = np.where(cased[entry_array] == 1, entry_array + 1, 0)  # each its own
    order = np.lexsort((entry_array, exact, language, concept, number))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = False
    for column in (number, concept, language, exact):
        fresh[1:] |= column[order][1:] != column[order][:-1]
    order = order[fresh]
    order = order[np.lexsort((entry_array[order], number[order]))]
    first = np.searchsorted(number[order], np.arange(len(trie) + 1))
    return Keys(
        trie, numbers_of(first.astype(np.uint32), "I"),
        numbers_of(entry_array[order].astype(np.uint32), "I"), numbers_of(cased, "B"),
    )  # fmt: skip


@cache
def keys_mark() -> str:
    """A hash of what decides the keys of names: rules, tables, Unicode and conversion of script."""
    digest = hashlib.sha256()
    for name in DECIDING:
        digest.update(files("extractors").joinpath(name).read_bytes())
    digest.update(f"{unicodedata.unidata_version} {version('opencc')}".encode())
    return digest.hexdigest()[:16]


def _usable(name_key: str) -> bool:
    bare = name_key.replace(" ", "")
    return len(bare) >= 2 and len(name_key) < LONGEST_KEY and not bare.isdigit()


def needs_case(text: str, abbreviation: bool) -> bool:
    """Whether a name is a short symbol that in another case is likely to be another word.

    >>> needs_case("CAT", False), needs_case("catalase", False), needs_case("IL-6", False)
    (True, False, False)
    """
    if not text.isascii() or (len(text) > 3 * _LONGEST_ACRONYM and not abbreviation):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if not capitals or any(sign.isdigit() for sign in text):
        return False
    short = len(letters) <= _SHORT and " " not in text
    return short or capitals == len(letters) <= _LONGEST_ACRONYM or abbreviation


def same_case(name: str, text: str) -> bool:
    """Whether a text writes a name as it is, in the plural or all in capitals.

    >>> same_case("Bad", "BAD"), same_case("BAD", "bad")
    (True, False)
    """
    compact, given = _compact(name), _compact(text)
    return given in (compact, compact + "s", compact.upper())


@lru_cache(maxsize=65536)
def _compact(text: str) -> str:
    # Folded without case: width, dashes and spaces do not count, capitals do.
    return "".join(
        piece.upper() if sign.isupper() else piece
        for sign in text
        if (piece := normalize(sign, "en").text) not in ("-", " ")
    )
