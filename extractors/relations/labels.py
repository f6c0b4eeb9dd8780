"""Each group of mentions labelled with its place in the sentence.

A group's role is *head*, *modifier*, or the name of the marker that makes it oblique (after, agent,
site, target, …); what stands beside it gives its aspect, its host (patients, mice, arm) and whether
its loss is meant (knockdown of X).
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.relations.elements import Element, Group
from extractors.relations.grouping import compared

HEAD = "head"
MODIFIER = "modifier"
# Prepositions that carry the place of the noun before them over to the noun behind them.
PASSING = ("of", "between")
NOMINAL = ("noun", "light", "copular", "mediating")
CHANGES = ("increase", "decrease", "change", "improve")


def label_groups(elements: list[Element]) -> None:
    """Set role, marker, host, aspect, loss and modifiers of every group."""
    _set_roles(elements)
    for at, element in enumerate(elements):
        if element.has("after"):
            _close(elements, at)
    for at, element in enumerate(elements):
        if element.has("exposure"):
            _set_scene(elements, at)
    for at, element in enumerate(elements):
        if element.group is not None:
            _look_beside(elements, at)
    _set_modifiers(elements)


def _set_roles(elements: list[Element]) -> None:
    phrase = _Phrase()
    for at, element in enumerate(elements):
        if element.group is not None:
            if phrase.role == "than" and phrase.full and phrase.bearer:
                phrase = _Phrase()  # 较X患者Y…: with whom one compares is told in full
            phrase.give(element.group, elements)
            continue
        if element.has("control") and not element.trigger:
            phrase.role, phrase.marker, phrase.full = HEAD, "", False
        if element.form in NOMINAL and not element.verbal:
            phrase.trigger, phrase.linked, phrase.passing = at, False, True
            phrase.acted = True
        if _begins_phrase(elements, at, phrase) and not _lists_on(elements, at, phrase):
            phrase = _Phrase()
        if element.has("after") and not element.has("before"):
            phrase = _Phrase()  # 在X中Y…: the closing marker ends its phrase
        if element.form == "comparative":
            phrase = _Phrase(role="than", marker="than")
        marker = _marker(elements, at, phrase)
        if marker == "causee":
            phrase = _Phrase()
        elif marker and (not element.verbal or "linked" in element.tags):
            phrase.mark(marker, elements)
        phrase.exposed = (phrase.exposed or element.has("exposure")) and not phrase.full
        phrase.bearer = element.has("exposure", "host") or phrase.exposed
        phrase.passing = phrase.passing or element.has("exposure", "host")


def _marker(elements: list[Element], at: int, phrase: _Phrase) -> str:
    """The marker that an element is, of several the one that the phrase asks for; or nothing."""
    element = elements[at]
    if element.has("conjunction") and not compared(elements, at):
        return ""  # 和 that only joins
    names = element.tags.get("before", ())
    if "after" in names and _is_manner(elements, at):
        return ""
    if phrase.trigger is None and phrase.acted and "target" in names:
        return "target"  # the effect of X upon Y
    return names[0] if names else ""


def _is_manner(elements: list[Element], at: int) -> bool:
    """Whether a word only tells how a therapy is given (X口服治疗Y), and so opens no oblique."""
    behind = elements[at + 1] if at + 1 < len(elements) else None
    given = at > 0 and elements[at - 1].group is not None
    return given and behind is not None and behind.trigger == "treat" and behind.verbal


@dataclass(slots=True)
class _Phrase:
    """The noun phrase that is being read: its place, and how the next mention stands in it.

    `trigger` is the last nominal trigger, `linked` whether a marker ties the next mention to it;
    `full` whether it has its mention, `bearer` whether the last word was *treatment*, *patients* …
    """

    role: str = HEAD
    marker: str = ""
    full: bool = False
    passing: bool = False
    bearer: bool = False
    linked: bool = False
    acted: bool = False
    exposed: bool = False
    trigger: int | None = None

    def give(self, group: Group, elements: list[Element]) -> None:
        """Tell a mention its place."""
        group.role, group.marker = self.role, self.marker
        group.under = self.trigger if self.linked else None
        if group.under is not None and self.role == HEAD and _predicative(elements[group.under]):
            group.role = "of"
        self.full, self.passing, self.linked, self.trigger = True, False, False, None

    def mark(self, name: str, elements: list[Element]) -> None:
        """Take in a marker: it passes the place on (of), or opens an oblique."""
        changed = self.trigger is not None and elements[self.trigger].trigger in CHANGES
        passes = name in PASSING or (name == "site" and changed and self.passing)
        if not self.full and (passes or (name in ("with", "goal") and self.bearer)):
            self.marker = name
            self.linked = self.linked or (passes and self.trigger is not None)
            return
        self.role = self.marker = name
        self.full = self.passing = False
        self.linked = name in PASSING and self.trigger is not None
        if not self.linked:
            self.trigger = None


def _begins_phrase(elements: list[Element], at: int, phrase: _Phrase) -> bool:
    element = elements[at]
    if element.acts():
        return True
    if element.has("determiner") and phrase.full and phrase.role != HEAD:
        return not elements[at - 1].has("and", "before", "comma")
    if not element.has("stop", "relative", "subordinate", "comma"):
        return False
    following = elements[at + 1] if at + 1 < len(elements) else None
    return not (element.has("comma") and following is not None and following.has("such"))


def _lists_on(elements: list[Element], at: int, phrase: _Phrase) -> bool:
    """Whether a comma parts members of an oblique list whose first is unknown (by dyes and X)."""
    if phrase.full or phrase.role == HEAD or not elements[at].has("comma"):
        return False
    unknown = False
    for element in reversed(elements[:at]):
        if element.has("before"):
            break
        unknown = unknown or not element.tags
        if element.group is not None or element.acts():
            return False
    else:
        return False
    begin = elements.index(element)
    if not unknown or not any(e.trigger for e in elements[:begin]):
        return False
    for place in range(at + 1, min(at + 5, len(elements))):
        group = elements[place].group
        if group is not None:
            behind = elements[place + 1 : place + 4]
            return len(group.slots) > 1 or any(e.has("and") for e in behind)
        if elements[place].acts() or elements[place].has("before", "relative", "stop"):
            return False
    return False


def _predicative(element: Element) -> bool:
    return element.form in ("copular", "light")


def _close(elements: list[Element], at: int) -> None:
    """Give the group before a closing marker (X处理后, X组中) the marker's role."""
    name = elements[at].tags["after"][0]
    for element in reversed(elements[max(0, at - 8) : at]):
        if name in element.tags.get("before", ()):
            return
        if element.group is not None:
            if name == "means" and element.group.role != "after":
                return  # only 经X通路: X通路 itself may be any part of the sentence
            if name != "site" or element.group.role in (HEAD, "site"):
                element.group.role = element.group.marker = name
            return
        if (element.verbal and not element.has("exposure", "loss", "gain")) or element.has(
            "comma", "stop", "subordinate"
        ):
            return


