"""Genes, proteins and families: HGNC, gene_info, UniProt, FamPlex, on made-up rows."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
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

COMPLETE_SET = (
    "hgnc_id\tsymbol\tname\tlocus_group\tstatus\talias_symbol\talias_name\tprev_symbol\tprev_name\t"
    "entrez_id\tensembl_gene_id\tuniprot_ids\tmirbase\n"
    'HGNC:900001\tPUF1\tpuffin factor 1\tprotein-coding gene\tApproved\t"PFA|P-1"\t"puffin, first"\t'
    "OLD7\t\t990001\tENSG00000990001\tP99001\t\n"
    "HGNC:900002\tPUF2\tpuffin factor 2\tprotein-coding gene\tEntry Withdrawn\t\t\t\t\t\t\t\t\n"
)
CUSTOM = (
    "HGNC ID\tApproved Symbol\tApproved Name\tStatus\tSynonyms\t"
    "Entrez Gene ID(supplied by NCBI)\tUniProt ID(supplied by UniProt)\n"
    "HGNC:900001\tPUF1\tpuffin factor 1\tApproved\tPFA, P-1\t990001\tP99001\n"
    "HGNC:900003\tOLD7~withdrawn\tsymbol withdrawn, see PUF1\tSymbol Withdrawn\t\t\t\n"
)


@pytest.mark.parametrize("table", [COMPLETE_SET, CUSTOM], ids=["complete set", "custom download"])
def test_a_gene_of_hgnc(tmp_path: Path, table: str) -> None:
    rows = rows_of("hgnc", write(tmp_path, table))
    found = names(rows)
    assert found[:4] == [
        ("HGNC:900001", "PUF1", "mul", "label", "Protein"),
        ("HGNC:900001", "puffin factor 1", "en", "exact", "Protein"),
        ("HGNC:900001", "PFA", "mul", "exact", "Protein"),
        ("HGNC:900001", "P-1", "mul", "exact", "Protein"),
    ]
    extra = [("puffin, first", "en"), ("OLD7", "mul")] if table is COMPLETE_SET else []
    assert [(text, lang) for _, text, lang, _, _ in found[4:]] == extra
    same = [("HGNC:900001", "skos:exactMatch", other)
            for other in ("NCBIGene:990001", "uniprot:P99001", "ensembl:ENSG00000990001")]  # fmt: skip
    assert mappings(rows) == same[: 3 if table is COMPLETE_SET else 2]
    assert [reason for _, reason in skipped(rows)] == ["withdrawn"]


GENE_INFO = (
    "#tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tchromosome\tmap_location\tdescription\t"
    "type_of_gene\tSymbol_from_nomenclature_authority\tFull_name_from_nomenclature_authority\t"
    "Nomenclature_status\tOther_designations\tModification_date\tFeature_type\n"
    "9606\t990001\tPUF1\t-\tPFA|P-1\tMIM:990001|HGNC:HGNC:900001|Ensembl:ENSG00000990001|Vega:V1\t1\t"
    "1p1\tpuffin factor 1\tprotein-coding\tPUF1\tpuffin factor 1\tO\tpuffin-1 protein\t20200101\t-\n"
    "9606\t990009\tENH1\t-\t-\t-\t1\t1p2\tpuffin enhancer\tbiological-region\t-\t-\t-\t-\t20200101\t-\n"
    "10090\t77\tPuf1\t-\tPfa\t-\t1\t-\tpuffin factor 1\tprotein-coding\t-\t-\t-\t-\t20200101\t-\n"
)


def test_a_gene_of_gene_info_also_packed(tmp_path: Path) -> None:
    packed = write(tmp_path, gzip.compress(GENE_INFO.encode()), "gene_info.gz")
    rows = rows_of("gene_info", packed)
    assert names(rows) == [
        ("NCBIGene:990001", "PUF1", "mul", "label", "Protein"),
        ("NCBIGene:990001", "puffin factor 1", "en", "exact", "Protein"),
        ("NCBIGene:990001", "PFA", "mul", "exact", "Protein"),
        ("NCBIGene:990001", "P-1", "mul", "exact", "Protein"),
        ("NCBIGene:990001", "puffin-1 protein", "en", "exact", "Protein"),
    ]
    assert mappings(rows) == [
        ("NCBIGene:990001", "skos:exactMatch", "HGNC:900001"),
        ("NCBIGene:990001", "skos:exactMatch", "ensembl:ENSG00000990001"),
        ("NCBIGene:990001", "skos:closeMatch", "omim:990001"),
    ]


def test_genes_of_other_organisms_are_kept_where_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, GENE_INFO)
    mouse = replace(given(), organisms=frozenset({"10090"}))
    assert {row[0] for row in names(rows_of("gene_info", path, mouse))} == {"NCBIGene:77"}
    every = replace(given(), organisms=frozenset())
    assert {row[0] for row in names(rows_of("gene_info", path, every))} == {
        "NCBIGene:990001", "NCBIGene:77",
    }  # fmt: skip
    with pytest.raises(InputError, match="no gene of the organisms 10116"):
        rows_of("gene_info", path, replace(given(), organisms=frozenset({"10116"})))


FLAT = """\
ID   PUF1_HUMAN              Reviewed;         120 AA.
AC   P99001; Q99002;
DE   RecName: Full=Puffin factor 1 {ECO:0000305};
DE            Short=PF-1;
DE            EC=1.1.1.1;
DE   AltName: Full=First puffin protein;
DE   Contains:
DE     RecName: Full=Puffin peptide;
DE   Flags: Precursor;
GN   Name=PUF1; Synonyms=PFA, P-1
GN   {ECO:0000312};
OS   Homo sapiens (Human).
OX   NCBI_TaxID=9606;
DR   GeneID; 990001; -.
DR   HGNC; HGNC:900001; PUF1.
SQ   SEQUENCE   120 AA;
     MKTAYIAKQR
