"""The hierarchy that is delivered, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.terminology.listed import starter_terms
from ontologies.files import TermFileError
from ontologies.hierarchy import COLUMNS, load_hierarchy

TACROLIMUS = "mesh:D016559\ttacrolimus"
INHIBITORS = "mesh:D065095\tcalcineurin inhibitors"
AGENTS = "mesh:D007166\timmunosuppressive agents"
NEPHROPATHY = "mesh:D005922\tIgA nephropathy"


def test_what_stands_above_a_concept_is_in_the_term_list_too() -> None:
    terms = starter_terms()
    for kind in load_hierarchy():
        child, parent = terms.concept(kind.child), terms.concept(kind.parent)
        assert child is not None and parent is not None
        assert kind.parent in child.parents
        assert {"en", "zh"} <= dict(parent.labels).keys()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([f"{TACROLIMUS}\tmesh:D065095\tinhibitors"], "x.tsv:2: mesh:D065095 is not called"),
        ([f"{TACROLIMUS}\t{INHIBITORS}"] * 2, "x.tsv:3: stands twice"),
        ([f"{TACROLIMUS}\t{NEPHROPATHY}"], "a Drug is no kind of a Disease"),
        (
            [f"{TACROLIMUS}\t{INHIBITORS}", f"{INHIBITORS}\t{AGENTS}", f"{AGENTS}\t{TACROLIMUS}"],
            "x.tsv:4: tacrolimus is a kind of immunosuppressive agents already",
        ),
    ],
)
def test_bad_rows_are_told(rows: list[str], problem: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    with pytest.raises(TermFileError) as caught:
        load_hierarchy(path)
    assert problem in str(caught.value)
