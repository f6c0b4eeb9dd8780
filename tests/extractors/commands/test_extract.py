"""`kg extract` at the command line."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.cli import main
from kg.io import read_extractions

pytestmark = pytest.mark.usefixtures("quick")
TEXT = "Sirolimus lowered creatinine.\n西罗莫司降低肌酐。\n"


@pytest.fixture
def abstract(tmp_path: Path) -> Path:
    path = tmp_path / "Study 1.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_lines_go_to_standard_output_and_the_summary_to_standard_error(
    abstract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(abstract)]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["id"] == "study-1"
    assert err == "1 document, 4 mentions, 2 relations, 0 failures\n"


def test_a_file_is_written_and_can_be_read_again(
    abstract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["extract", str(abstract), "-o", str(out), "--json"]) == 0
    (extraction,) = read_extractions(out)
    assert [mention.text for mention in extraction.mentions] == [
        "Sirolimus", "creatinine", "西罗莫司", "肌酐",
    ]  # fmt: skip
    assert json.loads(capsys.readouterr().err)["mentions"] == 4
    assert oct(out.stat().st_mode & 0o777) == oct(0o666 & ~_umask())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Study 1.txt", "out.jsonl"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_extracting_an_extraction_changes_nothing(abstract: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    main(["extract", str(abstract), "-o", str(first)])
    main(["extract", str(first), "-o", str(second)])
    assert first.read_bytes() == second.read_bytes()


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert main(["extract", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"].startswith("stdin-")


def test_a_pipe_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(TEXT,), kwargs={"encoding": "utf-8"})
    writer.start()
    assert main(["extract", str(pipe)]) == 0
    writer.join()
    assert json.loads(capsys.readouterr().out)["id"] == "pipe"


def test_a_document_twice_is_told(abstract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(abstract), str(abstract)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.splitlines() == [
        "kg: study-1: read twice; the later one counts",
        "2 documents, 8 mentions, 4 relations, 1 read again, 0 failures",
    ]


def test_an_earlier_output_stays_where_nothing_could_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("earlier", encoding="utf-8")
    assert main(["extract", str(tmp_path / "missing.txt"), "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "earlier"
    told = capsys.readouterr().err.splitlines()
    assert told == [
        f"kg: {tmp_path / 'missing.txt'}: no such file; check the name",
        f"kg: {out}: nothing could be read; not written",
    ]


def test_an_output_in_an_input_directory_is_not_read(abstract: Path) -> None:
    out = abstract.parent / "out.jsonl"
    for _ in range(2):
        assert main(["extract", str(abstract.parent), "-o", str(out)]) == 0
        assert len(list(read_extractions(out))) == 1


def test_a_device_is_written_as_it_is(abstract: Path) -> None:
    assert main(["extract", str(abstract), "-o", os.devnull]) == 0
    assert not Path(os.devnull).is_file()


def test_a_terminal_sees_progress(
    abstract: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["extract", str(abstract), str(abstract.parent / "no")]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["id"] == "study-1"
    assert "no such file" in err


def test_many_failures_are_counted_and_the_first_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x"}\n' * 30, encoding="utf-8")
    assert main(["extract", str(path)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert told[-1] == "0 documents, 0 mentions, 0 relations, 30 failures (10 not shown)"


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["{dir}/Study 1.txt", "-o", "{dir}/Study 1.txt"], 2, "is an input"),
        (["-", "-"], 2, "once only"),
        ([], 2, "Missing argument"),
        (["{dir}/Study 1.txt", "-o", "{dir}/no/such/out.jsonl"], 1, "cannot be written"),
        (["{dir}/Study 1.txt", "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_wrong_usage_is_told(
    abstract: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    problem: str,
) -> None:
    filled = [argument.format(dir=abstract.parent) for argument in arguments]
    assert main(["extract", *filled]) == status
    assert problem in capsys.readouterr().err
    assert abstract.read_text(encoding="utf-8") == TEXT
