"""Several ways from one thing to another as one diagram: each way has a row of its own.

Ways that begin alike share their first boxes, so what is drawn is a tree whose leaves all lead to
the goal at the right. No arrow runs across a box: a row belongs to one way alone, and a shared box
stands in the middle of its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from web.diagrams import (
    GAP,
    MARGIN,
    ROW,
    Box,
    Course,
    Edge,
    Node,
    bend,
    box_width,
    draw_box,
    draw_edge,
    frame,
)


@dataclass(frozen=True, slots=True)
class Route:
    """A way: its nodes from source to goal, and the arrow of each step."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(slots=True)
class _Fork:
    """A box of the tree with the steps that leave it; `rows` are the rows of its ways."""

    node: Node
    depth: int
    steps: list[tuple[Edge, _Fork]] = field(default_factory=list)
    ends: list[tuple[Edge, int]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.rows[0] + self.rows[-1] + 1) / 2 * ROW


def routes_diagram(routes: Sequence[Route], *, title: str) -> Markup:
    """The diagram of routes that all have the same first and last node, best first."""
    root = _grow(routes)
    forks = list(_walk(root))
    deepest = max(fork.depth for fork in forks)
    starts, x = [], MARGIN
    widths = [box_width([f.node for f in forks if f.depth == d]) for d in range(deepest + 1)]
    for width in widths:
        starts.append(x)
        x += width + GAP
    height = len(routes) * ROW
    goal_node = routes[0].nodes[-1]
    goal = Box(goal_node, x, height / 2, box_width([goal_node]))
    boxes = {id(f): Box(f.node, starts[f.depth], f.middle, widths[f.depth]) for f in forks}
    drawn: list[Markup] = []
    for fork in forks:
        here = boxes[id(fork)]
        at = 0.68 if len(fork.rows) > 1 else 0.5
        drawn += [draw_edge(e, bend(here, boxes[id(there)], at)) for e, there in fork.steps]
        for edge, row in fork.ends:
            lane = (row + 0.5) * ROW
            last = starts[deepest] + widths[deepest]
            next_ = starts[fork.depth + 1] if fork.depth < deepest else last
            drawn.append(draw_edge(edge, _far(here, goal, lane, next_, last)))
    drawn += [draw_box(box) for box in (*boxes.values(), goal)]
    return frame(Markup("").join(drawn), goal.right + MARGIN, height, title)


def _far(source: Box, goal: Box, lane: float, start: float, stop: float) -> Course:
    """The course to the goal: into the lane of the way, along it, and out to the goal."""
    if stop <= start:
        return bend(source, goal, 0.32)
    x1, x2 = source.right, goal.x - 5
    y1, y2 = source.middle, goal.middle
    first, second = (start - x1) / 2, (x2 - stop) / 2
    into = f"C{x1 + first:.1f} {y1:.1f} {start - first:.1f} {lane:.1f} {start:.1f} {lane:.1f}"
    out = f"C{stop + second:.1f} {lane:.1f} {x2 - second:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    path = f"M{x1:.1f} {y1:.1f} {into} L{stop:.1f} {lane:.1f} {out}"
    return Course(path, (start + stop) / 2, lane - 5)


def _grow(routes: Sequence[Route]) -> _Fork:
    """The tree of the routes, its rows numbered from top to bottom."""
    root = _Fork(routes[0].nodes[0], 0)
    for route in routes:
        fork = root
        for edge, node in zip(route.edges[:-1], route.nodes[1:-1], strict=True):
            known = next((there for _, there in fork.steps if there.node.id == node.id), None)
            if known is None:
                known = _Fork(node, fork.depth + 1)
                fork.steps.append((edge, known))
            fork = known
        fork.ends.append((route.edges[-1], -1))
    _number(root, 0)
    return root


def _number(fork: _Fork, row: int) -> int:
    """Give each way below a fork its row; the next free row."""
    begin = row
    for place, (edge, _) in enumerate(fork.ends):
        fork.ends[place] = (edge, row)
        row += 1
    for _, there in fork.steps:
        row = _number(there, row)
    fork.rows = list(range(begin, row))
    return row


def _walk(fork: _Fork) -> list[_Fork]:
    return [fork, *(inner for _, there in fork.steps for inner in _walk(there))]
