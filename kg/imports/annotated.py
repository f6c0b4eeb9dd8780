"""Relations of annotated documents as edges: PubTator's form, and BioC in JSON or XML.

Such a relation holds of a whole document and names two concepts; the document is the publication
that the edge cites. (`kg build --annotations` reads the same files as documents with sentences.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files.streams import open_chunks
from kg.files.xmlstream import read_elements
from kg.imports.jsonvalues import array_items
from kg.imports.labels import Meaning, is_relation, meaning_of, type_labels
from kg.imports.parts import language_of
from kg.imports.values import End, Item, LeftOut, SourceEdge, bad_row
from kg.terminology.identifiers import curie, is_prefix
from kg.terminology.importing.lines import text_lines

_TEXT = re.compile(r"([^|\t]+)\|([ta])\|")
_CELLS = 6
_SEVERAL = re.compile(r"[|;,]")
_LABELS = ("type", "relation", "relation type")
_NOT_ARGUMENTS = (*_LABELS, "novel", "score", "note", "annotator", "updated_at")
Ends = dict[str, End]


def read_pubtator(path: Path) -> Iterator[Item]:
    """The relations of a file in PubTator's form; those of a document follow its annotations."""
    document, ends = "", Ends()
    for number, line in text_lines(path):
        if text := _TEXT.match(line):
            if text[1] != document:
                document, ends = text[1], {}
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{path}:{number}"
        if not line.strip():
            continue
        if not document or cells[0] != document:
            yield bad_row("a line under no title of its document", where, "put it under its texts")
        elif len(cells) >= _CELLS and cells[1].isdecimal():
            _describe(ends, cells[5], cells[4], cells[3], None)
        elif len(cells) >= 4 and not cells[1].isdecimal():
            yield _relation(cells[1], (cells[2], cells[3]), ends, document, where)
        else:
            yield bad_row(
                "neither an annotation nor a relation", where,
                "give number, start, end, words, type and identifier, or number, type and two "
                "identifiers, between tabs",
            )  # fmt: skip


def read_bioc_json(path: Path) -> Iterator[Item]:
    """The relations of a BioC collection in JSON."""
    for where, record in array_items(path, "documents"):
        if isinstance(record, dict):
            yield from _document(record, where)
        else:
            yield bad_row("a document is not an object", where, "give BioC JSON")


def read_bioc_xml(path: Path) -> Iterator[Item]:
    """The relations of a BioC collection in XML."""
    try:
        for number, element in enumerate(read_elements(open_chunks(path), ("document",)), 1):
            record = {
                "id": element.findtext("id", ""),
                "passages": [{"annotations": [_xml(one) for one in element.iter("annotation")],
                              "relations": [_xml(one) for one in element.iter("relation")]}],
            }  # fmt: skip
            yield from _document(record, f"{path} document {number}")
    except InputError as error:
        yield InputError(error.what, where=f"{path} {error.where}", remedy=error.remedy)


def _xml(element: Any) -> dict[str, Any]:
    return {
        "id": element.get("id", ""),
        "infons": {one.get("key", ""): one.text or "" for one in element.iterfind("infon")},
        "text": element.findtext("text", ""),
        "nodes": [{"refid": one.get("refid", "")} for one in element.iterfind("node")],
    }


def _document(record: Mapping[str, Any], where: str) -> Iterator[Item]:
    name = str(record.get("id") or record.get("pmid") or "")
    where = f"{where}, document {name}"
    holders = [record]
    for passage in _objects(record.get("passages")):
        holders += [passage, *_objects(passage.get("sentences"))]
    ends, annotations = Ends(), dict[str, End]()
    for given in (one for holder in holders for one in _objects(holder.get("annotations"))):
        infons = _strings(given.get("infons"))
        named = [(infons[key], None) for key in infons if key.casefold() in ("identifier", "id")]
        named += [(value, key) for key, value in infons.items() if is_prefix(key)]  # type: ignore[misc]
        if named:
            written, prefix = named[0]
            end = _describe(
                ends, written, infons.get("type", ""), str(given.get("text", "")), prefix
            )
            if end is not None:
                annotations[str(given.get("id", ""))] = end
    for given in (one for holder in holders for one in _objects(holder.get("relations"))):
        told = {key.casefold(): value for key, value in _any(given.get("infons")).items()}
        label = next((str(told[key]) for key in reversed(_LABELS) if key in told), "")
        nodes = [str(node.get("refid")) for node in _objects(given.get("nodes"))]
        if nodes:
            yield _relation(label, tuple(nodes), annotations, name, where)
            continue
        values = (value for key, value in told.items() if key not in _NOT_ARGUMENTS)
        named_ends = (
            str(value.get("identifier", "")) if isinstance(value, dict) else str(value)
            for value in values
        )
        yield _relation(label, tuple(n for n in named_ends if n in ends), ends, name, where)


def _describe(ends: Ends, written: str, label: str, text: str, prefix: str | None) -> End | None:
    """Take in what an annotation tells of its identifiers; the one that it tells first, if any."""
    known = type_labels().get(label.casefold())
    if known is None or known.type is None:
        return None
    first = None
    for part in filter(None, map(str.strip, _SEVERAL.split(written))):
        found = curie(part, prefix or known.prefix)
        if found is None:
            continue
        name = " ".join(text.split())
        names = ((language_of(name), name),) if name else ()
        kind = None if known.type == "listed" else known.type
        end = ends.setdefault(part, End(found, names, kind))
        first = first or end
    if first is not None:
        ends.setdefault(written.strip(), first)
    return first


def _relation(
    label: str, arguments: tuple[str, ...], ends: Ends, document: str, where: str
) -> Item:  # fmt: skip
    if len(arguments) != 2:
        return LeftOut("relations that name other than two concepts")
    missing = [name for name in arguments if name not in ends]
    if missing:
        return LeftOut("relations of a thing without identifier or type that we have")
    one, other = (ends[name] for name in arguments)
    if not is_relation(label):
        return bad_row(f"unknown relation {label!r}", where, "add it to kg/imports/relations.tsv")
    meaning = meaning_of(label, one.type or "Outcome", other.type or "Outcome")
    if meaning is None:
        return LeftOut(label)
    return _edge(meaning, one, other, label, document, where)


def _edge(
    meaning: Meaning, one: End, other: End, label: str, document: str, where: str
) -> SourceEdge:
    subject, object_ = (other, one) if meaning.swapped else (one, other)
    return SourceEdge(
        subject, meaning.predicate, object_, where, label, meaning.aspect, meaning.sign,
        record=document, publications=(f"pubmed:{document}",) if document.isdecimal() else (),
    )  # fmt: skip


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _strings(value: Any) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _any(value: Any) -> dict[str, object]:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}
