"""PubTator: ``PMID|t|title`` and ``PMID|a|abstract`` lines; its annotation lines are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.readers.language import language_blocks, language_of
from kg.errors import InputError
from kg.files.encoding import decode
from kg.files.streams import Line
from kg.model import Document, Passage, Section, Source

TEXT_LINE = re.compile(r"^([^|\s]{1,60})\|([ta])\|(.*)$", re.DOTALL)


def read_lines(lines: Iterator[Line]) -> Iterator[Document | InputError]:
    """The documents of a PubTator file; a wrong line comes as its error, the rest goes on."""
    identifier, first, texts = "", 0, dict[str, str]()
    for line in lines:
        try:
            found = TEXT_LINE.match(_text(line))
        except InputError as error:
            yield error
            continue
        if not found:
            continue
        if found[1] != identifier or found[2] in texts:
            if identifier:
                yield _document(identifier, texts, first)
            identifier, first, texts = found[1], line.number, {}
        texts[found[2]] = found[3].strip()
    if identifier:
        yield _document(identifier, texts, first)
    else:
        yield InputError("no PubTator record", remedy="give lines such as 1|t|title")


def _text(line: Line) -> str:
    if line.data is None:
        raise InputError("the line is too long", where=f"line {line.number}", remedy="shorten it")
    try:
        return decode(line.data.removesuffix(b"\r"))
    except InputError as error:
        raise InputError(error.what, where=f"line {line.number}", remedy=error.remedy) from error


def _document(identifier: str, texts: dict[str, str], line: int) -> Document | InputError:
    passages: list[Passage] = []
    for kind in ("t", "a"):
        for language, text in language_blocks(texts.get(kind, "")):
            if language and text:
                section: Section | None = "title" if kind == "t" else None
                passages.append(Passage(f"p{len(passages) + 1}", language, text, section))
    if not passages:
        return InputError(
            "no text in English or Chinese", where=f"line {line}, document {identifier}",
            remedy="nothing can be read in this document",
        )  # fmt: skip
    pmid = identifier if re.fullmatch(r"\d{1,8}", identifier) else None
    title = texts.get("t") or None
    chinese = bool(title) and language_of(title or "") == "zh"
    source = Source(
        title=None if chinese else title, vernacular_title=title if chinese else None, pmid=pmid
    )
    return Document(f"pubmed:{pmid}" if pmid else identifier, tuple(passages), source)
