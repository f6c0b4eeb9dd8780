"""MeSH as simple tables of names and of tree numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.terminology.importing.mesh_types import NO_BRANCH
from tests.kg.terminology.reading import names, parents, rows_of, skipped, write

LABELS = "D990001\tPuffing\tPuffs|Puffing, Loud\nC990002\tpuffol\t\nD990003\tBlowing\n"
TREE = (
    "mesh_id\tmesh_name\tmesh_tree_number\n"
    "D990001\tPuffing\tC08.618\n"
    "D990004\tLung Diseases of Fiction\tC08\n"
    "D990001\tPuffing\tC23.888.100\n"
    "D990005\tPublishing\tL01.100\n"
)


def test_labels_have_names_and_no_type(tmp_path: Path) -> None:
    assert names(rows_of("mesh_labels", write(tmp_path, LABELS))) == [
        ("mesh:D990001", "Puffing", "en", "label", None),
        ("mesh:D990001", "Puffs", "en", "exact", None),
        ("mesh:D990001", "Puffing, Loud", "en", "exact", None),
        ("mesh:C990002", "puffol", "en", "label", None),
        ("mesh:D990003", "Blowing", "en", "label", None),
    ]


@pytest.mark.parametrize("columns", [(0, 1, 2), (2, 0, 1)])
def test_tree_numbers_give_types_and_parents(columns: tuple[int, ...], tmp_path: Path) -> None:
    lines = [line.split("\t") for line in TREE.splitlines()]
    text = "\n".join("\t".join(cells[place] for place in columns) for cells in lines)
    rows = rows_of("mesh_tree", write(tmp_path, text))
    assert names(rows) == [
        ("mesh:D990001", "Puffing", "en", "label", "Outcome"),
        ("mesh:D990004", "Lung Diseases of Fiction", "en", "label", "Disease"),
    ]
    assert parents(rows) == [("mesh:D990001", "is_a", "mesh:D990004")]
    assert skipped(rows) == [("mesh:D990005", NO_BRANCH)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("mesh_labels", LABELS + "D99", 4),
        ("mesh_labels", "name\tid\n", 1),
        ("mesh_labels", "", None),
        ("mesh_tree", TREE + "D990006\tBlo", 6),
        ("mesh_tree", TREE + "D990006\tBlowing\tnowhere", 6),
        ("mesh_tree", LABELS, 1),
        ("mesh_tree", TREE.splitlines()[0], None),
    ],
)
def test_other_tables_are_refused(name: str, text: str, line: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        rows_of(name, path)
    assert caught.value.where == (f"{path}:{line}" if line else str(path))
    assert caught.value.remedy
