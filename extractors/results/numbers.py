"""The numbers of a result: values of each arm, effect, p value, significance, time point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.results.elements import Element
from extractors.results.shares import Share
from kg.model import Direction, Group, Phase, Quantity, Significance

ALPHA = 0.05
_VALUES = ("percentage", "measurement", "fraction", "count", "rate", "duration", "interval")


@dataclass(slots=True)
class Told:
    """The numbers of one arm and phase; `unnamed` is its place where only their count is told."""

    group: Group | None
    phase: Phase | None
    time: str | None
    unnamed: int | None
    total: int
    numbers: list[Quantity] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of the numbers."""
        return tuple(quantity.id for quantity in self.numbers)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Ids of the quantities of a result, and what they tell of its direction.

    `told` are the numbers by arm and phase. `first` and `second` are the two that are compared
    where there are just two; `direction` is that of the first against the second.
    """

    told: tuple[Told, ...] = ()
    arm: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    first: Told | None = None
    second: Told | None = None
    effect: str | None = None
    p_value: str | None = None
    time: str | None = None
    significance: Significance | None = None
    direction: Direction | None = None


def numbers_of(
    outcome: Element,
    row: Sequence[Element],
    quantities: Mapping[str, Quantity],
    shares: Mapping[str, Share],
    arm: Group | None,
    comparator: Group | None,
    *,
    significant: bool = False,
) -> Numbers:
    """The numbers behind an outcome, up to the next one, with those that a list shares.

    `arm` and `comparator` are the groups that the words name, in any order; `significant` is that
    words tell it, where no number does.
    """
    reach = _reach(outcome, row)
    found = [quantities[e.id] for e in reach if e.kind == "number" and e.id in quantities]
    p_value = next((q for q in found if q.kind == "p-value"), None) or _shared_p(
        outcome, row, quantities
    )
    effect = next((q for q in found if q.kind in ("ratio", "correlation")), None)
    time = next((q for q in found if q.kind == "time-point"), None)
    own = [q for q in found if _is_own(q, outcome, shares)]
    values = list(_values(own)) or list(_values(_before(outcome, row, quantities)))
    told = _by_arm(values, shares)
    first, second = _compared(told, arm, comparator)
    ids = (first.ids if first else (), second.ids if second else ())
    if first is None and second is None and len(told) < 2:
        pair = _pair(own)
        pair = pair if pair[0] is not None else _pair(_before(outcome, row, quantities))
        pair = pair[::-1] if _turned(arm, comparator) else pair
        ids = (_ids(pair[0]), _ids(pair[1]))
    else:
        pair = _pair([*(first.numbers if first else ()), *(second.numbers if second else ())])
    significance = _significance(p_value, effect) or ("significant" if significant else None)
    direction = _direction(*pair, effect, significance)
    return Numbers(
        told, *ids, first, second, _id(effect), _id(p_value), _id(time), significance, direction
    )


def _is_own(quantity: Quantity, outcome: Element, shares: Mapping[str, Share]) -> bool:
    """Whether a number is not that of another outcome in the same row."""
    share = shares.get(quantity.id)
    return share is None or share.outcome in (None, outcome.id)


def _by_arm(values: Sequence[Quantity], shares: Mapping[str, Share]) -> tuple[Told, ...]:
    """The values put together by arm, phase and time, in order; those of no arm are left out."""
    told: dict[tuple[object, ...], Told] = {}
    for value in values:
        share = shares.get(value.id)
        if share is None or ((share.group, share.phase, share.unnamed) == (None, None, None)):
            continue
        key = (share.group, share.phase, share.time, share.unnamed)
        arm = told.setdefault(
            key, Told(share.group, share.phase, share.time, share.unnamed, share.total)
        )
        arm.numbers.append(value)
    return tuple(told.values())


def _compared(
    told: Sequence[Told], arm: Group | None, comparator: Group | None
) -> tuple[Told | None, Told | None]:
    """The numbers of the arm and of what it is compared with."""
    before = [t for t in told if t.phase == "before"]
    after = [t for t in told if t.phase == "after"]
    if before and after and (comparator is None or comparator.role == "baseline"):
        mine = [t for t in after if _same(t.group, arm)] or after
        return mine[0], next((t for t in before if _same(t.group, mine[0].group)), before[0])
    named = [t for t in told if t.phase != "before"]
    first = next((t for t in named if arm and _same(t.group, arm)), None)
    second = next((t for t in named if comparator and _same(t.group, comparator)), None)
    if (first is None or second is None) and len(named) == 2:
        rest = [t for t in named if t not in (first, second)]
        if first is None and second is None:
            turned = _is_control(named[0]) and not _is_control(named[1])
            return (named[1], named[0]) if turned else (named[0], named[1])
        return (first or rest[0]), (second or rest[0])
    return first, second


def _is_control(told: Told) -> bool:
    return told.group is not None and told.group.role in ("control", "baseline")


def _same(one: Group | None, other: Group | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.start is not None and one.start == other.start


def _turned(arm: Group | None, comparator: Group | None) -> bool:
    """Whether the comparator is named before the arm."""
    if arm is None or comparator is None or arm.start is None or comparator.start is None:
        return False
    return comparator.start < arm.start


def _id(quantity: Quantity | None) -> str | None:
    return None if quantity is None else quantity.id


def _ids(quantity: Quantity | None) -> tuple[str, ...]:
    return () if quantity is None else (quantity.id,)


def _reach(outcome: Element, row: Sequence[Element]) -> list[Element]:
    """What stands behind an outcome up to the next one that has numbers of its own."""
    at = row.index(outcome)
    reach: list[Element] = []
    for element in row[at + 1 :]:
        if element.kind == "outcome" and any(e.kind == "number" for e in reach):
            break
        if element.kind == "stop" and any(e.kind == "number" for e in reach):
            break
        reach.append(element)
    return reach


def _before(
    outcome: Element, row: Sequence[Element], quantities: Mapping[str, Quantity]
) -> list[Quantity]:
    """The numbers of the clause before an outcome: 33% on A and 21% on B had a remission."""
    found: list[Quantity] = []
    for element in reversed(row[: row.index(outcome)]):
        if element.kind in ("stop", "outcome"):
            break
        if element.kind == "number" and element.id in quantities:
            found.insert(0, quantities[element.id])
    return found


def _shared_p(
    outcome: Element, row: Sequence[Element], quantities: Mapping[str, Quantity]
) -> Quantity | None:
    """The p value of the clause, which a list of outcomes shares."""
    for element in row[row.index(outcome) + 1 :]:
        if element.kind == "stop":
            return None
        if element.kind == "number" and element.word == "p-value":
            return quantities.get(element.id)
    return None


def _pair(found: Sequence[Quantity]) -> tuple[Quantity | None, Quantity | None]:
    """The first two numbers of one kind and unit: those of the two arms."""
    values = list(_values(found))
    for at, one in enumerate(values):
        for other in values[at + 1 :]:
            if (one.kind, one.unit) == (other.kind, other.unit):
                return one, other
    return None, None


def _values(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """What may be the value of an arm: no count of which the whole is not told."""
    return (q for q in found if q.kind in _VALUES and (q.kind != "count" or q.total))


def _middle(quantity: Quantity) -> float | None:
    if quantity.value is not None:
        return quantity.value
    if quantity.low is None or quantity.high is None:
        return None
    middle = (quantity.low + quantity.high) / 2
    return middle / quantity.total if quantity.total else middle


def _significance(p_value: Quantity | None, effect: Quantity | None) -> Significance | None:
    """What the p value tells; else whether the confidence interval of a ratio holds 1."""
    if p_value is not None and p_value.high is not None:
        if p_value.high > ALPHA or (p_value.high == ALPHA and p_value.comparator in (">", "≥")):
            return "not significant"
        return "significant"
    if effect is not None and effect.interval == "confidence" and effect.kind == "ratio":
        if effect.low is None or effect.high is None:
            return None
        return "not significant" if effect.low <= 1 <= effect.high else "significant"
    return None


def _direction(
    first: Quantity | None,
    second: Quantity | None,
    effect: Quantity | None,
    significance: Significance | None,
) -> Direction | None:
    if significance == "not significant":
        return "no difference"
    if effect is not None and effect.kind == "ratio" and (middle := _middle(effect)) is not None:
        return "increased" if middle > 1 else "decreased"
    if first is None or second is None or significance is None:
        return None
    one, other = _middle(first), _middle(second)
    if one is None or other is None or one == other:
        return None
    return "increased" if one > other else "decreased"
