"""Bad input: one clear line each, at the function and at the command line; the rest is kept."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extractors.readers import MAX_CHARACTERS, Failure, read_documents
from kg.cli import main
from kg.files.streams import find_files
from kg.model import Document

ENGLISH, CHINESE = "Sirolimus lowered creatinine in rats.", "西罗莫司降低了大鼠的肌酐。"
LATIN_1 = "Le sirolimus a réduit la créatinine chez les rats traités.".encode("latin-1")
RECORD = json.dumps({"id": "x:1", "passages": [{"language": "en", "text": ENGLISH}]})

# name, content, what the failure says
BAD: Sequence[tuple[str, bytes, str]] = (
    ("empty.txt", b"", "the file is empty"),
    ("blank.txt", b" \r\n\t\n", "the file is empty"),
    ("only-mark.txt", b"\xef\xbb\xbf", "the file is empty"),
    ("binary.dat", bytes(range(256)) * 8, "binary file"),
    ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    ("paper.docx", b"PK\x03\x04\x14\0\x06\0", "office document"),
    ("broken.xml", b"<PubmedArticleSet><PubmedArticle></PubmedArticleSet>", "broken XML"),
    ("cut.gz", gzip.compress(ENGLISH.encode() * 50, mtime=0)[:-12], "breaks off"),
    ("damaged.gz", b"\x1f\x8b\x08\0" + b"\xff" * 60, "damaged"),
    ("latin1.txt", LATIN_1, "wrong encoding: not UTF-8"),
    ("cut-utf16.txt", ENGLISH.encode("utf-16")[:-1], "wrong encoding: not UTF-16"),
    ("one-line.txt", b"Sirolimus lowered creatinine. " * 170_000, "more than 800,000 bytes"),
    ("long.jsonl", RECORD.replace("rats", "rats " * 60_000).encode(), "more than 200,000"),
    ("nul.txt", f"{ENGLISH * 3}\0 And more.".encode(), "U+0000"),
    ("nul.jsonl", RECORD.replace("rats", r"rats\u0000").encode(), "U+0000"),
    ("surrogate.jsonl", RECORD.replace("rats", r"rats\ud800").encode(), "U+D800"),
    ("keys.json", b'{"pmid": 1, "abstract": "x"}', "unknown key abstract, pmid"),
    ("no-id.json", b'{"passages": []}', "no id"),
    ("language.json", RECORD.replace('"en"', '"fr"').encode(), "'fr' is not allowed"),
    ("type.json", RECORD.replace('"en"', '["en"]').encode(), "not allowed"),
    ("number.json", b"[1, 2]", "no text in English or Chinese"),
    ("cut.json", RECORD[:-9].encode(), "not JSON"),
    ("deep.json", b'{"id":' + b"[" * 100_000, "not JSON"),
    ("russian.txt", "Сиролимус снизил креатинин.".encode(), "no text in English or Chinese"),
    ("page.html", b"<!DOCTYPE html><html></html>", "web page"),
    ("export.nbib", b"PMID- 900001\nTI  - Sirolimus\n", "MEDLINE format"),
)

GOOD: Sequence[tuple[str, bytes, list[str]]] = (
    ("english.txt", ENGLISH.encode(), [ENGLISH]),
    ("chinese.txt", CHINESE.encode(), [CHINESE]),
    ("mark.txt", b"\xef\xbb\xbf" + ENGLISH.encode(), [ENGLISH]),
    ("carriage.txt", f"{ENGLISH}\r\n{CHINESE}\r\n".encode(), [ENGLISH, CHINESE]),
    ("old-mac.txt", f"{ENGLISH}\r{CHINESE}\r".encode(), [ENGLISH, CHINESE]),
    ("gb18030.txt", f"{ENGLISH}\n{CHINESE}".encode("gb18030"), [ENGLISH, CHINESE]),
    ("utf16.txt", f"{ENGLISH}\n{CHINESE}".encode("utf-16"), [ENGLISH, CHINESE]),
    ("utf16-no-mark.txt", ENGLISH.encode("utf-16-le"), [ENGLISH]),
    ("utf32.txt", CHINESE.encode("utf-32"), [CHINESE]),
    ("zipped.txt", gzip.compress(CHINESE.encode(), mtime=0), [CHINESE]),
    (
        "two-members.gz",
        gzip.compress(ENGLISH.encode(), mtime=0) + gzip.compress(b"\n\n", mtime=0),
        [ENGLISH],
    ),
    ("record.txt", RECORD.encode(), [ENGLISH]),
    ("mark.jsonl", b"\xef\xbb\xbf" + RECORD.encode() + b"\r\n\r\n", [ENGLISH]),
    ("pretty.json", json.dumps(json.loads(RECORD), indent=2).encode(), [ENGLISH]),
    ("list.json", f"[\n{RECORD}\n]".encode(), [ENGLISH]),
    ("utf16.jsonl", RECORD.encode("utf-16"), [ENGLISH]),
)


@pytest.mark.parametrize(("name", "content", "problem"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_one_failure_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    failures = [item for item in read_documents(tmp_path / name) if isinstance(item, Failure)]
    assert problem in str(failures[0])
    assert name in failures[0].where
    assert failures[0].remedy
    assert len(str(failures[0])) < 400


@pytest.mark.parametrize(("name", "content", "texts"), GOOD, ids=[row[0] for row in GOOD])
def test_unusual_files_are_read(
    tmp_path: Path, name: str, content: bytes, texts: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    (document,) = read_documents(tmp_path / name)
    assert isinstance(document, Document), document
    assert [passage.text for passage in document.passages] == texts


@pytest.mark.usefixtures("quick")
def test_the_command_tells_every_failure_and_keeps_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content, _ in [*BAD[:8], GOOD[0], GOOD[1]]:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out" / "x.jsonl"
    out.parent.mkdir()
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.glob("*.*"))
    assert main(["extract", *files, "-o", str(out)]) == 1
    told = capsys.readouterr().err.splitlines()
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {record["id"] for record in records} >= {"a", "english", "chinese"}
    assert told[-1] == f"{len(records)} documents, 6 mentions, 3 relations, 8 failures"
    assert len(told) == 9
    assert all(line.startswith("kg: ") for line in told[:-1])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("name", "content", "problem"), BAD, ids=[row[0] for row in BAD])
def test_the_command_gives_one_line_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["extract", str(tmp_path / name)]) == 1
    told = capsys.readouterr().err
    assert problem in told
    assert "Traceback" not in told


def test_5_mb_in_one_line_are_refused_quickly_and_the_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("他克莫司" * 1_250_000, encoding="utf-8")
    begin = time.perf_counter()
    (failure,) = read_documents(path)
    assert time.perf_counter() - begin < 5
    assert "800,000" in str(failure)


def test_a_text_at_the_limit_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    text = (ENGLISH + " ") * (MAX_CHARACTERS // (len(ENGLISH) + 1))
    path.write_text(text, encoding="utf-8")
    (document,) = read_documents(path)
    assert isinstance(document, Document)
    (failure,) = read_documents(path, max_characters=1000)
    assert isinstance(failure, Failure)
    assert "more than 1,000" in failure.message


def test_a_missing_file_and_an_empty_directory(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "no.txt", "no such file"), (tmp_path, "no file in this")):
        (failure,) = read_documents(path)
        assert isinstance(failure, Failure)
        assert (failure.where, problem in failure.message) == (str(path), True)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CHINESE, encoding="utf-8")
    real: Callable[..., object] = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    failure, document = read_documents(tmp_path)
    assert str(failure) == f"{tmp_path / 'a.txt'}: cannot be read (Permission denied); " + (
        "check its permissions"
    )
    assert isinstance(document, Document)


def test_files_about_a_collection_are_read_only_if_named(tmp_path: Path) -> None:
    for name in ("README.md", "README.zh.md", "LICENSE", "notes.md", "a.txt"):
        (tmp_path / name).write_text("Sirolimus was given to rats.", encoding="utf-8")
    assert [file.name for file in find_files(tmp_path)] == ["a.txt"]
    assert list(find_files(tmp_path / "README.md")) == [tmp_path / "README.md"]


def test_a_directory_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden/x.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    assert [d.id for d in read_documents(tmp_path) if isinstance(d, Document)] == [
        "b", "a-c", "a-z",
    ]  # fmt: skip


def test_a_wrong_line_stops_no_other_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    second = RECORD.replace("x:1", "x:2")
    path.write_bytes(f'{RECORD}\n{{\n{second}\n{{"id": "x:3"}}\n'.encode() + b"{\xff}\n")
    items = list(read_documents(path))
    assert [type(item).__name__ for item in items] == [
        "Document", "Failure", "Document", "Failure", "Failure",
    ]  # fmt: skip
    assert [item.where for item in items if isinstance(item, Failure)] == [
        f"{path}:2", f"{path}:4", f"{path}:5",
    ]  # fmt: skip
