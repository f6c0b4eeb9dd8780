"""`kg lexicon build`: from imported sources to a lexicon that other commands use."""

from __future__ import annotations

import gzip
import json
import multiprocessing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractors.mentions import compiling
from extractors.mentions.compiling import build_lexicon, find_lexicon, load_compiled
from kg.cli import kg
from kg.errors import InputError, KgError
from kg.terminology.rows import NameRow, Source
from kg.terminology.versions import compiled_folder, current_version

OWN = Source("own", "7", "CC0-1.0")
DISEASES = [
    NameRow("MONDO:0099991", "zzorgitis", "en", "label", "Disease", OWN),
    NameRow("MONDO:0099991", "白蛉喘", "zh", "label", "Disease", OWN),
    NameRow("MONDO:0099992", "zzorgitis, late", "en", "label", "Disease", OWN),
]
ARTHRITIS = """format-version: 1.2

[Term]
id: DOID:9990001
name: zzorgitis
def: "A made-up complaint." [x:1]
synonym: "zzorgitis externa" EXACT []
is_a: DOID:4 ! disease

[Term]
id: DOID:4
name: disease
"""


STARTER = Source("parallax", "0", "Apache-2.0")
TACROLIMUS = [
    NameRow("mesh:D016559", "tacrolimus", "en", "label", "Drug", STARTER),
    NameRow("mesh:D016559", "他克莫司", "zh", "label", "Drug", STARTER),
    NameRow("mesh:D016559", "FK506", "mul", "exact", "Drug", STARTER),
]


