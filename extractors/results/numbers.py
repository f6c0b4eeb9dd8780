"""The numbers of a result: values of each arm, effect, p value, significance, time point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.results.elements import Element
from kg.model import Direction, Group, Quantity, Significance

ALPHA = 0.05
_VALUES = ("percentage", "measurement", "fraction", "count", "rate", "duration", "interval")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Ids of the quantities of a result, and what they tell of its direction."""

    arm: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    effect: str | None = None
    p_value: str | None = None
    time: str | None = None
    significance: Significance | None = None
    direction: Direction | None = None


def numbers_of(
    outcome: Element,
    row: Sequence[Element],
    quantities: Mapping[str, Quantity],
    arm: Group | None,
    comparator: Group | None,
) -> Numbers:
    """The numbers behind an outcome, up to the next one, with those that a list shares.

    `arm` and `comparator` are the groups that the words name, in any order.
    """
    reach = _reach(outcome, row)
    found = [quantities[e.id] for e in reach if e.kind == "number" and e.id in quantities]
    p_value = next((q for q in found if q.kind == "p-value"), None) or _shared_p(
        outcome, row, quantities
    )
    effect = next((q for q in found if q.kind in ("ratio", "correlation")), None)
    time = next((q for q in found if q.kind == "time-point"), None)
    first, second = _pair(found)
    if first is None:
        first, second = _pair(_before(outcome, row, quantities))
    significance = _significance(p_value, effect)
    direction = _direction(first, second, effect, significance)
    arms = (first, second)
    if _turned(arms, arm, comparator):
        arms = (second, first)
    return Numbers(
        _ids(arms[0]), _ids(arms[1]), _id(effect), _id(p_value), _id(time), significance, direction
    )


def _turned(
    values: tuple[Quantity | None, Quantity | None], arm: Group | None, comparator: Group | None
) -> bool:
    """Whether the first value is the comparator's: by the groups beside the two, else by order."""
    beside = [q.group.start if q is not None and q.group is not None else None for q in values]
    for group, at in ((arm, 1), (comparator, 0)):
        if group is not None and group.start is not None and group.start in beside:
            return beside.index(group.start) == at
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
    values = [q for q in found if q.kind in _VALUES and (q.kind != "count" or q.total)]
    for at, one in enumerate(values):
        for other in values[at + 1 :]:
            if (one.kind, one.unit) == (other.kind, other.unit):
                return one, other
    return None, None


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
