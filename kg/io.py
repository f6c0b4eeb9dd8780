"""Extraction JSON: one `Extraction` is one line of JSON Lines, checked strictly when read.

The form is documented in ``docs/extraction-json.md``. The input form of `kg extract` is the same
object with only ``id``, ``passages`` and, where known, ``source``.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, TextIO, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kg.errors import FormatError
from kg.model import (
    Cue,
    Document,
    Extraction,
    Group,
    Mention,
    Passage,
    Quantity,
    RelationMention,
    Result,
    Source,
    Span,
    StudyDesign,
)

T = TypeVar("T")
Json = dict[str, Any]

_LARGEST = 2**53
_PARTS = ("sentences", "mentions", "relations", "quantities", "results", "designs", "discrepancies")


def extraction_to_json(extraction: Extraction) -> Json:
    """The JSON object of an extraction, keys in the documented order."""
    parts = {part: [encode(value) for value in getattr(extraction, part)] for part in _PARTS}
    whole = document_to_json(extraction.document) | parts
    known = extraction.provenance
    return whole if known is None else whole | {"provenance": encode(known)}


def document_to_json(document: Document) -> Json:
    """The JSON object of a document alone: the input form of `kg extract`."""
    source = {k: v for k, v in encode(document.source).items() if v not in (None, [])}
    passages = [encode(passage) for passage in document.passages]
    return {"id": document.id, "source": source, "passages": passages}


def extraction_from_json(record: Json, *, where: str = "") -> Extraction:
    """The extraction that a JSON object holds.

    Raises
    ------
    FormatError
        where a key is unknown or missing, a value has the wrong type, an identifier is used twice
        or points nowhere, or offsets do not give back the text.

    Mentions may be given without sentences, for `kg extract` to read relations between them; their
    `sentence` is then empty.
    """
    document = document_from_json(record, where=where)
    if not record.get("sentences") and isinstance(record.get("mentions"), list):
        mentions = [_in_no_sentence(mention) for mention in record["mentions"]]
        record = record | {"mentions": mentions}
    hints = get_type_hints(Extraction)
    parts = {part: _decode(record.get(part, []), hints[part], f"{where} {part}") for part in _PARTS}
    provenance = _decode(
        record.get("provenance"), hints["provenance"], f"{where} provenance"
    )  # fmt: skip
    extraction = Extraction(document, **parts, provenance=provenance)
    _check(extraction, where)
    return extraction


def document_from_json(record: Json, *, where: str = "") -> Document:
    """The document (texts and source) that a JSON object holds."""
    if not isinstance(record, dict):
        raise FormatError("not a JSON object", where=where, remedy="give one object a line")
    unknown = set(record) - {"id", "source", "passages", "provenance", *_PARTS}
    if unknown:
        raise FormatError(
            f"unknown key {', '.join(sorted(unknown))}", where=where,
            remedy="see docs/extraction-json.md",
        )  # fmt: skip
    identifier = record.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        raise FormatError("no id", where=where, remedy="give each document an id such as pubmed:1")
    source = _decode(record.get("source") or {}, Source, f"{where} source")
    items = record.get("passages")
    if not isinstance(items, list) or not items:
        raise FormatError("no passages", where=where, remedy="give a list of language and text")
    numbered = [
        {"id": f"p{n}"} | item if isinstance(item, dict) else item
        for n, item in enumerate(items, 1)
    ]
    passages = tuple(_decode(item, Passage, f"{where} passages") for item in numbered)
    if len({passage.id for passage in passages}) < len(passages):
        raise FormatError("two passages have one id", where=where, remedy="number them apart")
    return Document(identifier.strip(), passages, source)


def read_records(path: Path) -> Iterator[tuple[str, Json]]:
    """Pairs (place such as ``file:12``, JSON object) of a JSON Lines file; blank lines skipped."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path}:{number}", parse_record(line, f"{path}:{number}")
    except UnicodeDecodeError as error:
        raise FormatError(
            "not UTF-8 text", where=str(path), remedy="convert it to UTF-8"
        ) from error


def read_extractions(path: Path) -> Iterator[Extraction]:
    """The extractions of a JSON Lines file; the first wrong line raises `FormatError`."""
    for where, record in read_records(path):
        yield extraction_from_json(record, where=where)


