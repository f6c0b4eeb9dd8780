"""Listed names that differ from a name by one slip of the keyboard.

A slip is a letter too many, too few, wrong, or two that changed places (Damerau 1964). Asked only
of names that no list has, in one word of at least eight letters, whose first letter stands, as it
does in most misspellings (Pollock and Zamora 1984).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import TYPE_CHECKING

from kg.model import Language, MentionType

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Entry, Lexicon

_SHORTEST = 8
_LONGEST = 40
_WORD = re.compile(r"[A-Za-z]+")
_LISTED = ("label", "exact")


def misspelt_entries(
    text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> tuple[Entry, ...]:
    """The entries of the one concept of the type that a slip leads to; none where two do."""
    found: dict[str, Entry] = {}
    for other in slips(text):
        for entry in lexicon.lookup(other, language):
            if entry.scope in _LISTED and kind in (None, entry.type):
                found.setdefault(entry.concept, entry)
    return tuple(found.values()) if len(found) == 1 else ()


def slips(text: str) -> Iterator[str]:
    """The texts from which one slip in the longest word makes this text; none if that is short.

    Examples
    --------
    >>> "sirolimus" in set(slips("Sirolmus")), list(slips("gout"))
    (True, [])
    """
    words = [match for match in _WORD.finditer(text) if len(match[0]) >= _SHORTEST]
    if not words or len(text) > _LONGEST:
        return
    longest = max(words, key=lambda match: len(match[0]))
    word = longest[0].lower()
    for at in range(1, len(word) + 1):
        left, right = word[:at], word[at:]
        others = [left + sign + right for sign in ascii_lowercase]
        if right:
            others.append(left + right[1:])
            others += [left + sign + right[1:] for sign in ascii_lowercase if sign != right[0]]
        if len(right) > 1 and right[0] != right[1]:
            others.append(left + right[1] + right[0] + right[2:])
        yield from (text[: longest.start()] + one + text[longest.end() :] for one in others)
