"""The report of where the two languages differ: table, TSV, JSON and RDF, by kind and document."""

from __future__ import annotations

import csv
import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from kg.cli import main
from kg.discrepancies import COLUMNS
from kg.io import extraction_from_json, extraction_to_json
from kg.model import Discrepancy, Side
from tests.kg.graphs import FIXTURE

TRIAL, OTHER = (json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines())


def sides(record: dict[str, object]) -> tuple[Side, Side]:
    """The first English and the first Chinese sentence of a document, as sides."""
    extraction = extraction_from_json(record)
    passages = {passage.id: passage for passage in extraction.document.passages}
    first: dict[str, Side] = {}
    for sentence in extraction.sentences:
        passage = passages[sentence.passage]
        words = passage.text[sentence.start : sentence.end]
        first.setdefault(passage.language, Side(sentence.id, None, words[:9]))
    return first["en"], first["zh"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph of two documents, one with a difference of number and a sentence without fellow."""
    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("KG_STORE", raising=False)
    en, zh = sides(TRIAL)
    differing = replace(
        extraction_from_json(TRIAL),
        discrepancies=(
            Discrepancy("number", en, zh, "the number\tdiffers", "数值不一致"),
            Discrepancy("missing", en, None, "no counterpart in Chinese", "中文中没有对应"),
        ),
    )
    path = tmp_path / "two.jsonl"
    records = (extraction_to_json(differing), OTHER)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    assert main(["load", str(path)]) == 0
    return tmp_path


def test_a_table_has_a_row_for_each(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["discrepancies"]) == 0
    said = capsys.readouterr()
    rows = [line.split() for line in said.out.splitlines()[2:]]
    assert [row[:2] for row in rows] == [["pubmed:900001", "number"], ["pubmed:900001", "missing"]]
    assert said.err == "2 discrepancies\n"


def test_tsv_has_the_sentences_of_both_sides(data: Path) -> None:
    out = data / "out.tsv"
    assert main(["discrepancies", "--format", "tsv", "--lang", "zh", "-o", str(out)]) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    header, number, missing = csv.reader(lines, delimiter="\t")
    assert tuple(header) == COLUMNS
    en, zh = sides(TRIAL)
    assert number[2:5] == ["数值不一致", en.text.strip(), zh.text.strip()]
    assert number[5].startswith(en.text) and number[6].startswith(zh.text)
    assert missing[4] == missing[6] == ""


def test_a_tab_in_a_message_makes_no_column(data: Path) -> None:
    out = data / "out.tsv"
    assert main(["discrepancies", "--format", "tsv", "-o", str(out)]) == 0
    assert {line.count("\t") for line in out.read_text(encoding="utf-8").splitlines()} == {7}


def test_only_of_a_kind_or_a_document(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["discrepancies", "pubmed:900001", "--kind", "missing", "--format", "json"]) == 0
    assert [row["kind"] for row in json.loads(capsys.readouterr().out)] == ["missing"]
    assert main(["discrepancies", "pubmed:900002", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_rdf_describes_the_same_differences(data: Path, form: str) -> None:
    out = data / f"out.{form}"
    assert main(["discrepancies", "--format", form, "-o", str(out)]) == 0
    names = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib speaks of its own insides
        graph = rdflib.Dataset(default_union=True).parse(out, format=names.get(form, form))
        kind = rdflib.URIRef("https://w3id.org/parallax/vocab#kind")
        found = {str(value) for value in graph.objects(None, kind)}
    assert found == {"number", "missing"}


def test_a_document_that_is_not_there_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["discrepancies", "pubmed:1"]) == 1
    assert "pubmed:1: no such document in the graph" in capsys.readouterr().err
