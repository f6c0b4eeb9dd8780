"""Plain text in the forms in which people have abstracts; every sentence here is made up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractors.readers.citation import read_metadata
from extractors.readers.language import language_blocks, language_of
from extractors.readers.plain import read_abstract, read_text
from extractors.readers.reading import read_documents
from kg.errors import InputError
from kg.model import Document

SEED = Path(__file__).parents[4] / "shared" / "seed" / "abstract.txt"

E1 = "Sirolimus has been given to patients with lupus nephritis, but little is known of its effect."
E2 = "Twelve patients received sirolimus (2 mg/d) for 24 weeks, and urine protein was measured."
E3 = "Urine protein fell in 9 of the 12 patients, while serum creatinine did not change."
E4 = "Sirolimus lowered urine protein and might act through mTOR inhibition in podocytes."
Z1 = "西罗莫司已用于狼疮性肾炎患者，但其作用尚不清楚。"
Z2 = "12例患者接受西罗莫司（2 mg/d）治疗24周，并测定尿蛋白。"
Z3 = "12例患者中9例尿蛋白下降，而血清肌酐无变化。"
Z4 = "西罗莫司降低尿蛋白，可能通过抑制足细胞mTOR起作用。"
AFFILIATION = "Department of Nephrology, Fictional University Hospital, Nowhere, China."
CITATION = "Fict J Med. 2015;7(2):11-9. doi: 10.1000/fjm.7. Epub 2015 Feb 3."
TITLE, TITEL = (
    "Sirolimus lowers urine protein in lupus nephritis",
    "西罗莫司降低狼疮性肾炎患者的尿蛋白",
)
FOUR = ["background", "methods", "results", "conclusion"]


def shape(text: str) -> list[tuple[str, str | None, str]]:
    document = read_abstract(text, name="a")
    return [(p.language, p.section, p.text) for p in document.passages]


def both(english: list[str], chinese: list[str]) -> list[tuple[str, str | None, str]]:
    return [
        (language, section, text)
        for language, texts in (("en", english), ("zh", chinese))
        for section, text in zip(FOUR, texts, strict=True)
    ]


HALVES = both([E1, E2, E3, E4], [Z1, Z2, Z3, Z4])
FORMS = {
    "lines": "\n".join([AFFILIATION, CITATION, E1, E2, E3, E4, Z1, Z2, Z3, Z4]),
    "blank lines": "\n\n".join([AFFILIATION, CITATION, E1, E2, E3, E4, Z1, Z2, Z3, Z4]),
    "carriage returns": "\r\n".join([E1, E2, E3, E4, Z1, Z2, Z3, Z4]),
    "Chinese first": "\n".join([Z1, Z2, Z3, Z4, E1, E2, E3, E4]),
    "interleaved": "\n".join([E1, Z1, E2, Z2, E3, Z3, E4, Z4]),
    "headings": "\n".join(["Abstract", E1, E2, E3, E4, "【摘要】", Z1, Z2, Z3, Z4]),
    "labels": "\n".join(
        [f"BACKGROUND: {E1}", f"METHODS: {E2}", f"RESULTS: {E3}", f"CONCLUSIONS: {E4}",
         f"【背景】{Z1}", f"【方法】{Z2}", f"【结果】{Z3}", f"【结论】{Z4}"]
    ),
    "labels on their own lines": "\n".join(
        ["Background", E1, "Methods", E2, "Results", E3, "Conclusions", E4,
         "背景：", Z1, "方法：", Z2, "结果：", Z3, "结论：", Z4]
    ),
    "colons and spaces": "\n".join(
        [f"Background: {E1}", f"Methods. {E2}", f"RESULTS {E3}", f"[Conclusion] {E4}",
         f"目的：{Z1}", f"方法 {Z2}", f"结果:{Z3}", f"結論：{Z4}"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_paragraphs_languages_and_sections_of_every_form(form: str) -> None:
    assert sorted(shape(FORMS[form]), key=lambda part: part[0]) == HALVES


def test_metadata_lines_become_the_source() -> None:
    source = read_abstract(FORMS["lines"], name="a").source
    assert (source.doi, source.year, source.journal) == ("10.1000/fjm.7", 2015, "Fict J Med")
    assert (source.date, source.affiliation) == ("2015-02-03", AFFILIATION)
    assert source.citation == CITATION


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        (CITATION, "doi:10.1000/fjm.7"),
        ("PMID: 900123 [Indexed for MEDLINE]", "pubmed:900123"),
        ("doi: 10.1000/ABC(12)3.", "doi:10.1000/abc(12)3"),
        ("https://doi.org/10.1000/xyz", "doi:10.1000/xyz"),
        ("", "a"),
    ],
)
def test_identifier_is_pmid_then_doi_then_name(line: str, identifier: str) -> None:
    assert read_abstract(f"{line}\n{E1}", name="a").id == identifier


METADATA = [
    (CITATION, "citation"),
    ("1. Fict J Med. 2015 Feb 3;7(2):11-9.", "citation"),
    ("Fict. J. Med. 2015 Feb;7:e11. PMCID: PMC900001", "citation"),
    ("Fictional Letters (Basel). 2020 Mar 2;9(3):E595. doi: 10.1000/fl9030595.", "citation"),
    ("虚构肾脏病杂志, 2012, 28(4): 312-320.", "citation"),
    ("虚构医学杂志 2015;51(3):20-5. doi: 10.1000/j.issn.0000-0000.2015.03.005", "citation"),
    ("PMID: 900123", "citation"),
    (AFFILIATION, "affiliation"),
    ("1Division of Nephrology, Fictional Hospital; 2Institute of Fiction, Nowhere", "affiliation"),
    ("作者单位：虚构大学第一医院肾内科", "affiliation"),
    ("虚构大学第一医院肾内科, 某市 100000", "affiliation"),
    ("Keywords: sirolimus; podocyte", "left out"),
    ("【关键词】西罗莫司；足细胞", "left out"),
    ("© 2015 Fictional Press. All rights reserved.", "left out"),
    ("Nobody A(1), Noone BC(1)(2), Someone D.", "authors"),
    ("Ann Nobody, Bert Noone and Carl Someone", "authors"),
    ("张无名, 李某某, 王甲乙", "authors"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), METADATA)
def test_lines_that_are_no_text_are_recognised(line: str, kind: str) -> None:
    found = read_metadata(line)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        E1, E2, E3, E4, Z1, Z2, Z3, Z4, TITLE, TITEL,
        "Patients were enrolled at a university hospital in 2012, and 40 were followed.",
        "Use of sirolimus in a university hospital: a cohort from 2012",
        "Sirolimus, everolimus and temsirolimus lower urine protein in rats.",
        "Sirolimus was studied in Nowhere. 2012 patients were enrolled (doi: 10.1000/x).",
        "某大学医院狼疮性肾炎患者的尿蛋白变化",
        "2012年至2015年在某医院就诊的患者，尿蛋白下降。",
    ],
)  # fmt: skip
def test_sentences_and_titles_are_text(line: str) -> None:
    assert read_metadata(line) is None


def test_a_title_is_told_by_its_form() -> None:
    parts = shape("\n".join([TITLE, CITATION, E1, E3, TITEL, Z1, Z3]))
    assert parts[0] == ("en", "title", TITLE)
    assert parts[3] == ("zh", "title", TITEL)
    assert {section for _, section, _ in parts if section != "title"} == {None}


def test_a_labelled_title_keeps_no_label() -> None:
    source = read_abstract(f"Title: {TITLE}.\n题目：{TITEL}\n{E1}\n{Z1}", name="a").source
    assert (source.title, source.vernacular_title) == (f"{TITLE}.", TITEL)


def test_one_sentence_paragraphs_with_full_stops_are_no_titles() -> None:
    assert [section for _, section, _ in shape("\n".join([E1, E2, E3]))] == [None] * 3


def test_sections_by_order_only_where_there_are_four_paragraphs_without_labels() -> None:
    assert [s for _, s, _ in shape("\n".join([E1, E2, E3]))] == [None, None, None]
    assert [s for _, s, _ in shape("\n".join([E1, E2, E3, E4, E1]))] == [None] * 5
    mixed = shape("\n".join([E1, f"METHODS: {E2}", E3, E4]))
    assert [s for _, s, _ in mixed] == [None, "methods", None, None]


def test_one_language_is_enough() -> None:
    assert {language for language, _, _ in shape(f"{E1}\n{E2}")} == {"en"}
    assert {language for language, _, _ in shape(f"{Z1}\n{Z2}")} == {"zh"}


def test_both_languages_in_one_paragraph_are_parted() -> None:
    assert shape(f"Abstract: {E1} {E3} 摘要：{Z1}{Z3}") == [
        ("en", None, f"{E1} {E3}"),
        ("zh", None, f"{Z1}{Z3}"),
    ]


def test_labels_inside_a_paragraph_are_left_to_its_sentences() -> None:
    text = f"目的：{Z1}方法：{Z2}结果：{Z3}结论：{Z4}"
    assert shape(text) == [("zh", None, text)]


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = (
        "Sirolimus has been given to patients with lupus\n"
        "nephritis, but little is known of its\neffect on the urine protein.\n\n"
        "西罗莫司已用于狼疮性肾炎患者，但是它对尿蛋白的\n作用尚不清楚。"
    )
    assert shape(wrapped) == [
        ("en", None, "Sirolimus has been given to patients with lupus nephritis, but little is "
         "known of its effect on the urine protein."),
        ("zh", None, "西罗莫司已用于狼疮性肾炎患者，但是它对尿蛋白的作用尚不清楚。"),
    ]  # fmt: skip


EXPORT = """\
1. Fict J Med. 2015 Feb 3;7(2):11-9. doi: 10.1000/fjm.7.