//
ID   PUF1_MOUSE              Reviewed;         120 AA.
AC   P99003;
DE   RecName: Full=Puffin factor 1;
OX   NCBI_TaxID=10090;
//
"""
TABLE = (
    "Entry\tEntry Name\tProtein names\tGene Names\tOrganism (ID)\tHGNC\tGeneID\n"
    "P99001\tPUF1_HUMAN\tPuffin factor 1 (PF-1) (EC 1.1.1.1) (First puffin protein) "
    "[Cleaved into: Puffin peptide]\tPUF1 PFA P-1\t9606\tHGNC:900001;\t990001;\n"
    "P99003\tPUF1_MOUSE\tPuffin factor 1\tPuf1\t10090\t\t\n"
)


@pytest.mark.parametrize("text", [FLAT, TABLE], ids=["flat text", "TSV"])
def test_a_protein_of_uniprot(tmp_path: Path, text: str) -> None:
    rows = rows_of("uniprot", write(tmp_path, text))
    assert names(rows) == [
        ("uniprot:P99001", "Puffin factor 1", "en", "label", "Protein"),
        ("uniprot:P99001", "PF-1", "en", "exact", "Protein"),
        ("uniprot:P99001", "First puffin protein", "en", "exact", "Protein"),
        ("uniprot:P99001", "PUF1", "mul", "exact", "Protein"),
        ("uniprot:P99001", "PFA", "mul", "exact", "Protein"),
        ("uniprot:P99001", "P-1", "mul", "exact", "Protein"),
    ]
    assert {other for _, _, other in mappings(rows)} == {"HGNC:900001", "NCBIGene:990001"}


def test_the_tables_of_famplex(tmp_path: Path) -> None:
    tables = {
        "entities.csv": "Puffin_family\n",
        "grounding_map.csv": '"PUF (1, 2)",FPLX,Puffin_family,,,,\npuffinol,CHEBI,CHEBI:999,PUBCHEM,12,,\n'
                             "PUF1,HGNC,PUF1,,,,\n",
        "equivalences.csv": "IP,IPR999999,Puffin_family\nBEL,Puffin Family,Puffin_family\n",
        "hgnc_symbol_map.csv": "PUF1,900001\n",
        "relations.csv": "HGNC,PUF1,isa,FPLX,Puffin_family\nHGNC,PUFX,isa,FPLX,Puffin_family\n",
        "descriptions.csv": 'Puffin_family,mesh:D999999,"Proteins of puffins, all."\n',
    }  # fmt: skip
    paths = [write(tmp_path, text, name) for name, text in tables.items()]
    rows = [row for path in paths for row in rows_of("famplex", path)]
    family = "FPLX:Puffin_family"
    assert names(rows) == [
        (family, "Puffin family", "mul", "label", "Protein"),
        (family, "PUF (1, 2)", "en", "exact", "Protein"),
        ("CHEBI:999", "puffinol", "en", "exact", "Drug"),
        ("HGNC:900001", "PUF1", "en", "exact", "Protein"),
        ("HGNC:900001", "PUF1", "mul", "exact", "Protein"),
    ]
    assert mappings(rows) == [
        ("CHEBI:999", "skos:exactMatch", "pubchem.compound:12"),
        (family, "skos:exactMatch", "interpro:IPR999999"),
    ]
    assert parents(rows) == [("HGNC:900001", "is_a", family)]
    assert definitions(rows) == [(family, "en", "Proteins of puffins, all.")]
    assert [record for record, _ in skipped(rows)] == [family, "HGNC:PUFX"]
