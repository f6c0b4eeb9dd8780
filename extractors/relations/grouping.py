"""Mentions gathered into groups, each of which fills one place in the sentence.

Coordination (A, B and C; A、B及C), aliases in brackets and lists after *such as* make one group.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.relations.elements import Element, Group
from extractors.relations.verbal_nouns import CHANGING

# Trigger classes that take *with*: X与Y相关, X与Y结合.
JOINING = ("associate", "associate_positive", "associate_negative", "bind")
MAX_GAP = 9
_DIRECTED = ("increase", "decrease", "improve", "worsen")
MAX_LIST = 40


def make_groups(elements: list[Element]) -> list[Element]:
    """The elements with coordinated mentions merged into one element each."""
    merged: list[Element] = []
    at = 0
    while at < len(elements):
        element = elements[at]
        if element.group is None:
            merged.append(element)
            at += 1
            continue
        at = _extend(elements, at)
        merged.append(element)
    return merged


def _extend(elements: list[Element], at: int) -> int:
    """Add to the group at a place all that is joined to it; the place behind them."""
    first = elements[at]
    group = first.group
    assert group is not None  # noqa: S101 - the caller looked
    nxt = at + 1
    listed = closed = False
    while True:
        alias = _alias_end(elements, nxt)
        if alias:
            inside = [e for e in elements[nxt:alias] if e.group is not None]
            if any(e.has("such") for e in elements[nxt:alias]) or len(inside) > 2:
                group.slots += [s for e in inside for s in e.group.slots]  # type: ignore[union-attr]
            else:
                group.slots[-1] += [m for e in inside for s in e.group.slots for m in s]  # type: ignore[union-attr]
            first.end, nxt = elements[alias - 1].end, alias
            continue
        joined = _joined(elements, nxt, listed=listed and not closed, closed=closed)
        if joined is None:
            return nxt
        target, with_, listed = joined
        closed = closed or any(e.has("and") for e in elements[nxt:target])
        other = elements[target]
        if with_ and not group.split:
            group.split = len(group.slots)
        _share_aspects(group, elements[nxt:target])
        group.slots += other.group.slots  # type: ignore[union-attr]
        first.end, nxt = other.end, target + 1


def _share_aspects(group: Group, gap: list[Element]) -> None:
    """Give the aspects between two members to the one on their side of the connector."""
    slot = len(group.slots) - 1
    for element in gap:
        if element.has("and", "comma", "such"):
            slot = len(group.slots)
        elif element.has("aspect"):
            group.aspects.setdefault(slot, element.tags["aspect"][0])


def _alias_end(elements: list[Element], at: int) -> int:
    """The place behind a bracket that opens here and holds mentions; 0 where none does."""
    if at < len(elements) and elements[at].has("aspect", "host") and at + 1 < len(elements):
        at += 1
    if at >= len(elements) or not elements[at].has("open"):
        return 0
    for place in range(at + 1, min(at + 12, len(elements))):
        element = elements[place]
        if element.has("close"):
            return place + 1
        if element.verbal or element.has("open", "stop"):
            return 0
    return 0


def _joined(
    elements: list[Element], at: int, *, listed: bool, closed: bool
) -> tuple[int, bool, bool] | None:
    """(place, joined by *with*, in a list) of the mention that is coordinated with the last one."""
    gap = _Gap()
    for place in range(at, min(at + MAX_GAP, len(elements))):
        element = elements[place]
        if element.group is not None:
            if not gap.connector:
                in_list = gap.comma and not closed and (listed or _list_ahead(elements, place))
                in_list = in_list or _between_commas(elements, at, place)
                if not in_list or _fronted(elements, at, place):
                    return None
            if gap.hosted and not _hosted_alike(elements, at, place):
                return None
            if gap.with_ and compared(elements, place) and not _coordinates(elements, at, place):
                return None
            if not listed and _begins_clause(elements, at, place, comma=gap.comma):
                return None
            return place, gap.with_, listed or gap.comma
        if not gap.admits(element):
            return None
    return None


def _begins_clause(elements: list[Element], at: int, place: int, *, comma: bool) -> bool:
    """Whether the second of two mentions is the subject of a verb, the first an object of another.

    *X lowers Y, and Z rises*; *X lowers Y and Z was raised*.
    """
    for element in elements[place + 1 : place + 8]:
        if element.has("be", "modal") or (element.verbal and element.tags.get("form") != ("base",)):
            break
        if element.has("comma", "stop", "and", "relative", "subordinate") or element.acts():
            return False
    else:
        return False
    for element in reversed(elements[: at - 1]):
        if element.has("stop", "subordinate", "relative") or (element.has("comma") and not comma):
            return False
        if element.acts():
            return True
    return False


def _between_commas(elements: list[Element], at: int, place: int) -> bool:
    """Whether a member of a list stands alone between commas (降低A,B,C含量,升高D)."""
    first, second = elements[at - 1].group, elements[place].group
    if place != at + 1 or not elements[at].has("comma") or first is None or second is None:
        return False
    if first.slots[0][0].type != second.slots[0][0].type:
        return False
    for element in elements[place + 1 :]:
        if element.has("comma", "stop"):
            return True
        if not element.has("aspect", "particle"):
            return False
    return False


def _fronted(elements: list[Element], at: int, place: int) -> bool:
    """Whether a comma ends a fronted phrase (*After X, Y and Z rose*) and so joins nothing."""
    for element in reversed(elements[: at - 1]):
        if element.group is not None or element.verbal or element.has("stop", "subordinate"):
            return False
        if element.has("before") and "of" not in element.tags["before"]:
            first, second = elements[at - 1].group, elements[place].group
            return (
                first is not None
                and second is not None
                and (first.slots[0][0].type != second.slots[0][0].type)
            )
    return False


@dataclass(slots=True)
class _Gap:
    """What stands between two mentions that may be coordinated."""

    connector: bool = False
    comma: bool = False
    with_: bool = False
    of: bool = False
    such: bool = False
    agentive: bool = False
    hosted: bool = False
    named: bool = False
    size: int = 0

    def admits(self, element: Element) -> bool:
        """Take in one more element; False where it ends the coordination."""
        if element.has("such"):
            if self.agentive or ((self.size or self.named) and not self.comma):
                return False  # 抑制A的因子包括B: B is no A
            self.connector = self.such = True
        elif element.has("and"):
            self.connector = True
            self.with_ = self.with_ or "with" in element.tags.get("before", ())
        elif element.has("comma"):
            self.comma = True
        elif element.has("before"):
            allowed = "of" in element.tags["before"] and not self.of
            self.of = True
            return allowed and (self.connector or self.comma)
        elif element.has("host"):
            self.hosted = self.hosted or not (self.connector or self.comma)
            return not self.such
        elif not element.tags:
            self.size += 3 if element.text.isascii() else len(element.text)
            return self.size <= 7
        else:
            self.agentive = self.agentive or bool(element.trigger and element.form == "noun")
            self.named = self.named or (element.has("opaque") and not self.connector)
            return _is_nominal(element)
        return True


def _is_nominal(element: Element) -> bool:
    if element.has("determiner", "particle", "adverb", "aspect"):
        return True
    if element.trigger and element.form not in ("noun", "adjective"):
        return False
    if element.form == "adjective" and element.trigger in _DIRECTED:
        return False  # less A and better B
    if element.form == "noun" and element.trigger in CHANGING:
        return True  # A升高和B是…
    return not element.verbal and element.has("positive", "noun", "adjective", "opaque")


def _list_ahead(elements: list[Element], at: int) -> bool:
    """Whether a list that runs on from a mention after a comma ends with *and* before a verb."""
    for element in elements[at + 1 : at + 16]:
        if element.verbal or element.has("before", "stop", "relative", "subordinate", "open"):
            if element.has("before") and "of" in element.tags["before"]:
                continue
            return element.has("and") and not element.has("enumerator")
        if element.has("and") and not element.has("enumerator"):
            return True
    return False


def compared(elements: list[Element], at: int) -> bool:
    """Whether X与Y is no coordination: 与Y相比, or 与Y相关."""
    for element in elements[at + 1 : at + MAX_LIST]:
        if "than" in element.tags.get("after", ()):
            return True
        if element.trigger in JOINING:
            return True
        changes = element.trigger in CHANGING
        if element.has("comma", "stop") or (element.verbal and not changes):
            return False
    return False


def _hosted_alike(elements: list[Element], at: int, place: int) -> bool:
    """Whether both of two mentions are followed by the same host (X组与Y组)."""
    behind = elements[place + 1] if place + 1 < len(elements) else None
    hosts = elements[at].tags.get("host")
    return hosts is not None and behind is not None and behind.tags.get("host") == hosts


def _coordinates(elements: list[Element], at: int, place: int) -> bool:
    """Whether 和 joins like *and*, as another word says *with* (与X和Y相关, X和Y与Z相关)."""
    if not any(element.has("conjunction") for element in elements[at:place]):
        return False
    for element in reversed(elements[: at - 1]):
        if _joins_company(element):
            return True
        if (element.verbal and not element.trigger) or element.has("comma", "stop"):
            break
    for element in elements[place + 1 : place + 9]:
        if _joins_company(element):
            return True
        if element.trigger in JOINING or element.has("comma", "stop"):
            break
    return False


def _joins_company(element: Element) -> bool:
    return "with" in element.tags.get("before", ()) and not element.has("conjunction")
