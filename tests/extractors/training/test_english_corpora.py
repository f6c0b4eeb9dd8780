"""Corpora read from files of their own forms, with development parts withheld from training."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from extractors.training.english_corpora import (
    Annotated,
    in_development,
    load_types,
    read_corpora,
    read_development,
    read_pubtator,
    read_spaceless,
    sentences_of,
)
from extractors.training.unlabelled import folded, gold_sentences, outside, read_unlabelled
from kg.errors import InputError

TRAIN = (
    "11|t|Zorvatinib and itch.\n11|a|It causes nausea. Itch went.\n"
    "11\t0\t10\tZorvatinib\tChemical\tD1\n11\t15\t19\titch\tDisease\tD2\n"
    "11\t31\t37\tnausea\tDisease\tD3\n11\tCID\tD1\tD3\n\n"
    "12|t|Shared.\n12|a|Text.\n12\t0\t6\tShared\tDisease\tD9\n"
)
DEV = "12|t|Shared.\n12|a|Text.\n12\t0\t6\tShared\tDisease\tD9\n"
TRAIN_ID = next(f"P{n:08}A0001" for n in range(900, 999) if not in_development(f"P{n:08}A0001"))
DEV_ID = next(f"P{n:08}A0001" for n in range(900, 999) if in_development(f"P{n:08}A0001"))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Corpora of a few made-up records, in the forms of the real ones."""
    english = tmp_path / "english"
    write(english / "bc5cdr/CDR_TrainingSet.PubTator.txt.gz", TRAIN)
    write(english / "bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz", DEV)
    for name in ("NCBItrainset", "NCBIdevelopset"):
        write(english / f"ncbi-disease/{name}_corpus.txt", "21|t|On itch.\n21|a|None.\n")
    for name in ("Train", "Dev"):
        write(english / f"biored/{name}.PubTator", "31|t|On MYC.\n31|a|None.\n")
    write(english / "bc2gm/train/train.in", f"{TRAIN_ID} The ZYX1 gene.\n{DEV_ID} No MYC here.\n")
    write(english / "bc2gm/train/GENE.eval", f"{TRAIN_ID}|3 6|ZYX1\n{DEV_ID}|2 4|MYC\n")
    events = english / "bionlp-st-2013-pc/original-data/train"
    write(events / "PMID-41.txt", "MEK1 joins the MAPK pathway.")
    write(events / "PMID-41.a1", "T1\tGene_or_gene_product 0 4\tMEK1\n")
    write(events / "PMID-41.a2", "T2\tPathway 15 27\tMAPK pathway\nE1\tBinding:T1 Theme:T1\n")
    write(english / "ebm-comet/train.txt",
          "Pain B-outcome NOUN\nscore I-outcome NOUN\nand O CCONJ\nsleep B-outcome NOUN\n\n"
          "Publication O NOUN\nType: O NOUN\n")  # fmt: skip
    write(english / "drugprot/train.bioc.xml",
          "<collection><document><id>51</id><passage><offset>5</offset><text>Zal\tMYC</text>"
          "<sentence><annotation id='T1'><infon key='type'>GENE-Y</infon>"
          "<location offset='9' length='3'/></annotation></sentence></passage></document>"
          "<document><id>52</id><passage><text>cut")  # fmt: skip
    return tmp_path


def read(folder: Path, name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (given.text, [(given.text[start:end], kind) for start, end, kind in given.spans])
        for given in read_corpora(folder, [name])
    ]


def test_abstracts_become_sentences_with_our_types(folder: Path) -> None:
    assert read(folder, "bc5cdr") == [
        ("Zorvatinib and itch.", [("Zorvatinib", "Drug"), ("itch", "Disease")]),
        ("It causes nausea.", [("nausea", "Disease")]),
        ("Itch went.", []),
    ]  # and not the abstract that the development part shares


