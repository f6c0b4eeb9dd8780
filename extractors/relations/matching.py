"""Triggers meet frames: which groups are the subject and the object of each trigger.

The sentence is read from left to right with one carried state (grammatical subject, topic, scene),
so that verb chains, relative clauses and Chinese zero anaphora find their subjects. A frame names
the places in which its arguments may stand; the first place that holds a group is taken.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from extractors.relations.elements import Element
from extractors.relations.grammar import Frame, Grammar
from extractors.relations.labels import CHANGES, HEAD, MODIFIER
from extractors.relations.places import Places
from extractors.relations.verbal_nouns import previous
from kg.model import Mention

SCENE_ROLES = ("after",)
# X leads to / is related to / takes part in [a change of Y]: the change is what is stated.
GOVERNORS = ("cause", "associate", "affect")
# What one does to a thing, so that the thing is the subject of what follows (抑制X可促进Y).
CARRIED = ("increase", "decrease", "affect")
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
    denied: bool = False
    clause: int = 0


class Matcher:
    """One sentence and what has been read of it so far."""

    def __init__(self, elements: list[Element], grammar: Grammar) -> None:
        self.elements = elements
        self.grammar = grammar
        self.places = Places(elements)
        self.state = self.places.state
        self.bare: list[Match] = []

    def matches(self) -> Iterator[Match]:
        """Matches in the order of their triggers; those without a subject have None there."""
        state = self.state
        for at, element in enumerate(self.elements):
            if element.has("stop"):
                state.reset()
                self.bare = []
            if element.has("stop", "subordinate"):
                state.clause += 1
            if element.group is not None:
                if element.group.role in SCENE_ROLES:
                    state.scenes.append(at)
                heads = element.group.role == HEAD and at not in state.taken
                if state.topic is None and heads:
                    state.topic = at
                continue
            if element.trigger and not self._done_by_people(at):
                for match in self._match(at, element):
                    yield replace(match, clause=state.clause)
            if element.verbal:
                own = self.places.left_head(at)
                if own is not None:
                    state.subject = own

    def _match(self, at: int, element: Element) -> Iterator[Match]:
        bare: Match | None = None
        done = False
        for frame in self.grammar.frames:
            if not self._applies(frame, at, element) or (done and not frame.also):
                continue
            if frame.pair is not None:
                done = yield from self._mutual(at, frame, element)
                continue
            target = self._first(frame.object, at, None)
            if target is None:
                continue
            subject = None if self._done_to_test(at) else self._first(frame.subject, at, target)
            match = Match(at, frame.name, element.trigger, subject, target)
            if frame.also:
                if subject is not None:
                    yield match
                continue
            if subject is None:
                self._remember(frame, match, element)
                bare = bare or (match if frame.intransitive else None)
                continue
            match = self._compose(at, frame, element, subject, target)
            if self._fits(match):
                self._remember(frame, match, element)
                yield from self._share(match)
                yield match
                yield from self._second(match)
                yield from self._excepted(match)
                yield from self._joined(match, element)
                done = True
        if bare is not None and not done:
            self.bare.append(bare)
            yield bare

    def _fits(self, match: Match) -> bool:
        """Whether a rule allows the types of any two members; else the next frame is tried."""
        rules = self.grammar.index.get((match.trigger_class, match.frame), ())
        subject = self.elements[match.subject or 0].group
        target = self.elements[match.object].group
        return any(
            left.type in rule.subject and right.type in rule.object
            for rule in rules
            for left in (subject.mentions() if subject else ())
            for right in (target.mentions() if target else ())
        )

    def _remember(self, frame: Frame, match: Match, element: Element) -> None:
        """Note what the match means for the verbs that follow."""
        known = match.subject is not None
        self._take(match.object, match.at, element, known=known)
        if frame.intransitive or "left.causee" in frame.object:
            self.state.theme = match.object
        if not known:
            acts = element.form in ("finite", "gerund") and not frame.intransitive
            if acts and match.object > match.at:
                self._carry(match.object, element)
            return
        self.state.causer = match.subject
        if "left.causee" in frame.object:
            self.state.taken.add(match.object)
            self.state.subject = match.subject

    def _done_to_test(self, at: int) -> bool:
        """Whether one does it to see what follows (…，而过表达X则促进Y)."""
        element, target = self.elements[at], self.places.right_head(at)
        if element.form != "finite" or not element.has("gain", "loss") or target is None:
            return False
        before = previous(self.elements, at)
        if before is not None and not before.has("comma", "stop", "subordinate", "report"):
            return False
        for then in range(target + 1, min(target + 6, len(self.elements))):
            following = self.elements[then]
            if following.verbal:
                return bool(following.trigger) and self.places.right_head(then) is not None
            if not following.has("adverb", "modal", "aspect", "particle"):
                return False
        return False

    def _opens_clause(self, element: Element) -> bool:
        at = next(n for n, e in enumerate(self.elements) if e is element)
        for before in reversed(self.elements[:at]):
            if before.has("stop", "subordinate"):
                return True
            if not before.has("adverb", "modal"):
                return False
        return True

    def _relative_clause(self, target: int) -> bool:
        """Whether the object may be the head that a clause before it describes (V Y的 N患者)."""
        group = self.elements[target].group
        return group is not None and bool(group.modifiers) and bool(group.host)

    def _take(self, target: int, at: int, element: Element, *, known: bool) -> None:
        """Keep an object from being read as the subject of a later verb."""
        group = self.elements[target].group
        lost = group is not None and group.loss == (element.start, element.end)
        if lost and element.form == "noun" and target < at:
            return  # X的缺失加重Y: X acts by its loss
        if element.form == "adjective" or (not known and self._relative_clause(target)):
            return
        if element.form == "noun" and target > at and not self._verb_before(at):
            return  # the increase of Y was prevented: Y is still the subject's own
        nominal = element.form in ("light", "copular", "noun")
        if target > at or (nominal and target == self.places.find("left.adjacent", at, None)):
            self.state.taken.add(target)

    def _verb_before(self, at: int) -> bool:
        """Whether the clause has its verb before a place."""
        for element in reversed(self.elements[:at]):
            if element.has("stop", "subordinate"):
                return False
            if element.acts():
                return True
        return False

    def _done_by_people(self, at: int) -> bool:
        """Whether the authors are the subject (we reduced the dose)."""
        before = previous(self.elements, at)
        return self.elements[at].verbal and before is not None and before.has("person")

    def _applies(self, frame: Frame, at: int, element: Element) -> bool:
        return (
            element.form in frame.forms
            and (element.trigger, frame.name) in self.grammar.index
            and (not frame.intransitive or self._intransitive(at))
            and (not frame.governed or self._governed(at))
        )

    def _governed(self, at: int) -> bool:
        """Whether the verb before an adjective says that someone has or shows something."""
        for element in reversed(self.elements[:at]):
            if element.has("stop", "subordinate"):
                return False
            if element.acts():
                return element.has("light", "have", "be") or element.trigger == "show"
        return False

    def _mutual(self, at: int, frame: Frame, element: Element) -> Generator[Match, None, bool]:
        both = self.places.find(frame.pair or "", at, None)
        group = None if both is None else self.elements[both].group
        if both is None or group is None or len(group.slots) < 2:
            return False
        if both > at:
            self.state.taken.add(both)
        yield Match(at, frame.name, element.trigger, both, both, pair=True)
        return True

    def _carry(self, target: int, element: Element) -> None:
        """Let the object of a verb without subject be the subject of the next (抑制X可促进Y)."""
        group = self.elements[target].group
        if element.trigger not in CARRIED:
            return
        tested = self._done_to_test(self.elements.index(element))
        if group is not None and (
            tested or (self.state.subject is None and self._opens_clause(element))
        ):
            self.state.subject = target
            if element.trigger == "decrease" and group.loss is None:
                group.loss = (element.start, element.end)

    def _share(self, match: Match) -> Iterator[Match]:
        """The changes before this one that share the cause behind it (A rose and B fell in X)."""
        pending, self.bare = self.bare, []
        subject = match.subject
        if subject is None or subject < match.at or match.trigger_class not in CHANGES:
            return
        for bare in pending:
            if bare.trigger_class in CHANGES and bare.object != subject:
                yield replace(bare, subject=subject, frame=match.frame)

    def _second(self, match: Match) -> Iterator[Match]:
        """Further objects with a sign of their own (positively with Y and negatively with Z)."""
        if match.trigger_class != "associate":
            return
        for place in range(match.object + 1, min(match.object + 9, len(self.elements))):
            element = self.elements[place]
            if element.verbal or element.has("stop", "subordinate"):
                return
            if element.group is not None and element.group.role == "with":
                yield replace(match, object=place)

    def _excepted(self, match: Match) -> Iterator[Match]:
        """What the verb is denied of behind its object (X lowers Y but not Z)."""
        if match.object < match.at:
            return
        row = self.elements[match.object + 1 : match.object + 9]
        contrast = next((n for n, e in enumerate(row) if e.has("contrast")), None)
        if contrast is None or any(e.acts() or e.has("stop") for e in row[:contrast]):
            return
        for place in range(match.object + 2 + contrast, min(len(self.elements), match.object + 12)):
            element = self.elements[place]
            if element.group is not None and element.group.role != MODIFIER:
                verb = self.elements[place + 1 : place + 4]
                if not any(e.acts() or e.has("be", "modal") for e in verb):
                    self.state.taken.add(place)
                    yield replace(match, object=place, denied=True)
                return
            if element.acts() or element.has("stop", "comma", "before"):
                return

    def _joined(self, match: Match, element: Element) -> Iterator[Match]:
        """A change that is joined to the object (X blocks A and the increase of B)."""
        if element.form not in ("finite", "infinitive", "gerund") or match.object < match.at:
            return
        at = self._joined_change(match.object)
        if at is None:
            return
        target = self.places.find("right.of", at, None) or self.places.find("right.site", at, None)
        if target is None or target == match.object:
            return
        change, chosen, inverted = self.elements[at].trigger, match.trigger_class, match.inverted
        if chosen in GOVERNORS:
            chosen = change
        elif chosen in CHANGES and change == "decrease":
            inverted = not inverted
        found = replace(match, object=target, trigger_class=chosen, inverted=inverted)
        if self._fits(found):
            yield found

    def _joined_change(self, at: int) -> int | None:
        """The noun of change that *and* joins to an object, before any further mention or verb."""
        joined = False
        for place in range(at + 1, min(len(self.elements), at + 10)):
            element = self.elements[place]
            if element.acts() or element.has("stop", "subordinate", "relative"):
                return None
            joined = joined or element.has("and")
            if joined and element.form == "noun" and element.trigger in ("increase", "decrease"):
                return place
            if element.group is not None and (joined or element.group.role == HEAD):
                return None
        return None

    def _intransitive(self, at: int) -> bool:
        """Whether nothing that could be an object follows the verb."""
        if self.elements[at].form != "finite" or self.elements[at].has("linked"):
            return True
        for element in self.elements[at + 1 :]:
            if element.has("comma", "stop", "open", "and") or element.text[:1].isdigit():
                return True
            if element.has("adverb", "positive", "negative", "particle"):
                continue
            if not element.text[:1].isalpha():
                continue
            return element.verbal or element.has(
                "before", "subordinate", "after", "relative", "modal", "be"
            )
        return True

    def _compose(self, at: int, frame: Frame, element: Element, subject: int, target: int) -> Match:
        """The match, with a change that stands between the trigger and its object taken in."""
        chosen, inverted, name = element.trigger, False, frame.name
        if chosen == "affect" and element.form == "noun":
            # the effect of X on the depletion of Y may go either way
            return Match(at, name, chosen, subject, target)
        for between in self._within(at, target, element.form):
            if chosen in GOVERNORS and between.trigger in GOVERNED:
                if chosen != "associate" or target < at or between.trigger == "affect":
                    chosen, name = between.trigger, self._composed(element)
            elif chosen in CHANGES and between.trigger == "decrease":
                inverted = not inverted
        return Match(at, name, chosen, subject, target, inverted=inverted)

    def _within(self, at: int, target: int, form: str) -> list[Element]:
        """The nominal triggers that stand between a trigger and the head of its object."""
        found: list[Element] = []
        group = self.elements[target].group
        if form != "attributive":
            found += self._heading(at, target) if target > at else self._marked(target)
        outer = None if group is None else group.under
        if outer is not None and form == "attributive" and self.elements[outer].trigger == "affect":
            outer = None  # the control of X-induced Y
        if outer is not None and outer != at and self.elements[outer] not in found:
            found.append(self.elements[outer])
        if form in ("attributive", "participle") or target > at:
            found += self._change_behind(target)
        nominal = ("noun", "adjective", "light", "copular", "participle")
        return [e for e in found if e.form in nominal or form == "attributive" or e.verbal]

    def _composed(self, element: Element) -> str:
        """The frame of a change that another trigger governs (a fall of Y caused by X: by)."""
        parted = any(frame.name == "composed_by" for frame in self.grammar.frames)
        turned = element.form in ("participle", "passive", "attributive", "adjective")
        return "composed_by" if parted and turned else "composed"

    def _heading(self, at: int, target: int) -> list[Element]:
        """What stands between a trigger and its object, up to the second preposition from there."""
        markers = 0
        for place in range(target - 1, at, -1):
            element = self.elements[place]
            if element.has("before") and not element.has("and"):
                markers += "of" not in element.tags["before"]
            if markers > 1:
                return self.elements[place + 1 : target]
        return self.elements[at + 1 : target]

    def _change_behind(self, target: int) -> list[Element]:
        """A change that the mention before it undergoes inside a noun phrase (X所致的Y下降)."""
        for place in range(target + 1, min(target + 5, len(self.elements))):
            element = self.elements[place]
            if element.trigger in (*CHANGES, "relieve", "worsen"):
                if element.trigger not in CHANGES and len(_slots(self.elements[target])) > 1:
                    return []  # autophagy, immunity and cancer prevention: only the last one's
                bare = element.tags.get("form", ("base",)) == ("base",)
                return [element] if bare and self.places.right_head(place) is None else []
            if element.group is not None or not element.has("aspect", "adverb", "particle"):
                return []
        return []

    def _marked(self, target: int) -> list[Element]:
        """What stands between an oblique group on the left and its marker (与调控Y相关)."""
        group = self.elements[target].group
        if group is None or group.role == HEAD:
            return []
        for place in range(target - 1, max(-1, target - 6), -1):
            between = self.elements[place].group
            if between is not None and between.role != MODIFIER:
                break
            if self.elements[place].has("before"):
                return self.elements[place + 1 : target]
        return []

    def _first(self, places: tuple[str, ...], at: int, other: int | None) -> int | None:
        for place in places:
            found = self.places.find(place, at, other)
            if found is not None and found != other:
                return found
        return None


def _slots(element: Element) -> list[list[Mention]]:
    return [] if element.group is None else element.group.slots
