"""`kg build`: documents come into the graph, are replaced, and are withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.settings import Settings
from kg.store.opening import open_store

pytestmark = pytest.mark.usefixtures("quick")

RECORD = (
    "<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>{title}"
    "</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
)


def pubmed(path: Path, *records: str) -> str:
    path.write_text(
        f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>", encoding="utf-8"
    )  # fmt: skip
    return str(path)


def record(pmid: int, title: str = "Sirolimus lowered creatinine in rats.") -> str:
    return RECORD.format(pmid=pmid, title=title)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, capsys: pytest.CaptureFixture[str], *inputs: str) -> dict[str, int]:
    main(["--data", str(data), "build", "--json", *inputs])
    counts: dict[str, int] = json.loads(capsys.readouterr().out)
    return {name: number for name, number in counts.items() if number}


def documents(data: Path) -> set[str]:
    with open_store(Settings(data), read_only=True) as store:
        rows = store.select(
            "SELECT ?id { GRAPH ?g { ?d a <https://w3id.org/parallax/vocab#Document> ; "
            "<http://purl.org/dc/terms/identifier> ?id } }"
        )
        return {str(getattr(row["id"], "value", row["id"])) for row in rows}


def test_documents_are_added_then_unchanged_then_replaced_then_removed(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = pubmed(tmp_path / "1.xml", record(1), record(2))
    assert run(data, capsys, first) == {
        "documents": 2, "mentions": 4, "relations": 2, "added": 2,
    }  # fmt: skip
    assert run(data, capsys, first)["unchanged"] == 2
    second = pubmed(tmp_path / "2.xml", record(2, "Sirolimus raised creatinine in mice."))
    assert run(data, capsys, second)["replaced"] == 1
    third = pubmed(
        tmp_path / "3.xml",
        "<DeleteCitation><PMID>1</PMID><PMID>777</PMID></DeleteCitation>",
    )
    counts = run(data, capsys, third)
    assert (counts["deletions"], counts["removed"], "failures" in counts) == (2, 1, False)
    assert documents(data) == {"pubmed:2"}


def test_a_document_twice_in_one_input_is_there_once(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = pubmed(tmp_path / "1.xml", record(1), record(1, "Sirolimus raised creatinine."))
    counts = run(data, capsys, twice)
    assert (counts["documents"], counts["repeated"]) == (2, 1)
    assert documents(data) == {"pubmed:1"}


def test_failures_leave_the_rest_in_the_graph(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = pubmed(tmp_path / "1.xml", record(1), record(2, "CRASH"), record(3))
    assert main(["--data", str(data), "build", path, str(tmp_path / "no.txt")]) == 1
    told = capsys.readouterr().err
    assert "pubmed:2: the extraction failed" in told
    assert "no such file" in told
    assert "2 added, 0 replaced, 0 unchanged, 0 removed" in told
    assert documents(data) == {"pubmed:1", "pubmed:3"}


def test_extraction_json_is_loaded_as_it_is(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.jsonl"
    main(["extract", pubmed(tmp_path / "1.xml", record(1)), "-o", str(out)])
    capsys.readouterr()
    assert run(data, capsys, str(out))["added"] == 1
    assert documents(data) == {"pubmed:1"}
