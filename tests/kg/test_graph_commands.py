"""The commands of the graph as a user meets them."""

from __future__ import annotations

import errno
import gzip
import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.settings import Settings
from kg.store.opening import open_store
from kg.terms import IRI, Literal
from kg.vocab import DCTERMS, PLX, STATEMENTS_GRAPH
from tests.kg.graphs import FIXTURE, lines


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of its own, with nothing in it."""
    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("KG_STORE", raising=False)
    return tmp_path / "data"


def graph(data: Path) -> list[bytes]:
    with open_store(Settings(data=data), read_only=True) as store:
        return lines(store)


@pytest.fixture
def loaded(data: Path) -> Path:
    assert main(["load", str(FIXTURE)]) == 0
    return data


def test_loading_reports_what_happened(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", str(FIXTURE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 2
    assert main(["load", str(FIXTURE)]) == 0
    assert capsys.readouterr().out == "2 unchanged, 11 statements\n"


def test_a_wrong_line_is_told_and_the_rest_loaded(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = FIXTURE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "mixed.jsonl.gz"
    wrong = ["{", '{"id": "x"}', '{"id": "x", "passages": [], "surprise": 1}', "[]", '"\\ud800"']
    path.write_bytes(gzip.compress("\n".join([*wrong, "", *good]).encode()))
    assert main(["load", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == "2 added, 5 failed, 11 statements\n"
    assert [line.split(":")[2] for line in said.err.splitlines()] == list("12345")
    assert all(line.startswith(f"kg: {path}:") for line in said.err.splitlines())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nodes.tsv", b"id\tcategory\n", "nodes without edges"),
        ("graph.json", b"{}", "KGX"),
        ("notes.docx", b"PK", "nothing that can be loaded"),
        ("bad.ttl", b"<a> <b> ", "not turtle"),
        ("bad.nq", b"\xff\xfe", "not nquads"),
        ("cut.ttl.gz", gzip.compress(b"x" * 99, mtime=0)[:-9], "cannot be read"),
        ("ours.nq", b"<a:s> <a:p> <a:o> <https://w3id.org/parallax/graph/statements> .", "itself"),
    ],
)
def test_what_cannot_be_loaded_is_told_in_one_line(
    loaded: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    message: str,
) -> None:
    before = graph(loaded)
    (tmp_path / name).write_bytes(content)
    capsys.readouterr()
    assert main(["load", str(tmp_path / name)]) == 1
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1
    assert graph(loaded) == before


def test_rdf_goes_into_a_graph_of_its_own(loaded: Path, tmp_path: Path) -> None:
    before = graph(loaded)
    path = tmp_path / "mine.ttl"
    path.write_text(
        "<https://example.org/s> <https://example.org/p> [ a <https://example.org/C> ] ."
    )
    for options in ([], ["--graph", "https://example.org/g"], []):
        assert main(["load", str(path), *options]) == 0
    added = set(graph(loaded)) - set(before)
    assert len(added) == 4
    assert not any(b"_:" in line for line in added)
    ends = {line.split()[-2].decode() for line in added}
    assert ends == {"<https://example.org/g>", "<https://w3id.org/parallax/graph/import/mine>"}


def test_an_export_fills_an_empty_graph(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.nq"
    assert main(["export", "nquads", "-o", str(path)]) == 0
    other = tmp_path / "other"
    assert main(["load", str(path), "--data", str(other)]) == 0
    assert graph(other) == graph(loaded)
    assert main(["load", str(FIXTURE), "--data", str(other)]) == 0
    assert "2 unchanged" in capsys.readouterr().out


def test_export_writes_to_standard_output(
    loaded: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "ntriples", "--graph", "statements"]) == 0
    written = capfdbinary.readouterr().out.splitlines()
    with open_store(Settings(data=loaded), read_only=True) as store:
        held = {f"{q.triple} .".encode() for q in store.quads(graph=STATEMENTS_GRAPH)}
    assert len(written) == len(held) and set(written) == held


def test_removing_a_document(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["remove", "pubmed:900001", "pubmed:7"]) == 1
    said = capsys.readouterr()
    assert said.out == "1 removed, 1 failed\n"
    assert said.err == "kg: pubmed:7: no such document in the graph; see kg stats\n"
    with open_store(Settings(data=loaded), read_only=True) as store:
        found = {q.object for q in store.quads(None, DCTERMS.identifier)}
    assert Literal("pubmed:900002") in found and Literal("pubmed:900001") not in found


def test_validation_ends_with_status_three_where_something_is_wrong(
    loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate"]) == 0
    assert capsys.readouterr().out.startswith("no violation")
    with open_store(Settings(data=loaded)) as store:
        store.change(list(store.quads(None, PLX.belief)), ())
        from kg.publishing import publish

        publish(store, Settings(data=loaded))
    assert main(["validate"]) == 3
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 14 and said[-1] == "violations (11 error, 0 warning, 0 info)"
    assert main(["validate", "--json"]) == 3
    assert {json.loads(line)["property"] for line in capsys.readouterr().out.splitlines()} == {
        PLX.belief.value
    }


def test_statistics_as_table_and_as_json(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["parts"]["Document"] == 2
    assert found["status"] == {"asserted": 8, "denied": 1, "hypothesized": 2}
    assert found["predicates"]["restores"] == 1
    assert found["evidence_by_language"] == {"agrees": 8, "conflict": 2, "one-sided": 1}
    assert found["contradictions"] == 2
    assert main(["stats"]) == 0
    assert "Statement" in capsys.readouterr().out


def test_backup_and_restore(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = graph(loaded)
    backup = str(tmp_path / "backup")
    assert main(["backup", backup]) == 0
    assert main(["remove", "pubmed:900001"]) == 0
    assert main(["restore", backup]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["restore", backup, "--force"]) == 0
    assert graph(loaded) == before


@pytest.mark.parametrize(
    "command", [["export", "nquads"], ["stats"], ["validate"], ["backup", "b"]]
)
def test_without_a_graph_the_remedy_is_named(
    data: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main(command) == 1
    assert "run kg build" in capsys.readouterr().err
    assert not data.exists()


def test_the_data_directory_is_not_mixed_with_a_server(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", "--store", "http://127.0.0.1:9/sparql"]) == 1
    assert "does not answer" in capsys.readouterr().err
    assert IRI("a:b") and not data.exists()


def test_nothing_is_removed_or_made_where_there_is_no_graph(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remove", "pubmed:1"]) == 1
    assert "there is no graph here" in capsys.readouterr().err
    assert not data.exists()


def test_a_data_directory_under_a_file_is_one_line_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["--data", str(tmp_path / "file" / "data"), "load", str(FIXTURE)]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "cannot be written" in told and "--data" in told


def test_what_the_system_refuses_is_one_line(
    loaded: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "graph.tmp")

    monkeypatch.setattr("kg.statistics.find_statistics", refuse)
    capsys.readouterr()
    assert main(["stats"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("kg: graph.tmp: No space left on device; ") and told.count("\n") == 1