@pytest.fixture(autouse=True)
def little_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A starter terminology of one drug, so that builds are quick."""
    monkeypatch.setattr("kg.terminology.building.starter_rows", lambda: iter(TACROLIMUS))


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(kg, ["--data", str(data), *words])


def names_in(data: Path, text: str) -> list[str]:
    found = load_compiled(find_lexicon(data)).matches(text, "en")
    return [match.entries[0].concept for match in found]


def test_a_built_lexicon_is_used_by_other_commands(tmp_path: Path) -> None:
    (tmp_path / "a.obo").write_text(ARTHRITIS, encoding="utf-8")
    assert run(tmp_path, "lexicon", "import", "doid", str(tmp_path / "a.obo")).exit_code == 0
    built = run(tmp_path, "lexicon", "build", "--json")
    manifest = json.loads(built.stdout)
    assert {s["name"]: s["names"] for s in manifest["sources"]}["doid"] == 3
    assert manifest["parents"] == manifest["definitions"] == 1
    found = json.loads(run(tmp_path, "lexicon", "lookup", "zzorgitis externa", "--json").stdout)
    assert [(row["concept"], row["label_en"]) for row in found] == [("DOID:9990001", "zzorgitis")]
    (tmp_path / "a.txt").write_text("Tacrolimus caused zzorgitis externa.", encoding="utf-8")
    read = run(tmp_path, "extract", str(tmp_path / "a.txt"))
    mentions = json.loads(read.stdout)["mentions"]
    assert {m["text"]: m["concept"] for m in mentions}["zzorgitis externa"] == "DOID:9990001"
    run(tmp_path, "lexicon", "build", "--without", "doid")
    assert "no name" in run(tmp_path, "lexicon", "lookup", "zzorgitis externa").output
    assert "no source" in str(run(tmp_path, "lexicon", "build", "--without", "x").exception)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [
        build_lexicon(tmp_path / name, [("own", iter(DISEASES))]).folder for name in ("a", "b")
    ]
    first, second = [
        {path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in folders
    ]
    assert first == second
    assert folders[0].name == folders[1].name


def test_a_failing_build_leaves_the_working_lexicon(tmp_path: Path) -> None:
    build_lexicon(tmp_path, [("own", DISEASES)])

    def broken() -> object:
        yield DISEASES[0]
        raise InputError("cut off", where="own.tsv:2", remedy="fetch it again")

    with pytest.raises(InputError, match="cut off"):
        build_lexicon(tmp_path, [("own", broken())])  # type: ignore[list-item]
    assert names_in(tmp_path, "zzorgitis") == ["MONDO:0099991"]
    assert not list(compiled_folder(tmp_path).glob("unfinished*"))


def test_what_a_killed_build_leaves_is_cleared_away(tmp_path: Path) -> None:
    half = compiled_folder(tmp_path) / "unfinished-1"
    half.mkdir(parents=True)
    (half / "names.marisa").write_bytes(b"half")
    build_lexicon(tmp_path, [("own", DISEASES)])
    assert not half.exists()


def test_versions_are_removed_when_nobody_reads_them(tmp_path: Path) -> None:
    def version(count: int) -> Path:
        return build_lexicon(tmp_path, [("own", DISEASES[:count])]).folder

    first = version(1)
    held = current_version(compiled_folder(tmp_path))
    second = version(2)
    assert first.exists() and second.exists()
    del held
    third = version(3)
    assert [first.exists(), second.exists(), third.exists()] == [False, False, True]


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    def rows() -> object:
        with pytest.raises(InputError, match="another build"):
            build_lexicon(tmp_path, [])
        yield from DISEASES

    build_lexicon(tmp_path, [("own", rows())])  # type: ignore[list-item]


@pytest.mark.parametrize("file", ["keys.marisa", "names.marisa", "manifest.json", "entry_name.u32"])
def test_a_damaged_lexicon_is_told_with_the_remedy(tmp_path: Path, file: str) -> None:
    folder = build_lexicon(tmp_path, [("own", DISEASES)]).folder
    (folder / file).write_bytes(b"not this")
    with pytest.raises(KgError, match="lexicon") as caught:
        load_compiled(find_lexicon(tmp_path))
    assert caught.value.remedy == "run `kg lexicon build`"
    assert build_lexicon(tmp_path, [("own", DISEASES)]).folder == folder
    assert names_in(tmp_path, "zzorgitis") == ["MONDO:0099991"]


def test_a_lexicon_of_another_state_of_the_rules_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_lexicon(tmp_path, [("own", DISEASES)])
    monkeypatch.setattr(compiling, "keys_mark", lambda: "other")
    told = run(tmp_path, "lexicon", "lookup", "gout")
    assert told.exit_code == 1
    assert isinstance(told.exception, InputError)
    assert "kg lexicon build" in str(told.exception)


def test_the_starter_terminology_is_compiled_once_for_a_data_directory(tmp_path: Path) -> None:
    assert find_lexicon(tmp_path / "absent") is None
    folder = find_lexicon(tmp_path)
    assert folder is not None and folder == find_lexicon(tmp_path)
    assert [entry.concept for entry in load_compiled(folder).lookup("FK506", "en")] == [
        "mesh:D016559"
    ]


def test_a_data_directory_that_cannot_be_written_is_read_with_the_starter_terminology(
    tmp_path: Path,
) -> None:
    (tmp_path / "lexicon").write_text("a file is in the way", encoding="utf-8")
    assert find_lexicon(tmp_path) is None


def test_processes_open_the_same_files(tmp_path: Path) -> None:
    folder = build_lexicon(tmp_path, [("own", DISEASES)]).folder
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.apply(_concepts_in, (folder, "late zzorgitis"))
    assert found == ["MONDO:0099991"]


def _concepts_in(folder: Path, text: str) -> list[str]:
    return [match.entries[0].concept for match in load_compiled(folder).matches(text, "en")]


def test_a_damaged_source_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.obo").write_text(ARTHRITIS, encoding="utf-8")
    run(tmp_path, "lexicon", "import", "doid", str(tmp_path / "a.obo"))
    table = tmp_path / "lexicon" / "sources" / "doid" / "names.tsv.gz"
    table.write_bytes(gzip.compress(b"header\nDOID:1\tone cell too few\n"))
    told = run(tmp_path, "lexicon", "build")
    assert "names.tsv.gz:2" in str(told.exception)
    assert current_version(compiled_folder(tmp_path)) is None
