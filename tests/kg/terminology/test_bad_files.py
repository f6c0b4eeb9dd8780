"""Files that are broken, cut off, huge, of mixed encodings or of another format: all are refused
with file, line and remedy, exit status 1, and what was imported before stays."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import InputError
from kg.files import streams
from kg.terminology import keeping
from kg.terminology.importing import byte_source, lines
from tests.kg.terminology.reading import rows_of, write
from tests.kg.terminology.test_graphs import GRAPH, LIST, OWL, SYNTAXES, in_syntax
from tests.kg.terminology.test_mesh_records import ASCII, DESCRIPTORS, SUPPLEMENTS
from tests.kg.terminology.test_mesh_tables import LABELS, TREE
from tests.kg.terminology.test_obo import PUFFING

GOOD: dict[str, bytes] = {
    "mesh_xml": DESCRIPTORS.encode(),
    "mesh_ascii": ASCII.encode(),
    "mesh_labels": LABELS.encode(),
    "mesh_tree": TREE.encode(),
    "obo": PUFFING.encode(),
    "obo_graph": json.dumps(GRAPH, indent=1, ensure_ascii=False).encode(),
    "rdf": in_syntax(OWL, SYNTAXES["rdf"]),
}
# Forms of one format that break in other ways.
VARIANTS = {
    "mesh_xml, supplementary": ("mesh_xml", SUPPLEMENTS.encode()),
    "obo_graph, list": ("obo_graph", json.dumps(LIST, indent=1, ensure_ascii=False).encode()),
    "rdf, turtle": ("rdf", OWL.encode()),
    "rdf, lines": ("rdf", in_syntax(OWL, SYNTAXES["nt"])),
    "rdf, jsonld": ("rdf", in_syntax(OWL, SYNTAXES["jsonld"])),
}
CASES = {**{name: (name, data) for name, data in GOOD.items()}, **VARIANTS}
# A wrong encoding and a cut within a line can be told in every format; a table or lines of triples
# that end after a line are whole as far as anyone can tell.
WHOLE_LINES = {"mesh_labels", "mesh_tree", "rdf, lines", "rdf, turtle", "obo"}


def refused(format_name: str, data: bytes, folder: Path) -> InputError:
    path = write(folder, data)
    with pytest.raises(InputError) as caught:
        rows_of(format_name, path)
    error = caught.value
    assert error.where.startswith(str(path)), error
    assert error.remedy, error
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize("case", CASES)
def test_the_good_files_are_good(case: str, tmp_path: Path) -> None:
    name, data = CASES[case]
    assert rows_of(name, write(tmp_path, data))


@pytest.mark.parametrize("case", CASES)
def test_a_gzip_that_is_cut_off_is_refused(case: str, tmp_path: Path) -> None:
    name, data = CASES[case]
    packed = gzip.compress(data, mtime=0)
    error = refused(name, packed[: len(packed) * 2 // 3], tmp_path)
    assert "breaks off" in error.what or "cut off" in error.remedy or "fetch" in error.remedy


@pytest.mark.parametrize("case", CASES)
def test_a_gzip_that_is_damaged_is_refused(case: str, tmp_path: Path) -> None:
    name, data = CASES[case]
    packed = bytearray(gzip.compress(data, mtime=0))
    packed[len(packed) // 2] ^= 0xFF
    refused(name, bytes(packed), tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if case not in WHOLE_LINES])
def test_a_text_that_is_cut_off_anywhere_is_refused(case: str, tmp_path: Path) -> None:
    name, data = CASES[case]
    end = data.rstrip()
    if case == "mesh_ascii":  # whole records are whole
        end = end[: end.index(b"UI = C990001")]
    for share in (0.3, 0.5, 0.7, 0.9, 0.999):
        refused(name, end[: int(len(end) * share)], tmp_path)


@pytest.mark.parametrize(
    ("case", "end"),
    [
        ("mesh_labels", "C9900"), ("mesh_tree", "D990005\tPub"), ("obo", '"A sickness in wh'),
        ("obo", "synonym: \"喘息病"), ("obo", "is_obs"), ("rdf, turtle", "owl:deprecated"),
        ("rdf, lines", "<http://"),
    ],
)  # fmt: skip
def test_a_text_that_is_cut_off_within_a_line_is_refused(
    case: str, end: str, tmp_path: Path
) -> None:
    name, data = CASES[case]
    cut = data.rindex(end.encode()) + len(end.encode())
    error = refused(name, data[:cut], tmp_path)
    line = data[:cut].count(b"\n") + 1
    assert error.where.endswith(f":{line}")


@pytest.mark.parametrize("case", CASES)
def test_a_line_of_gb18030_within_utf_8_is_refused(case: str, tmp_path: Path) -> None:
    name, data = CASES[case]
    word = {"mesh_labels": b"Blowing", "mesh_tree": b"Lung", "mesh_ascii": b"Puffery"}.get(
        case, b"Fiction" if case.startswith("mesh_xml,") else b"puffing sickness"
    )
    if case.startswith("mesh_xml"):
        word = b"Puffing syndrome" if "suppl" in case else b"Fictionland"
    assert word in data
    mixed = data.replace(word, "喘息病".encode("gb18030"), 1)
    error = refused(name, mixed, tmp_path)
    assert ":" in error.where.removeprefix(str(tmp_path / "file"))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("other", [*GOOD, "html", "pdf", "nothing", "zip"])
def test_a_file_of_another_format_is_refused(case: str, other: str, tmp_path: Path) -> None:
    name, _ = CASES[case]
    if other == name:
        return
    strange = {
        "html": b"<!DOCTYPE html>\n<html><body>404</body></html>", "pdf": b"%PDF-1.7\n\x00\x01",
        "nothing": b"", "zip": b"PK\x03\x04\x00\x00",
    }  # fmt: skip
    refused(name, GOOD.get(other) or strange[other], tmp_path)


@pytest.mark.parametrize("name", GOOD)
def test_an_endless_line_takes_no_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = {
        "mesh_xml": b"<DescriptorRecordSet><DescriptorRecord><DescriptorUI>",
        "obo_graph": b'{"graphs": [{"nodes": [{"id": "', "obo": b"[Term]\nid: HP:1\nname: ",
        "rdf": b"<http://a/b> <http://a/c> \"", "mesh_ascii": b"*NEWRECORD\nMH = ",
    }.get(name, b"D990001\t")  # fmt: skip

    def endless(path: Path) -> Iterator[bytes]:
        yield begin
        for _ in range(1 << 14):  # a gibibyte
            yield b"a" * streams.CHUNK

    for module in (byte_source, lines):
        monkeypatch.setattr(module, "open_chunks", endless)
    monkeypatch.setattr("kg.terminology.importing.mesh_xml.open_chunks", endless)
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            rows_of(name, tmp_path / "file")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.remedy
    assert peak < 64 << 20


def spoil(data: bytes) -> bytes:
    return gzip.compress(data)[:-20]


@pytest.mark.parametrize(
    ("source", "name", "change"),
    [
        ("mesh", "mesh_xml", spoil),
        ("mesh", "mesh_ascii", lambda data: data + b"nonsense"),
        ("mesh", "mesh_labels", lambda data: data + "噗\t噗".encode("gb18030")),
        ("mondo", "obo", lambda data: data + b'synonym: "cut o'),
        ("mondo", "obo_graph", lambda data: data[:-40]),
        ("mondo", "rdf", lambda data: data[:-12]),
        ("mondo", "rdf", lambda data: data[:-40]),
        ("mondo", "rdf", lambda data: b""),
        ("mondo", "rdf", lambda data: b"<html><body>404</body></html>"),
    ],
)
def test_what_was_imported_stays_when_the_next_import_fails(
    source: str, name: str, change: Callable[[bytes], bytes], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    words = ["lexicon", "import", source]
    data = ["--data", str(tmp_path / "kg")]
    good = write(tmp_path, GOOD[name], "good")
    assert main([*words, str(good), *data]) == 0
    before = keeping.read_source(tmp_path / "kg", source)
    capsys.readouterr()
    bad = write(tmp_path, change(GOOD[name]), "bad")
    assert main([*words, str(good), str(bad), *data]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"kg: {bad}")
    assert len(told.err.splitlines()) == 1
    assert told.out == ""
    assert keeping.list_sources(tmp_path / "kg") == (before,)
    assert list(keeping.read_names(before))
    assert [path.name for path in before.folder.parent.iterdir()] == [source]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("obo_graph", b'{"graphs": [{"nodes": [{"id": "HP:0990001", "lbl": 7}]}]}', "another form"),
        ("obo_graph", b'{"graphs": [{"nodes": ["HP:0990001"]}]}', "no JSON object"),
        ("obo_graph", b'[{"id": "HP:0990001"}]', "another form"),
        ("obo_graph", b'{"graphs": []}', "no term in it"),
        ("mesh_xml", b"<DescriptorRecordSet/>", "holds no record"),
        ("mesh_xml", b"<PubmedArticleSet/>", "not a known form"),
        ("rdf", b"Ontology(<http://a/b>)", "no syntax of RDF"),
        ("rdf", b'<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "no syntax of RDF"),
        ("mesh_xml", b'<!DOCTYPE a [<!ENTITY b "c">]>\n<DescriptorRecordSet><DescriptorRecord><DescriptorUI>&b;</DescriptorUI></DescriptorRecord></DescriptorRecordSet>', "entity"),
    ],
)  # fmt: skip
def test_what_else_can_be_wrong(name: str, data: bytes, what: str, tmp_path: Path) -> None:
    assert what in refused(name, data, tmp_path).what
