"""Text with marked stretches, painted span by span: every piece of text is escaped.

>>> str(paint("a<b and c", [Stretch(0, 3, "term")]))
'<span class="term">a&lt;b</span> and c'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch: offsets in code points, CSS classes, attributes, and a link."""

    start: int
    end: int
    classes: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    href: str | None = None
    tag: str = "span"


def paint(text: str, stretches: Sequence[Stretch]) -> Markup:
    """The text as HTML; where stretches overlap, the shared part carries all their classes.

    Attributes and the link of a shared part are those of its shortest stretch. What lies outside
    the text is cut off.
    """
    inside = [s for s in stretches if 0 <= s.start < min(s.end, len(text))]
    borders = {0, len(text)} | {s.start for s in inside} | {min(s.end, len(text)) for s in inside}
    points = sorted(borders)
    pieces: list[Markup] = []
    for start, end in pairwise(points):
        covering = [s for s in inside if s.start <= start < s.end]
        pieces.append(_piece(text[start:end], covering))
    return Markup("").join(pieces)


def select_longest(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches without overlaps, longer ones first choice, in the order of the text."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.start - s.end, s.start)):
        if all(stretch.end <= k.start or k.end <= stretch.start for k in kept):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda s: s.start))


def _piece(text: str, covering: Sequence[Stretch]) -> Markup:
    if not covering:
        return escape(text)
    inner = min(covering, key=lambda s: s.end - s.start)
    classes = " ".join(dict.fromkeys(c for s in covering for c in s.classes.split()))
    attributes = {**({"class": classes} if classes else {}), **inner.attributes}
    tag = inner.tag
    if inner.href is not None:
        tag, attributes = "a", attributes | {"href": inner.href}
    opened = Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in attributes.items()
    )
    return Markup("<{}{}>{}</{}>").format(Markup(tag), opened, text, Markup(tag))  # noqa: S704
