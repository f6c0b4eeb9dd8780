"""Triggers meet frames: which groups are the subject and the object of each trigger.

The sentence is read from left to right with one carried state (grammatical subject, topic, scene),
so that verb chains, relative clauses and Chinese zero anaphora find their subjects. A frame names
the places in which its arguments may stand; the first place that holds a group is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.elements import Element, Group
from extractors.grammar import Frame, Grammar
from extractors.grouping import CHANGES, HEAD, MODIFIER

SCENE_ROLES = ("after",)
# X leads to / is related to / takes part in [a change of Y]: the change is what is stated.
GOVERNORS = ("cause", "associate", "affect")
GOVERNED = ("increase", "decrease", "affect", "restore", "relieve", "improve", "worsen")


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger with its arguments, as indexes of elements; `trigger_class` may be composed."""

    at: int
    frame: str
    trigger_class: str
    subject: int | None
    object: int
    pair: bool = False
    inverted: bool = False


@dataclass(slots=True)
class _State:
    subject: int | None = None
    causer: int | None = None
    topic: int | None = None
    scenes: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


class Matcher:
    """One sentence and what has been read of it so far."""

    def __init__(self, elements: list[Element], grammar: Grammar) -> None:
        self.elements = elements
        self.grammar = grammar
        self.state = _State()

    def matches(self) -> Iterator[Match]:
        """Matches in the order of their triggers; those without a subject have None there."""
        state = self.state
        for at, element in enumerate(self.elements):
            if element.has("stop"):
                state.subject = state.topic = state.causer = None
            if element.group is not None:
                if element.group.role in SCENE_ROLES:
                    state.scenes.append(at)
                if state.topic is None and element.group.role == HEAD:
                    state.topic = at
                continue
            if element.trigger:
                yield from self._match(at, element)
            if element.verbal:
                own = self.left_head(at)
                if own is not None:
                    state.subject = own

    def _match(self, at: int, element: Element) -> Iterator[Match]:
        bare: Match | None = None
        for frame in self.grammar.frames:
            if element.form not in frame.forms:
                continue
            if frame.intransitive and not self._intransitive(at):
                continue
            if (element.trigger, frame.name) not in self.grammar.index:
                continue
            if frame.pair is not None:
                both = self.find(frame.pair, at, None)
                group = None if both is None else self.elements[both].group
                if both is not None and group is not None and len(group.slots) > 1:
                    self.state.taken.add(both) if both > at else None
                    yield Match(at, frame.name, element.trigger, both, both, pair=True)
                    return
                continue
            target = self._first(frame.object, at, None)
            if target is None:
                continue
            subject = self._first(frame.subject, at, target)
            if subject is None:
                bare = bare or Match(at, frame.name, element.trigger, None, target)
                if target > at:
                    self.state.taken.add(target)
                continue
            if target > at:
                self.state.taken.add(target)
            self.state.causer = subject
            yield self._compose(at, frame, element, subject, target)
            return
        if bare is not None:
            yield bare

    def _intransitive(self, at: int) -> bool:
        """Whether nothing that could be an object follows the verb."""
        if self.elements[at].form != "finite" or self.elements[at].has("linked"):
            return True
        for element in self.elements[at + 1 :]:
            if (
                element.has("adverb", "positive", "negative", "particle")
                or not element.text[:1].isalpha()
            ):
                if element.has("comma", "stop", "open"):
                    return True
                if element.text[:1].isdigit():
                    return True
                continue
            return (
                element.has("before", "and", "subordinate", "after", "relative", "modal", "be")
                or element.verbal
            )
        return True

    def _compose(self, at: int, frame: Frame, element: Element, subject: int, target: int) -> Match:
        """The match, with a change that stands between the trigger and its object taken in."""
        chosen, inverted = element.trigger, False
        for between in self.elements[at + 1 : target] if target > at else self._marked(target):
            if not between.trigger or between.form not in (
                "noun",
                "adjective",
                "light",
                "copular",
                "participle",
            ):
                continue
            if chosen in GOVERNORS and between.trigger in GOVERNED:
                chosen = between.trigger
            elif chosen in CHANGES and between.trigger == "decrease":
                inverted = not inverted
        return Match(at, frame.name, chosen, subject, target, inverted=inverted)

    def _marked(self, target: int) -> list[Element]:
        """What stands between an oblique group on the left and its marker (与调控Y相关)."""
        for place in range(target - 1, max(-1, target - 6), -1):
            if self.elements[place].group is not None:
                break
            if self.elements[place].has("before"):
                return self.elements[place + 1 : target]
        return []

    def _first(self, places: tuple[str, ...], at: int, other: int | None) -> int | None:
        for place in places:
            found = self.find(place, at, other)
            if found is not None and found != other:
                return found
        return None

    def find(self, place: str, at: int, other: int | None) -> int | None:
        """The element that stands in a place such as ``left.head`` of the trigger at `at`."""
        if place == "carried":
            subject = self.state.subject
            return subject if subject is not None and subject < at else None
        if place == "causer":
            return self.state.causer
        if place == "topic":
            return self.state.topic
        if place == "scene":
            return self.state.scenes[-1] if self.state.scenes else None
        side, _, name = place.partition(".")
        if name == "head":
            return self.left_head(at) if side == "left" else self.right_head(at)
        if name == "subject":
            return self._subject_of_governor(at)
        if name in ("causee", "causer"):
            return self._causation(at, name)
        if name == "adjacent":
            return self._adjacent(at, side)
        for direction in ("right", "left") if side == "any" else (side,):
            found = self._oblique(at, direction, name, other)
            if found is not None:
                return found
        return None

    def left_head(self, at: int) -> int | None:
        """The grammatical subject of a verb: the nearest head to its left in its own clause."""
        crossed = False
        nominal = not self.elements[at].verbal
        agent: int | None = None
        for place in range(at - 1, -1, -1):
            element = self.elements[place]
            if element.group is not None:
                if element.group.role == HEAD and place not in self.state.taken:
                    return agent if crossed and self._follows_verb(place) else place
                if element.group.role == "agent":
                    agent = place
            elif element.has("stop", "subordinate"):
                return agent
            elif element.has("relative"):
                return self._antecedent(place)
            elif element.has("comma", "and"):
                crossed = True
            elif element.verbal or element.form in ("gerund", "infinitive"):
                if nominal and element.has("light", "be", "verb", "linked", "report"):
                    nominal = False
                    continue
                if not self._groups_between(place, at) and (
                    element.has("be") or self._nominalised(place)
                ):
                    continue
                return agent
        return agent

    def _groups_between(self, low: int, high: int) -> bool:
        return any(e.group is not None for e in self.elements[low + 1 : high])

    def _nominalised(self, at: int) -> bool:
        """Whether a verb of change without object is the noun of what follows (X增加促进Y)."""
        element = self.elements[at]
        return (
            element.trigger in CHANGES and not element.has("form") and self.right_head(at) is None
        )

    def _follows_verb(self, at: int) -> bool:
        for element in reversed(self.elements[:at]):
            if element.has("comma", "stop", "subordinate", "relative"):
                return False
            if element.verbal:
                return True
        return False

    def _antecedent(self, at: int) -> int | None:
        nearest = None
        for place in range(at - 1, max(-1, at - 10), -1):
            element = self.elements[place]
            if element.group is not None:
                if element.group.role in (HEAD, "of") or nearest is None:
                    nearest = place
                if element.group.role == HEAD:
                    break
            elif element.has("be") and nearest is None:
                continue
            elif element.verbal or element.has("stop", "subordinate"):
                break
        if nearest is not None and self.elements[at - 1].has("comma"):
            group = self.elements[nearest].group
            if (
                group is not None
                and group.role not in (HEAD, "of")
                and self.state.subject is not None
            ):
                return self.state.subject
        return nearest

    def right_head(self, at: int) -> int | None:
        """The direct object: the head of the noun phrase that follows."""
        for place in range(at + 1, min(at + 25, len(self.elements))):
            element = self.elements[place]
            if element.group is not None:
                if element.group.role == HEAD:
                    return place
                if element.group.role != MODIFIER:
                    return None
            elif (
                element.has("comma")
                and place + 1 < len(self.elements)
                and self.elements[place + 1].has("such")
            ):
                continue
            elif (
                element.has("stop", "subordinate", "relative", "comma")
                or (element.has("and") and place == at + 1)
                or element.verbal
                or element.form in ("gerund", "infinitive")
            ):
                return None
        return None

    def _subject_of_governor(self, at: int) -> int | None:
        """The subject of the light verb or copula that a nominal trigger depends on."""
        for place in range(at - 1, -1, -1):
            element = self.elements[place]
            if element.has("stop", "subordinate", "comma"):
                break
            if element.verbal:
                return self.left_head(place)
        return None

    def _causation(self, at: int, name: str) -> int | None:
        """What is made to change (X使Y升高: Y), or what makes it change (X)."""
        causee = None
        for place in range(at - 1, -1, -1):
            element = self.elements[place]
            if "causee" in element.tags.get("before", ()) and causee is not None:
                return causee if name == "causee" else self.left_head(place)
            if element.group is not None and element.group.role == HEAD and causee is None:
                causee = place
            elif element.verbal or element.has("comma", "stop", "subordinate"):
                return None
        return None

    def _adjacent(self, at: int, side: str) -> int | None:
        places = range(at - 1, max(-1, at - 5), -1)
        if side == "right":
            places = range(at + 1, min(at + 9, len(self.elements)))
        for place in places:
            element = self.elements[place]
            if element.group is not None:
                if side == "right" and element.group.role == MODIFIER:
                    continue
                return place
            if element.verbal or element.has("comma", "stop", "and", "relative", "subordinate"):
                return None
        return None

    def _oblique(self, at: int, side: str, name: str, other: int | None) -> int | None:
        step = 1 if side == "right" else -1
        place = at + step
        light = False
        while 0 <= place < len(self.elements):
            element = self.elements[place]
            group = element.group
            if group is not None:
                if place != other and _stands(group, name):
                    own = group.under is None or group.under == at
                    if name != "of" or self.elements[at].verbal or own:
                        return place
            elif element.has("stop", "subordinate"):
                return None
            elif element.verbal and not (element.has("exposure", "loss")):
                if side == "right" or light or not element.has("light", "be", "verb"):
                    return None
                if self.elements[at].verbal and self._groups_between(*sorted((place, at))):
                    return None
                light = True
            place += step
        return None


def _stands(group: Group, name: str) -> bool:
    if group.role == "than":
        return name == "than"
    return name in (group.role, group.host) or (name == group.marker and group.role != MODIFIER)
