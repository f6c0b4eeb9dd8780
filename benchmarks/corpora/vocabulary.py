"""A lexicon of which only some vocabularies are seen, those in which a corpus names things."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mentions.lexicon import Entry, Lexicon, TermMatch
from kg.model import Language


class Vocabulary(Lexicon):
    """A lexicon of which only concepts with an identifier of some vocabularies are seen."""

    def __init__(self, lexicon: Lexicon, prefixes: tuple[str, ...]) -> None:
        super().__init__(lexicon.concepts, lexicon._keys)
        self._prefixes = prefixes

    def lookup(self, text: str, language: Language) -> tuple[Entry, ...]:
        """The entries whose name is this whole text and whose concept is seen."""
        return self._seen(super().lookup(text, language))

    def matches(self, text: str, language: Language) -> tuple[TermMatch, ...]:
        """Every name in a text whose concept is seen."""
        found = ((m, self._seen(m.entries)) for m in super().matches(text, language))
        return tuple(TermMatch(m.start, m.end, m.text, seen) for m, seen in found if seen)

    def _seen(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple(
            entry
            for entry in entries
            if any(i.startswith(self._prefixes) for i in self.identifiers(entry.concept))
        )
