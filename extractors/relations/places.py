"""Places in a sentence: where, seen from a trigger, its arguments may stand.

A place is a side and a name: ``left.head`` (grammatical subject), ``right.head`` (direct object),
``right.agent`` (after *by*), ``any.arm`` (a treatment group), … or what the sentence has left in
memory: ``carried`` (the last subject), ``topic``, ``causer``, ``scene``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from extractors.relations.elements import Element, Group
from extractors.relations.labels import CHANGES, HEAD, MODIFIER
from extractors.relations.obliques import closed_behind, fits_marker, owned, stands
from extractors.relations.subjects import find_inserted, has_own_subject, has_unknown_subject

# Whose changes are told, not what changes.
# What a report verb may stand before (no association was found between X and Y).
_BEHIND_REPORT = ("between", "arm", "after")
# Prepositions behind the noun that a subject begins with.
OWNERS = ("site", "of", "with", "target", "as")
# Verbs of which a noun with a meaning of its own may be the object (exerts an effect).
_GOVERNING = ("light", "be", "verb", "linked", "report")
BEARERS = ("arm", "patients", "animals")


@dataclass(slots=True)
class State:
    """What is remembered while a sentence is read from left to right, as indexes of elements."""

    subject: int | None = None
    causer: int | None = None
    theme: int | None = None
    topic: int | None = None
    scenes: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    clause: int = 0

    def reset(self) -> None:
        """Forget the subjects: a full stop or semicolon begins anew."""
        self.subject = self.topic = self.causer = self.theme = None


class Places:
    """The places of one sentence."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self.state = State()
        self._named: Mapping[str, Callable[[int, str], int | None]] = {
            "owner": self._owner, "nearest": self._nearest,
            "spare": self._spare, "complement": self._complement, "modified": self._modified,
            "subject": self._subject_of_governor, "adjacent": self._adjacent,
            "apposed": self._apposed, "phrase": self._phrase,
            "theme": self._theme, "listed": self._listed, "topic": self._coming,
            "causee": lambda at, _: self._causation(at, "causee"),
            "causer": lambda at, _: self._causation(at, "causer"),
        }  # fmt: skip

    def find(self, place: str, at: int, other: int | None) -> int | None:
        """The element that stands in a place such as ``left.head`` of the trigger at `at`."""
        side, _, name = place.partition(".")
        if not name:
            return self._remembered(place, at)
        if name == "head":
            return self.left_head(at) if side == "left" else self.right_head(at)
        named = self._named.get(name)
        if named is not None:
            return named(at, side)
        for direction in ("right", "left") if side == "any" else (side,):
            found = self._oblique(at, direction, name, other)
            if found is not None:
                return found
        return None

    def _remembered(self, place: str, at: int) -> int | None:
        state = self.state
        if place in ("carried", "topic") and has_own_subject(self.elements, at):
            return None
        if place == "carried":
            return state.subject if state.subject is not None and state.subject < at else None
        if place == "topic":
            return state.topic
        if place == "causer":
            return state.causer
        if place == "changed":
            return state.theme
        return state.scenes[-1] if state.scenes else None

    def _theme(self, at: int, _side: str) -> int | None:
        beside = self.elements[at - 1].group if at else None
        if (beside and beside.role == "with") or has_own_subject(self.elements, at):
            return None  # 复发与A过表达有关: it is A that changes
        return self.left_head(at, theme=True)

    def left_head(self, at: int, *, theme: bool = False) -> int | None:
        """The grammatical subject of a verb: the nearest head to its left in its own clause.

        As the `theme` of a change, a group of patients or a treatment arm does not count.
        """
        if has_unknown_subject(self.elements, at):
            return None
        return self._nearest_head(at, theme=theme)

    def _nearest_head(self, at: int, *, theme: bool) -> int | None:
        crossed = False
        nominal = not self.elements[at].verbal
        agent: int | None = None
        inserted = find_inserted(self.elements, at)
        for place in range((inserted or at) - 1, -1, -1):
            element = self.elements[place]
            if element.group is not None:
                taken = place in self.state.taken
                if theme and crossed and taken:
                    return None
                passed = taken or (theme and element.group.host in BEARERS)
                if element.group.role == HEAD and not passed:
                    if crossed and self._follows_verb(place):
                        return agent
                    return self._described(place, at)
                if element.group.role == "agent":
                    agent = place
            elif element.has("relative"):
                return self._antecedent(place)
            elif element.acts() and nominal and element.has(*_GOVERNING):
                nominal = False
            elif element.has("stop", "subordinate") or (
                element.acts() and not self._passes(place, at)
            ):
                return agent
            crossed = crossed or element.has("comma", "and")
        return agent

    def _described(self, place: int, at: int) -> int:
        """What a complement is said of, before a verb of its own (X is a Y doing Z)."""
        if self.elements[at].verbal or not self.elements[at].acts():
            return place
        copula = self._copula(place)
        own = None if copula is None else self.left_head(copula)
        return place if own is None else own

    def _passes(self, verb: int, at: int) -> bool:
        """Whether a verb to the left does not part a trigger from its subject."""
        if self._groups_between(verb, at):
            return False
        return self.elements[verb].has("be") or self._nominalised(verb)

    def _groups_between(self, low: int, high: int) -> bool:
        return any(
            e.group is not None and e.group.role == HEAD for e in self.elements[low + 1 : high]
        )

    def _nominalised(self, at: int) -> bool:
        """Whether a verb of change without object is the noun of what follows (X增加促进Y)."""
        element = self.elements[at]
        bare = element.tags.get("form", ()) == ("base",)
        return bare and element.trigger in CHANGES and self.right_head(at) is None

    def _follows_verb(self, at: int) -> bool:
        for element in reversed(self.elements[:at]):
            if element.has("comma", "stop", "subordinate", "relative"):
                return False
            if element.verbal:
                return not element.has("report")  # it is shown that X and Y …
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
        copula = None if nearest is None else self._copula(nearest)
        if copula is not None:
            own = self.left_head(copula)
            return nearest if own is None else own
        if nearest is not None and self.elements[at - 1].has("comma"):
            group = self.elements[nearest].group
            if (
                group is not None
                and group.role not in (HEAD, "of", "agent")
                and self.state.subject is not None
            ):
                return self.state.subject
        return nearest

    def _copula(self, at: int) -> int | None:
        """The copula whose complement a mention is (X is a Y that …)."""
        for place in range(at - 1, max(-1, at - 6), -1):
            element = self.elements[place]
            if element.has("be"):
                return place
            if element.group is not None or element.verbal or element.has("before", "comma", "and"):
                return None
        return None

    def right_head(self, at: int) -> int | None:
        """The direct object: the head of the noun phrase that follows."""
        if at + 1 < len(self.elements) and self.elements[at + 1].has("linker"):
            return None  # A高表达的患者: what follows is said to do it, not to undergo it
        for place in range(at + 1, min(at + 25, len(self.elements))):
            element = self.elements[place]
            if element.group is not None:
                inside = element.group.role in ("site", "after") and closed_behind(
                    self.elements, place, at
                )
                thing = owned(self.elements, place) if element.group.role == HEAD else None
                if thing is not None:
                    return thing
                if element.group.role == HEAD or inside:
                    inner = self._arising(place)
                    return place if inner is None else self.right_head(inner)
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
                or element.acts()
            ):
                return None
        return None

    def _arising(self, at: int) -> int | None:
        """The verb that tells what bearers of a thing get (增加Y患者发生Z的风险)."""
        verb = at + 2
        if verb < len(self.elements) and self.elements[at + 1].has("host"):
            return verb if self.elements[verb].trigger in ("cause", "show", "occur") else None
        return None

    def _nearest(self, at: int, side: str) -> int | None:
        """The nearest mention on a side, whatever its place, in the same clause."""
        step = 1 if side == "right" else -1
        place = at + step
        while 0 <= place < len(self.elements) and abs(place - at) < 12:
            element = self.elements[place]
            if element.group is not None:
                if step < 0:
                    return None if element.group.host in BEARERS else place
                return None if element.group.role == MODIFIER else place
            if step < 0 and self._of_unknown(place, at):
                return None  # the effect of X on the relaxation induced by Z
            if step < 0 and element.has("be"):
                return self.left_head(place)  # Y is a disease caused by X
            if element.verbal or element.has("stop", "subordinate", "comma", "relative"):
                return None
            if step < 0 and element.tags.get("host", ("",))[0] in BEARERS:
                return None
            place += step
        return None

    def _of_unknown(self, marker: int, at: int) -> bool:
        """Whether what a participle is said of is an unknown noun behind a preposition."""
        element = self.elements[marker]
        if self.elements[at].form != "participle" or not element.has("before"):
            return False
        if not {"target", "goal"} & set(element.tags["before"]):
            return False
        return any(not e.tags and e.text.isalpha() for e in self.elements[marker + 1 : at])

    def _spare(self, at: int, side: str) -> int | None:
        """The nearest mention that is not yet the object of another verb."""
        found = self._nearest(at, side)
        return None if found in self.state.taken else found

    def _owner(self, at: int, _side: str) -> int | None:
        """Whose effect it is (X对Y的作用: X, even where X is the object of another verb)."""
        for place in range(at - 1, max(-1, at - 14), -1):
            element = self.elements[place]
            if "target" in element.tags.get("before", ()):
                beside = place - 1
                return beside if beside >= 0 and self.elements[beside].group is not None else None
            if element.has("stop", "comma", "subordinate"):
                return None
        return None

    def _phrase(self, at: int, _side: str) -> int | None:
        """The only mention of the subject, behind its preposition (advances in X have led to Y)."""
        found: int | None = None
        noun = False
        for place in range(at - 1, -1, -1):
            element = self.elements[place]
            if element.group is not None:
                if found is not None or element.group.role not in OWNERS:
                    return None
                found = place
                noun = False
            elif element.has("comma", "stop", "subordinate", "relative") or (
                element.acts() and not element.has("have", "be", "report")
            ):
                break
            elif found is not None and not element.has("before", "determiner", "adverb"):
                noun = True
        return found if noun and found not in self.state.taken else None

    def _complement(self, at: int, _side: str) -> int | None:
        """What follows the copula behind the trigger (adverse events of X were [Y and Z])."""
        for place in range(at + 1, min(at + 10, len(self.elements))):
            if self.elements[place].has("be", "such"):
                return self.right_head(place)
            following = self.elements[place + 1] if place + 1 < len(self.elements) else None
            listing = following is not None and following.has("such")
            if self.elements[place].verbal or self.elements[place].has("stop"):
                return None
            if self.elements[place].has("comma") and not listing:
                return None
        return None

    def _listed(self, at: int, _side: str) -> int | None:
        """What is named behind a class that a verb describes (促进Y的因子包括[X和Z])."""
        target = self.right_head(at)
        if target is None or target + 1 >= len(self.elements):
            return None
        if not self.elements[target + 1].has("linker"):
            return None
        for place in range(target + 2, min(target + 7, len(self.elements))):
            element = self.elements[place]
            if element.has("such", "be"):
                return self.right_head(place) if place > target + 2 else None
            if element.group is not None or element.verbal or element.has("comma", "stop"):
                return None
        return None

    def _apposed(self, at: int, _side: str) -> int | None:
        """The mention that follows the trigger at once (the Y inhibitor X: X)."""
        behind = at + 1
        follows = behind < len(self.elements) and self.elements[behind].group is not None
        return behind if follows else None

    def _coming(self, at: int, _side: str) -> int | None:
        """The subject of the clause that follows (By blocking X, Y lowers Z: Y)."""
        comma = False
        for place in range(at + 1, min(at + 16, len(self.elements))):
            element = self.elements[place]
            if element.has("comma"):
                comma = True
            elif element.group is not None and comma and element.group.role == HEAD:
                return place
            elif element.verbal or element.has("stop", "subordinate", "relative"):
                return None
        return None

    def _modified(self, at: int, _side: str) -> int | None:
        """The head of the noun phrase that an attributive word belongs to."""
        wanted = self.elements[at].target
        if wanted is None or wanted.group is None:
            return None
        name = wanted.group.slots[0][0]
        for place, element in enumerate(self.elements[:at]):
            if element.group is not None and any(name in slot for slot in element.group.slots):
                if element.group.role != MODIFIER:
                    return place
                for later in range(place + 1, at):
                    group = self.elements[later].group
                    if group is not None and place in group.modifiers:
                        return later
                return place
        return None

    def _subject_of_governor(self, at: int, _side: str) -> int | None:
        """The subject of the light verb or copula that a nominal trigger depends on."""
        for place in range(at - 1, -1, -1):
            element = self.elements[place]
            if element.has("stop", "subordinate", "comma"):
                break
            if element.verbal:
                own = self.left_head(place)
                return self._phrase(place, "left") if own is None else own
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
        places = range(at - 1, max(-1, at - 7), -1)
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

    def _holds(self, group: Group, at: int) -> bool:
        """Whether a place tells only in whom it is so (a predictor of death in Y patients)."""
        return bool(group.host) and self.elements[at].trigger in ("affect", "cause", "associate")

    def _oblique(self, at: int, side: str, name: str, other: int | None) -> int | None:
        step = 1 if side == "right" else -1
        place = at + step
        light = than = False
        while 0 <= place < len(self.elements):
            element = self.elements[place]
            group = element.group
            if group is not None:
                compared, than = than and step > 0 and name != "than", False
                hosted = name == "site" and step > 0 and self._holds(group, at)
                free = place != other and not compared and not hosted
                if free and stands(group, name) and fits_marker(self.elements, group, name, at):
                    return place
            elif "than" in element.tags.get("before", ()):
                than = True  # what follows is only compared with
            elif element.has("stop", "subordinate") or (
                name == "agent" and step > 0 and element.form == "participle"
            ):
                return None
            elif element.has("report", "be") and step > 0 and name in _BEHIND_REPORT:
                pass  # no difference in Y [was found] between …
            elif element.verbal and not element.has("exposure", "loss", "before"):
                if side == "right" or light or not element.has("light", "be", "verb"):
                    return None
                if self.elements[at].verbal and self._groups_between(*sorted((place, at))):
                    return None
                light = True
            place += step
        return None
