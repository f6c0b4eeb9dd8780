"""Documents of any input, one by one: its format is found in its content, not in its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.readers import bioc, json_lines, plain, pubmed, pubtator
from extractors.readers.records import Annotated, Deletion, Failure, Item, failure_of
from kg.errors import InputError, KgError
from kg.files.encoding import binary_problem, decode, marked, unfit
from kg.files.streams import STDIN, find_files, join, lines, open_chunks, peek
from kg.files.xmlstream import read_elements
from kg.model import Document, Extraction

MAX_CHARACTERS = 200_000  # of one document: a long article has 100,000, an abstract 3,000
MAX_FILE_BYTES = 4 * MAX_CHARACTERS  # of a plain text file, which is one document


@dataclass(frozen=True, slots=True)
class _Input:
    """An opened file: its name in messages, what an identifier can be made of, and its bytes."""

    name: str
    slug: str
    head: bytes
    chunks: Iterator[bytes]
    annotations: bool = False


def read_documents(
    path: Path | str, *, leave_out: Path | None = None, max_characters: int = MAX_CHARACTERS,
    annotations: bool = False,
) -> Iterator[Item]:  # fmt: skip
    """The documents of a file, of all files of a directory, or of standard input (``-``).

    What cannot be read comes as a `Failure` in its place, and the rest goes on. An `Extraction`
    comes where a JSON record gives mentions or more; a `Deletion` where PubMed withdraws a record;
    an `Annotated` document where a file holds what others found and that is asked for.

    Parameters
    ----------
    leave_out : a file of the directory that is not read, for instance the output.
    max_characters : the longest document, in code points, that is taken.
    annotations : whether annotations that stand beside a text (BioC, PubTator) are read.
    """
    if str(path) == STDIN:
        yield from _read_input(None, "standard input", "stdin", max_characters, annotations)
        return
    root = Path(path)
    try:
        for file in find_files(root, leave_out=leave_out):
            inside = file.relative_to(root).with_suffix("") if file != root else Path(file.stem)
            name = slug("-".join(inside.parts))
            yield from _read_input(file, str(file), name, max_characters, annotations)
    except InputError as error:
        yield failure_of(error, str(root))


def slug(text: str) -> str:
    """An identifier made of a name: lower case, Han characters kept, other signs as hyphens.

    >>> slug("IgA 肾病 (2012)")
    'iga-肾病-2012'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w.]+", "-", folded).strip("-.") or "document"


def _read_input(
    path: Path | None, name: str, slug: str, limit: int, annotations: bool
) -> Iterator[Item]:
    try:
        head, chunks = peek(open_chunks(path))
        source = _Input(name, slug, head, chunks, annotations)
        for item in _format_of(source)(source):
            yield _checked(item, name, limit)
    except KgError as error:
        yield failure_of(_placed(error, name), name)
    except OSError as error:
        yield Failure(name, f"cannot be read ({error.strerror or error})", "check its permissions")


_Read = Callable[[_Input], Iterator["Document | Extraction | Annotated | Deletion | KgError"]]


def _format_of(source: _Input) -> _Read:
    """The reader of a file's format.

    Raises
    ------
    InputError
        where the file is empty, binary, or of a format that is known and not read.
    """
    if not source.head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise InputError("the file is empty", remedy="give a file with an abstract in it")
    problem = binary_problem(source.head)
    if problem:
        raise InputError(problem[0], remedy=problem[1])
    start = source.head.decode(marked(source.head) or "utf-8", "replace").lstrip()
    if re.match(r"<(?:!doctype\s+html|html)\b", start, re.IGNORECASE):
        raise InputError("this is a web page", remedy="save the abstract as text or PubMed XML")
    if start.startswith("<"):
        return _read_xml
    if re.match(r"PMID ?- ?\d", start):
        raise InputError("this is MEDLINE format", remedy="download it from PubMed as XML")
    if start.startswith(("{", "[{", "[\n", "[ ", "[\r")) or re.match(r"\[\s*[{\]]", start):
        return _read_json
    return _read_pubtator if pubtator.TEXT_LINE.match(start.partition("\n")[0]) else _read_plain


def _read_xml(source: _Input) -> Iterator[Document | Annotated | Deletion | KgError]:
    for element in read_elements(source.chunks, (*pubmed.TAGS, *bioc.TAGS)):
        try:
            if element.tag in bioc.TAGS:
                yield from bioc.read_element(element, annotations=source.annotations)
            else:
                yield from pubmed.read_record(element)
        except KgError as error:
            yield error


def _read_json(source: _Input) -> Iterator[Document | Extraction | Annotated | KgError]:
    return json_lines.read_lines(lines(_as_utf8(source)), annotations=source.annotations)


def _read_pubtator(source: _Input) -> Iterator[Document | Annotated | KgError]:
    return pubtator.read_lines(lines(_as_utf8(source)), annotations=source.annotations)


def _read_plain(source: _Input) -> Iterator[Document]:
    data = join(source.chunks, limit=MAX_FILE_BYTES)
    name = source.slug
    if name == "stdin":
        name = f"stdin-{hashlib.sha256(data).hexdigest()[:12]}"
    yield from plain.read_text(decode(data).removeprefix("\ufeff"), name=name)


def _as_utf8(source: _Input) -> Iterator[bytes]:
    """The bytes of a text file in UTF-8; what is marked as UTF-16 or UTF-32 is held whole."""
    encoding = marked(source.head)
    if encoding in (None, "utf-8-sig"):
        yield from _without_mark(source.chunks)
        return
    yield decode(join(source.chunks, limit=json_lines.MAX_WHOLE)).encode("utf-8", "surrogatepass")


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first, rest = peek(chunks, 3)
    skip = 3 if first.startswith(b"\xef\xbb\xbf") else 0
    for chunk in rest:
        yield chunk[skip:]
        skip = max(0, skip - len(chunk))


def _checked(
    item: Document | Extraction | Annotated | Deletion | KgError, name: str, limit: int
) -> Item:
    """The item, or a failure where it is an error, too long, or holds characters no text has."""
    if isinstance(item, KgError):
        return failure_of(_placed(item, name), name)
    if isinstance(item, Deletion):
        return item
    document = item if isinstance(item, Document) else item.document
    where = f"{name}, document {document.id}"
    size = sum(len(passage.text) for passage in document.passages)
    if size > limit:
        return Failure(
            where, f"the document has {size:,} characters, more than {limit:,}",
            "split it: one abstract a document",
        )  # fmt: skip
    for text in _texts(document):
        character = unfit(text)
        if character:
            return Failure(where, f"its text holds {character}", "remove that character")
    return item


def _texts(document: Document) -> Iterator[str]:
    yield document.id
    for passage in document.passages:
        yield from (passage.text, passage.label or "", passage.id)
    source = document.source
    yield from (
        value or ""
        for value in (
            source.title, source.vernacular_title, source.doi, source.pmid, source.pmcid,
            source.date, source.journal, source.citation, source.affiliation, *source.mesh,
            *source.publication_types,
        )
    )  # fmt: skip


def _placed(error: KgError, name: str) -> KgError:
    """The error with the file's name before its line."""
    line = error.where.removeprefix("line ") if error.where.startswith("line ") else None
    where = f"{name}:{line}" if line else f"{name}: {error.where}" if error.where else name
    return type(error)(error.what, where=where, remedy=error.remedy)
