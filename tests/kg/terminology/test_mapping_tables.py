"""SSSOM, Wikidata, crosswalks and plain tables, on made-up rows."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

from hypothesis import given as drawn
from hypothesis import strategies as st

from kg.terminology.importing.wikidata import value_of
from tests.kg.terminology.reading import given, mappings, names, rows_of, skipped, write

SSSOM = """\
# mapping_set_id: https://example.org/puffins.sssom.tsv
# license: https://creativecommons.org/publicdomain/zero/1.0/
# curie_map:
#   AUK: http://purl.obolibrary.org/obo/DOID_
#   MONDO: http://purl.obolibrary.org/obo/MONDO_
subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification
MONDO:9900001\tpuffin disease\tskos:exactMatch\t\tAUK:99001\tdisease of puffins\tsemapv:ManualMappingCuration
MONDO:9900001\tpuffin disease\toboInOwl:hasDbXref\t\tOrphanet:99001\t\tsemapv:ManualMappingCuration
MONDO:9900001\tpuffin disease\tskos:exactMatch\tNot\tOMIM:990001\t\tsemapv:ManualMappingCuration
MONDO:9900002\tobsolete auk fever\tskos:broadMatch\t\tMESH:D990001\tBird Diseases\tsemapv:LexicalMatching
MONDO:9900002\tobsolete auk fever\tskos:exactMatch\t\tCSP:12\t\tsemapv:LexicalMatching
MONDO:9900002\tobsolete auk fever\tsssom:superseded\t\tMESH:D990001\t\tsemapv:LexicalMatching
"""


def test_mappings_of_sssom_by_the_prefixes_that_it_declares(tmp_path: Path) -> None:
    rows = rows_of("sssom", write(tmp_path, SSSOM), given(kind="Disease"))
    assert mappings(rows) == [
        ("MONDO:9900001", "skos:exactMatch", "DOID:99001"),
        ("MONDO:9900001", "skos:closeMatch", "ORPHA:99001"),
        ("MONDO:9900002", "skos:broadMatch", "mesh:D990001"),
    ]
    assert [(row[0], row[1]) for row in names(rows)] == [
        ("MONDO:9900001", "puffin disease"), ("DOID:99001", "disease of puffins"),
        ("mesh:D990001", "Bird Diseases"),
    ]  # fmt: skip
    assert [reason for _, reason in skipped(rows)] == [
        "a mapping that does not hold", "vocabulary CSP", "predicate sssom:superseded",
    ]  # fmt: skip


FULL = (
    "?item\t?label\t?alias\t?mesh\t?chebi\t?height\n"
    '<http://www.wikidata.org/entity/Q990001>\t"puffin oil"@en\t\t\t\t\n'
    '<http://www.wikidata.org/entity/Q990001>\t"海鹦油"@zh-hans\t\t\t\t\n'
    '<http://www.wikidata.org/entity/Q990001>\t\t"Oil, \\"puffin\\""@en-gb\t\t\t\n'
    '<http://www.wikidata.org/entity/Q990001>\t\t"Huile"@fr\t\t\t\n'
    '<http://www.wikidata.org/entity/Q990001>\t\t\t"D990001"\t"999"\t"12"^^<http://w3.org/x>\n'
)
SIMPLE = (
    "item\titemLabel\titemAltLabel\tmesh\n"
    "http://www.wikidata.org/entity/Q990001\tpuffin oil\t海鹦油\tD990001\n"
    "http://www.wikidata.org/entity/Q990002\tQ990002\t\t\n"
)


def test_an_answer_of_wikidata_in_its_full_form(tmp_path: Path) -> None:
    rows = rows_of("wikidata", write(tmp_path, FULL), given(kind="Drug"))
    assert names(rows) == [
        ("wikidata:Q990001", "puffin oil", "en", "label", "Drug"),
        ("wikidata:Q990001", "海鹦油", "zh", "label", "Drug"),
        ("wikidata:Q990001", 'Oil, "puffin"', "en", "exact", "Drug"),
    ]
    assert {other for _, _, other in mappings(rows)} == {"mesh:D990001", "CHEBI:999"}


def test_an_answer_of_wikidata_in_its_simple_form(tmp_path: Path) -> None:
    rows = rows_of("wikidata", write(tmp_path, SIMPLE))
    assert [row[1:4] for row in names(rows)] == [
        ("puffin oil", "en", "label"), ("海鹦油", "zh", "exact"),
    ]  # fmt: skip
    assert skipped(rows) == [("wikidata:Q990002", "no label")]


@drawn(st.text())
def test_what_a_literal_says_comes_back(text: str) -> None:
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    written = written.replace("\n", "\\n").replace("\r", "\\r")
    assert value_of(f'"{written}"@zh', where="") == (text, "zh")


def test_a_crosswalk_in_wide_and_in_long_form(tmp_path: Path) -> None:
    wide = write(tmp_path, "drug\tname\tcas\tchebi\nDB99001\tPuffinol\t50-00-0|50-00-1\tnull\n")
    columns = replace(given(), columns=("drugbank", "-", "CAS", "chebi"))
    rows = rows_of("crosswalk", wide, columns)
    assert mappings(rows) == [
        ("drugbank:DB99001", "skos:exactMatch", "cas:50-00-0"),
        ("drugbank:DB99001", "skos:exactMatch", "cas:50-00-1"),
    ]
    long = write(tmp_path, "DOID:99001,MSH,D990001\nDOID:99001,CSP,12\n")
    rows = rows_of("crosswalk", long, replace(given(), columns=("curie", "prefix", "id")))
    assert mappings(rows) == [("DOID:99001", "skos:exactMatch", "mesh:D990001")]
    assert skipped(rows) == [("DOID:99001", "fewer than two identifiers that we know")]


def test_a_plain_table_with_its_header(tmp_path: Path) -> None:
    text = (
        "# our drugs\n"
        "curie\ttext\tlang\tscope\ttype\tsource\n"
        "MESH:D990001\tpuffin oil\ten\tlabel\tDrug\tus\n"
        "MESH:D990001\t海鹦油\t\tlabel\tDrug\tus\n"
        "MESH:D990001\tPO\tmul\tabbreviation\tDrug\tus\n"
    )
    assert names(rows_of("plain", write(tmp_path, text))) == [
        ("mesh:D990001", "puffin oil", "en", "label", "Drug"),
        ("mesh:D990001", "海鹦油", "zh", "label", "Drug"),
        ("mesh:D990001", "PO", "mul", "abbreviation", "Drug"),
    ]


def test_a_packed_list_of_names_and_numbers(tmp_path: Path) -> None:
    text = "# Kinds of puffins\nCommon puffin\t28699\nPuffins\t28699\textra\nno number\t\n"
    path = write(tmp_path, gzip.compress(text.encode()), "names.tsv.gz")
    known = replace(
        given(kind="Organism", prefix="NCBITaxon", lang="en"), columns=("text", "id")
    )  # fmt: skip
    rows = rows_of("plain", path, known)
    assert names(rows) == [
        ("NCBITaxon:28699", "Common puffin", "en", "exact", "Organism"),
        ("NCBITaxon:28699", "Puffins", "en", "exact", "Organism"),
    ]
    assert skipped(rows) == [("no number", "no identifier")]


def test_identifiers_with_the_vocabulary_in_another_column(tmp_path: Path) -> None:
    path = write(tmp_path, "PUF1\tP99001\t\tuniprot\nsite 7\tS-1\t\tuaz\n")
    rows = rows_of("plain", path, replace(given(), columns=("text", "id", "-", "prefix")))
    assert [row[0] for row in names(rows)] == ["uniprot:P99001"]
    assert skipped(rows) == [("S-1", "vocabulary uaz")]


def test_several_names_in_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path, "D990001\tPuffin Oil\tOil, Puffin|Oils, Puffin\n")
    known = replace(given(prefix="mesh"), columns=("id", "text", "texts"))
    assert [row[1:4] for row in names(rows_of("plain", path, known))] == [
        ("Puffin Oil", "en", "label"), ("Oil, Puffin", "en", "exact"),
        ("Oils, Puffin", "en", "exact"),
    ]  # fmt: skip
