"""Whether a group stands in an oblique place (behind *by*, *of*, *in*) of a certain trigger."""

from __future__ import annotations

from extractors.relations.elements import Element, Group
from extractors.relations.labels import MODIFIER, PASSING


def fits_marker(elements: list[Element], group: Group, name: str, at: int) -> bool:
    """Whether a group whose role has a name stands there by a marker of the trigger's own.

    On the effect of X on Y: X has its role from the first *on*, and stands behind *of*.
    """
    if elements[at].verbal:
        return True
    if name == "of":
        return group.under is None or group.under == at
    inherited = group.under == at and group.marker in PASSING
    return not inherited or group.role != name


def stands(group: Group, name: str) -> bool:
    """Whether a group has a role, a host or a marker of its own of this name."""
    if group.role == "than":
        return name == "than"
    return name in (group.role, group.host) or (name == group.marker and group.role != MODIFIER)