def _set_scene(elements: list[Element], at: int) -> None:
    """Let a clause that only tells an exposure be the scene of the next (X作用于细胞48 h，…)."""
    group = elements[at - 1].group if at else None
    if group is None or group.role != HEAD or (at > 1 and elements[at - 2].has("agent")):
        return
    for element in elements[at + 1 : at + 9]:
        if element.has("comma"):
            group.role = group.marker = "after"
            return
        if element.group is not None or element.verbal or element.has("stop", "after", "linker"):
            return


def _look_beside(elements: list[Element], at: int) -> None:
    group = elements[at].group
    assert group is not None  # noqa: S101 - the caller looked
    for near, element in enumerate(elements[at + 1 : at + 5]):
        if (
            element.group is not None
            or element.has("comma", "stop", "and", "open", "be")
            or (element.verbal and not element.has("loss", "gain"))
        ):
            break
        if element.has("aspect") and not group.aspect:
            group.aspect = element.tags["aspect"][0]
        if element.has("host") and not group.host:
            group.host = element.tags["host"][0]
        if _is_loss(elements, at + 1 + near, near):
            group.loss = (element.start, element.end)
        if element.has("before"):
            break
    for near, element in enumerate(reversed(elements[max(0, at - 5) : at])):
        if (
            element.group is not None
            or element.has("comma", "stop", "and", "be", "open")
            or (element.verbal and not element.has("loss"))
        ):
            break
        if element.has("aspect"):
            group.aspects.setdefault(0, element.tags["aspect"][0])
        if element.has("host") and not group.host and group.marker in ("with", "of", "site"):
            group.host = element.tags["host"][0]
        place = at - 1 - near
        lost = place > 0 and elements[place - 1].group is not None  # X缺失小鼠的Y: not Y
        if element.has("loss") and near <= 4 and not lost:
            group.loss = (element.start, element.end)


def _is_loss(elements: list[Element], at: int, near: int) -> bool:
    """Whether a word behind a mention says that it is missing (X deficiency, X抑制剂, X缺失可…)."""
    element = elements[at]
    if near <= 1 and element.has("loss"):
        after = elements[at + 1] if at + 1 < len(elements) else None
        return not element.verbal or (
            after is not None and (after.verbal or after.has("modal", "after"))
        )
    if near == 1 and elements[at - 1].has("particle") and element.form == "noun":
        return element.trigger == "decrease" and _then_acts(elements, at)
    if near > 0 or element.trigger != "decrease" or not element.has("noun") or element.verbal:
        return False
    after = elements[at + 1] if at + 1 < len(elements) else None
    return after is None or (after.group is None and "of" not in after.tags.get("before", ()))


def _then_acts(elements: list[Element], at: int) -> bool:
    """Whether a verb follows, so that the noun before it is a subject (X的降解促进Y)."""
    after = elements[at + 1] if at + 1 < len(elements) else None
    return after is not None and (after.verbal or after.has("modal"))


def _set_modifiers(elements: list[Element]) -> None:
    """Mark as modifiers the groups that stand before the head of their own noun phrase."""
    last: int | None = None
    gap = 0
    for at, element in enumerate(elements):
        if element.group is not None:
            if last is not None and gap <= 12:
                before = elements[last].group
                assert before is not None  # noqa: S101 - set below
                compared_with = before.role == "than" and before.host and element.group.role == HEAD
                if not compared_with and (
                    element.group.role in (HEAD, MODIFIER)
                    or not element.group.marker
                    or element.group.marker == before.marker
                ):
                    element.group.role = (
                        before.role if element.group.role == HEAD else element.group.role
                    )
                    element.group.modifiers = [*before.modifiers, last]
                    before.role = MODIFIER
            last, gap = at, 0
            continue
        if element.form == "attributive":
            continue
        if (
            element.has(
                "aspect",
                "host",
                "particle",
                "exposure",
                "loss",
                "gain",
                "adverb",
                "close",
                "opaque",
            )
            and not element.verbal
            and not element.has("determiner", "before")
        ):
            gap += 1
        elif not element.tags and element.text.isalnum():
            gap += len(element.text) if not element.text.isascii() else 4
        elif element.form == "noun" or (element.form == "adjective" and " " not in element.text):
            gap += 1  # an adjective with a preposition (due to) ends the phrase
        else:
            last = None
