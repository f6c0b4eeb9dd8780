"""BioC collections, as XML and as JSON: titles and abstracts of their documents.

Annotations and relations of a collection are other people's answers; they are read only where that
is asked for (`extractors.readers.bioc_annotations`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from extractors.layout import section_of
from extractors.readers.language import language_of
from extractors.readers.records import Annotated
from kg.errors import FormatError, InputError
from kg.files.xmlstream import text_of
from kg.model import Document, Language, Passage, Section, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

Found: TypeAlias = Document | Annotated | InputError
TAGS = ("document",)
_LEFT_OUT = ("ref", "fig", "table", "figure", "references", "supplementary", "comp_int")
_LANGUAGES: dict[str, Language] = {"en": "en", "eng": "en", "zh": "zh", "chi": "zh", "zho": "zh"}


def read_element(element: _Element, *, annotations: bool) -> Iterator[Found]:
    """The document of a BioC XML ``document`` element.

    Raises
    ------
    FormatError, InputError
        as `read_document` does.
    """
    parent = element.getparent()
    source = text_of(parent.find("source")) if parent is not None else ""
    record = {
        "id": text_of(element.find("id")),
        "infons": _infons(element),
        "passages": [
            {"infons": _infons(passage), "text": text_of(passage.find("text"))}
            | {"offset": text_of(passage.find("offset")), "sentences": _sentences(passage)}
            | _annotations(passage)
            for passage in element.iterfind("passage")
        ],
    } | _annotations(element)
    where = f"line {element.sourceline}"
    document = read_document(record, source=source, where=where)
    yield from _with_annotations(document, record, source, where, annotations=annotations)


def is_bioc(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a BioC collection or document (and not extraction JSON)."""
    if "documents" in record or "PubTator3" in record:
        return True
    passages = record.get("passages")
    first = passages[0] if isinstance(passages, list) and passages else None
    return isinstance(first, dict) and ("infons" in first or "offset" in first)


def read_collection(
    record: Mapping[str, Any], *, where: str, annotations: bool
) -> Iterator[Found]:  # fmt: skip
    """The documents of a BioC JSON collection; a wrong one comes as its error."""
    documents = record.get("documents", record.get("PubTator3", [record]))
    if not isinstance(documents, list):
        yield InputError("documents is not a list", where=where, remedy="give BioC JSON")
        return
    source = str(record.get("source") or "")
    for number, document in enumerate(documents, start=1):
        place = where if documents == [record] else f"{where} documents[{number}]"
        try:
            read = read_document(document, source=source, where=place)
            yield from _with_annotations(read, document, source, place, annotations=annotations)
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
    passages = [passage for _, passage in passages_of(record, where=where)]
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


def passages_of(
    record: Mapping[str, Any], *, where: str
) -> list[tuple[Mapping[str, Any], Passage]]:
    """The passages of a document that have a text of ours, each behind the object that holds it.

    Raises
    ------
    FormatError
        where one has not BioC's form.
    """
    found: list[tuple[Mapping[str, Any], Passage]] = []
    for item in record["passages"]:
        if not isinstance(item, dict):
            raise FormatError("a passage is not an object", where=where, remedy="give BioC")
        found += [(item, one) for one in _passage(item, number=len(found) + 1, where=where)]
    return found


def _with_annotations(
    document: Document, record: Mapping[str, Any], source: str, where: str, *, annotations: bool
) -> Iterator[Found]:
    if not annotations:
        yield document
        return
    from extractors.readers.bioc_annotations import read_annotations

    held = passages_of(record, where=where)
    yield from read_annotations(document, record, held, source=source, where=where)


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


def _sentences(passage: _Element) -> list[dict[str, Any]]:
    return [
        {"text": text_of(one.find("text")), "offset": text_of(one.find("offset"))}
        | _annotations(one)
        for one in passage.iterfind("sentence")
    ]


def _annotations(element: _Element) -> dict[str, list[dict[str, Any]]]:
    """Annotations and relations of an element, in the form that BioC JSON has."""
    return {
        "annotations": [
            {
                "id": one.get("id"), "infons": _infons(one), "text": text_of(one.find("text")),
                "locations": [dict(place.attrib) for place in one.iterfind("location")],
            }
            for one in element.iterfind("annotation")
        ],
        "relations": [
            {
                "id": one.get("id"), "infons": _infons(one),
                "nodes": [dict(node.attrib) for node in one.iterfind("node")],
            }
            for one in element.iterfind("relation")
        ],
    }  # fmt: skip


def _infons(element: _Element) -> dict[str, str]:
    return {str(infon.get("key")): text_of(infon) for infon in element.iterfind("infon")}


def _strings(infons: Any) -> dict[str, str]:
    return {str(k): str(v) for k, v in infons.items()} if isinstance(infons, dict) else {}


def _all_infons(record: Mapping[str, Any]) -> dict[str, str]:
    """Infons of the document and of its first passage, where PubMed exports put identifiers."""
    first = next((p for p in record["passages"] if isinstance(p, dict)), {})
    return _strings(first.get("infons")) | _strings(record.get("infons"))
