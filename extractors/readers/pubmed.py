"""PubMed XML: titles and abstracts in both languages, with labels, identifiers and headings.

Elements are those of the PubMed DTD: ``Abstract`` is English, ``OtherAbstract Language="chi"``
Chinese; abstracts in further languages are left out. The texts of ``AbstractText`` are passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.layout import section_of
from extractors.readers.language import language_of
from extractors.readers.pubmed_notices import read_notices
from extractors.readers.records import Deletion
from kg.errors import InputError
from kg.files.xmlstream import text_of
from kg.model import Document, Language, Passage, Section, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

TAGS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation", "DeleteDocument")
LANGUAGE_CODES: dict[str, Language] = {
    "eng": "en",
    "en": "en",
    "chi": "zh",
    "zho": "zh",
    "zh": "zh",
}
CATEGORIES: dict[str, Section] = {
    "BACKGROUND": "background",
    "OBJECTIVE": "background",
    "METHODS": "methods",
    "RESULTS": "results",
    "CONCLUSIONS": "conclusion",
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan feb mar apr may jun jul aug sep oct nov dec").split(), start=1  # noqa: SIM905
    )
}  # fmt: skip
_NO_TITLE = ("[not available]", "in process citation", "[in process citation]")


def read_record(element: _Element) -> Iterator[Document | Deletion]:
    """The document, or the deletions, of one record element.

    Raises
    ------
    InputError
        where the record has no PMID, or no text in English or Chinese.
    """
    if element.tag in ("DeleteCitation", "DeleteDocument"):
        for pmid in element.iterfind("PMID"):
            yield Deletion(f"pubmed:{text_of(pmid)}")
        return
    yield _document(element)


def _document(record: _Element) -> Document:
    inner = "BookDocument" if record.tag == "PubmedBookArticle" else "MedlineCitation"
    citation = record if record.tag == inner else record.find(inner)
    where = f"line {record.sourceline}"
    if citation is None:
        raise InputError(f"no {inner}", where=where, remedy="give complete PubMed records")
    pmid = text_of(citation.find("PMID"))
    if not pmid.isdigit():
        raise InputError("no PMID", where=where, remedy="give complete PubMed records")
    article = citation.find("Article") if inner == "MedlineCitation" else citation
    if article is None:
        raise InputError("no Article", where=f"{where}, pubmed:{pmid}", remedy="fetch it again")
    source = _source(record, citation, article, pmid)
    texts = [*_titles(source), *_abstract(article, citation)]
    if not texts:
        raise InputError(
            "no text in English or Chinese", where=f"{where}, pubmed:{pmid}",
            remedy="nothing can be read in this record",
        )  # fmt: skip
    passages = tuple(
        Passage(f"p{number}", language, text, section, label)
        for number, (language, text, section, label) in enumerate(texts, start=1)
    )
    return Document(f"pubmed:{pmid}", passages, source)


_Text = tuple[Language, str, Section | None, str | None]


def _titles(source: Source) -> Iterator[_Text]:
    for title in (source.title, source.vernacular_title):
        language = language_of(title) if title else None
        # A vernacular title in Latin letters may be of any language.
        if title and language and (title is source.title or language == "zh"):
            yield language, title, "title", None


def _abstract(article: _Element, citation: _Element) -> Iterator[_Text]:
    for abstract in article.iterfind("Abstract"):
        yield from _parts(abstract, "en")
    for other in citation.iterfind("OtherAbstract"):
        language = LANGUAGE_CODES.get(other.get("Language", "").lower())
        if language:
            yield from _parts(other, language)


def _parts(abstract: _Element, stated: Language) -> Iterator[_Text]:
    for part in abstract.iterfind("AbstractText"):
        text = text_of(part)
        language = language_of(text)
        if language is None or (stated == "zh" and language == "en" and not _short(text)):
            continue  # a third language, or a text that its Language attribute misnames
        if stated == "zh":
            language = "zh"
        label = part.get("Label") if part.get("Label") != "UNLABELLED" else None
        category = CATEGORIES.get(part.get("NlmCategory", "").upper())
        yield language, text, (section_of(label) if label else None) or category, label


def _short(text: str) -> bool:
    """Whether a text is too short to tell Chinese from its Latin names."""
    return len(text) < 20 and not text.isascii()


def _source(record: _Element, citation: _Element, article: _Element, pmid: str) -> Source:
    title = text_of(article.find("ArticleTitle")).removesuffix(".")
    title = title[1:-1].removesuffix(".") if re.fullmatch(r"\[[^\[\]]*\]", title) else title
    ids = _identifiers(record, article)
    date = _date(article)
    return Source(
        title=None if not title or title.lower() in _NO_TITLE or f"[{title.lower()}]" in _NO_TITLE
        else title,
        vernacular_title=text_of(article.find("VernacularTitle")).removesuffix(".") or None,
        doi=ids.get("doi"),
        pmid=pmid,
        pmcid=ids.get("pmc"),
        year=int(date[:4]) if date else None,
        date=date if date and len(date) > 4 else None,
        journal=_journal(citation, article),
        citation=_citation(citation, article),
        affiliation=text_of(article.find(".//Affiliation")) or None,
        mesh=tuple(_headings(citation)),
        publication_types=tuple(
            filter(None, (text_of(kind) for kind in article.iterfind(".//PublicationType")))
        ),
        notices=tuple(read_notices(citation, pmid)),
    )  # fmt: skip


def _identifiers(record: _Element, article: _Element) -> dict[str, str]:
    """Identifiers by kind; those in the list of references are not the record's own."""
    found: dict[str, str] = {}
    for location in article.iterfind("ELocationID"):
        if location.get("ValidYN", "Y") == "Y":
            found.setdefault(location.get("EIdType", ""), text_of(location))
    for path in ("PubmedData", "PubmedBookData", "BookDocument"):
        for identifier in record.iterfind(f"{path}/ArticleIdList/ArticleId"):
            found.setdefault(identifier.get("IdType", ""), text_of(identifier))
    return {kind: value for kind, value in found.items() if value}


