"""Annotations and relations of a BioC document, as BioRED, BC5CDR and PubTator 3 write them.

An annotation has a type and identifiers in its infons and stands at offsets into the document. A
relation names annotations by its nodes, or concepts by infons (``entity1`` and ``entity2``, or
``Chemical`` and ``Disease``): those of its infons that are identifiers of annotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.readers.annotations import Annotation, Link, annotated
from extractors.readers.records import Annotated
from kg.errors import InputError
from kg.model import Document, Passage
from kg.terminology.identifiers import is_prefix

_LABELS = ("type", "relation", "relation type")
_IDENTIFIERS = ("identifier", "id")
_NOT_ARGUMENTS = (*_LABELS, "novel", "score", "note", "annotator", "updated_at")


def read_annotations(
    document: Document,
    record: Mapping[str, Any],
    held: Sequence[tuple[Mapping[str, Any], Passage]],
    *,
    source: str,
    where: str,
) -> Iterator[Annotated | InputError]:
    """The annotated document, after an error for each annotation that does not fit its text."""
    where = f"{where}, document {document.id}"
    annotations: list[Annotation] = []
    problems: list[InputError] = []
    pieces = 0
    for item, passage in held:
        for holder, base in _holders(item, passage):
            for given in _objects(holder.get("annotations")):
                if len(_objects(given.get("locations"))) > 1:
                    pieces += 1
                    continue
                try:
                    annotations.append(_annotation(given, passage, base, where))
                except InputError as error:
                    problems.append(error)
    yield from problems
    known = {name for annotation in annotations for name in annotation.names}
    holders = [record, *(item for item, _ in held)]
    links = [_link(one, known) for holder in holders for one in _objects(holder.get("relations"))]
    name = f"bioc:{'-'.join(source.split()) or 'unnamed'}"
    yield from annotated(document, annotations, links, name, where=where, pieces=pieces)


def _holders(
    item: Mapping[str, Any], passage: Passage
) -> Iterator[tuple[Mapping[str, Any], int]]:  # fmt: skip
    """What holds annotations of a passage, with the offset at which its text begins there."""
    yield item, _whole(item.get("offset")) or 0
    at = 0
    for sentence in _objects(item.get("sentences")):
        start = passage.text.find(str(sentence.get("text", "")), at)
        if start >= 0:
            yield sentence, (_whole(sentence.get("offset")) or 0) - start
            at = start


def _annotation(
    given: Mapping[str, Any], passage: Passage, base: int, where: str
) -> Annotation:  # fmt: skip
    identifier, infons = str(given.get("id", "")), _strings(given.get("infons"))
    place = next(iter(_objects(given.get("locations"))), {})
    start, length = _whole(place.get("offset")), _whole(place.get("length"))
    if start is None or length is None:
        raise InputError(
            f"annotation {identifier}: no offset and length", where=where,
            remedy="give each annotation its location",
        )  # fmt: skip
    names: list[tuple[str, str | None]] = [
        (infons[key], None) for key in infons if key.casefold() in _IDENTIFIERS
    ]
    names += [(value, key) for key, value in infons.items() if is_prefix(key)]
    written, prefix = names[0] if names else ("", None)
    return Annotation(
        identifier, passage.id, start - base, start - base + length, str(given.get("text", "")),
        infons.get("type", ""), written, prefix,
    )  # fmt: skip


def _link(given: Mapping[str, Any], known: set[str]) -> Link:
    infons = given.get("infons")
    infons = infons if isinstance(infons, dict) else {}
    labels = {key.casefold(): str(value) for key, value in infons.items()}
    label = next((labels[key] for key in reversed(_LABELS) if key in labels), "")
    nodes = [str(node.get("refid")) for node in _objects(given.get("nodes"))]
    if nodes:
        return Link(label, tuple(nodes), of_annotations=True)
    values = (value for key, value in infons.items() if key.casefold() not in _NOT_ARGUMENTS)
    named = [_identifier(value) for value in values]
    return Link(label, tuple(name for name in named if name in known))


def _identifier(value: Any) -> str:
    """The identifier that an infon of a relation names; PubTator 3 writes objects."""
    return str(value.get("identifier", "")) if isinstance(value, dict) else str(value)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _strings(infons: Any) -> dict[str, str]:
    return {str(k): str(v) for k, v in infons.items()} if isinstance(infons, dict) else {}


def _whole(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() else None
