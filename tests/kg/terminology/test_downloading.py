"""Files fetched from a server that cuts connections, changes its mind and lies."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import DownloadError
from kg.terminology import catalogue, downloading
from kg.terminology.catalogue import Download, Entry
from kg.terminology.downloading import ATTEMPTS, Fetched, download
from kg.terminology.unpacking import unpack
from tests.kg.terminology.file_server import Served, serving

DATA = b"mesh:D990001\tpuffin oil\n" * 20_000


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(Served(DATA)) as running:
        yield running


def fetch(served: Served, folder: Path, **known: str) -> Fetched:
    file = Download(served.address, len(DATA), **known)
    return download(file, folder, sleep=lambda seconds: waits.append(seconds))


waits: list[float] = []


def refused(served: Served, folder: Path, **known: str) -> str:
    with pytest.raises(DownloadError) as told:
        fetch(served, folder, **known)
    assert told.value.remedy
    return str(told.value).replace(served.address, "ADDRESS")


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_comes_whole_and_is_not_fetched_again_while_it_is_the_same(
    served: Served, tmp_path: Path
) -> None:
    seen: list[int] = []
    got = download(
        Download(served.address, 1), tmp_path, progress=lambda _, size, total: seen.append(size)
    )
    assert got == Fetched(tmp_path / "names.tsv", "2026-07-01")
    assert got.path.read_bytes() == DATA
    assert seen[-1] == len(DATA)
    assert left(tmp_path) == {"names.tsv", "names.tsv.json"}
    assert fetch(served, tmp_path) == got
    assert served.asked[-1]["If-None-Match"] == '"one"' and len(served.asked) == 2
    served.data, served.etag = b"new\n", '"two"'
    assert fetch(served, tmp_path).path.read_bytes() == b"new\n"


def test_a_connection_that_is_cut_is_taken_up_where_it_ended(
    served: Served, tmp_path: Path
) -> None:
    served.cut_after, served.cuts = 100_000, 3
    assert fetch(served, tmp_path).path.read_bytes() == DATA
    assert [asked.get("Range") for asked in served.asked] == [
        None, "bytes=100000-", "bytes=200000-", "bytes=300000-",
    ]  # fmt: skip
    assert {asked.get("If-Range") for asked in served.asked[1:]} == {'"one"'}


def test_another_call_goes_on_with_what_an_earlier_one_has_left(
    served: Served, tmp_path: Path
) -> None:
    served.cut_after, served.cuts, served.statuses = 100_000, 1, []
    served.change_to = None
    with serving(Served(DATA, statuses=[404])) as other:
        assert "there is no such file" in refused(other, tmp_path)
    file = Download(served.address, 1)

    def give_up(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(file, tmp_path, sleep=give_up)
    assert left(tmp_path) == {"names.tsv.part", "names.tsv.part.json"}
    assert fetch(served, tmp_path).path.read_bytes() == DATA
    assert served.asked[-1]["Range"] == "bytes=100000-"


def test_a_server_without_ranges_sends_it_all_again(served: Served, tmp_path: Path) -> None:
    served.cut_after, served.cuts, served.ranges = 100_000, 2, False
    assert fetch(served, tmp_path).path.read_bytes() == DATA


def test_a_file_that_changes_meanwhile_is_fetched_anew(served: Served, tmp_path: Path) -> None:
    served.cut_after, served.cuts = 100_000, 1
    served.change_to = (b"another release\n" * 9_000, '"two"')
    assert fetch(served, tmp_path).path.read_bytes() == b"another release\n" * 9_000


@pytest.mark.parametrize(("etag", "modified"), [("", ""), ('W/"weak"', "")])
def test_without_a_mark_of_the_file_nothing_is_glued(
    served: Served, tmp_path: Path, etag: str, modified: str
) -> None:
    served.etag, served.modified = etag, modified
    served.cut_after, served.cuts = 100_000, 1
    assert fetch(served, tmp_path).path.read_bytes() == DATA
    assert not any("Range" in asked for asked in served.asked)


def test_the_date_serves_where_there_is_no_etag(served: Served, tmp_path: Path) -> None:
    served.etag, served.cut_after, served.cuts = "", 100_000, 1
    assert fetch(served, tmp_path).path.read_bytes() == DATA
    assert served.asked[-1]["If-Range"] == served.modified


def test_a_length_that_is_not_true_is_told(served: Served, tmp_path: Path) -> None:
    served.claims, served.ranges = len(DATA) + 500, False
    waits.clear()
    told = refused(served, tmp_path)
    assert f"broke off, after {ATTEMPTS} attempts" in told
    assert waits == sorted(waits)
    assert "names.tsv" not in left(tmp_path)


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ([404], "ADDRESS: there is no such file; it may have moved"),
        ([410], "ADDRESS: the file was withdrawn"),
        ([401], "ADDRESS: it asks for a login; register"),
        ([403], "ADDRESS: it may not be fetched so; fetch it in a browser"),
        ([418], "ADDRESS: the server answers 418"),
        ([503] * ATTEMPTS, f"ADDRESS: the server is busy (503), after {ATTEMPTS} attempts"),
    ],
)
def test_what_the_server_answers(
    served: Served, tmp_path: Path, statuses: list[int], told: str
) -> None:
    served.statuses = statuses
    assert told in refused(served, tmp_path)


def test_a_busy_server_is_asked_again_when_it_says(served: Served, tmp_path: Path) -> None:
    served.statuses, served.retry_after = [503, 429], "7"
    waits.clear()
    assert fetch(served, tmp_path).path.read_bytes() == DATA
    assert waits == [7.0, 7.0]


def test_a_web_page_in_place_of_the_file(served: Served, tmp_path: Path) -> None:
    served.content_type = "text/html; charset=utf-8"
    assert "a web page came in place of the file" in refused(served, tmp_path)
    assert left(tmp_path) == set()


def test_sums_are_compared(served: Served, tmp_path: Path) -> None:
    good = hashlib.sha256(DATA).hexdigest()
    assert fetch(served, tmp_path, sha256=good).path.exists()
    told = refused(served, tmp_path / "other", sha256="0" * 64)
    assert "the sha256 sum of what came is not the one published" in told
    assert left(tmp_path / "other") == set()
    md5 = hashlib.md5(DATA, usedforsecurity=False).hexdigest()
    served.beside = {".md5": f"{md5}  names.tsv\n".encode()}
    assert fetch(served, tmp_path / "third", sidecar="md5").path.exists()
    served.beside = {".md5": b"nothing"}
    assert "no md5 sum in it" in refused(served, tmp_path / "fourth", sidecar="md5")


def test_a_server_that_cannot_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Download("http://terminology.invalid/names.tsv", 1)
    with pytest.raises(DownloadError, match="cannot be found") as told:
        download(nowhere, tmp_path, sleep=waits.append)
    assert "fetch the file elsewhere and import it" in told.value.remedy
    closed = Download("http://127.0.0.1:9/names.tsv", 1)
    with pytest.raises(DownloadError, match=f"broke off, after {ATTEMPTS} attempts"):
        download(closed, tmp_path, sleep=waits.append)
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match="the proxy does not let it through"):
        download(nowhere, tmp_path, sleep=waits.append)


def test_a_full_disk_and_a_folder_that_cannot_be_made(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "cannot be written" in refused(served, tmp_path / "file" / "folder")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "names.tsv.part")

    monkeypatch.setattr(downloading, "_whole_of", lambda *_: full())
    with pytest.raises(OSError, match="No space left"):  # outside of what writes
        fetch(served, tmp_path)
    monkeypatch.undo()
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(Path, "open", full)
    told = refused(served, tmp_path)
    assert "names.tsv.part: the disk is full; make room and run it again" in told


def test_the_member_of_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "names.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("folder/names.csv", "a,b\n")
        packed.writestr("README", "…")
    assert unpack(archive, "names.csv").read_text() == "a,b\n"
    assert unpack(archive, "names.csv").parent == tmp_path
    with pytest.raises(DownloadError, match=r"no other\.csv in the archive"):
        unpack(archive, "other.csv")
    archive.write_bytes(b"PK\x03\x04")
    with pytest.raises(DownloadError, match="cannot be unpacked"):
        unpack(archive, "names.csv")


@pytest.fixture
def listed(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The server's file is the source "puffins" of the catalogue."""
    entries = (
        Entry("puffins", "Puffins", "海鹦", ("plain",), "CC0 1.0", "https://example.org/",
              type="Drug", columns=("curie", "text"), files=(Download(served.address, 1),)),
        Entry("auks", "Auks", "海雀", ("plain",), "CC0 1.0", "https://example.org/auks",
              note="Ask them", note_zh="请询问"),
    )  # fmt: skip
    monkeypatch.setattr(catalogue, "load_catalogue", lambda: entries)
    return served


def test_kg_lexicon_download_fetches_and_imports(
    listed: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "kg")]
    assert main(["lexicon", "download", "puffins", "--import", *data]) == 0
    told = capsys.readouterr()
    path = tmp_path / "kg" / "lexicon" / "downloads" / "puffins" / "names.tsv"
    assert told.out == f"{path}\n"
    assert "puffins: 1 names imported" in told.err
    assert main(["lexicon", "sources", "--imported", "--json", *data]) == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert kept["source"] == {"name": "puffins", "version": "2026-07-01", "licence": "CC0 1.0"}
    assert main(["lexicon", "download", "puffins", "-o", str(tmp_path / "here")]) == 0
    assert (tmp_path / "here" / "names.tsv").read_bytes() == DATA


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("puffin", "no source 'puffin' in the catalogue; did you mean puffins?"),
        ("auks", "https://example.org/auks: auks cannot be fetched by an address; Ask them; then"),
    ],
)
def test_what_cannot_be_fetched_is_told(
    listed: Served, name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lexicon", "download", name]) == 1
    assert told in capsys.readouterr().err
