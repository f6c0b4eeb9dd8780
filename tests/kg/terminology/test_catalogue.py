"""The catalogue of sources is strict, complete in both languages, and can be fetched as it says."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Store

from kg.cli import main
from kg.errors import FormatError
from kg.terminology.catalogue import Entry, load_catalogue

ENTRY = """\
- name: puffins
  title: Puffins
  title_zh: 海鹦
  formats: [plain]
  licence: CC0 1.0
  page: https://example.org/
"""


@pytest.mark.parametrize("entry", load_catalogue(), ids=lambda entry: entry.name)
def test_an_entry_can_be_fetched_or_says_how_to_get_it(entry: Entry) -> None:
    assert entry.files or (entry.note and entry.note_zh)
    names = [file.file_name for file in entry.files]
    assert len(set(names)) == len(names)
    assert entry.page.startswith("https://")
    if "crosswalk" in entry.formats:
        assert entry.columns


@pytest.mark.parametrize(
    "entry", [entry for entry in load_catalogue() if entry.query], ids=lambda entry: entry.name
)
def test_a_query_to_wikidata_is_sparql_and_is_the_address(entry: Entry) -> None:
    known = "".join(
        f"PREFIX {name}: <https://example.org/{name}/>\n" for name in ("wd", "wdt", "rdfs", "skos")
    )
    Store().query(known + entry.query)
    (file,) = entry.files
    assert parse_qs(urlsplit(file.address).query) == {"query": [entry.query]}
    assert (file.file_name, file.accept) == (f"{entry.name}.tsv", "text/tab-separated-values")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\n", "not a list of entries"),
        ("- name: [\n", "not YAML"),
        (ENTRY + "  colour: red\n", "puffins: unknown key colour"),
        (ENTRY.replace("  title_zh: 海鹦\n", ""), "puffins: no title_zh"),
        (ENTRY.replace("plain", "plane"), "unknown format 'plane'"),
        (ENTRY + ENTRY, "puffins stands twice"),
        (ENTRY + "  note: Ask them.\n", "puffins: a note in one language only"),
        (ENTRY + "  type: Bird\n", "unknown type 'Bird'"),
        (ENTRY + "  prefix: PUF\n", "unknown prefix 'PUF'"),
        (ENTRY + "  files: [a]\n", "puffins: a file without address and size"),
        (ENTRY + "  files: [{address: 'https://a.org/b', size: few}]\n", "wrong size"),
        (ENTRY + "  files: [{address: 'ftp://a.org/b', size: 1}]\n", "wrong address"),
        (ENTRY + "  files: [{address: 'https://a.org/', size: 1}]\n", "wrong name"),
        (ENTRY + "  files: [{address: 'https://a.org/b', size: 1, name: ../b}]\n", "wrong name"),
        (ENTRY + "  files: [{address: 'https://a.org/b', size: 1, sha256: 12}]\n", "wrong sha256"),
        (ENTRY + "  files: [{address: 'https://a.org/b', size: 1, sum: 12}]\n", "unknown key sum"),
    ],
)
def test_a_wrong_catalogue_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as error:
        load_catalogue(path)
    assert told in str(error.value)
    assert str(error.value).startswith("sources.yaml")


def test_kg_lexicon_sources_tells_all_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "sources"]) == 0
    listed = capsys.readouterr().out
    assert all(f" {entry.name} " in listed for entry in load_catalogue())
    assert main(["lexicon", "sources", "hp-zh", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "人类表型本体中文名" in told and "请同时导入 hp" in told and "babelon.tsv" in told
    assert main(["lexicon", "sources", "wikidata-drugs"]) == 0
    assert "SELECT ?item" in capsys.readouterr().out
    assert main(["lexicon", "sources", "hgnc", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["licence"] == "CC0 1.0" and entry["files"][0]["size"] > 1_000_000
    assert main(["lexicon", "sources", "hgcn"]) == 1
    assert "did you mean hgnc" in capsys.readouterr().err


def test_options_of_the_import_reach_the_importer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.kg.terminology.test_clinical_tables import BABELON
    from tests.kg.terminology.test_gene_tables import GENE_INFO

    table, genes, names = (tmp_path / name for name in ("b.tsv", "g.tsv", "n.csv"))
    table.write_text(BABELON, encoding="utf-8")
    genes.write_text(GENE_INFO, encoding="utf-8")
    names.write_text("Common puffin;28699\n", encoding="utf-8")
    cases = [
        (["hp-zh", str(table), "--status", "candidate"], 2),
        (["gene-info", str(genes), "--organism", "all"], 8),
        (["birds", str(names), "--format", "plain", "--columns", "text, id", "--type", "Organism",
          "--prefix", "NCBITaxon"], 1),
    ]  # fmt: skip
    for arguments, count in cases:
        assert main(["lexicon", "import", *arguments, "--json", "--data", str(tmp_path)]) == 0
        assert json.loads(capsys.readouterr().out)["counts"]["names"] == count
