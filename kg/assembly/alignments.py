"""Alignment is mutual: what one side states holds for the other as well."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention, Quantity, RelationMention, Result, Sentence


def mutual(
    values: Iterable[Sentence | Mention | RelationMention | Quantity | Result],
) -> dict[str, list[str]]:
    """Id → the ids that it is aligned with, whichever side says so, in a fixed order."""
    found: dict[str, set[str]] = {}
    for value in values:
        for other in value.aligned:
            found.setdefault(value.id, set()).add(other)
            found.setdefault(other, set()).add(value.id)
    return {name: sorted(others) for name, others in found.items()}
