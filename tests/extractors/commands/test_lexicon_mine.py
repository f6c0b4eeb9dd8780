"""`kg lexicon mine`: from aligned texts to a table, and from the curated table to the lexicon."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.terminology.rows import NameRow, Source

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header/><body>
<tu tuid="u1"><tuv xml:lang="en"><seg>Zorbic nephropathy is a rare kidney disease.</seg></tuv>
<tuv xml:lang="zh-CN"><seg>佐布肾病（Zorbic nephropathy）是一种罕见的肾脏疾病。</seg></tuv></tu>
<tu tuid="u2"><tuv xml:lang="en"><seg>Zorbic nephropathy causes proteinuria.</seg></tuv>
<tuv xml:lang="zh"><seg>佐布肾病（Zorbic nephropathy）引起蛋白尿。</seg></tuv></tu>
</body></tmx>
"""
BILINGUAL = """Zorbic nephropathy causes proteinuria in children.

佐布肾病（Zorbic nephropathy）引起儿童蛋白尿。
"""
OWN = Source("own")
STARTER = [
    NameRow("HP:0000093", "proteinuria", "en", "label", "Outcome", OWN),
    NameRow("HP:0000093", "蛋白尿", "zh", "label", "Outcome", OWN),
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a subcommand of `kg lexicon`; status, standard output and standard error."""

    def run_it(*arguments: str | Path, data: Path = tmp_path / "none") -> tuple[int, str, str]:
        status = main(["lexicon", *map(str, arguments), "--data", str(data)])
        return status, *capsys.readouterr()

    return run_it


def rows(text: str) -> list[dict[str, str]]:
    header, *lines = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def aligned(tmp_path: Path) -> Path:
    path = tmp_path / "texts.tmx"
    path.write_text(TMX, encoding="utf-8")
    return path


def test_accepted_rows_are_used_at_the_next_build(
    run: Run, aligned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.terminology.building.starter_rows", lambda: iter(STARTER))  # quick
    data, table = tmp_path / "data", tmp_path / "mined.babelon.tsv"
    data.mkdir()
    assert run("mine", aligned, "-o", table, "--least", "0.2", data=data)[0] == 0
    text = table.read_text(encoding="utf-8")
    (row,) = (row for row in rows(text) if row["translation_value"] == "佐布肾病")
    assert row["source_value"].lower() == "zorbic nephropathy"
    told = row["translation_status"], row["type"], row["standing"]
    assert told == ("CANDIDATE", "Disease", "new")
    assert row["subject_id"] == "plxc:disease-zorbic-nephropathy"
    assert "u1" in row["evidence_id"]
    status, _, refused = run("import", "mined", table, data=data)
    assert (status, "status CANDIDATE" in refused) == (1, True)
    table.write_text(text.replace("CANDIDATE", "OFFICIAL"), encoding="utf-8")
    assert run("import", "mined", table, data=data)[0] == 0
    assert run("build", data=data)[0] == 0
    found = json.loads(run("lookup", "佐布肾病", "--json", data=data)[1])
    assert found[0]["concept"] == "plxc:disease-zorbic-nephropathy"
    again = run("mine", aligned, "--least", "0.2", data=data)[1]
    assert "佐布肾病" not in {row["translation_value"] for row in rows(again)}
    known = run("mine", aligned, "--least", "0.2", "--known", data=data)[1]
    assert "known" in {row["standing"] for row in rows(known)}


@pytest.mark.parametrize("names", [("a.txt",), ("b.tsv",), ("c.en", "c.zh")])
def test_documents_tables_and_lines_are_read_alike(
    run: Run, tmp_path: Path, names: tuple[str, ...]
) -> None:
    en, zh = BILINGUAL.strip().split("\n\n")
    texts = {"a.txt": BILINGUAL, "b.tsv": f"id\ten\tzh\nx\t{en}\t{zh}\n", "c.en": en, "c.zh": zh}
    for name in names:
        (tmp_path / name).write_text(texts[name], encoding="utf-8")
    inputs = [tmp_path / name for name in names]
    status, table, _ = run("mine", *inputs, "--format", "tsv", "--least", "0.2")
    assert status == 0
    assert "佐布肾病" in {row["zh"] for row in rows(table)}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.en": "one\n"}, "give a.zh with it"),
        ({"a.en": "one\ntwo\n", "a.zh": "一\n"}, "2 lines, and a.zh has 1"),
        ({"a.tmx": "<?xml version='1.0'?><tmx><body><tu>"}, "a.tmx: line 1"),
        ({"a.txt": "Only English is here.\n"}, "no aligned sentences"),
        ({"a.tsv": "en\tzh\nonly one cell\n"}, "a.tsv:2"),
    ],
)
def test_bad_input_says_what_and_where(
    run: Run, tmp_path: Path, files: dict[str, str], told: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, table, message = run("mine", *(tmp_path / name for name in files))
    assert (status, table) == (1, "")
    assert told in message


def test_one_bad_file_does_not_stop_the_rest(run: Run, aligned: Path, tmp_path: Path) -> None:
    status, table, message = run("mine", aligned, tmp_path / "absent.txt")
    assert status == 1
    assert "absent.txt" in message
    assert table.startswith("source_language\t")
