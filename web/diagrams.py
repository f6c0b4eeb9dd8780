"""Small node-link diagrams as inline SVG, laid out here and coloured by the style sheet.

Colours, dashes and arrowheads come from CSS classes, so that a diagram follows light and dark
and prints. Every text is escaped; widths are estimated (a Han character is one em wide).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

_EM = 13.0
_NODE_HEIGHT = 32.0
_PADDING = 14.0
_WIDEST = 190.0
_ROW = 48.0
_HEADROOM = 44.0


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
class _Box:
    node: Node
    column: int
    crowd: int
    x: float
    y: float
    width: float
    text: str

    @property
    def middle(self) -> float:
        return self.y + _NODE_HEIGHT / 2


def text_width(text: str, *, em: float = _EM) -> float:
    """The estimated width of a text in pixels.

    >>> text_width("蛋白尿", em=10)
    30.0
    """
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return em * (wide + 0.56 * (len(text) - wide))


def layered(
    columns: Sequence[Sequence[Node]], edges: Sequence[Edge], *, title: str, gap: float = 150.0
) -> Markup:
    """A diagram of columns from left to right, each centred; empty columns are left out.

    Parameters
    ----------
    columns : the nodes of each layer, from top to bottom
    edges : arrows between any two nodes; those whose end is not shown are left out
    title : what the diagram shows, for those who cannot see it
    gap : room between two columns in pixels, for the arrows and their labels
    """
    shown = [column for column in columns if column]
    rows = max((len(column) for column in shown), default=1)
    place = {node.id: number for number, column in enumerate(shown) for node in column}
    far = any(
        abs(place[e.source] - place[e.target]) > 1
        for e in edges
        if e.source in place and e.target in place
    )
    head = _HEADROOM if far else 0.0
    height = rows * _ROW + head
    boxes: dict[str, _Box] = {}
    x = 4.0
    for number, column in enumerate(shown):
        texts = [_shorten(node.label, _WIDEST - 2 * _PADDING) for node in column]
        width = max(text_width(text) for text in texts) + 2 * _PADDING
        top = head + (rows - len(column)) * _ROW / 2 + (_ROW - _NODE_HEIGHT) / 2
        for row, (node, text) in enumerate(zip(column, texts, strict=True)):
            boxes[node.id] = _Box(node, number, len(column), x, top + row * _ROW, width, text)
        x += width + gap
    total = max(x - gap + 4, 1)
    drawn = [e for e in edges if e.source in boxes and e.target in boxes and e.source != e.target]
    lanes = _lanes(drawn)
    body = Markup("").join(
        [
            *(
                _arrow(boxes[e.source], boxes[e.target], e, lane)
                for e, lane in zip(drawn, lanes, strict=True)
            ),
            *(_draw(box) for box in boxes.values()),
        ]
    )
    return Markup(
        '<svg class="diagram" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group"'
        ' aria-label="{title}" xmlns="http://www.w3.org/2000/svg">{defs}{body}</svg>'
    ).format(w=round(total), h=round(height), title=title, defs=_DEFS, body=body)


def _lanes(edges: Sequence[Edge]) -> list[int]:
    """The number of each edge among those that join the same two nodes."""
    seen: dict[frozenset[str], int] = {}
    lanes = []
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        lanes.append(seen.get(pair, 0))
        seen[pair] = lanes[-1] + 1
    return lanes


def _shorten(text: str, width: float) -> str:
    if text_width(text) <= width:
        return text
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _draw(box: _Box) -> Markup:
    return Markup(
        '<a href="{href}" class="node t-{type}{focus}"><title>{label}</title>'
        '<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="7"/>'
        '<text x="{cx:.1f}" y="{ty:.1f}" text-anchor="middle">{text}</text></a>'
    ).format(
        href=box.node.href, type=box.node.type, focus=" is-focus" if box.node.focus else "",
        label=box.node.label, x=box.x, y=box.y, w=box.width, h=_NODE_HEIGHT,
        cx=box.x + box.width / 2, ty=box.middle + 4.5, text=box.text,
    )  # fmt: skip


def _arrow(source: _Box, target: _Box, edge: Edge, lane: int) -> Markup:
    path, label_x, label_y = _course(source, target, lane)
    effect = {"+": "up", "-": "down"}.get(edge.effect, "plain")
    return Markup(
        '<a href="{href}" class="edge e-{effect} s-{style}"><title>{label}</title>'
        '<path d="{path}" marker-end="url(#end-{effect})"/>'
        '<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{label}</text></a>'
    ).format(
        href=edge.href, effect=effect, style=edge.style, label=edge.label, path=path,
        x=label_x, y=label_y,
    )  # fmt: skip


def _course(source: _Box, target: _Box, lane: int) -> tuple[str, float, float]:
    """The curve of an arrow and the place of its label, nearer to the more crowded column."""
    y1, y2 = source.middle + 9 * lane, target.middle + 9 * lane
    if source.column == target.column:  # a bow at the right of the column
        x1, x2 = source.x + source.width, target.x + target.width + 5
        bend = 46.0 + 14 * lane
        points = ((x1, y1), (x1 + bend, y1), (x2 + bend, y2), (x2, y2))
        return _curve(points), *_along(points, 0.5)
    forward = source.column < target.column
    x1 = source.x + source.width if forward else source.x
    x2 = target.x - 5 if forward else target.x + target.width + 5
    half = (x2 - x1) / 2
    if abs(source.column - target.column) > 1:  # over the columns between
        top = min(y1, y2) - _HEADROOM * 1.25
        points = ((x1, y1 - 6), (x1 + half * 0.5, top), (x2 - half * 0.5, top), (x2, y2 - 6))
        x, y = _along(points, 0.5)
        return _curve(points), x, y - 5
    points = ((x1, y1), (x1 + half, y1), (x2 - half, y2), (x2, y2))
    at = 0.5 if source.crowd == target.crowd else 0.3 if source.crowd > target.crowd else 0.7
    x, y = _along(points, at)
    return _curve(points), x, y - 5 + 16 * lane


_Points = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


def _curve(points: _Points) -> str:
    start, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{start} C{' '.join(rest)}"


def _along(points: _Points, t: float) -> tuple[float, float]:
    """The point of a cubic Bézier curve at a share of its length of parameters."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(w * x for w, (x, _) in zip(weights, points, strict=True)),
        sum(w * y for w, (_, y) in zip(weights, points, strict=True)),
    )


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