def _date(article: _Element) -> str | None:
    """The date of publication as far as it is known: 2012, 2012-03 or 2012-03-23."""
    for path in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate"):
        date = article.find(path)
        if date is None:
            continue
        year = text_of(date.find("Year")) or _year_in(text_of(date.find("MedlineDate")))
        month, day = text_of(date.find("Month")), text_of(date.find("Day"))
        if not re.fullmatch(r"\d{4}", year):
            continue
        number = _MONTHS.get(month[:3].lower()) or (int(month) if month.isdecimal() else 0)
        if not 1 <= number <= 12:
            return year
        return f"{year}-{number:02}-{int(day):02}" if day.isdecimal() else f"{year}-{number:02}"
    return None


def _year_in(text: str) -> str:
    found = re.search(r"(?:18|19|20)\d\d", text)
    return found[0] if found else ""


def _journal(citation: _Element, article: _Element) -> str | None:
    named = (
        text_of(citation.find("MedlineJournalInfo/MedlineTA")),
        text_of(article.find("Journal/ISOAbbreviation")).replace(".", ""),
        text_of(article.find("Journal/Title")),
        text_of(article.find("Book/BookTitle")),
    )
    return next(filter(None, named), None)


def _citation(citation: _Element, article: _Element) -> str | None:
    """The citation as PubMed prints it: ``Am J Nephrol. 2012;35(4):312-20``."""
    journal, issue = _journal(citation, article), article.find("Journal/JournalIssue")
    if not journal or issue is None:
        return None
    volume, number = text_of(issue.find("Volume")), text_of(issue.find("Issue"))
    pages = text_of(article.find("Pagination/MedlinePgn"))
    parts = (_date(article) or "")[:4], f";{volume}" if volume else ""
    tail = (f"({number})" if number else "") + (f":{pages}" if pages else "")
    return f"{journal}. {''.join(parts)}{tail}."


def _headings(citation: _Element) -> Iterator[str]:
    """MeSH headings as CURIEs; as text where a record gives no identifier."""
    for name in citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName"):
        identifier = name.get("UI")
        text = f"mesh:{identifier}" if identifier else text_of(name)
        if text:
            yield text
