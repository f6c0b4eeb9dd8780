"""Types that depend on what a sentence does with a thing.

A kind of cell is a place, but where its number, share or level is told it is a laboratory measure
("the percentage of CD4+ T cells", 中性粒细胞计数): then it is an outcome. The words are data, in
`measured` of ``languages/<language>/mentions.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.mentions.patterns import Patterns
from extractors.mentions.phrases import Found

_BEFORE = 48


def by_role(text: str, items: Sequence[Found], patterns: Patterns) -> tuple[Found, ...]:
    """The items of a sentence, with cells that are counted typed as outcomes.

    In a list, what is said of the last member is said of all.
    """
    found: list[Found] = []
    following: Found | None = None
    for item in reversed(items):
        if item.type == "Cell" and patterns.measured is not None:
            item = _measured(text, item, following, patterns)
        found.append(item)
        following = item
    return tuple(reversed(found))


def _measured(text: str, item: Found, following: Found | None, patterns: Patterns) -> Found:
    measured = patterns.measured
    if measured is None or not measured.cells.search(text[item.start : item.end].lower()):
        return item
    listed = (
        following is not None
        and following.type == "Outcome"
        and following.method == "role"
        and patterns.symbols.joints.fullmatch(text[item.end : following.start])
    )
    named = measured.after.match(text, item.end)
    if named and named[1]:
        return replace(item, end=named.end(1), type="Outcome", method="role", match=None)
    if listed or named or measured.before.search(text[max(0, item.start - _BEFORE) : item.start]):
        return replace(item, type="Outcome", method="role")
    return item
