"""Brat standoff annotations: spans, binary relations and events with their causes and themes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SIGNS = {
    "Positive_regulation": 1, "Activation": 1, "Negative_regulation": -1, "Inactivation": -1,
    "Degradation": -1,
}  # fmt: skip
_FLIPPED = {"Positive_regulation": "Negative_regulation", "Negative_regulation":
            "Positive_regulation"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A type of event, and what its roles (Theme, Cause) hold: ids of spans or events."""

    type: str
    roles: tuple[tuple[str, str], ...]

    def of(self, role: str) -> list[str]:
        """What fills a role (Theme, Theme2, …)."""
        return [target for name, target in self.roles if name.rstrip("0123456789") == role]


@dataclass(frozen=True, slots=True)
class Annotations:
    """Spans (type, start, end) and events by id, and binary relations (type, first, second)."""

    spans: dict[str, tuple[str, int, int]]
    events: dict[str, Event]
    relations: tuple[tuple[str, str, str], ...]


def read_annotations(text: str) -> Annotations:
    r"""The annotations of the lines of a standoff file; of a span in pieces the first is taken.

    >>> notes = read_annotations("T1\tDrug 0 4\tEGCG\nR1\ttreats Arg1:T1 Arg2:T2")
    >>> notes.spans, notes.relations
    ({'T1': ('Drug', 0, 4)}, (('treats', 'T1', 'T2'),))
    """
    spans: dict[str, tuple[str, int, int]] = {}
    events: dict[str, Event] = {}
    relations: list[tuple[str, str, str]] = []
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            found = re.match(r"(\S+) (\d+) (\d+)", rest)
            if found:
                spans[name] = (found[1], int(found[2]), int(found[3]))
        elif name.startswith("E"):
            kind, *roles = rest.split()
            pairs = (role.split(":", 1) for role in roles)
            events[name] = Event(kind.partition(":")[0], tuple((a, b) for a, b in pairs))
        elif name.startswith("R"):
            label, first, second = rest.split()[:3]
            relations.append((label, first.partition(":")[2], second.partition(":")[2]))
    return Annotations(spans, events, tuple(relations))


def ends_of(notes: Annotations) -> Iterator[tuple[str, str, str]]:
    """(type, cause, theme) of events that have a cause, between the spans at the ends of chains.

    A fall inside the theme turns the sign of the event round; what binds gives its two themes.
    """
    for event in notes.events.values():
        if event.type == "Binding" and len(themes := event.of("Theme")) == 2:
            first, second = (list(_spans([theme], notes, 0)) for theme in themes)
            for one, _ in first:
                for other, _ in second:
                    yield event.type, one, other
        for cause, _ in _spans(event.of("Cause"), notes, 0):
            for theme, sign in _spans(event.of("Theme"), notes, 0):
                yield _FLIPPED.get(event.type, event.type) if sign < 0 else event.type, cause, theme


def _spans(ids: list[str], notes: Annotations, depth: int) -> Iterator[tuple[str, int]]:
    for name in ids:
        if name in notes.spans:
            yield name, 1
        elif name in notes.events and depth < 4:
            event = notes.events[name]
            for span, sign in _spans(event.of("Theme"), notes, depth + 1):
                yield span, sign * SIGNS.get(event.type, 1)
