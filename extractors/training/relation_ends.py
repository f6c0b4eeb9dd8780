"""What the events of a corpus state of the things at the ends of their chains."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractors.training.brat import FLIPPED, SIGNS, Annotations

_DEEPEST = 4


def ends_of(
    notes: Annotations, is_thing: Callable[[str], bool] = lambda kind: False
) -> Iterator[tuple[str, str, str]]:
    """(type, cause, theme) of events that have a cause, between the spans at the ends of chains.

    A fall inside the theme turns the sign of the event round; what binds gives its two themes. An
    event of a kind that `is_thing` (a process that has a name) ends the chain with its own word.
    """
    walk = _Walk(notes, is_thing)
    for event in notes.events.values():
        if event.type == "Binding" and len(themes := event.of("Theme")) == 2:
            first, second = (list(walk.ends([theme])) for theme in themes)
            for one, _ in first:
                for other, _ in second:
                    yield event.type, one, other
        for cause, _ in walk.ends(event.of("Cause")):
            for theme, sign in walk.ends(event.of("Theme")):
                yield FLIPPED.get(event.type, event.type) if sign < 0 else event.type, cause, theme


class _Walk:
    def __init__(self, notes: Annotations, is_thing: Callable[[str], bool]) -> None:
        self.notes = notes
        self.is_thing = is_thing

    def ends(self, ids: list[str], depth: int = 0) -> Iterator[tuple[str, int]]:
        """The spans at the ends of chains, each with the sign of what is done to it."""
        for name in ids:
            if name in self.notes.spans:
                yield name, 1
            elif name in self.notes.events and depth < _DEEPEST:
                event = self.notes.events[name]
                if self.is_thing(event.type):
                    yield event.trigger, 1
                    continue
                for span, sign in self.ends(event.of("Theme"), depth + 1):
                    yield span, sign * SIGNS.get(event.type, 1)
