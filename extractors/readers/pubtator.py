"""PubTator: ``PMID|t|title`` and ``PMID|a|abstract`` lines, then lines of annotations.

The annotations and relations are other people's answers; they are read only where that is asked
for. They stand behind the texts: number, start, end, words, type and identifiers, or number, type
and two identifiers, between tabs; offsets count from the title, with one place between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from extractors.readers.annotations import Annotation, Link, annotated
from extractors.readers.language import language_blocks, language_of
from extractors.readers.records import Annotated
from kg.errors import InputError
from kg.files.encoding import decode
from kg.files.streams import Line
from kg.model import Document, Passage, Section, Source

TEXT_LINE = re.compile(r"^([^|\s]{1,60})\|([ta])\|(.*)$", re.DOTALL)
NAME = "pubtator"
_ANNOTATION, _RELATION = 5, 4  # cells at least

Found: TypeAlias = Document | Annotated | InputError


@dataclass(slots=True)
class _Record:
    """The lines of one document."""

    id: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[int, list[str]]] = field(default_factory=list)


def read_lines(lines: Iterator[Line], *, annotations: bool = False) -> Iterator[Found]:
    """The documents of a PubTator file; a wrong line comes as its error, the rest goes on."""
    record: _Record | None = None
    for line in lines:
        try:
            text = _text(line)
        except InputError as error:
            yield error
            continue
        found = TEXT_LINE.match(text)
        if not found:
            if record and annotations and text.strip():
                record.notes.append((line.number, text.split("\t")))
            continue
        if record is None or found[1] != record.id or found[2] in record.texts:
            if record:
                yield from _read(record, annotations=annotations)
            record = _Record(found[1], line.number)
        record.texts[found[2]] = found[3]
    if record:
        yield from _read(record, annotations=annotations)
    else:
        yield InputError("no PubTator record", remedy="give lines such as 1|t|title")


def _text(line: Line) -> str:
    if line.data is None:
        raise InputError("the line is too long", where=f"line {line.number}", remedy="shorten it")
    try:
        return decode(line.data.removesuffix(b"\r"))
    except InputError as error:
        raise InputError(error.what, where=f"line {line.number}", remedy=error.remedy) from error


def _read(record: _Record, *, annotations: bool) -> Iterator[Found]:
    placed = _passages(record)
    if not placed:
        yield InputError(
            "no text in English or Chinese", where=f"line {record.line}, document {record.id}",
            remedy="nothing can be read in this document",
        )  # fmt: skip
        return
    document = _document(record, [passage for _, passage in placed])
    if not annotations:
        yield document
        return
    given: list[Annotation] = []
    links: list[Link] = []
    for number, cells in record.notes:
        try:
            note = _note(cells, f"{number}", placed, record.id)
        except InputError as error:
            yield InputError(error.what, where=f"line {number}", remedy=error.remedy)
            continue
        if isinstance(note, Link):
            links.append(note)
        else:
            given.append(note)
    where = f"line {record.line}, document {document.id}"
    yield from annotated(document, given, links, NAME, where=where)


def _passages(record: _Record) -> list[tuple[int, Passage]]:
    """The passages of a document, each behind the offset at which it begins in PubTator's count."""
    found: list[tuple[int, Passage]] = []
    base = 0
    for kind in ("t", "a"):
        text, at = record.texts.get(kind, ""), 0
        for language, block in language_blocks(text.strip()):
            if language and block:
                at = text.index(block, at)
                section: Section | None = "title" if kind == "t" else None
                name = f"p{len(found) + 1}"
                found.append((base + at, Passage(name, language, block, section)))
                at += len(block)
        base += len(text) + 1
    return found


def _document(record: _Record, passages: list[Passage]) -> Document:
    pmid = record.id if re.fullmatch(r"\d{1,8}", record.id) else None
    title = record.texts.get("t", "").strip() or None
    chinese = bool(title) and language_of(title or "") == "zh"
    source = Source(
        title=None if chinese else title, vernacular_title=title if chinese else None, pmid=pmid
    )
    return Document(f"pubmed:{pmid}" if pmid else record.id, tuple(passages), source)


def _note(
    cells: list[str], name: str, placed: list[tuple[int, Passage]], identifier: str
) -> Annotation | Link:
    """What an annotation line says.

    Raises
    ------
    InputError
        where it is of another document, has too few cells or stands outside the texts.
    """
    if cells[0] != identifier:
        raise InputError(
            f"a line of {cells[0][:40]!r} among those of {identifier}",
            remedy="put it under the texts of its document",
        )
    cells = [cell.strip("\r\n") for cell in cells]
    if len(cells) >= _ANNOTATION and cells[1].isdecimal() and cells[2].isdecimal():
        start, end = int(cells[1]), int(cells[2])
        for base, passage in placed:
            if base <= start and end <= base + len(passage.text):
                written = cells[5].strip() if len(cells) > _ANNOTATION else ""
                return Annotation(
                    name, passage.id, start - base, end - base, cells[3], cells[4].strip(), written
                )
        raise InputError(
            f"{cells[3][:80]!r} stands at {start}…{end}, outside the texts",
            remedy="count characters from the beginning of the title",
        )
    if len(cells) >= _RELATION and cells[1] and not cells[1].isdecimal():
        return Link(cells[1].strip(), (cells[2].strip(), cells[3].strip()))
    raise InputError(
        "neither an annotation nor a relation",
        remedy="give number, start, end, words, type and identifier, or number, type and two "
        "identifiers, between tabs",
    )
