"""The table of types by branch: what it says, how it is checked, and that it agrees with curators."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kg.terminology.branches import branch_type, untyped_roots
from ontologies.branches import load_branches
from ontologies.files import TermFileError
from ontologies.terms import load_terms
from tests.kg.terminology.reading import SHARED

HEADER = "vocabulary\tbranch\ttype\n"


@pytest.mark.parametrize(
    ("vocabulary", "branches", "expected"),
    [
        ("mesh", ("D03.633.100",), (True, "Drug")),
        ("mesh", ("D12.776.124",), (True, "Protein")),
        ("mesh", ("D12.125.072",), (True, "Drug")),  # amino acids are no proteins
        ("mesh", ("D03.1", "D12.776.1"), (True, "Protein")),  # the row that stands first decides
        ("mesh", ("C10.597.617", "C23.888.592"), (True, "Outcome")),
        ("mesh", ("C14.280",), (True, "Disease")),
        ("mesh", ("A11.118",), (True, "Cell")),
        ("mesh", ("B04.450",), (True, "Organism")),
        ("mesh", ("F03.600",), (True, "Disease")),
        ("mesh", ("N05.715",), (False, None)),
        ("GO", ("molecular_function",), (True, None)),
        ("HP", ("=HP:0000001", "HP:0000001", "hp"), (True, None)),
        ("HP", ("=HP:0000093", "HP:0000093", "hp"), (True, "Outcome")),
        ("EFO", ("efo",), (False, None)),
    ],
)
def test_a_branch_has_a_type(
    vocabulary: str, branches: tuple[str, ...], expected: tuple[bool, str | None]
) -> None:
    assert branch_type(vocabulary, *branches) == expected


def test_branches_without_type_are_roots_of_what_is_left_out() -> None:
    assert "HP:0012823" in untyped_roots("HP")
    assert not untyped_roots("MONDO")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("FMA\t*\tCell\n", "2: unknown prefix 'FMA'"),
        ("mesh\tC\tSickness\n", "2: unknown type 'Sickness'"),
        ("mesh\tC\tDisease\nmesh\tC\tOutcome\n", "3: mesh C stands twice"),
        ("mesh\tC\n", "2: 2 columns"),
    ],
)
def test_a_wrong_row_is_told_of(row: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "types.tsv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(TermFileError) as caught:
        load_branches(path)
    assert what in str(caught.value)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
def test_the_branches_of_mesh_agree_with_the_types_that_curators_gave() -> None:
    numbers: dict[str, list[str]] = defaultdict(list)
    with (SHARED / "mesh-en" / "tree-numbers.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            ui, _, number = line.rstrip("\n").split("\t")
            numbers[f"mesh:{ui}"].append(number)
    curated = {row.curie: row.type for row in load_terms() if row.curie in numbers}
    by_branch = {curie: branch_type("mesh", *numbers[curie])[1] for curie in curated}
    typed = {curie: kind for curie, kind in by_branch.items() if kind is not None}
    assert len(curated) > 2_000
    assert len(typed) > 0.93 * len(curated)
    agreeing = sum(curated[curie] == kind for curie, kind in typed.items())
    assert agreeing > 0.88 * len(typed)
