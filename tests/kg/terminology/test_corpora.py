"""Mentions of an annotated corpus become names, where the annotations agree."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.terminology.importing.pubtator import looks_like
from kg.terminology.rows import NameRow, SkippedRow
from tests.kg.terminology.reading import SHARED, names, rows_of, skipped, write

CORPUS = """\
101|t|Puffin oil in auk fever, AF for short.
101|a|Puffin Oil was given to auks with fever or chills.
101\t0\t10\tPuffin oil\tChemical\tD990001
101\t14\t23\tauk fever\tDisease\tMESH:D990002
101\t25\t27\tAF\tDisease\tD990002
101\t39\t49\tPuffin Oil\tChemical\tD990001
101\t63\t87\tauks with fever or chills\tDisease\tD990003|D990004\tfever|chills
101\t63\t67\tauks\tSpecies\t30445
101\tCID\tD990001\tD990002

102|t|PUF1 and Pg in puffins
102|a|
102\t0\t4\tPUF1\tGene\t990001
102\t9\t11\tPg\tChemical\t-1
102\t9\t11\tPg\tMutation\tc.1A>G
102\t15\t22\tpuffins\tSpecies\t30455
102\t15\t22\tpuffins\tSpecies\tpuffin

103|t|PUF1 in auks and oil
103|a|
103\t0\t4\tPUF1\tGene\t990001
103\t8\t12\tauks\tSpecies\t30446
"""


def test_a_mention_whose_annotations_agree_is_a_name(tmp_path: Path) -> None:
    rows = rows_of("pubtator", write(tmp_path, CORPUS))
    assert names(rows) == [
        ("mesh:D990001", "Puffin Oil", "en", "exact", "Drug"),
        ("mesh:D990002", "auk fever", "en", "exact", "Disease"),
        ("NCBIGene:990001", "PUF1", "en", "exact", "Protein"),
        ("NCBITaxon:30455", "puffins", "en", "exact", "Organism"),
    ]
    assert skipped(rows) == [
        ("auks with fever or chills", "several identifiers"),
        ("Pg", "no identifier"),
        ("Pg", "type Mutation"),
        ("puffins", "identifier puffin"),
        ("AF", "short symbol of one document"),
        ("auks", "annotations disagree"),
    ]


def test_a_packed_corpus_is_read_and_known_by_its_beginning(tmp_path: Path) -> None:
    packed = write(tmp_path, gzip.compress(CORPUS.encode()), "corpus.txt.gz")
    assert len(names(rows_of("pubtator", packed))) == 4
    assert looks_like(CORPUS)
    assert looks_like("\n" + CORPUS)
    assert not looks_like("curie\ttext\nmesh:D990001\tpuffin oil\n")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize(
    ("file", "number", "fact"),
    [
        ("bc5cdr/CDR_TrainingSet.PubTator.txt.gz", 2_100, ("mesh:D003000", "clonidine", "Drug")),
        ("ncbi-disease/NCBItrainset_corpus.txt", 1_400, ("mesh:D009369", "cancer", "Disease")),
    ],
)
def test_a_real_corpus(file: str, number: int, fact: tuple[str, str, str]) -> None:
    rows = rows_of("pubtator", SHARED.parent / "english" / file)
    found = [(row.curie, row.text, row.type) for row in rows if isinstance(row, NameRow)]
    assert number <= len(found) <= 1.1 * number
    assert fact in found
    reasons = {row.reason for row in rows if isinstance(row, SkippedRow)}
    assert reasons <= {
        "several identifiers", "no identifier", "annotations disagree",
        "short symbol of one document",
    }  # fmt: skip