def test_ends_that_do_not_count_spaces(folder: Path) -> None:
    assert read(folder, "bc2gm") == [("The ZYX1 gene.", [("ZYX1", "Protein")])]
    (dev,) = read_development(folder, "bc2gm")
    assert [dev.text[start:end] for start, end, _ in dev.spans] == ["MYC"]
    assert read_spaceless("a b", [(0, 9, "GENE")]) == ()


def test_events_give_processes_of_which_not_all_are_marked(folder: Path) -> None:
    assert read(folder, "pc13") == [
        ("MEK1 joins the MAPK pathway.", [("MEK1", "Protein"), ("MAPK pathway", "Process")])
    ]
    assert load_types()["pc13"].known == {"Protein", "Drug"}


def test_tagged_tokens_are_joined(folder: Path) -> None:
    assert read(folder, "comet") == [
        ("Pain score and sleep", [("Pain score", "Outcome"), ("sleep", "Outcome")])
    ]


def test_a_document_that_is_cut_off_is_left_out(folder: Path) -> None:
    assert read(folder, "drugprot") == [("Zal MYC", [("MYC", "Protein")])]


def test_an_absent_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"CDR_DevelopmentSet.*--corpora"):
        list(read_corpora(tmp_path))


def test_an_abstract_counts_once() -> None:
    assert len(list(read_pubtator(f"{DEV}\n\n{DEV}"))) == 1


def test_a_mention_across_sentences_is_left_out() -> None:
    given = Annotated("1", "x", "Zal one. Zal two.", ((0, 3, "Drug"), (4, 12, "Drug")), frozenset())
    assert [one.spans for one in sentences_of(given)] == [((0, 3, "Drug"),), ()]


def gold(path: Path, *sentences: str) -> Path:
    document = {
        "id": "g1", "source": "made up", "en": list(sentences), "zh": ["无。"],
        "sentence_alignment": [], "mentions": {"en": [], "zh": []}, "relations": [],
    }  # fmt: skip
    path.write_text(json.dumps([document], ensure_ascii=False), "utf-8")
    return path


def test_gold_sentences_stay_out(tmp_path: Path) -> None:
    known = gold_sentences([gold(tmp_path / "gold.json", "Zalbumab lowered the serum zinc level.")])
    texts = [
        "Before. Zalbumab lowered the serum zinc level! After.",
        "Zalbumab lowered the serum zinc level",
        "lowered the serum zinc level.",
        "Something else.",
    ]
    given = [Annotated(str(n), "", text, (), frozenset()) for n, text in enumerate(texts)]
    assert [text.text for text in outside(given, known)] == ["Something else."]


def test_folding_keeps_letters_and_digits() -> None:
    assert folded("Ａ-1 (b)") == "a1b"


def test_unlabelled_texts(tmp_path: Path) -> None:
    write(tmp_path / "english/evidence-inference/abstract_prompts.jsonl",
          json.dumps({"pmcid": "PMC1", "abstract": "A trial."}) + "\n")  # fmt: skip
    parallel = tmp_path / "parallel"
    write(parallel / "eccparacorp-enzh/ecc_complete.csv",
          "type,id,en_description,zh_description\nSentence,7,A cancer.,癌。\nWord,8,cancer,癌\n")  # fmt: skip
    write(parallel / "tico19-enzh/all.en-zh.tmx",
          '<tu><tuv xml:lang="en"><seg>Cough &amp;\n fever</seg></tuv>'
          '<tuv xml:lang="zh"><seg>咳</seg></tuv></tu>')  # fmt: skip
    for year in ("18", "19"):
        write(parallel / f"wmt18-19-biomed/wmt{year}.medline.en-zh.en", f"Year {year}.\n")
    write(parallel / "wmt21-biomed/medline_en2zh_en.txt", "doc1\t1\tOne.\ndoc1\t2\tTwo.\n")
    texts = [given.text for given in read_unlabelled(tmp_path)]
    assert texts == ["A trial.", "A cancer.", "Cough & fever", "Year 18.", "Year 19.", "One. Two."]
