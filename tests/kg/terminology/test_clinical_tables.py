"""Drugs, diseases and findings: DrugBank, ICD, MEDIC, and names in two languages; made-up rows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.kg.terminology.reading import (
    definitions,
    given,
    mappings,
    names,
    parents,
    rows_of,
    skipped,
    write,
)  # fmt: skip

VOCABULARY = (
    "DrugBank ID,Accession Numbers,Common name,CAS,UNII,Synonyms,Standard InChI Key\n"
    'DB99001,BIOD99001,Puffinol,50-00-0,8HG0Z1CU2L,"Puffin oil | Puffinolum",AAAAAAAAAAAAAA-BB-N\n'
    "DB99002,,Auklamab,,,,\n"
)
DRUGS = (
    "drugbank_id\tname\ttype\tdescription\n"
    'DB99001\tPuffinol\tsmall molecule\t"Said to be ""safe"".\nIn birds."\n'
    "DB99002\tAuklamab\tbiotech\tAn antibody.\n"
)


def test_drugs_of_drugbank_in_three_forms(tmp_path: Path) -> None:
    rows = rows_of("drugbank", write(tmp_path, VOCABULARY))
    assert names(rows) == [
        ("drugbank:DB99001", "Puffinol", "en", "label", "Drug"),
        ("drugbank:DB99001", "Puffin oil", "en", "exact", "Drug"),
        ("drugbank:DB99001", "Puffinolum", "en", "exact", "Drug"),
        ("drugbank:DB99002", "Auklamab", "en", "label", "Drug"),
    ]
    assert {other for _, _, other in mappings(rows)} == {"cas:50-00-0", "unii:8HG0Z1CU2L"}
    table = rows_of("drugbank", write(tmp_path, DRUGS))
    assert [text for _, text, *_ in names(table)] == ["Puffinol", "Auklamab"]
    aliases = write(tmp_path, json.dumps({"DB99001": ["Puffinol", "Oilex"]}), "aliases.json")
    assert [text for _, text, *_ in names(rows_of("drugbank", aliases))] == ["Puffinol", "Oilex"]


ICD = [
    ("编码", "备注", "疾病名称"),
    ("A99", "", "海鹦病"),
    ("A99.0", "", "急性海鹦病[海鹦热/海鹦症]"),
    ("A99.001", "x", "轻型海鹦病"),
    ("A99.002+G99*", "", "海鹦病并发脑炎"),
    ("A99.x", "", "海鹦病"),
    ("R99.9", "", "海鹦步态"),
    ("", "", "第二章"),
]


def test_an_icd_table_with_its_columns_in_any_order_and_form(tmp_path: Path) -> None:
    text = "\n".join(",".join(row) for row in ICD)
    turned = "\n".join("\t".join(row[::-1]) for row in ICD[1:])  # without header
    book = openpyxl.Workbook()
    for row in ICD:
        book.worksheets[0].append(row)
    book.save(tmp_path / "icd.xlsx")
    files = [
        write(tmp_path, text, "icd.csv"),
        write(tmp_path, turned, "icd.tsv"),
        tmp_path / "icd.xlsx",
    ]
    first, *others = [rows_of("icd", file, given("puffins-2020")) for file in files]
    assert [names(rows) for rows in others] == [names(first)] * 2
    assert names(first) == [
        ("icd10:A99", "海鹦病", "zh", "label", "Disease"),
        ("icd10:A99.0", "急性海鹦病[海鹦热/海鹦症]", "zh", "label", "Disease"),
        ("icd10:A99.0", "急性海鹦病", "zh", "exact", "Disease"),
        ("icd10:A99.0", "海鹦热", "zh", "related", "Disease"),
        ("icd10:A99.0", "海鹦症", "zh", "related", "Disease"),
        ("icd10cn:puffins-2020/A99.001", "轻型海鹦病", "zh", "label", "Disease"),
        ("icd10cn:puffins-2020/A99.002", "海鹦病并发脑炎", "zh", "label", "Disease"),
        ("icd10:A99", "海鹦病", "zh", "exact", "Disease"),
        ("icd10:R99.9", "海鹦步态", "zh", "label", "Outcome"),
    ]
    assert parents(first)[:3] == [
        ("icd10:A99.0", "is_a", "icd10:A99"),
        ("icd10cn:puffins-2020/A99.001", "is_a", "icd10:A99.0"),
        ("icd10cn:puffins-2020/A99.002", "is_a", "icd10:A99.0"),
    ]
    assert [reason for _, reason in skipped(first)] == ["a heading without a code"]


def test_columns_of_icd_can_be_told_and_english_names_stand_beside(tmp_path: Path) -> None:
    path = write(tmp_path, "A99;Puffin disease;海鹦病\nB98;Auk fever;海雀热\n")
    told = replace(given(), columns=("code", "en", "zh"))
    assert [(text, lang) for _, text, lang, _, _ in names(rows_of("icd", path, told))] == [
        ("海鹦病", "zh"), ("Puffin disease", "en"), ("海雀热", "zh"), ("Auk fever", "en"),
    ]  # fmt: skip


def test_the_tabulation_of_icd_11(tmp_path: Path) -> None:
    text = (
        "Foundation URI\tCode\tTitle\tClassKind\n"
        "http://id.who.int/icd/entity/999000001\t1A99\t- - 海鹦病\tcategory\n"
        "http://id.who.int/icd/entity/999000002\tMA99.0\t- - - 海鹦步态\tcategory\n"
        "\t\t海鹦\tblock\n"
    )
    assert names(rows_of("icd", write(tmp_path, text))) == [
        ("icd11:999000001", "海鹦病", "zh", "label", "Disease"),
        ("icd11:999000002", "海鹦步态", "zh", "label", "Outcome"),
    ]
    codes = write(tmp_path, "1A99,海鹦病\nMA99.0,海鹦步态\n", "codes.csv")
    assert [row[0] for row in names(rows_of("icd", codes, given(prefix="icd11")))] == [
        "icd11.code:1A99", "icd11.code:MA99.0",
    ]  # fmt: skip


CTD = (
    "# made up\n"
    "# DiseaseName\tDiseaseID\tAltDiseaseIDs\tDefinition\tParentIDs\tTreeNumbers\tParentTreeNumbers\t"
    "Synonyms\tSlimMappings\n"
    "Puffin Disease\tMESH:D990001\tDO:DOID:99001|OMIM:990001\tA disease of puffins.\tMESH:D990000\t"
    "C99.1\tC99\tPuffinitis|Disease, Puffin\tOther\n"
)
DICTIONARY = "D990001|990001||Puffin Disease|Puffinitis|Disease, Puffin\nC||Diseases\n"


@pytest.mark.parametrize("text", [CTD, DICTIONARY], ids=["CTD", "dictionary"])
def test_a_disease_of_medic(tmp_path: Path, text: str) -> None:
    rows = rows_of("medic", write(tmp_path, text))
    assert names(rows) == [
        ("mesh:D990001", "Puffin Disease", "en", "label", "Disease"),
        ("mesh:D990001", "Puffinitis", "en", "exact", "Disease"),
        ("mesh:D990001", "Disease, Puffin", "en", "exact", "Disease"),
    ]
    assert ("mesh:D990001", "skos:exactMatch", "omim:990001") in mappings(rows)
    if text is CTD:
        assert ("mesh:D990001", "skos:exactMatch", "DOID:99001") in mappings(rows)
        assert parents(rows) == [("mesh:D990001", "is_a", "mesh:D990000")]
        assert definitions(rows) == [("mesh:D990001", "en", "A disease of puffins.")]


BABELON = (
    "source_language\ttranslation_language\tsubject_id\tpredicate_id\tsource_value\t"
    "translation_value\ttranslation_status\n"
    "en\tzh\tHP:9900001\trdfs:label\tPuffin gait\t海鹦步态\tOFFICIAL\n"
    "en\tzh-Hant\tHP:9900001\toboInOwl:hasExactSynonym\tWaddling\t蹣跚步態\tACCEPTED\n"
    "en\tzh\tHP:9900001\tIAO:0000115\tTo walk like a puffin.\t像海鹦一样行走。\tOFFICIAL\n"
    "en\tzh\tHP:9900002\trdfs:label\tRed beak\t红喙\tCANDIDATE\n"
    "en\tzh\tHP:9900003\trdfs:label\tPale beak\t\tNOT_TRANSLATED\n"
    "en\tde\tHP:9900004\trdfs:label\tLong beak\tLanger Schnabel\tOFFICIAL\n"
)


def test_translations_count_with_an_accepted_status(tmp_path: Path) -> None:
    path = write(tmp_path, BABELON)
    rows = rows_of("babelon", path)
    assert names(rows) == [
        ("HP:9900001", "Puffin gait", "en", "label", None),
        ("HP:9900001", "海鹦步态", "zh", "label", None),
        ("HP:9900001", "Waddling", "en", "exact", None),
        ("HP:9900001", "蹣跚步態", "zh", "exact", None),
        ("HP:9900004", "Long beak", "en", "label", None),
    ]
    assert [lang for _, lang, _ in definitions(rows)] == ["en", "zh"]
    assert [reason for _, reason in skipped(rows)] == [
        "translation status CANDIDATE", "translation status NOT_TRANSLATED",
    ]  # fmt: skip
    candidates = replace(given(), statuses=frozenset({"CANDIDATE"}))
    assert [row[1] for row in names(rows_of("babelon", path, candidates))] == ["Red beak", "红喙"]


def test_rare_diseases_in_two_languages(tmp_path: Path) -> None:
    record = {"OMIM:990001": {"CNS_NAME": "海鹦综合征；PFS", "ENG_NAME": "PUFFIN SYNDROME; PFS"}}
    assert names(rows_of("phenobrain", write(tmp_path, json.dumps(record)))) == [
        ("omim:990001", "PUFFIN SYNDROME", "en", "label", "Disease"),
        ("omim:990001", "PFS", "en", "exact", "Disease"),
        ("omim:990001", "海鹦综合征", "zh", "label", "Disease"),
        ("omim:990001", "PFS", "mul", "exact", "Disease"),
    ]