Sirolimus lowers urine protein in
lupus nephritis.

Nobody A(1), Noone BC(1).

Author information:
(1)Department of Nephrology, Fictional University Hospital, Nowhere, China.

BACKGROUND: Sirolimus has been given to patients with lupus nephritis, but
little is known of its effect.
RESULTS: Urine protein fell in 9 of the 12 patients, while serum creatinine
did not change.

DOI: 10.1000/fjm.7
PMID: 900007 [Indexed for MEDLINE]

2. Fict J Med. 2016;8(1):1-2.

Everolimus in mice.

Everolimus lowered urine protein in mice with lupus nephritis after 4 weeks.

PMID: 900008
"""


def test_a_pubmed_export_holds_several_documents() -> None:
    first, second = read_text(EXPORT, name="export")
    assert (first.id, second.id) == ("pubmed:900007", "pubmed:900008")
    assert [(p.section, p.text) for p in first.passages] == [
        ("title", "Sirolimus lowers urine protein in lupus nephritis."),
        ("background", E1),
        ("results", E3),
    ]
    assert [p.section for p in second.passages] == ["title", None]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (E1, "en"), (Z2, "zh"), ("IgA肾病", "zh"), ("PAN、IgAN", "en"),
        ("F-肌动蛋白 (F-actin)", "zh"), ("ネフローゼ症候群の患者に投与した。", None),
        ("신증후군 환자", None), ("Пациенты", None), ("12.5 %", None),
    ],
)  # fmt: skip
def test_language_is_told_by_script(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_short_latin_sentence_does_not_part_a_chinese_paragraph() -> None:
    text = f"{Z1}SAS score vs. SDS score. {Z3}"
    assert language_blocks(text) == [("zh", text)]


@pytest.mark.parametrize("text", [CITATION, "12 34", "Пациенты получали такролимус."])
def test_no_text_in_either_language_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="no text in English or Chinese"):
        read_abstract(text, name="a")


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_the_seed_abstract() -> None:
    (document,) = read_documents(SEED)
    assert isinstance(document, Document)
    assert document.id == "doi:10.1159/000337175"
    assert [(p.language, p.section) for p in document.passages] == [
        (language, section) for language in ("en", "zh") for section in FOUR
    ]
    assert document.source.journal == "Am J Nephrol"


HOSTILE = [
    "A" * 1200, "Aa Bb, " * 170 + "!", "A. " * 400, "王明，" * 300 + "x", "Aa 2012 " * 150,
    "中国 2012" * 150, "(1)" * 400, "10.1000/" + "(" * 1000, "x@" + "a." * 600, "A" + " " * 1100 + "x",
    "Department, " * 99 + "is", "A (2012): " * 120, "目的 " * 300, "METHODS " * 150,
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:12])
def test_no_line_takes_long(line: str) -> None:
    begin = time.perf_counter()
    read_metadata(line)
    read_abstract(f"{line} Sirolimus.", name="a")
    assert time.perf_counter() - begin < 1