def write_extractions(extractions: Iterable[Extraction], out: TextIO) -> int:
    """Write one line of JSON for each extraction; how many were written."""
    count = 0
    for count, extraction in enumerate(extractions, 1):  # noqa: B007
        out.write(json.dumps(extraction_to_json(extraction), ensure_ascii=False) + "\n")
    return count


def parse_record(line: str | bytes, where: str) -> Json:
    """The JSON object of one line.

    Raises
    ------
    FormatError
        where the line is not JSON, not UTF-8, or has half a character (a lone surrogate).
    """
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        record = cast(Json, json.loads(text))
        if "\\ud" in text.casefold():
            json.dumps(record, ensure_ascii=False).encode()
        return record
    except UnicodeError as error:
        raise FormatError("not UTF-8 text", where=where, remedy="convert it to UTF-8") from error
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deeply nested")
        raise FormatError(
            f"not JSON ({reason})", where=where, remedy="give one JSON object a line"
        ) from error


def encode(value: Any) -> Any:
    """A frozen value as JSON objects and lists."""
    if dataclasses.is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    return {
        field.name: (hints[field.name], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(kind)
    }


def _decode(value: Any, kind: Any, where: str) -> Any:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _decode_object(value, cast(type, kind), where)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in get_args(kind):
            return None
        return _decode(value, next(a for a in get_args(kind) if a is not type(None)), where)
    if origin is tuple:
        if not isinstance(value, list):
            raise FormatError(f"{value!r} is not a list", where=where)
        return tuple(
            _decode(item, get_args(kind)[0], f"{where}[{n}]") for n, item in enumerate(value)
        )
    if origin is Literal:
        if value not in get_args(kind):
            allowed = ", ".join(map(str, get_args(kind)))
            raise FormatError(f"{value!r} is not allowed", where=where, remedy=f"use {allowed}")
        return value
    if kind is float and type(value) is int and abs(value) < _LARGEST:
        return float(value)
    if kind is float and type(value) is float and not math.isfinite(value):
        raise FormatError(f"{value} is not a finite number", where=where)
    if type(value) is not kind:
        raise FormatError(f"{value!r} is not a {kind.__name__}", where=where)
    return value


def _decode_object(value: Any, kind: type[T], where: str) -> T:
    if not isinstance(value, dict):
        raise FormatError(f"{value!r} is not an object", where=where)
    fields = _fields(cast(Any, kind))
    unknown = set(value) - set(fields)
    missing = {name for name, (_, required) in fields.items() if required} - set(value)
    if unknown or missing:
        problem = f"unknown key {min(unknown)}" if unknown else f"no {min(missing)}"
        raise FormatError(problem, where=where, remedy=f"keys are {', '.join(fields)}")
    decoded = {name: _decode(v, fields[name][0], f"{where}.{name}") for name, v in value.items()}
    return kind(**decoded)


def _in_no_sentence(mention: Any) -> Any:
    return {"sentence": ""} | mention if isinstance(mention, dict) else mention


def _check(extraction: Extraction, where: str) -> None:
    """Raise `FormatError` where parts refer to what is not there, or offsets give other words."""
    texts = {passage.id: passage.text for passage in extraction.document.passages}
    ids: dict[str, str] = {}
    for part in _PARTS[:-1]:
        for value in getattr(extraction, part):
            if value.id in ids:
                raise FormatError(f"id {value.id} is used twice", where=f"{where} {part}")
            ids[value.id] = part
    placed: list[Any] = [
        *extraction.sentences, *extraction.mentions, *extraction.quantities, *extraction.designs,
    ]  # fmt: skip
    for value in placed:
        text = texts.get(value.passage)
        if text is None:
            raise FormatError(f"{value.id}: no passage {value.passage}", where=where)
        _check_span(value, getattr(value, "text", None), text, value.id, where)
    for name, part, kind in _references(extraction):
        if ids.get(name) != kind:
            raise FormatError(f"{part}: no {name} among the {kind} of this document", where=where)
    _check_places(extraction, texts, where)


def _references(extraction: Extraction) -> Iterator[tuple[str, str, str]]:
    """Triples (id that is referred to, part that refers, kind of part that it must be)."""
    for kind in _PARTS[:-1]:
        for value in getattr(extraction, kind):
            yield from ((name, value.id, kind) for name in value.aligned)
            if kind != "sentences" and not _is_given(value, extraction):
                yield value.sentence, value.id, "sentences"
    for relation in extraction.relations:
        named = (relation.subject, relation.object, *relation.via)
        yield from ((name, relation.id, "mentions") for name in named)
    for quantity in extraction.quantities:
        if quantity.of is not None:
            yield quantity.of, quantity.id, "mentions"
        if quantity.time is not None:
            yield quantity.time, quantity.id, "quantities"
    for result in extraction.results:
        groups = [group.mention for group in _groups(result)]
        numbers = [*result.arm_values, *result.comparator_values]
        numbers += [number for arm in result.values for number in arm.values]
        single = (result.effect, result.p_value, result.time, *(arm.time for arm in result.values))
        yield from ((name, result.id, "mentions") for name in (result.outcome, *groups) if name)
        yield from ((name, result.id, "quantities") for name in (*numbers, *single) if name)
    yield from _circumstances(extraction)


def _circumstances(extraction: Extraction) -> Iterator[tuple[str, str, str]]:
    told: tuple[RelationMention | Result, ...] = (*extraction.relations, *extraction.results)
    for stated in told:
        for qualifier in stated.context:
            yield qualifier.sentence, stated.id, "sentences"
            if qualifier.mention is not None:
                yield qualifier.mention, stated.id, "mentions"
            if qualifier.quantity is not None:
                yield qualifier.quantity, stated.id, "quantities"


def _groups(result: Result) -> Iterator[Group]:
    """The groups that a result names, in any of its parts."""
    yield from filter(None, (result.arm, result.comparator, *(a.group for a in result.values)))


def _is_given(value: Any, extraction: Extraction) -> bool:
    """Whether a mention is given with its text alone, for the sentences to be found later."""
    return isinstance(value, Mention) and not (extraction.sentences or value.sentence)


def _check_places(extraction: Extraction, texts: dict[str, str], where: str) -> None:
    """Check that parts stand in their sentence, and triggers and cues where they say."""
    sentences = {sentence.id: sentence for sentence in extraction.sentences}
    placed: tuple[Mention | Quantity | StudyDesign, ...] = (
        *extraction.mentions, *extraction.quantities, *extraction.designs,
    )  # fmt: skip
    for value in placed:
        if _is_given(value, extraction):
            continue
        sentence = sentences[value.sentence]
        inside = sentence.start <= value.start < value.end <= sentence.end
        if value.passage != sentence.passage or not inside:
            raise FormatError(f"{value.id}: lies outside sentence {value.sentence}", where=where)
    told: tuple[RelationMention | Result, ...] = (*extraction.relations, *extraction.results)
    for stated in told:
        text = texts[sentences[stated.sentence].passage]
        spans: list[Span | Cue] = [*filter(None, [stated.trigger]), *stated.cues]
        for span in spans:
            _check_span(span, span.text, text, stated.id, where)
        for qualifier in stated.context:
            words = texts.get(qualifier.passage, "")
            _check_span(qualifier, qualifier.text, words, stated.id, where)
    for result in extraction.results:
        text = texts[sentences[result.sentence].passage]
        for group in _groups(result):
            if group.start is not None or group.end is not None:
                _check_span(group, group.text, text, result.id, where)
    for quantity in extraction.quantities:
        if quantity.group is not None:
            text = texts[quantity.passage]
            _check_span(quantity.group, quantity.group.text, text, quantity.id, where)


def _check_span(value: Any, words: str | None, text: str, name: str, where: str) -> None:
    if value.start is None or value.end is None or not 0 <= value.start < value.end <= len(text):
        raise FormatError(f"{name}: offsets lie outside the passage", where=where)
    if words is not None and text[value.start : value.end] != words:
        raise FormatError(
            f"{name}: text {words!r} is not what stands at {value.start}…{value.end}",
            where=where, remedy="count offsets in code points of the passage's text",
        )  # fmt: skip
