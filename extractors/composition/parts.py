"""The parts of a name: English words with their morphemes, Chinese signs with their n-grams.

Both sides are folded as the lexicon folds (`extractors.normalize.atoms`): width, case, Greek,
number, spelling, traditional characters. Words that have no counterpart of their own in the other
language ("of", 的; `function_words.tsv`) are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractors.normalize import atoms, has_han
from extractors.tables import read_set
from kg.model import Language

LONGEST_GRAM = 4  # Han characters


@lru_cache(maxsize=1 << 14)  # the same names are compared with many
def words(text: str) -> tuple[str, ...]:
    """The words and numbers of an English name.

    Examples
    --------
    >>> words("Tumours of the Kidney, type II")
    ('tumor', 'kidney', 'type', 'ii')
    """
    return _told(text, "en")


def signs(text: str) -> tuple[str, ...]:
    """The Han characters, Latin words and numbers of a Chinese name.

    Examples
    --------
    >>> signs("Ⅱ型IgA腎病")
    ('ii', '型', 'iga', '肾', '病')
    """
    return _told(text, "zh")


def grams(spelt: Sequence[str], *, longest: int = LONGEST_GRAM) -> tuple[str, ...]:
    """The stretches of one to `longest` Han characters, and each Latin word or number alone.

    Examples
    --------
    >>> grams(("ii", "肾", "病"))
    ('ii', '肾', '肾病', '病')
    """
    found = []
    for start, sign in enumerate(spelt):
        found.append(sign)
        if not has_han(sign):
            continue
        for end in range(start + 2, min(start + longest, len(spelt)) + 1):
            if not has_han(spelt[end - 1]):
                break
            found.append("".join(spelt[start:end]))
    return tuple(found)


def is_silent(part: str, language: Language) -> bool:
    """Whether a part has no counterpart of its own: a function word, or a mark.

    Examples
    --------
    >>> is_silent("of", "en"), is_silent("的", "zh"), is_silent("肾", "zh")
    (True, True, False)
    """
    return part in read_set(language, "function_words.tsv") or not (part.isalnum() or has_han(part))


def _told(text: str, language: Language) -> tuple[str, ...]:
    return tuple(atom.key for atom in atoms(text, language) if not is_silent(atom.key, language))
