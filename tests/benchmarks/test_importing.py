"""The made-up terminologies of the benchmark are what it says: four names a concept in each form."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.importing import FORMS, measure


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_four_names_a_concept(form: str, tmp_path: Path) -> None:
    file = tmp_path / form
    file.write_text("".join(FORMS[form](20)), encoding="utf-8")
    assert measure(form, file, tmp_path / "data")["names"] == 80
