from __future__ import annotations

import xml.etree.ElementTree as ET

from web.diagrams import Edge, Node, layered

SVG = "{http://www.w3.org/2000/svg}"


def draw(columns: list[list[str]], edges: list[tuple[str, str]]) -> ET.Element:
    nodes = [
        [Node(name, f"{name} <&>", "Drug", f"/{name}?a=1&b=2") for name in names]
        for names in columns
    ]
    arrows = [Edge(one, other, "increases", "+", "asserted", "/s") for one, other in edges]
    return ET.fromstring(str(layered(nodes, arrows, title='a "title" <b>')))  # noqa: S314 - ours


def boxes(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    return [
        tuple(float(r.attrib[k]) for k in ("x", "y", "width", "height"))  # type: ignore[misc]
        for r in svg.iter(f"{SVG}rect")
    ]


def test_diagram_is_well_formed_and_inside_its_frame() -> None:
    svg = draw(
        [["a", "b", "c"], ["d"], ["e"]],
        [("a", "d"), ("d", "e"), ("a", "e"), ("e", "d"), ("b", "c")],
    )
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    found = boxes(svg)
    assert len(found) == 5
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in found)


def test_boxes_do_not_overlap() -> None:
    found = boxes(draw([["a", "b"], ["c", "d", "e"]], []))
    for n, (x, y, w, h) in enumerate(found):
        for x2, y2, w2, h2 in found[n + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_edges_of_absent_nodes_and_loops_are_left_out() -> None:
    svg = draw([["a"], ["b"]], [("a", "b"), ("a", "x"), ("a", "a")])
    assert len([a for a in svg.iter(f"{SVG}a") if "edge" in a.attrib["class"]]) == 1
