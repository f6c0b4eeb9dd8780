"""Small node-link diagrams as inline SVG, laid out here and coloured by the style sheet.

Colours, dashes and arrowheads come from CSS classes, so that a diagram follows light and dark
and prints. Every text is escaped; widths are estimated (a Han character is one em wide).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

EM = 13.0
ROW = 48.0
BOX_HEIGHT = 32.0
PADDING = 14.0
WIDEST = 190.0
GAP = 150.0
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the diagram: a concept with its label, semantic type and page."""

    id: str
    label: str
    type: str
    href: str
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow of the diagram; `effect` is ``+``, ``-`` or empty, `style` the claim's status."""

    source: str
    target: str
    label: str
    effect: str
    style: str
    href: str


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place; `middle` is the height at which arrows meet it."""

    node: Node
    x: float
    middle: float
    width: float

    @property
    def right(self) -> float:
        """Where its arrows leave."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Course:
    """The way of an arrow as an SVG path, with the place of its label."""

    path: str
    label_x: float
    label_y: float


def text_width(text: str, *, em: float = EM) -> float:
    """The estimated width of a text in pixels.

    >>> text_width("蛋白尿", em=10)
    30.0
    """
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return em * (wide + 0.56 * (len(text) - wide))


def box_width(nodes: Sequence[Node]) -> float:
    """The width of a column of boxes: that of its longest label, within bounds."""
    return max(text_width(shorten(node.label)) for node in nodes) + 2 * PADDING


def shorten(text: str, width: float = WIDEST - 2 * PADDING) -> str:
    """The text, cut with an ellipsis where it is too wide for a box."""
    if text_width(text) <= width:
        return text
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def columns_diagram(
    columns: Sequence[Sequence[Node]], edges: Sequence[Edge], *, title: str
) -> Markup:
    """A diagram of columns from left to right with arrows between neighbouring columns.

    Parameters
    ----------
    columns : the nodes of each column from top to bottom; empty columns are left out
    edges : arrows; those that do not lead from a column to the next are left out
    title : what the diagram shows, for those who cannot see it
    """
    shown = [column for column in columns if column]
    height = max((len(column) for column in shown), default=1) * ROW
    boxes: dict[str, tuple[int, Box]] = {}
    x = MARGIN
    for number, column in enumerate(shown):
        width = box_width(column)
        top = (height - len(column) * ROW) / 2
        for row, node in enumerate(column):
            boxes[node.id] = (number, Box(node, x, top + (row + 0.5) * ROW, width))
        x += width + GAP
    drawn = []
    for edge in edges:
        ends = boxes.get(edge.source), boxes.get(edge.target)
        if ends[0] is None or ends[1] is None or ends[1][0] - ends[0][0] != 1:
            continue
        crowds = [len(shown[number]) for number, _ in (ends[0], ends[1])]
        at = 0.5 if crowds[0] == crowds[1] else 0.3 if crowds[0] > crowds[1] else 0.7
        drawn.append(draw_edge(edge, bend(ends[0][1], ends[1][1], at)))
    drawn += [draw_box(box) for _, box in boxes.values()]
    return frame(Markup("").join(drawn), x - GAP + MARGIN, height, title)


def bend(source: Box, target: Box, at: float = 0.5) -> Course:
    """The course from the right of one box to the left of another; the label at a share of it."""
    x1, x2 = source.right, target.x - 5
    half = (x2 - x1) / 2
    y1, y2 = source.middle, target.middle
    weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at * at * (1 - at), at**3)
    xs, ys = (x1, x1 + half, x2 - half, x2), (y1, y1, y2, y2)
    path = f"M{x1:.1f} {y1:.1f} C{xs[1]:.1f} {y1:.1f} {xs[2]:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    x = sum(w * value for w, value in zip(weights, xs, strict=True))
    y = sum(w * value for w, value in zip(weights, ys, strict=True))
    return Course(path, x, y - 5)


def draw_box(box: Box) -> Markup:
    """A box with its label, linked to the page of its concept."""
    return Markup(
        '<a href="{href}" class="node t-{type}{focus}"><title>{label}</title>'
        '<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="7"/>'
        '<text x="{cx:.1f}" y="{ty:.1f}" text-anchor="middle">{text}</text></a>'
    ).format(
        href=box.node.href, type=box.node.type, focus=" is-focus" if box.node.focus else "",
        label=box.node.label, x=box.x, y=box.middle - BOX_HEIGHT / 2, w=box.width, h=BOX_HEIGHT,
        cx=box.x + box.width / 2, ty=box.middle + 4.5, text=shorten(box.node.label),
    )  # fmt: skip


def draw_edge(edge: Edge, course: Course) -> Markup:
    """An arrow with its label, linked to the page of its claim."""
    effect = {"+": "up", "-": "down"}.get(edge.effect, "plain")
    return Markup(
        '<a href="{href}" class="edge e-{effect} s-{style}"><title>{label}</title>'
        '<path d="{path}" marker-end="url(#end-{effect})"/>'
        '<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{label}</text></a>'
    ).format(
        href=edge.href, effect=effect, style=edge.style, label=edge.label, path=course.path,
        x=course.label_x, y=course.label_y,
    )  # fmt: skip


def frame(body: Markup, width: float, height: float, title: str) -> Markup:
    """The SVG element around what was drawn."""
    return Markup(
        '<svg class="diagram" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group"'
        ' aria-label="{title}" xmlns="http://www.w3.org/2000/svg">{defs}{body}</svg>'
    ).format(w=max(round(width), 1), h=round(height), title=title, defs=_DEFS, body=body)


_DEFS = Markup(
    "<defs>"
    '<marker id="end-up" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path class="e-up" d="M0 0L9 5L0 10z"/></marker>'
    '<marker id="end-down" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="9" markerHeight="9"'
    ' orient="auto"><path class="e-down" d="M4 0H6.5V10H4z"/></marker>'
    '<marker id="end-plain" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path class="e-plain" d="M1 1L8.5 5L1 9" /></marker>'
    "</defs>"
)
