"""What is told of two mentions of one sentence, as the names of features that hold.

Most features speak of what the rules saw (classes of triggers and their forms, places of groups,
frames), not of words: they mean the same in both languages, and a model of one language learns from
annotated text of the other. Words themselves are features too, marked by their language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.relations.elements import Element
from extractors.relations.mediators import Found
from extractors.relations.reading import Place, Reading
from kg.model import Mention

FARTHEST = 60  # elements between two mentions that are still looked at together
_AROUND = 4  # elements before the first and behind the second
_WORDS = 14  # elements between, up to which their words are told
# The first kind that an element has is told of it.
_KINDS = (
    "stop", "relative", "subordinate", "and", "comma", "open", "close", "such", "negative",
    "positive", "loss", "gain", "control", "exposure", "report", "method", "light", "be", "have",
    "modal", "factive", "pair", "respective", "contrast", "to", "determiner", "particle", "person",
)  # fmt: skip
_VALUED = ("before", "after", "aspect", "host", "role")
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 35)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions in the order of the text, what the rules read of them, and features."""

    left: Mention
    right: Mention
    read: Found | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a mention stands: its element, and features of its own."""

    at: int
    mention: Mention
    own: tuple[str, ...]
    symbol: str


def pairs_of(place: Place, reading: Reading) -> list[Pair]:
    """All pairs of mentions of a sentence that could be related, in the order of the text.

    Overlapping mentions and two names in one slot (a name and its abbreviation) are no pair.
    """
    return list(_Sentence(place, reading).pairs())


class _Sentence:
    """One sentence as rows of symbols, made once for all its pairs."""

    def __init__(self, place: Place, reading: Reading) -> None:
        self.reading = reading
        self.language = place.grammar.language
        self.elements = sorted(
            (e for e in reading.elements if e.text), key=lambda e: (e.start, -e.end)
        )
        self.symbols = [symbol(e) for e in self.elements]
        self.words = [self._words(e) for e in self.elements]
        self.offset = place.sentence.start
        self.read = {frozenset((f.subject.id, f.object.id)): f for f in reading.found}
        self.general = self._general(place)
        self.arguments = self._arguments()
        self.seats = [self._seat(m) for m in sorted(place.mentions, key=lambda m: m.start)]

    def _words(self, element: Element) -> tuple[str, ...]:
        if element.group is not None:
            return ()
        text = element.text.lower()
        if self.language != "zh" or len(text) < 4:
            return (f"{self.language}:{text}",)
        return tuple(f"zh:{text[n : n + 2]}" for n in range(len(text) - 1))

    def _general(self, place: Place) -> tuple[str, ...]:
        kinds = sorted({cue.kind for cue in self.reading.cues})
        section = place.sentence.section
        return (
            "bias", f"section={section}", f"asked={place.asked}",
            *(f"cue={kind}" for kind in kinds),
            f"named={_step(len(place.mentions))}", f"found={_step(len(self.reading.found))}",
        )  # fmt: skip

    def _arguments(self) -> dict[str, list[str]]:
        """For each mention, what the rules read of it and of whatever else."""
        told: dict[str, list[str]] = {}
        for found in self.reading.found:
            for role, mention in (("s", found.subject), ("o", found.object)):
                told.setdefault(mention.id, []).append(f"{role}:{found.match.trigger_class}")
        for match in self.reading.matches:
            if match.subject is None:
                group = self.reading.elements[match.object].group
                for mention in group.mentions() if group else ():
                    told.setdefault(mention.id, []).append(f"bare:{match.trigger_class}")
        return {name: sorted(set(values)) for name, values in told.items()}

    def _seat(self, mention: Mention) -> _Seat:
        start = mention.start - self.offset
        at = next((n for n, e in enumerate(self.elements) if e.group and mention in _all(e)), None)
        if at is None:
            starts = [e.start for e in self.elements]
            at = max(bisect_right(starts, start) - 1, 0)
        element = self.elements[at] if self.elements else None
        group = element.group if element else None
        own = [f"type={mention.type}"]
        if group is not None and mention in _all(element):
            under = group.under
            governor = self.reading.elements[under].trigger if under is not None else ""
            own += [
                f"role={group.role}", f"host={group.host}", f"aspect={group.aspect_of(mention)}",
                f"under={governor}", f"loss={group.loss is not None}",
                f"members={min(len(group.slots), 4)}", f"head={mention is group.slots[0][0]}",
            ]  # fmt: skip
            symbol_ = f"{mention.type}.{group.role}"
        else:
            own.append("role=none")
            symbol_ = f"{mention.type}.none"
        own += [f"arg={told}" for told in self.arguments.get(mention.id, ["nothing"])]
        return _Seat(at, mention, tuple(own), symbol_)

    def pairs(self) -> Iterator[Pair]:
        for n, left in enumerate(self.seats):
            for right in self.seats[n + 1 :]:
                one, other = left.mention, right.mention
                read = self.read.get(frozenset((one.id, other.id)))
                if read is None and not self._may(left, right):
                    continue
                yield Pair(one, other, read, tuple(self._features(left, right, read)))

    def _may(self, left: _Seat, right: _Seat) -> bool:
        one, other = left.mention, right.mention
        if other.start < one.end or one.text.lower() == other.text.lower():
            return False
        if abs(right.at - left.at) > FARTHEST:
            return False
        if left.at == right.at:
            group = self.elements[left.at].group
            slots = group.slots if group else []
            return not any(one in slot and other in slot for slot in slots)
        return True

    def _features(self, left: _Seat, right: _Seat, read: Found | None) -> Iterator[str]:
        types = f"{left.mention.type}-{right.mention.type}"
        yield from self.general
        yield f"types={types}"
        for side, seat in (("L", left), ("R", right)):
            for name in seat.own:
                yield f"{side}.{name}"
        yield f"places={left.symbol}-{right.symbol}"
        yield from self._told(left, right, read, types)
        low, high = sorted((left.at, right.at))
        between = range(low + 1, high)
        yield from self._between(between, types, left, right, same=left.at == right.at)
        yield from self._around(low, high, types)

    def _told(self, left: _Seat, right: _Seat, read: Found | None, types: str) -> Iterator[str]:
        if read is None:
            yield "rule=none"
            own = {frozenset((left.mention.id, right.mention.id))}
            for side, seat in (("L", left), ("R", right)):
                if any(seat.mention.id in key for key in self.read if key not in own):
                    yield f"{side}.read"
            return
        way = ">" if read.subject.id == left.mention.id else "<"
        yield f"rule={read.predicate}{way}"
        yield f"rule={read.rule.id}"
        yield f"rule={read.match.trigger_class}.{read.match.frame}"
        yield f"rule.{types}={read.predicate}{way}"
        yield f"rule.derived={read.derived}"
        yield f"rule.confidence={read.rule.confidence:.1f}"

    def _between(
        self, between: range, types: str, left: _Seat, right: _Seat, *, same: bool
    ) -> Iterator[str]:
        row = [self.symbols[n] for n in between]
        told = [s for s in row if s != "w"]
        yield f"same={same}"
        yield f"far={_step(len(row))}"
        yield f"groups={min(sum(s.startswith('M') for s in row), 5)}"
        yield f"commas={min(row.count('comma'), 4)}.stops={min(row.count('stop'), 2)}"
        for name in set(told):
            yield f"b={name}"
            yield f"b.{types}={name}"
        chain = [f"<{left.symbol}", *told, f"{right.symbol}>"]
        for one, other in pairwise(chain):
            yield f"bb={one}|{other}"
        if len(told) <= 5:
            yield f"path={'|'.join(told)}"
            yield f"path.{types}={'|'.join(told)}"
        triggers = [s for s in told if s.startswith("T")]
        if not triggers:
            yield "no trigger between"
            yield f"no trigger.{types}"
        else:
            yield f"first={triggers[0]}.{left.symbol}"
            yield f"last={triggers[-1]}.{right.symbol}"
            yield f"triggers={len(triggers[:3])}"
            yield f"only={'|'.join(triggers[:3])}.{types}"
        if len(row) <= _WORDS:
            words = [word for n in between for word in self.words[n]]
            for word in set(words):
                yield f"w={word}"
            for one, other in pairwise(words):
                yield f"ww={one}|{other}"

    def _around(self, low: int, high: int, types: str) -> Iterator[str]:
        before = range(max(0, low - _AROUND), low)
        behind = range(high + 1, min(len(self.symbols), high + 1 + _AROUND))
        for side, places_ in (("B", before), ("A", behind)):
            triggers = []
            for n in places_:
                if self.symbols[n] != "w":
                    yield f"{side}={self.symbols[n]}"
                if self.symbols[n].startswith("T"):
                    triggers.append(self.symbols[n])
            if triggers:
                nearest = triggers[-1] if side == "B" else triggers[0]
                yield f"{side}.near={nearest}.{types}"
        if before:
            for word in self.words[low - 1]:
                yield f"B1={word}"
            yield f"B1={self.symbols[low - 1]}"
        if behind:
            for word in self.words[high + 1]:
                yield f"A1={word}"
            yield f"A1={self.symbols[high + 1]}"


def symbol(element: Element) -> str:
    """What an element is, in one word that means the same in every language.

    >>> symbol(Element(0, 8, "inhibits", {"form": ("third",)}, trigger="decrease", form="finite"))
    'T.decrease.finite'
    >>> symbol(Element(0, 2, "of", {"before": ("of",)})), symbol(Element(0, 5, "total", {}))
    ('before.of', 'w')
    """
    if element.group is not None:
        return f"M.{element.group.slots[0][0].type}"
    if element.trigger:
        return f"T.{element.trigger}.{element.form}"
    for kind in _KINDS:
        if kind in element.tags:
            return kind
    for kind in _VALUED:
        if kind in element.tags:
            values: Sequence[str] = element.tags[kind]
            return f"{kind}.{values[0] if values else ''}"
    return "verb" if element.verbal else "w"


def _all(element: Element | None) -> list[Mention]:
    slots = element.group.slots if element and element.group else []
    return [mention for slot in slots for mention in slot]


def _step(number: int) -> int:
    """The step of a rising scale that a number has reached.

    >>> [_step(number) for number in (0, 4, 100)]
    [0, 4, 9]
    """
    return sum(number > step for step in _STEPS)
