"""BioC collections, as XML and as JSON: titles and abstracts of their documents.

Annotations and relations of a collection are other people's answers and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from extractors.layout import section_of
from extractors.readers.language import language_of
from kg.errors import FormatError, InputError
from kg.files.xmlstream import text_of
from kg.model import Document, Language, Passage, Section, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

TAGS = ("document",)
_LEFT_OUT = ("ref", "fig", "table", "figure", "references", "supplementary", "comp_int")
_LANGUAGES: dict[str, Language] = {"en": "en", "eng": "en", "zh": "zh", "chi": "zh", "zho": "zh"}


def read_element(element: _Element) -> Document:
    """The document of a BioC XML ``document`` element."""
    parent = element.getparent()
    source = text_of(parent.find("source")) if parent is not None else ""
    record = {
        "id": text_of(element.find("id")),
        "infons": _infons(element),
        "passages": [
            {
                "infons": _infons(passage),
                "text": text_of(passage.find("text")),
                "sentences": [{"text": text_of(t)} for t in passage.iterfind("sentence/text")],
            }
            for passage in element.iterfind("passage")
        ],
    }
    return read_document(record, source=source, where=f"line {element.sourceline}")


def is_bioc(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a BioC collection or document (and not extraction JSON)."""
    if "documents" in record or "PubTator3" in record:
        return True
    passages = record.get("passages")
    first = passages[0] if isinstance(passages, list) and passages else None
    return isinstance(first, dict) and ("infons" in first or "offset" in first)


def read_collection(record: Mapping[str, Any], *, where: str) -> Iterator[Document | InputError]:
    """The documents of a BioC JSON collection; a wrong one comes as its error."""
    documents = record.get("documents", record.get("PubTator3", [record]))
    if not isinstance(documents, list):
        yield InputError("documents is not a list", where=where, remedy="give BioC JSON")
        return
    source = record.get("source")
    for number, document in enumerate(documents, start=1):
        place = where if documents == [record] else f"{where} documents[{number}]"
        try:
            yield read_document(
                document, source=source if isinstance(source, str) else "", where=place
            )
        except (FormatError, InputError) as error:
            yield InputError(error.what, where=error.where, remedy=error.remedy)


def read_document(record: Any, *, source: str, where: str) -> Document:
    """The document of one BioC document object.

    Raises
    ------
    FormatError
        where the object has not BioC's form.
    InputError
        where it has no text in English or Chinese.
    """
    if not isinstance(record, dict) or not isinstance(record.get("passages"), list):
        raise FormatError("no list of passages", where=where, remedy="give a BioC document")
    identifier = str(record.get("id") or record.get("pmid") or "").strip()
    if not identifier:
        raise FormatError("no id", where=where, remedy="give each document an id")
    passages: list[Passage] = []
    for item in record["passages"]:
        if not isinstance(item, dict):
            raise FormatError("a passage is not an object", where=where, remedy="give BioC")
        passages += _passage(item, number=len(passages) + 1, where=where)
    if not passages:
        raise InputError(
            "no text in English or Chinese", where=f"{where}, document {identifier}",
            remedy="nothing can be read in this document",
        )  # fmt: skip
    infons = _all_infons(record)
    pmid = infons.get("article-id_pmid") or (identifier if _is_pmid(identifier, source) else None)
    titles = [p.text for p in passages if p.section == "title"]
    return Document(
        f"pubmed:{pmid}" if pmid else identifier,
        tuple(passages),
        Source(
            title=next((title for title in titles if language_of(title) == "en"), None),
            vernacular_title=next((title for title in titles if language_of(title) == "zh"), None),
            doi=infons.get("article-id_doi"),
            pmid=pmid,
            pmcid=infons.get("article-id_pmc"),
            year=int(infons["year"]) if infons.get("year", "").isdecimal() else None,
            journal=infons.get("journal"),
        ),
    )


def _passage(item: Mapping[str, Any], *, number: int, where: str) -> list[Passage]:
    infons = _strings(item.get("infons"))
    kind = infons.get("type", infons.get("section_type", "")).lower()
    text = item.get("text") or _joined(item.get("sentences"))
    if not isinstance(text, str):
        raise FormatError("the text of a passage is not a string", where=where, remedy="give BioC")
    language = _LANGUAGES.get(infons.get("language", "").lower()) or language_of(text)
    if language is None or not text.strip() or kind.startswith(_LEFT_OUT):
        return []
    label = infons.get("section") or infons.get("section_type") or None
    section: Section | None = "title" if kind in ("title", "front") else section_of(label or kind)
    return [Passage(f"p{number}", language, text, section, label)]


def _joined(sentences: Any) -> str:
    texts = [s.get("text", "") for s in sentences or [] if isinstance(s, dict)]
    joined = " ".join(str(text) for text in texts)
    return "".join(map(str, texts)) if language_of(joined) == "zh" else joined


def _is_pmid(identifier: str, source: str) -> bool:
    return bool(re.fullmatch(r"\d{1,8}", identifier)) and (
        not source or any(word in source.lower() for word in ("pubmed", "medline", "pubtator"))
    )


def _infons(element: _Element) -> dict[str, str]:
    return {str(infon.get("key")): text_of(infon) for infon in element.iterfind("infon")}


def _strings(infons: Any) -> dict[str, str]:
    return {str(k): str(v) for k, v in infons.items()} if isinstance(infons, dict) else {}


def _all_infons(record: Mapping[str, Any]) -> dict[str, str]:
    """Infons of the document and of its first passage, where PubMed exports put identifiers."""
    first = next((p for p in record["passages"] if isinstance(p, dict)), {})
    return _strings(first.get("infons")) | _strings(record.get("infons"))
