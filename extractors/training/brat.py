"""Brat standoff annotations: spans, binary relations and events with their causes and themes."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGNS = {
    "Positive_regulation": 1, "Activation": 1, "Negative_regulation": -1, "Inactivation": -1,
    "Degradation": -1,
}  # fmt: skip
FLIPPED = {
    "Positive_regulation": "Negative_regulation", "Negative_regulation": "Positive_regulation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A type of event, and what its roles (Theme, Cause) hold: ids of spans or events.

    `trigger` is the span of the word that tells it.
    """

    type: str
    roles: tuple[tuple[str, str], ...]
    trigger: str = ""

    def of(self, role: str) -> list[str]:
        """What fills a role (Theme, Theme2, …)."""
        return [target for name, target in self.roles if name.rstrip("0123456789") == role]


@dataclass(frozen=True, slots=True)
class Annotations:
    """Spans (type, start, end) and events by id, and binary relations (type, first, second)."""

    spans: dict[str, tuple[str, int, int]]
    events: dict[str, Event]
    relations: tuple[tuple[str, str, str], ...]

    @property
    def triggers(self) -> set[str]:
        """The spans that are words of events."""
        return {event.trigger for event in self.events.values()}


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
            label, _, trigger = kind.partition(":")
            events[name] = Event(label, tuple((a, b) for a, b in pairs), trigger)
        elif name.startswith("R"):
            label, first, second = rest.split()[:3]
            relations.append((label, first.partition(":")[2], second.partition(":")[2]))
    return Annotations(spans, events, tuple(relations))
