"""The recipe that imports the terminologies of the corpora."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.table import SHARED
from benchmarks.terminologies import import_all, load_recipe
from kg.terminology.importing.formats import FORMATS
from kg.terminology.keeping import read_names
from kg.terminology.rows import NameRow


def test_each_source_stands_once_and_has_known_formats() -> None:
    recipe = load_recipe()
    assert Counter(one.name for one in recipe).most_common(1)[0][1] == 1
    assert {name for one in recipe for name in one.formats} <= {known.name for known in FORMATS}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
def test_every_file_is_there() -> None:
    files = [file for one in load_recipe() for file in one.files]
    assert [file for file in files if not (SHARED / "corpora" / file).is_file()] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
def test_names_can_be_withheld(tmp_path: Path) -> None:
    def withheld(row: NameRow) -> bool:
        return row.lang == "zh" and row.curie == "ORPHA:662"

    kept = import_all(tmp_path, only={"orphanet-zh", "symp"}, without={"symp"}, leave_out=withheld)
    assert set(kept) == {"orphanet-zh"}
    names = list(read_names(kept["orphanet-zh"]))
    assert {row.lang for row in names if row.curie == "ORPHA:662"} == {"en"}
    assert sum(row.lang == "zh" for row in names) > 4_000
    assert dict(kept["orphanet-zh"].skipped)["left out"] == 1
