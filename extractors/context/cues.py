"""The places in a sentence where a phrase of a context rule stands.

The longest phrase at a place wins; a *pseudo* phrase hides the cue inside it (不仅 hides 不). Each
kind is looked up for itself: a place may be doubted and denied, but not denied twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.context.rules import Context, CueRule, Phrase, Segment
from kg.model import Cue, CueKind

# Each kind is looked up for itself: its phrases do not hide those of another.
POOLS: tuple[CueKind, ...] = ("negation", "hypothesis", "aim")
# How many words may stand between the parts of one cue, and what may not.
_WIDEST = 25
_BARRIERS = (";", ".", "。")

R = TypeVar("R")
Entry = tuple[Phrase, R | None]
Table = Mapping[str, tuple[Entry[R], ...]]


@dataclass(frozen=True, slots=True)
class Hit(Generic[R]):
    """A rule's phrase at a place: the parts of the cue, and all it covers, as token indexes."""

    rule: R
    parts: tuple[tuple[int, int], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ContextCue:
    """A cue with its scope, in offsets of the sentence.

    `scope` is the stretch that the cue is about, as a grammar sees it: with the subject of a
    passive, and with the cue itself. `reach` is where a word must stand to be denied or weakened:
    the subject of *X was not reduced* is in the scope and not in the reach. `more` holds the
    further parts of a cue such as *neither … nor*. Claims in the reach stand all the same where the
    cue is not `heeded` (*lack of X*, *we suggest that*).
    """

    kind: CueKind
    rule: str
    start: int
    end: int
    text: str
    scope: tuple[int, int]
    reach: tuple[int, int]
    more: tuple[tuple[int, int], ...] = ()
    heeded: bool = True

    def governs(self, start: int, end: int) -> bool:
        """Whether a stretch lies in the reach of the cue."""
        return self.reach[0] <= start and end <= self.reach[1]

    @property
    def extent(self) -> tuple[int, int]:
        """All that the cue is about or governs: scope and reach together."""
        return min(self.scope[0], self.reach[0]), max(self.scope[1], self.reach[1])

    def cue(self) -> Cue:
        """The cue as the graph keeps it."""
        return Cue(self.kind, self.start, self.end, self.text, self.rule, *self.extent)


def phrase_tables(context: Context) -> tuple[Table[CueRule], ...]:
    """For each kind the phrases by their first word, the longest first."""
    tables = []
    for kind in POOLS:
        entries: list[Entry[CueRule]] = []
        for rule in context.rules:
            if rule.kind == kind:
                entries += [(phrase, rule) for phrase in rule.cues]
                entries += [(phrase, None) for phrase in rule.pseudo]
                # What ends a scope hides the cue in it as well (观察到 ends what 观察 began).
                entries += [(Phrase((Segment(end, 0, 0),)), None) for end in rule.ends]
        tables.append(phrase_table(entries))
    return tuple(tables)


def phrase_table(entries: Iterable[Entry[R]]) -> Table[R]:
    """Phrases with their rules (None for a pseudo phrase) by the first word, the longest first."""
    table: dict[str, list[Entry[R]]] = {}
    for entry in entries:
        table.setdefault(entry[0].segments[0].words[0], []).append(entry)
    return {
        word: tuple(sorted(found, key=lambda e: -sum(len(s.words) for s in e[0].segments)))
        for word, found in table.items()
    }


def find_hits(words: Sequence[str], table: Table[R]) -> Iterator[Hit[R]]:
    """The hits of one kind from left to right; no word belongs to two of them."""
    at = 0
    taken: set[int] = set()
    while at < len(words):
        found = None if at in taken else _match(words, at, table)
        if found is None:
            at += 1
            continue
        hit, length, rest = found
        taken |= rest
        at += length
        if hit is not None:
            yield hit


def _match(
    words: Sequence[str], at: int, table: Table[R]
) -> tuple[Hit[R] | None, int, set[int]] | None:
    """The first phrase that stands at a place, its length there, and the later words it takes."""
    for phrase, rule in table.get(words[at], ()):
        places = _places(words, at, phrase)
        if places is None:
            continue
        length = len(phrase.segments[0].words)
        rest = {n for place, s in places[1:] for n in range(place, place + len(s.words))}
        if rule is None:
            return None, length, rest
        parts = tuple((place + s.first, place + s.last) for place, s in places)
        return Hit(rule, parts, at, at + length - 1), length, rest
    return None


def _places(words: Sequence[str], at: int, phrase: Phrase) -> list[tuple[int, Segment]] | None:
    """Where each segment of a phrase stands, the first of them at a place; None where one fails."""
    places: list[tuple[int, Segment]] = []
    low, high = at, at
    for segment in phrase.segments:
        for place in range(low, min(high + 1, len(words))):
            if tuple(words[place : place + len(segment.words)]) == segment.words:
                break
            if words[place] in _BARRIERS:
                return None
        else:
            return None
        places.append((place, segment))
        low = place + len(segment.words)
        high = low + _WIDEST
    return places
