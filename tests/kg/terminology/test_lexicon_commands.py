"""`kg lexicon import`, `sources` and `remove`, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.terminology.catalogue import load_catalogue
from kg.terminology.importing.formats import FORMATS
from tests.kg.terminology.reading import write
from tests.kg.terminology.test_mesh_tables import LABELS, TREE
from tests.kg.terminology.test_obo import PUFFING


def test_a_source_of_the_catalogue_is_imported_listed_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "kg")]
    assert (
        main(
            [
                "lexicon",
                "import",
                "mondo",
                str(write(tmp_path, PUFFING)),
                "--version",
                "2026",
                *data,
            ]
        )
        == 0
    )
    told = capsys.readouterr().out
    assert "Disease" in told and "obsolete" in told
    assert main(["lexicon", "sources", "--imported", "--json", *data]) == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert (kept["source"]["name"], kept["source"]["version"]) == ("mondo", "2026")
    assert kept["source"]["licence"] == "CC BY 4.0"
    assert kept["counts"]["names"] == 7
    assert kept["files"][0]["format"] == "obo"
    assert main(["lexicon", "remove", "mondo", *data]) == 0
    capsys.readouterr()
    assert main(["lexicon", "sources", "--imported", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_files_of_one_source_in_several_forms_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(write(tmp_path, TREE, "tree")), str(write(tmp_path, LABELS, "labels"))]
    assert (
        main(["lexicon", "import", "mesh", *files, "--json", "--data", str(tmp_path / "kg")]) == 0
    )
    kept = json.loads(capsys.readouterr().out)
    assert [file["format"] for file in kept["files"]] == ["mesh_tree", "mesh_labels"]
    assert kept["counts"]["names"] == 7


def test_a_new_source_needs_its_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["lexicon", "import", "my-terms", str(write(tmp_path, PUFFING))]
    data = ["--data", str(tmp_path / "kg")]
    assert main([*words, *data]) == 1
    assert "say in which --format" in capsys.readouterr().err
    assert main([*words, "--format", "obo", *data]) == 0


def test_a_mistyped_source_and_a_file_of_another_form_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "kg")]
    obo = str(write(tmp_path, PUFFING))
    assert main(["lexicon", "import", "modno", obo, *data]) == 1
    assert "did you mean mondo?" in capsys.readouterr().err
    assert main(["lexicon", "import", "mesh", obo, *data]) == 1
    assert (
        "looks like none of mesh_xml, mesh_ascii, mesh_labels, mesh_tree (it looks like obo)"
        in (capsys.readouterr().err)
    )
    assert main(["lexicon", "import", "mondo", str(tmp_path), *data]) == 1
    assert "not a file; name the files" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--format", "nonsense"], 1, "unknown format 'nonsense'"),
        (["--prefix", "nonsense"], 1, "unknown prefix 'nonsense'"),
        (["--type", "Nonsense"], 2, "Invalid value for '--type'"),
        (["--format", "mesh_tree"], 1, "no header of identifier, name and tree number"),
    ],
)
def test_what_is_said_of_the_files_must_be_known(
    options: list[str], status: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["lexicon", "import", "mondo", str(write(tmp_path, PUFFING)), *options]
    assert main([*words, "--data", str(tmp_path / "kg")]) == status
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_catalogue_is_listed_in_both_languages(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lexicon", "sources", "--lang", lang]) == 0
    told = capsys.readouterr().out
    for entry in load_catalogue():
        assert entry.name in told
        assert (entry.title_zh if lang == "zh" else entry.title) in told


def test_every_format_has_a_module_and_is_told_of() -> None:
    assert len({format_.name for format_ in FORMATS}) == len(FORMATS)
    assert all(format_.about for format_ in FORMATS)
