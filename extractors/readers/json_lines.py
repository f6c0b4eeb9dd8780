"""JSON: extraction JSON Lines (documents, or documents with given parts), BioC, INDRA, LLM output.

A file is read line by line. Where its first line is not a whole object, the file is taken as one
JSON value: an object or a list of objects, as editors write them.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from extractors.readers import bioc, indra, llm
from extractors.readers.records import Annotated
from kg.errors import FormatError, InputError, KgError
from kg.files.encoding import decode
from kg.files.streams import Line
from kg.io import document_from_json, extraction_from_json
from kg.model import Document, Extraction

Found: TypeAlias = Document | Extraction | Annotated | KgError
MAX_WHOLE = 1 << 28  # bytes of a JSON file that is one value
_REMEDY = "give one JSON object a line; see docs/extraction-json.md"


def read_lines(lines: Iterator[Line], *, annotations: bool = False) -> Iterator[Found]:
    """The documents of a JSON file; a wrong record comes as its error, the rest goes on.

    Parameters
    ----------
    annotations : whether annotations of BioC are read; those of INDRA and LLM output always are
    """
    filled = (line for line in lines if line.data is None or line.data.strip())
    first = next(filled, None)
    if first is None:
        yield InputError("no record", remedy=_REMEDY)
        return
    if _goes_on(first):
        taken, whole = _whole(first, filled)
        if whole is not None:
            yield from _records(whole, "line 1", annotations=annotations)
            return
        rest: Iterator[Line] = iter(taken)
        if not any(_is_record(line) for line in taken[1:]):
            rest = iter(taken[:1])  # a broken value over many lines is one failure, not many
    else:
        rest = itertools.chain([first], filled)
        if _is_statement(first):
            yield from indra.read_statements(_statements(rest))
            return
    for line in rest:
        try:
            value = _parse(line)
        except InputError as error:
            yield error
        else:
            yield from _records(value, f"line {line.number}", annotations=annotations)


def _records(value: Any, where: str, *, annotations: bool) -> Iterator[Found]:
    given = value if isinstance(value, list) else [value]
    values = [
        (f"{where} [{number}]" if isinstance(value, list) else where, record)
        for number, record in enumerate(given, start=1)
    ]
    if values and indra.is_statement(values[0][1]):
        yield from indra.read_statements(values)
        return
    for place, record in values:
        try:
            if isinstance(record, dict) and bioc.is_bioc(record):
                yield from bioc.read_collection(record, where=place, annotations=annotations)
            elif isinstance(record, dict) and llm.is_llm(record):
                yield from llm.read_record(record, where=place)
            else:
                yield _record(record, place)
        except KgError as error:
            yield error


def _is_statement(line: Line) -> bool:
    try:
        return indra.is_statement(_parse(line))
    except InputError:
        return False


def _statements(lines: Iterator[Line]) -> Iterator[tuple[str, Any]]:
    """INDRA statements, one a line, each behind its place; a wrong line stands as None."""
    for line in lines:
        try:
            yield f"line {line.number}", _parse(line)
        except InputError:
            yield f"line {line.number}", None


def _record(record: Any, where: str) -> Document | Extraction:
    if not isinstance(record, dict):
        raise FormatError("not a JSON object", where=where, remedy=_REMEDY)
    given = any(record.get(part) for part in ("sentences", "mentions", "relations"))
    if given:
        return extraction_from_json(record, where=where)
    return document_from_json(record, where=where)


def _parse(line: Line) -> Any:
    where = f"line {line.number}"
    if line.data is None:
        raise InputError("the record is too long", where=where, remedy="split the document")
    try:
        text = decode(line.data)
    except InputError as error:
        raise InputError(error.what, where=where, remedy=error.remedy) from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deeply nested")
        raise InputError(f"not JSON ({reason})", where=where, remedy=_REMEDY) from error


def _goes_on(line: Line) -> bool:
    """Whether a line is the beginning of a JSON value and not all of it."""
    if line.data is None:
        return False
    try:
        json.loads(line.data)
    except json.JSONDecodeError as error:
        return error.pos >= len(error.doc.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _whole(first: Line, rest: Iterator[Line]) -> tuple[list[Line], Any]:
    """All lines, and the one JSON value that they are (None where they are not one)."""
    taken, size = [first], len(first.data or b"")
    for line in rest:
        size += len(line.data or b"")
        if size > MAX_WHOLE:
            raise InputError(f"one JSON value of more than {MAX_WHOLE:,} bytes", remedy=_REMEDY)
        taken.append(line)
    try:
        return taken, json.loads(decode(b"\n".join(line.data or b"" for line in taken)))
    except (InputError, ValueError, RecursionError):
        return taken, None


def _is_record(line: Line) -> bool:
    try:
        return isinstance(json.loads(line.data or b""), dict)
    except (ValueError, RecursionError):
        return False
