"""Groups in oblique places (behind *by*, *of*, *in*), and what they are to a trigger."""

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


def closed_behind(elements: list[Element], at: int, verb: int) -> bool:
    """Whether a closing word behind an object makes it oblique (诱导X模型中, 抑制X后)."""
    role = elements[at].group.role  # type: ignore[union-attr]
    return at == verb + 1 and any(
        role in element.tags.get("after", ()) for element in elements[at + 1 : at + 6]
    )


def owned(elements: list[Element], at: int) -> int | None:
    """What a thing does to another, where that is the object (增强X对Y细胞的[杀伤])."""
    if at + 1 >= len(elements) or "target" not in elements[at + 1].tags.get("before", ()):
        return None
    linked = False
    for place in range(at + 2, min(at + 9, len(elements))):
        element = elements[place]
        if element.group is not None and linked:
            return place
        linked = linked or element.has("linker")
        if element.verbal or element.has("comma", "stop"):
            return None
    return None
