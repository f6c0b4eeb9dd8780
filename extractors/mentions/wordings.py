"""What wordings mean within one document: short forms that it defines, things it names again.

Wordings are compared by their keys (`extractors.normalize.key`), short ones also by their case, and
found in a text in one pass, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.mentions.phrases import Found
from extractors.normalize import atoms, glued, has_han, key
from kg.model import Language

_SHORT = 4
_LEAST = 3
_MOST_ATOMS = 30


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording with its meaning; `defined` where the document itself says what it means."""

    text: str
    model: Found
    defined: bool

    def fits(self, text: str) -> bool:
        """Whether a text with the same key is this wording: short ones keep their case."""
        short = len(self.text) <= _SHORT
        return not short or text in (self.text, f"{self.text}s")

    def at(self, start: int, end: int) -> Found:
        """The mention that the wording is when it stands at a place."""
        method = "abbreviation" if self.defined else "propagated"
        return replace(self.model, start=start, end=end, method=method)


class Wordings:
    """The wordings of a document."""

    def __init__(self) -> None:
        self._by_key: dict[str, Wording] = {}
        self._longest = 0

    def define(self, text: str, model: Found) -> None:
        """Keep what a definition says; the first one holds."""
        self._add(Wording(text, model, True))

    def repeat(self, text: str, model: Found) -> None:
        """Keep a phrase that may come again; names and vague phrases need no keeping."""
        # Listed names are found everywhere already; two Han characters alone are too vague.
        kind = model.method.partition(":")[0]
        if kind in ("pattern", "model") and len(text) >= _LEAST:
            self._add(Wording(text, model, False))

    def get(self, text: str) -> Wording | None:
        """The wording that this text is, or None."""
        wording = self._by_key.get(_key(text))
        return wording if wording is not None and wording.fits(text) else None

    def occurrences(self, text: str, language: Language) -> Iterator[Found]:
        """Every place of a known wording in a text, the longest at each beginning."""
        units = atoms(text, language)
        for begin in range(len(units)):
            if glued(units, begin):
                continue
            for end in range(min(len(units), begin + self._longest), begin, -1):
                name = "".join(f"{unit.key} " for unit in units[begin:end])
                wording = self._by_key.get(name)
                if wording is None or glued(units, end):
                    continue
                start, stop = units[begin].start, units[end - 1].end
                if wording.fits(text[start:stop]):
                    yield wording.at(start, stop)
                    break

    def _add(self, wording: Wording) -> None:
        name = _key(wording.text)
        if 0 < name.count(" ") <= _MOST_ATOMS:
            self._by_key.setdefault(name, wording)
            self._longest = max(self._longest, name.count(" "))


def _key(text: str) -> str:
    return key(text, "zh" if has_han(text) else "en")
