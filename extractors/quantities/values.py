"""What is read of one number before it is a quantity."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.quantities.amounts import Amount
from kg.model import IntervalKind, QuantityKind


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its kind and the rule that tells it; offsets are the sentence's own."""

    amount: Amount
    kind: QuantityKind
    rule: str
    total: float | None = None
    value: float | None = None
    interval: IntervalKind | None = None
