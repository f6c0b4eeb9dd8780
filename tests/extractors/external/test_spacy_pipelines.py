"""spaCy pipelines made here, saved to a folder, and loaded as any other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy

from extractors.external.checking import read_with
from extractors.external.spacy_pipelines import load_spacy
from extractors.nlp.sentences import split_sentences
from kg.cli import main
from kg.errors import FormatError, ReaderError
from kg.io import read_extractions
from kg.model import Document, Language, Passage

Pattern = tuple[str, str]


def saved(
    folder: Path, language: str, patterns: Sequence[Pattern], *, trained: Sequence[str] = ()
) -> str:
    """The folder of a pipeline that knows some words, and labels that it was trained for."""
    pipeline = spacy.blank(language)
    pipeline.meta["name"] = "made_up"
    pipeline.meta["version"] = "0.3.1"
    if trained:
        ner = pipeline.add_pipe("ner")
        for label in trained:
            ner.add_label(label)  # type: ignore[attr-defined]
        pipeline.initialize()
    if patterns:
        ruler = pipeline.add_pipe("entity_ruler", config={"overwrite_ents": True})
        ruler.add_patterns(  # type: ignore[attr-defined]
            [{"label": label, "pattern": words} for label, words in patterns]
        )
    pipeline.to_disk(folder)
    return str(folder)


def found(
    pipeline: str, language: Language, text: str, **options: Path
) -> list[tuple[str, str, str]]:
    document = Document("test:1", (Passage("p1", language, text),))
    reader = load_spacy(pipeline, language, labels=options.get("labels"))
    reading = read_with(reader, document, split_sentences(document))
    return [(mention.text, mention.type, mention.method) for mention in reading.mentions]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("CHEMICAL", "Drug"), ("DISEASE", "Disease"), ("SIMPLE_CHEMICAL", "Drug"),
        ("GENE_OR_GENE_PRODUCT", "Protein"), ("GGP", "Protein"), ("CHEBI", "Drug"),
        ("GO", "Process"), ("TAXON", "Organism"), ("CELL_TYPE", "Cell"), ("CANCER", "Disease"),
    ],
)  # fmt: skip
def test_labels_of_biomedical_pipelines_are_our_types(
    label: str, kind: str, tmp_path: Path
) -> None:
    pipeline = saved(tmp_path / "p", "en", [(label, "zorblat")])
    text = "𝛂 first. Then zorblat fell, and zorblat rose."
    method = "spacy:en_made_up@0.3.1"
    assert found(pipeline, "en", text) == [("zorblat", kind, method)] * 2


@pytest.mark.parametrize(
    ("label", "kind"),
    [("dru", "Drug"), ("sym", "Outcome"), ("疾病和诊断", "Disease"), ("药物", "Drug"), ("bod", "Cell")],
)  # fmt: skip
def test_labels_of_chinese_pipelines_are_our_types(label: str, kind: str, tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "zh", [(label, "新物甲")])
    assert found(pipeline, "zh", "患者服用新物甲（ＸＪ）。") == [
        ("新物甲", kind, "spacy:zh_made_up@0.3.1")
    ]


def test_a_pipeline_reads_its_language_only(tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "en", [("CHEMICAL", "zorblat")])
    passages = (Passage("p1", "zh", "服用 zorblat 后。"), Passage("p2", "en", "Of zorblat."))
    document = Document("test:1", passages)
    reading = load_spacy(pipeline, "en").read(document, split_sentences(document))
    assert [mention.passage for mention in reading.mentions] == ["p2"]


def test_a_label_of_the_news_is_left_quietly_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    quiet = load_spacy(saved(tmp_path / "p", "en", [("PERSON", "Zorb"), ("DATE", "May")]), "en")
    assert quiet.notes == ()
    pipeline = saved(tmp_path / "q", "en", [("GADGET", "zorblat")], trained=["WIDGET", "DISEASE"])
    told = load_spacy(pipeline, "en")
    (note,) = told.notes
    assert "GADGET, WIDGET are not read" in note and "--labels" in note
    assert note.startswith("spacy:en_made_up@0.3.1: ")
    untrained = saved(tmp_path / "r", "en", [("GADGET", "zorblat")])
    assert found(untrained, "en", "The zorblat fell.") == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_pipelines_of_both_languages_take_part_in_every_process(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = saved(tmp_path / "en", "en", [("CHEMICAL", "qzx"), ("GADGET", "was")])
    chinese = saved(tmp_path / "zh", "zh", [("dru", "某某")])
    texts = [tmp_path / f"{number}.txt" for number in (1, 2)]
    for path in texts:
        path.write_text("The qzx was lowering creatinine.\n某某降低肌酐。\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    switches = ["--english-model", english, "--chinese-model", chinese, "--jobs", jobs]
    assert main(["extract", *map(str, texts), *switches, "-o", str(out), "--no-models"]) == 0
    for extraction in read_extractions(out):
        methods = {mention.text: mention.method for mention in extraction.mentions}
        assert methods["qzx"] == "spacy:en_made_up@0.3.1"
        assert methods["某某"] == "spacy:zh_made_up@0.3.1"
        subjects = {relation.subject for relation in extraction.relations}
        assert {m.id for m in extraction.mentions if m.text in ("qzx", "某某")} <= subjects
    told = capsys.readouterr().err
    assert told.count("the label GADGET are not read") == 1


def test_a_pipeline_that_is_not_there_ends_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The qzx fell.", encoding="utf-8")
    assert main(["extract", str(path), "--english-model", "en_not_here"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("kg: en_not_here: no spaCy pipeline of that name is installed")


def test_a_table_of_ones_own_tells_what_labels_mean(tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "en", [("GADGET", "zorblat"), ("CHEMICAL", "zorbin")])
    table = tmp_path / "labels.tsv"
    table.write_text("label\ttype\nGadget\tProtein\nchemical\t-\n", encoding="utf-8")
    assert load_spacy(pipeline, "en", labels=table).notes == ()
    told = found(pipeline, "en", "The zorblat and zorbin fell.", labels=table)
    assert [(words, kind) for words, kind, _ in told] == [("zorblat", "Protein")]


@pytest.mark.parametrize(
    "table", ["label\ttype\nGADGET\tPlanet\n", "GADGET\tDrug\n", "label\ttype\nGADGET\n"]
)
def test_a_wrong_table_is_told(table: str, tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "en", [("GADGET", "zorblat")])
    path = tmp_path / "labels.tsv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(FormatError, match=r"labels\.tsv"):
        load_spacy(pipeline, "en", labels=path)


def test_entities_without_a_type_take_that_of_the_terminology(tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "en", [("ENTITY", "zorblat"), ("ENTITY", "gadget")])
    document = Document("test:1", (Passage("p1", "en", "The zorblat met a gadget."),))
    reader = load_spacy(
        pipeline, "en", type_of=lambda text, language: "Drug" if text == "zorblat" else None
    )
    reading = read_with(reader, document, split_sentences(document))
    assert [(mention.text, mention.type) for mention in reading.mentions] == [("zorblat", "Drug")]


def test_an_entity_across_two_sentences_is_left(tmp_path: Path) -> None:
    pipeline = saved(tmp_path / "p", "en", [("CHEMICAL", "fell. Zorbin")])
    assert found(pipeline, "en", "The level of it fell. Zorbin rose.") == []


def test_a_pipeline_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.cfg").write_text("[nlp]\nlang = 'en\n", encoding="utf-8")
    (broken / "meta.json").write_text("{", encoding="utf-8")
    english = saved(tmp_path / "english", "en", [("CHEMICAL", "zorblat")])
    cases: list[tuple[str, Language, str, str]] = [
        ("en_no_such_pipeline", "en", "no spaCy pipeline of that name", "spacy download"),
        (str(tmp_path / "nowhere"), "en", "nor is it the folder", "config.cfg"),
        (str(tmp_path / "blank"), "en", "finds no entities (it has nothing)", "ner"),
        (english, "zh", "for the language 'en', not 'zh'", "switch"),
        (str(broken), "en", "cannot be loaded", "version"),
    ]
    for given, language, problem, remedy in cases:
        with pytest.raises(ReaderError) as caught:
            load_spacy(given, language)
        told = str(caught.value)
        assert told.startswith(given) and problem in told and remedy in told
