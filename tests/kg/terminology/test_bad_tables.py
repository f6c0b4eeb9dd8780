"""Broken tables of every format: the error names file, line and remedy, and nothing else happens."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.terminology.importing.formats import get_format
from kg.terminology.importing.given import Given
from tests.kg.terminology.reading import given, rows_of, write
from tests.kg.terminology.test_clinical_tables import (
    BABELON,
    CTD,
    DICTIONARY,
    DRUGS,
    VOCABULARY,
)  # fmt: skip
from tests.kg.terminology.test_corpora import CORPUS
from tests.kg.terminology.test_gene_tables import COMPLETE_SET, FLAT, GENE_INFO, TABLE
from tests.kg.terminology.test_mapping_tables import FULL, SSSOM

PLAIN = "curie\ttext\nmesh:D990001\tpuffin oil\n"
WALK = "DB99001\t50-00-0\n"
ICD = "A99\t海鹦病\nA99.0\t急性海鹦病\n"
RARE = json.dumps({"OMIM:990001": {"CNS_NAME": "海鹦综合征"}})
SOUND = {
    "hgnc": COMPLETE_SET, "gene_info": GENE_INFO, "uniprot": TABLE, "drugbank": VOCABULARY,
    "icd": ICD, "medic": CTD, "babelon": BABELON, "sssom": SSSOM, "wikidata": FULL,
    "phenobrain": RARE, "crosswalk": WALK, "plain": PLAIN,
    "pubtator": CORPUS,
}  # fmt: skip
KNOWN: dict[str, Given] = {
    name: replace(given(), columns=("drugbank", "cas") if name == "crosswalk" else ())
    for name in SOUND
}
BODY = sorted(set(SOUND) - {"phenobrain"})  # those that are read by line


def refused(name: str, path: Path) -> str:
    """What is told of a file that is refused; its path is in it, and a remedy."""
    with pytest.raises(InputError) as told:
        rows_of(name, path, KNOWN.get(name))
    assert str(path) in told.value.where
    assert told.value.remedy
    return str(told.value).replace(str(path), "FILE")


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_tables_are_read(tmp_path: Path, name: str) -> None:
    assert rows_of(name, write(tmp_path, SOUND[name]), KNOWN[name])


@pytest.mark.parametrize("name", SOUND)
def test_an_absent_empty_binary_or_damaged_file(tmp_path: Path, name: str) -> None:
    assert "cannot be read (No such file or directory)" in refused(name, tmp_path / "absent")
    assert "FILE" in refused(name, write(tmp_path, ""))
    assert "FILE" in refused(name, write(tmp_path, b"%PDF-1.7 " + bytes(range(256))))
    packed = gzip.compress(SOUND[name].encode())
    assert "breaks off" in refused(name, write(tmp_path, packed[:-4]))
    assert "damaged" in refused(name, write(tmp_path, packed[:12] + b"\0\xff" * 20))


@pytest.mark.parametrize("name", SOUND)
def test_a_file_that_is_not_all_utf_8(tmp_path: Path, name: str) -> None:
    text = SOUND[name].encode() + "海鹦\t病\n".encode("gb18030")
    told = refused(name, write(tmp_path, text))
    assert "not UTF-8 at byte" in told or "no JSON" in told
    assert "FILE" in refused(name, write(tmp_path, SOUND[name].encode("utf-16")))


@pytest.mark.parametrize("name", BODY)
def test_a_line_without_end(tmp_path: Path, name: str) -> None:
    lines = SOUND[name].count("\n")
    text = SOUND[name] + "x" * ((1 << 20) + 1)
    assert f"FILE:{lines + 1}: a line of more than a mebibyte" in refused(
        name, write(tmp_path, text)
    )


@pytest.mark.parametrize("name", BODY)
def test_a_control_character(tmp_path: Path, name: str) -> None:
    told = refused(name, write(tmp_path, SOUND[name] + "a\x02" + "b" * 200 + "\n"))
    assert f"FILE:{SOUND[name].count(chr(10)) + 1}: the character U+0002; delete it" == told


@pytest.mark.parametrize(
    "text",
    ["{", "[1]", '{"OMIM:990001": 1}', '"a"', '{"x:1": {"CNS_NAME": "a"}}', "[" * 100_000,
     '{"OMIM:990001": {"ENG_NAME": ["a"]}}', '{"OMIM:990001": {}}'],
)  # fmt: skip
def test_json_of_another_form(tmp_path: Path, text: str) -> None:
    assert "FILE" in refused("phenobrain", write(tmp_path, text))


def cut(text: str, row: int, cells: int) -> str:
    """The text with a row that has only its first cells."""
    lines = text.splitlines()
    separator = "\t" if "\t" in lines[row] else ","
    lines[row] = separator.join(lines[row].split(separator)[:cells])
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("hgnc", COMPLETE_SET.replace("symbol", "sign"), "FILE:1: no column symbol"),
        ("hgnc", cut(COMPLETE_SET, 1, 3), "FILE:2: 3 cells, and the header has 13"),
        ("hgnc", COMPLETE_SET.replace("HGNC:900001", "HGNC:x"), "FILE:2: 'HGNC:x' is no identifier of HGNC"),
        ("gene_info", cut(GENE_INFO, 2, 9), "FILE:3: no row of gene_info (9 cells)"),
        ("gene_info", GENE_INFO.replace("990009", "one"), "FILE:3: no row of gene_info"),
        ("gene_info", "#tax_id\tGeneID\n", "FILE: no gene of the organisms 9606"),
        ("uniprot", TABLE.replace("Protein names", "Names"), "FILE:1: no column protein names"),
        ("uniprot", TABLE.replace("P99001\t", "Q\t"), "FILE:2: 'Q' is no identifier of uniprot"),
        ("uniprot", FLAT.replace("//\n", "", 1), "FILE:1: an entry without its end"),
        ("uniprot", FLAT.rpartition("//")[0], "FILE:19: an entry without its end"),
        ("drugbank", VOCABULARY.replace("Common name", "Name of it"), "FILE:1: no column common name"),
        ("drugbank", VOCABULARY.replace("DB99002", "99002"), "FILE:3: '99002' is no identifier of drugbank"),
        ("drugbank", cut(VOCABULARY, 2, 4), "FILE:3: 4 cells, and the header has 7"),
        ("drugbank", DRUGS.replace('birds."', "birds."), "unexpected end of data"),
        ("icd", "puffin\tauk\nguillemot\trazorbill\n", "FILE:1: no column of ICD codes"),
        ("icd", "A99\t1\nA99.0\t2\n", "FILE:1: no column of names"),
        ("medic", cut(CTD, 2, 4), "FILE:3: 4 cells, and a disease has at least 8"),
        ("medic", CTD.replace("MESH:D990001", "D990001"), "FILE:3: 'D990001' is no identifier"),
        ("medic", DICTIONARY.replace("D990001|", "Q99|"), "FILE:1: 'Q99' is no identifier of mesh"),
        ("medic", DICTIONARY + "D990002|", "FILE:3: no names behind two bars"),
        ("babelon", BABELON.replace("translation_status", "status"), "FILE:1: no column translation_status"),
        ("babelon", cut(BABELON, 3, 5), "FILE:4: 5 cells, and the header has 7"),
        ("babelon", BABELON.replace("HP:9900001", "PUF:1"), "FILE:2: 'PUF:1' is no identifier"),
        ("babelon", BABELON.replace("海鹦步态", ""), "FILE:2: an accepted translation that is empty"),
        ("sssom", SSSOM.replace("subject_id", "subject"), "FILE:6: no column subject_id"),
        ("sssom", SSSOM.replace("license:", "license: ["), "FILE:3: the metadata are no YAML"),
        ("sssom", cut(SSSOM, 6, 3), "FILE:7: 3 cells, and the header has 7"),
        ("sssom", SSSOM.replace("AUK:99001", ""), "FILE:7: no object_id"),
        ("wikidata", FULL.replace("?item", "?thing"), "FILE:1: no column ?item"),
        ("wikidata", FULL.replace('油"@zh-hans', "油"), "FILE:3: a value that is cut off"),
        ("wikidata", cut(FULL, 3, 2), "FILE:4: 2 cells, and the header has 6"),
        ("crosswalk", WALK + "DB99002\n", "FILE:2: 1 cells, and there are 2 columns"),
        ("pubtator", CORPUS.removeprefix("101|t|"), "FILE:1: a line under no title of its document"),
        ("pubtator", CORPUS.replace("103\t0", "104\t0"), "a line under no title of its document"),
        ("pubtator", cut(CORPUS, 3, 5), "FILE:4: not number, start, end, mention, type and identifier"),
        ("plain", PLAIN.replace("curie", "number"), "FILE:1: no columns of identifiers and names"),
        ("plain", PLAIN + "mesh:D990002\n", "FILE:3: 1 cells, and there are 2 columns"),
        ("plain", PLAIN + "puf:1\tpuffin\n", "FILE:3: 'puf:1' is no identifier that is known"),
        ("plain", PLAIN + "mesh:D990002\t \n", "FILE:3: an empty name"),
        ("plain", "curie\ttext\tlang\nmesh:D990001\ta\tde\n", "FILE:2: unknown language 'de'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    assert told in refused(name, write(tmp_path, text))


def test_famplex_goes_by_the_names_of_its_tables(tmp_path: Path) -> None:
    assert "no table of FamPlex by its name" in refused("famplex", write(tmp_path, "a", "x.csv"))
    path = write(tmp_path, "HGNC,PUF1,isa,FPLX,Puffin\n", "relations.csv")
    assert "no hgnc_symbol_map.csv beside it" in refused("famplex", path)
    write(tmp_path, "PUF1,900001\n", "hgnc_symbol_map.csv")
    assert rows_of("famplex", path)
    path.write_text("HGNC,PUF1,isa\n")
    assert "FILE:1: 3 cells, and relations.csv has 5" in refused("famplex", path)
    path.write_text("HGNC,PUF1,eats,FPLX,Puffin\n")
    assert "FILE:1: unknown relation 'eats'" in refused("famplex", path)


def test_a_damaged_workbook(tmp_path: Path) -> None:
    told = refused("icd", write(tmp_path, b"PK\x03\x04" + b"\0" * 200, "icd.xlsx"))
    assert told.startswith("FILE: no readable workbook")


@pytest.mark.parametrize(
    ("name", "columns", "told"),
    [
        ("crosswalk", (), "it is not told what the columns hold"),
        ("crosswalk", ("drugbank", "puffins"), "unknown prefix 'puffins'"),
        ("plain", ("text", "number"), "unknown column 'number'"),
        ("plain", ("text",), "no columns of identifiers and names"),
        ("icd", ("code", "name"), "unknown column 'name'"),
    ],
)  # fmt: skip
def test_columns_that_are_told_wrong(
    tmp_path: Path, name: str, columns: tuple[str, ...], told: str
) -> None:
    path = write(tmp_path, SOUND[name])
    with pytest.raises(InputError, match=told):
        list(get_format(name).read(path, replace(given(), columns=columns)))
