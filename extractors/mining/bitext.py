"""Aligned texts as units: a few sentences of each language that say the same.

Pairs of line-aligned files (``x.en``, ``x.zh``), TSV tables with columns ``en`` and ``zh``, and TMX
say themselves what is aligned; of all other inputs, `extractors.readers` reads the documents and
`extractors.alignment` aligns their sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.readers.reading import read_documents
from extractors.readers.records import Annotated, Deletion, Failure
from kg.errors import InputError, KgError
from kg.files.encoding import decode
from kg.files.streams import lines, open_chunks, peek
from kg.files.xmlstream import read_elements, text_of
from kg.model import Document, Extraction, Language

if TYPE_CHECKING:
    from lxml.etree import _Element

    from extractors.pipeline import Steps

MAX_CHARACTERS = 3_000  # of one side; longer ones are no sentences
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Unit:
    """Aligned text of both languages; `id` names it so that a person finds it again."""

    id: str
    en: str
    zh: str


def read_units(inputs: Iterable[str], steps: Steps) -> Iterator[Unit | Failure]:
    """The units of some files; what cannot be read comes as a `Failure`, and the rest goes on.

    Parameters
    ----------
    inputs : files or directories; ``x.en`` and ``x.zh`` belong together
    steps : of the pipeline, which cut and align documents that are not aligned
    """
    paths = [Path(name) for name in inputs]
    for path in paths:
        if path.suffix == ".zh" and path.with_suffix(".en") in paths:
            continue
        try:
            yield from _read(path, paths, steps)
        except KgError as error:
            where = error.where if str(path) in error.where else f"{path}: {error.where}"
            yield Failure(where.removesuffix(": "), error.what, error.remedy)


def units_of(extraction: Extraction) -> Iterator[Unit]:
    """The aligned sentences of an extraction, those that belong together as one unit."""
    document = extraction.document
    language = {passage.id: passage.language for passage in document.passages}
    texts = {passage.id: passage.text for passage in document.passages}
    sentences = {sentence.id: sentence for sentence in extraction.sentences}
    done: set[str] = set()
    for first in extraction.sentences:
        if first.id in done or not first.aligned:
            continue
        group, waiting = [], [first.id]
        while waiting:
            identifier = waiting.pop()
            if identifier in done or identifier not in sentences:
                continue
            done.add(identifier)
            group.append(identifier)
            waiting.extend(sentences[identifier].aligned)
        sides: dict[Language, list[str]] = {"en": [], "zh": []}
        for sentence in extraction.sentences:
            if sentence.id in group:
                text = texts[sentence.passage][sentence.start : sentence.end]
                sides[language[sentence.passage]].append(text)
        yield Unit(f"{document.id}#{first.id}", " ".join(sides["en"]), "".join(sides["zh"]))


def _read(path: Path, paths: list[Path], steps: Steps) -> Iterator[Unit | Failure]:
    if path.suffix in (".en", ".zh"):
        yield from _read_lines(path, paths)
        return
    head = b"" if path.is_dir() or not path.exists() else peek(open_chunks(path))[0]
    if b"<tmx" in head[:1000]:
        yield from _read_tmx(path)
    elif {"en", "zh"} <= set(_header(head)):
        yield from _read_table(path)
    else:
        yield from _read_documents(path, steps)


def _header(head: bytes) -> list[str]:
    first = head.split(b"\n", 1)[0].removesuffix(b"\r")
    return first.decode("utf-8-sig", errors="replace").split("\t")


def _read_lines(en: Path, paths: list[Path]) -> Iterator[Unit | Failure]:
    zh = en.with_suffix(".zh")
    if en.suffix == ".zh" or zh not in paths:
        other = en.with_suffix(".en" if en.suffix == ".zh" else ".zh")
        raise InputError(
            "one of two line-aligned files", where=str(en), remedy=f"give {other.name} with it"
        )
    sides = [_lines(en), _lines(zh)]
    if len(sides[0]) != len(sides[1]):
        raise InputError(
            f"{len(sides[0])} lines, and {zh.name} has {len(sides[1])}", where=str(en),
            remedy="align the files line by line; an empty line where there is no counterpart",
        )  # fmt: skip
    for number, (one, other) in enumerate(zip(*sides, strict=True), 1):
        yield from _unit(f"{en.stem}:{number}", one, other)


def _read_table(path: Path) -> Iterator[Unit | Failure]:
    header, *rows = [line.split("\t") for line in _lines(path)]
    places = {name: header.index(name) for name in ("id", "en", "zh") if name in header}
    for number, cells in enumerate(rows, 2):
        where = f"{path}:{number}"
        if cells == [""]:
            continue
        if len(cells) != len(header):
            message = f"{len(cells)} cells, and the header has {len(header)}"
            yield Failure(where, message, "separate the cells by one tab")
            continue
        name = cells[places["id"]] if "id" in places else f"{path.stem}:{number}"
        yield from _unit(name, cells[places["en"]], cells[places["zh"]])


def _read_tmx(path: Path) -> Iterator[Unit | Failure]:
    for number, unit in enumerate(read_elements(open_chunks(path), ("tu",)), 1):
        sides = {_language(one): text_of(one.find("seg")) for one in unit.iter("tuv")}
        name = unit.get("tuid") or f"{path.stem}:{number}"
        yield from _unit(name, sides.get("en", ""), sides.get("zh", ""))


def _language(element: _Element) -> str:
    return (element.get(_XML_LANG) or element.get("lang") or "")[:2].lower()


def _read_documents(path: Path, steps: Steps) -> Iterator[Unit | Failure]:
    for item in read_documents(path):
        if isinstance(item, Failure):
            yield item
        elif isinstance(item, Annotated):
            yield from units_of(_aligned(item.document, steps))
        elif not isinstance(item, Deletion):
            yield from units_of(_aligned(item, steps))


def _aligned(item: Document | Extraction, steps: Steps) -> Extraction:
    given = item if isinstance(item, Extraction) else Extraction(item)
    if any(sentence.aligned for sentence in given.sentences):
        return given
    sentences = given.sentences or steps.sentences(given.document)
    mentions = given.mentions or steps.mentions(given.document, sentences)
    return steps.align(Extraction(given.document, sentences, mentions))


def _unit(name: str, en: str, zh: str) -> Iterator[Unit | Failure]:
    en, zh = en.strip(), zh.strip()
    if en and zh and max(len(en), len(zh)) <= MAX_CHARACTERS:
        yield Unit(name, en, zh)


def _lines(path: Path) -> list[str]:
    found = []
    for line in lines(open_chunks(path)):
        if line.data is None:
            raise InputError("a line of more than 16 MiB", where=f"{path}:{line.number}",
                             remedy="give one sentence a line")  # fmt: skip
        found.append(decode(line.data.removesuffix(b"\r")))
    return found
