"""Plain text: an abstract in one language or in both, with or without labels and metadata lines.

How sections are told, in this order: a label in front of a paragraph ("METHODS: …", "【方法】…") or
alone on the line before it; else, where a language has exactly four paragraphs without labels,
their order (background, methods, results, conclusion); else none, which leaves it to sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout import leading_label, section_of, sections_by_order
from extractors.readers.citation import merge, read_metadata
from extractors.readers.language import language_blocks, language_of
from extractors.readers.paragraphs import Paragraph, split_paragraphs, without_heading
from kg.errors import InputError
from kg.model import LANGUAGES, Document, Language, Passage, Section, Source

LONGEST_TITLE = 300
_TITLE_ENDS = re.compile(r"[.。!！;；:：,，]$")
_INNER_END = re.compile(r"[。！；]|[.!?;]\s")
_SENTENCE_START = re.compile(r"(?<=[.。!！?？;；])\s*")
_NUMBERED = re.compile(r"^\d{1,4}\.\s+(?=[A-Z].{2,150}?\b(?:19|20)\d\d\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Part:
    language: Language
    text: str
    section: Section | None = None
    label: str | None = None


def read_text(text: str, *, name: str) -> Iterator[Document]:
    """The document of a text; several where it is a PubMed export that numbers its records.

    `name` becomes the identifier where the text tells neither a PMID nor a DOI.

    Raises
    ------
    InputError
        where there is no English and no Chinese in it.
    """
    starts = [match.start() for match in _NUMBERED.finditer(text)]
    if len(starts) < 2 or text[: starts[0]].strip():
        yield read_abstract(text, name=name)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        yield read_abstract(text[start:end], name=f"{name}-{number}")


def read_abstract(text: str, *, name: str) -> Document:
    r"""The document of one abstract.

    >>> document = read_abstract("Sirolimus lowers creatinine.\n西罗莫司降低血清肌酐。", name="a")
    >>> [(p.language, p.text) for p in document.passages]
    [('en', 'Sirolimus lowers creatinine.'), ('zh', '西罗莫司降低血清肌酐。')]
    """
    source, parts, pending = Source(), list[_Part](), ""
    numbered = _NUMBERED.match(text) is not None
    for paragraph in split_paragraphs(text):
        told = read_metadata(paragraph.text) if paragraph.kind == "text" else None
        if told is not None:
            source = merge(source, told.source)
        elif paragraph.kind == "section":
            pending = paragraph.text
        elif paragraph.kind != "heading":
            parts += _parts(paragraph, pending)
            pending = pending if parts and not parts[-1].label else ""
    if not parts:
        raise InputError(
            "no text in English or Chinese", remedy="give an abstract in one of them or in both"
        )
    parts = _titled(parts, single_sentence=numbered)
    titles = {part.language: part.text for part in parts if part.section == "title"}
    source = replace(
        source, title=titles.get("en") or source.title, vernacular_title=titles.get("zh")
    )
    passages = tuple(
        Passage(f"p{number}", part.language, part.text, part.section, part.label)
        for number, part in enumerate(parts, start=1)
    )
    by_order = sections_by_order(passages)
    passages = tuple(replace(p, section=by_order.get(p.id, p.section)) for p in passages)
    return Document(_identifier(source) or name, passages, source)


def _parts(paragraph: Paragraph, pending: str) -> Iterator[_Part]:
    """A paragraph as passages: one, or one for each language where it holds both."""
    if paragraph.kind == "title":
        language = language_of(paragraph.text)
        if language:
            yield _Part(language, paragraph.text, "title")
        return
    for language, block in language_blocks(paragraph.text):
        text = without_heading(block)
        if not language or not text:
            continue
        label = leading_label(text)
        if label and not _has_more_labels(text[label.end :]) and text[label.end :].strip():
            yield _Part(language, text[label.end :], label.section, label.text)
        elif pending:
            yield _Part(language, text, section_of(pending), pending)
        else:
            yield _Part(language, text)


def _has_more_labels(text: str) -> bool:
    """Whether further sections begin inside a paragraph: then its sentences tell their own."""
    return any(
        leading_label(text[match.end() : match.end() + 80])
        for match in _SENTENCE_START.finditer(text)
    )


def _titled(parts: Sequence[_Part], *, single_sentence: bool) -> list[_Part]:
    """The parts, with the first of each language told as its title where it reads as one.

    A title has no label, no full stop, and longer text of its language after it. In numbered
    exports, which end titles with a full stop, the first paragraph is one.
    """
    out = list(parts)
    for language in LANGUAGES:
        places = [n for n, part in enumerate(parts) if part.language == language]
        if len(places) < 2 or any(parts[n].section == "title" for n in places):
            continue
        first, second = parts[places[0]], parts[places[1]]
        plain = first.section is None and len(first.text) <= LONGEST_TITLE
        text = first.text.removesuffix(".") if single_sentence else first.text
        one = not _TITLE_ENDS.search(text) and not _INNER_END.search(text)
        if plain and one and len(second.text) > len(first.text) // 2:
            out[places[0]] = replace(first, section="title")
    return out


def _identifier(source: Source) -> str | None:
    if source.pmid:
        return f"pubmed:{source.pmid}"
    return f"doi:{source.doi.lower()}" if source.doi else None
