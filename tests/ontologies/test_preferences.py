"""Whose identifier is preferred: the delivered table, and what is wrong in others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontologies.files import TermFileError
from ontologies.preferences import load_preferences
from ontologies.terms import TERM_TYPES

HEADER = "type\tvocabularies\n"
WHOLE = "".join(f"{kind}\tmesh\n" for kind in TERM_TYPES)


def test_each_type_has_an_order() -> None:
    assert set(load_preferences()) == set(TERM_TYPES)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (WHOLE + "Gadget\tmesh\n", "unknown type 'Gadget'"),
        (WHOLE + "Drug\tmesh\n", "Drug stands twice"),
        (WHOLE.replace("mesh", "nowhere"), "unknown prefix 'nowhere'"),
        (WHOLE.replace("mesh", "mesh mesh"), "a prefix stands twice"),
        (WHOLE.replace("Drug\tmesh\n", ""), "no row for Drug"),
    ],
)
def test_a_wrong_table_is_told(tmp_path: Path, rows: str, problem: str) -> None:
    path = tmp_path / "preferences.tsv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(TermFileError, match=problem):
        load_preferences(path)
