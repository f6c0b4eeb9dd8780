"""Parts of speech as far as a word by itself tells them, one ``word, class`` a line.

Classes are the tags of the Penn Treebank, fewer of them; a word that is often two has both
(``NN/VB``). What is not listed goes by its ending (``-tion``), the longest listed one, and is else
a noun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractors.rule_files import file_name
from kg.errors import RuleError

LONGEST = 4  # letters of an ending
NOUN, NUMBER = "NN", "CD"
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD", "VBD/VBN", "VB/VBP", "NNS/VBZ"})


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The class of each listed word and ending of a language.

    >>> classes = WordClasses({"fails": "VBZ", "-tion": "NN", "-ed": "VBN"})
    >>> classes.of(["fails", "coped", "motion", "x", "12", ","])
    ['VBZ', 'VBN', 'NN', 'NN', 'CD', ',']
    """

    listed: Mapping[str, str] = field(default_factory=dict)

    def of(self, words: Sequence[str]) -> list[str]:
        """The class of each word; a mark is its own class."""
        return [self._of(word) for word in words]

    def _of(self, word: str) -> str:
        if not word[0].isalpha():
            return NUMBER if word[0].isdigit() else word[0]
        if word in self.listed:
            return self.listed[word]
        return self.by_ending(word)

    def by_ending(self, word: str) -> str:
        """The class that a word has by its ending alone."""
        for length in range(LONGEST, 1, -1):
            if len(word) > length + 1 and f"-{word[-length:]}" in self.listed:
                return self.listed[f"-{word[-length:]}"]
        return NOUN


def load_classes(path: Path) -> WordClasses:
    """The classes in a file, none where a language has no such file.

    Raises
    ------
    RuleError
        naming the line that is no ``word, class``.
    """
    listed: dict[str, str] = {}
    if not path.exists():
        return WordClasses()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        cells = line.split("\t")
        if len(cells) != 2 or not all(cells):
            raise RuleError(
                f"{line!r} is no word with its class",
                where=f"{file_name(path)}:{number}",
                remedy="give a word or an ending (-tion), a tab and a class",
            )
        listed[cells[0]] = cells[1]
    return WordClasses(listed)
