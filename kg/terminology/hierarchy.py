"""The order of concepts: no circles, and all that lies above a concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

_END = -1


def without_circles(edges: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The edges (child, parent, relation) without those that lead back to where one came from.

    Merging vocabularies can make circles that none of them has. Which edge of a circle goes depends
    on the order of the edges only.

    >>> without_circles([(1, 2, 0), (2, 3, 0), (3, 1, 0)])
    [(1, 2, 0), (2, 3, 0)]
    """
    parents: dict[int, list[int]] = defaultdict(list)
    for child, parent, _ in edges:
        parents[child].append(parent)
    back: set[tuple[int, int]] = set()
    done: set[int] = set()
    for start in list(parents):
        if start in done:
            continue
        trail, open_ = [(start, iter(parents.get(start, ())))], {start}
        while trail:
            node, rest = trail[-1]
            parent = next(rest, _END)
            if parent == _END:
                trail.pop()
                open_.discard(node)
                done.add(node)
            elif parent in open_:
                back.add((node, parent))
            elif parent not in done:
                trail.append((parent, iter(parents.get(parent, ()))))
                open_.add(parent)
    return [edge for edge in edges if edge[:2] not in back]
