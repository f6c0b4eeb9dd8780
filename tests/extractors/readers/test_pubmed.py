"""PubMed XML: both languages, labels, identifiers, deletions; files that are broken or hostile."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.readers import Deletion, Failure, read_documents
from kg.model import Document, Source
from kg.notices.values import Notice

FIXTURE = Path(__file__).parents[2] / "fixtures" / "readers" / "pubmed.xml"
REAL = Path(__file__).parents[4] / "shared" / "corpora" / "pubmed-raw"


def document(number: int = 0) -> Document:
    item = list(read_documents(FIXTURE))[number]
    assert isinstance(item, Document)
    return item


def write(folder: Path, text: str, name: str = "a.xml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def record(pmid: int, title: str = "Sirolimus in rats.") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>{title}"
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
    )


def test_every_record_comes_in_its_place() -> None:
    kinds = [
        item.id if isinstance(item, Document | Deletion) else type(item).__name__
        for item in read_documents(FIXTURE)
    ]
    assert kinds == [
        "pubmed:900101", "Failure", "pubmed:900103", "Failure", "pubmed:900001", "pubmed:900002",
    ]  # fmt: skip


def test_passages_have_the_language_section_and_label_of_their_part() -> None:
    assert [(p.language, p.section, p.label) for p in document().passages] == [
        ("en", "title", None),
        ("zh", "title", None),
        ("en", "background", "OBJECTIVE"),
        ("en", "methods", "WHAT WE DID"),
        ("en", "results", "RESULTS"),
        ("en", "conclusion", "CONCLUSION"),
        ("zh", "background", "目的"),
        ("zh", None, None),
    ]


def test_markup_is_flattened_and_space_collapsed() -> None:
    texts = [passage.text for passage in document().passages]
    assert texts[0] == "Sirolimus lowers MTOR activity in rats"
    assert texts[3] == "Rats had 106 cells of the CD4+ type, with H2O < 5 ml."


def test_a_third_language_and_the_copyright_are_left_out() -> None:
    text = " ".join(passage.text for passage in document().passages)
    assert "ratas" not in text
    assert "Nobody" not in text


def test_source_tells_identifiers_date_and_headings() -> None:
    assert document().source == Source(
        title="Sirolimus lowers MTOR activity in rats",
        vernacular_title="西罗莫司降低大鼠mTOR活性",
        doi="10.0000/fixture.101",
        pmid="900101",
        pmcid="PMC900101",
        year=2019,
        date="2019-03-07",
        journal="Fict J Nephrol",
        citation="Fict J Nephrol. 2019;12(3):101-9.",
        affiliation="Fictional Hospital, Nowhere.",
        mesh=("mesh:D020123", "Rats"),
        publication_types=("Journal Article",),
    )


def test_a_title_alone_is_a_document_and_a_medline_date_gives_its_first_year() -> None:
    only_title = document(2)
    assert [p.text for p in only_title.passages] == ["Rapamycin in mice"]
    assert (only_title.source.year, only_title.source.date) == (1998, None)


def test_failures_name_line_and_record() -> None:
    failures = [str(item) for item in read_documents(FIXTURE) if isinstance(item, Failure)]
    assert f"{FIXTURE}:54: no PMID" in failures[0]
    assert "pubmed:900104: no text in English or Chinese" in failures[1]


def test_gzip_is_found_by_content(tmp_path: Path) -> None:
    path = tmp_path / "misnamed.txt"
    path.write_bytes(gzip.compress(FIXTURE.read_bytes()))
    read = [item for item in read_documents(path) if isinstance(item, Document)]
    assert read == [item for item in read_documents(FIXTURE) if isinstance(item, Document)]


def test_records_before_a_break_are_kept_and_the_line_is_named(tmp_path: Path) -> None:
    text = (
        "<PubmedArticleSet>\n" + record(1) + record(2) + "<PubmedArticle><MedlineCitation></Oops>"
    )
    items = list(read_documents(write(tmp_path, text)))
    assert [item.id for item in items[:2] if isinstance(item, Document)] == ["pubmed:1", "pubmed:2"]
    assert isinstance(items[2], Failure)
    assert items[2].where == f"{tmp_path / 'a.xml'}:4"
    assert "broken XML" in items[2].message
    assert len(items) == 3


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_gzip_file_keeps_what_came_before(tmp_path: Path, kept: float) -> None:
    text = "<PubmedArticleSet>\n" + "".join(record(n, f"Study {n * 7919}.") for n in range(1, 4000))
    data = gzip.compress(text.encode())
    path = tmp_path / "a.xml.gz"
    path.write_bytes(data[: int(kept * len(data))])
    *documents, last = read_documents(path)
    assert isinstance(last, Failure)
    assert "breaks off" in last.message
    line = int(last.where.rpartition(":")[2])
    assert len(documents) > 4000 * kept * 0.7
    assert 0 <= line - 2 - len(documents) <= 1


def test_an_entity_bomb_is_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    text = bomb + "]><PubmedArticleSet>" + record(1, "&j;") + record(2) + "</PubmedArticleSet>"
    (failure,) = read_documents(write(tmp_path, text))
    assert isinstance(failure, Failure)
    assert "broken XML (Maximum entity amplification" in failure.message


def test_an_entity_of_the_file_itself_is_not_expanded_and_stops_one_record(tmp_path: Path) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "ha">]><PubmedArticleSet>' + record(1, "&a;") + record(2)
    first, second = read_documents(write(tmp_path, text + "</PubmedArticleSet>"))
    assert isinstance(first, Failure)
    assert "entity &a; is not expanded" in first.message
    assert isinstance(second, Document)


def test_an_external_entity_is_not_opened(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret words", "secret.txt")
    text = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><PubmedArticleSet>'
        + record(1, "&s;")
        + "</PubmedArticleSet>"
    )
    (item,) = read_documents(write(tmp_path, text))
    assert isinstance(item, Failure)
    assert "secret words" not in str(item)


def test_named_characters_of_html_are_known(tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE x PUBLIC "-//x" "https://example.org/x.dtd"><PubmedArticleSet>'
        + record(1, "TNF-&alpha; in mice")
        + "</PubmedArticleSet>"
    )
    (item,) = read_documents(write(tmp_path, text))
    assert isinstance(item, Document)
    assert item.passages[0].text == "TNF-α in mice"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<html><body>x</body></html>", "web page"),
        ("<rss><channel/></rss>", "root <rss>"),
        ("<PubmedArticleSet></PubmedArticleSet>", "no record"),
        ("<PubmedArticleSet", "broken XML"),
    ],
)
def test_xml_of_another_kind_is_one_failure(tmp_path: Path, text: str, problem: str) -> None:
    (item,) = read_documents(write(tmp_path, text))
    assert isinstance(item, Failure)
    assert problem in item.message
    assert item.remedy


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/corpora/pubmed-raw")
def test_real_records_are_read_whole() -> None:
    documents = [item for path in sorted(REAL.glob("*.xml")) for item in read_documents(path)]
    assert len(documents) == 9
    for item in documents:
        assert isinstance(item, Document)
        assert item.source.year
        assert item.source.journal
        assert item.passages[0].section == "title"


def test_notices_are_read_from_both_their_records(tmp_path: Path) -> None:
    def item(kind: str, pmid: str, source: str = "J Fixt. 2020") -> str:
        return (
            f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>'
            f"{pmid and f'<PMID>{pmid}</PMID>'}</CommentsCorrections>"
        )

    def with_items(pmid: int, *items: str) -> str:
        listed = f"<CommentsCorrectionsList>{''.join(items)}</CommentsCorrectionsList>"
        return record(pmid).replace("</MedlineCitation>", f"{listed}</MedlineCitation>")

    records = (
        with_items(1, item("RetractionIn", "9"), item("CommentIn", "8"), item("ErratumIn", "")),
        with_items(9, item("RetractionOf", "1"), item("Cites", "3"), item("UpdateOf", "")),
    )
    path = write(tmp_path, f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>")
    read = [item for item in read_documents(str(path)) if isinstance(item, Document)]
    assert [item.source.notices for item in read] == [
        (
            Notice("retraction", "pubmed:1", "pubmed:9", "J Fixt. 2020"),
            Notice("correction", "pubmed:1", None, "J Fixt. 2020"),
        ),
        (Notice("retraction", "pubmed:1", "pubmed:9"),),
    ]
