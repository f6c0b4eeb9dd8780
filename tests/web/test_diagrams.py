from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from web.diagrams import Edge, Node, columns_diagram
from web.routes_diagram import Route, routes_diagram

SVG = "{http://www.w3.org/2000/svg}"
Rectangle = tuple[float, float, float, float]


def node(name: str) -> Node:
    return Node(name, f"{name} <&>", "Drug", f"/{name}?a=1&b=2")


def edge(one: str, other: str) -> Edge:
    return Edge(one, other, "increases", "+", "asserted", "/s")


def columns(names: list[str], edges: list[str]) -> ET.Element:
    nodes = [[node(name) for name in column] for column in names]
    arrows = [edge(*pair) for pair in edges]
    return read(str(columns_diagram(nodes, arrows, title='a "title" <b>')))


def routes(*ways: str) -> ET.Element:
    drawn = [
        Route(tuple(map(node, way)), tuple(edge(a, b) for a, b in pairwise(way))) for way in ways
    ]
    return read(str(routes_diagram(drawn, title="ways")))


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - ours


def boxes(svg: ET.Element) -> list[Rectangle]:
    return [
        (
            float(r.attrib["x"]),
            float(r.attrib["y"]),
            float(r.attrib["width"]),
            float(r.attrib["height"]),
        )
        for r in svg.iter(f"{SVG}rect")
    ]


def arrows(svg: ET.Element) -> int:
    return len([a for a in svg.iter(f"{SVG}a") if "edge" in a.attrib["class"]])


DRAWN = [
    columns(["abc", "d", "efgh"], ["ad", "bd", "de", "dh"]),
    columns(["a", "b"], ["ab"]),
    routes("az"),
    routes("az", "abz", "abcz", "adz", "adbcz"),
    routes("abz", "acz", "acbz"),
    routes("abcdez", "az", "abz"),
]


@pytest.mark.parametrize("svg", DRAWN)
def test_boxes_are_inside_the_frame_and_apart(svg: ET.Element) -> None:
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    found = boxes(svg)
    assert found
    for n, (x, y, w, h) in enumerate(found):
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        for x2, y2, w2, h2 in found[n + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


@pytest.mark.parametrize("svg", DRAWN)
def test_no_straight_piece_of_an_arrow_crosses_a_box(svg: ET.Element) -> None:
    for path in svg.iter(f"{SVG}path"):
        course = path.attrib["d"]
        if " L" not in course:
            continue
        x2, y = map(float, course.split(" L")[1].split(" C")[0].split())
        x1 = float(course.split(" L")[0].split()[-2])
        assert not [
            b for b in boxes(svg) if b[0] < x2 and x1 < b[0] + b[2] and b[1] < y < b[1] + b[3]
        ]


def test_ways_that_begin_alike_share_their_boxes() -> None:
    svg = routes("abz", "abcz", "adz")
    assert len(boxes(svg)) == 5  # a, b, c, d, z
    assert arrows(svg) == 6  # a-b, b-z, b-c, c-z, a-d, d-z


def test_arrows_that_lead_nowhere_are_left_out() -> None:
    assert arrows(columns(["a", "b"], ["ab", "ax", "aa", "ba"])) == 1
