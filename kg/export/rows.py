"""What an edge needs of the graph: the fields of statements, and the documents that bear on them.

A store on disk gives both as lines, in the order in which it keeps statements; lines are read many
times quicker than terms. Other stores give quads, which are put in order here. Most of the time of
a store goes into looking up long IRIs, so a statement names itself on as few lines as can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast
from urllib.parse import unquote

from kg.export.scanning import by_object
from kg.model import Language
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import DOCUMENT_GRAPH_BASE, PLX, RDF, RDFS, STATEMENT_BASE, STATEMENTS_GRAPH
from kg.vocab import document_of as read_document

# Name of a field → its value, the first in order where there are several; of `via` all of them.
# The names are those below, and `label` with all labels, each with its language.
Fields = dict[str, Any]

_PREDICATES: dict[str, IRI] = {
    "subject": RDF.subject, "predicate": RDF.predicate, "object": RDF.object,
    "belief": PLX.belief, "status": PLX.status, "crossLingualStatus": PLX.crossLingualStatus,
    "aspect": PLX.aspect, "sign": PLX.sign, "resolvedSign": PLX.resolvedSign, "via": PLX.via,
    "derived": PLX.derived, "supportingSource": PLX.supportingSource,
    "opposingSource": PLX.opposingSource, "hypothesizingSource": PLX.hypothesizingSource,
}  # fmt: skip
# Every statement has one of each of these; they may come without the name of their statement.
_ALWAYS = ("predicate", "object", "belief")
_LABEL = "label"
_LISTED = ("via", "supportingSource", "opposingSource", "hypothesizingSource")
_NAMES = {predicate.value: name for name, predicate in _PREDICATES.items()}
_NAMES[RDFS.label.value] = _LABEL
# Most statements have these values, which are those of an edge that has none: they are not read.
DEFAULTS = {"status": "asserted", "crossLingualStatus": "monolingual"}
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def statement_fields(store: Store, *, labelled: bool) -> Iterator[tuple[str, Fields]]:
    """The IRIs of statements, each with its fields, of a store that keeps them in order."""
    names = (*_PREDICATES, _LABEL)
    coded = {str(code): name for code, name in enumerate(names)}
    before = f"<{STATEMENT_BASE}"
    current, fields = "", Fields()
    for line in store.query_lines(_query(labelled=labelled, always=_has_always(store))):
        subject, code, value = line.split("\t")
        name = coded[code]
        # A line without a name tells a field again, or another line another name: the next begins.
        if subject != current if subject and current else not subject and name in fields:
            if current.startswith(before):
                yield current[1:-1], fields
            current, fields = subject, {}
        elif subject:
            current = subject
        first = value[0]
        if first == "<":
            value = value[1:-1]
        elif first == '"':
            value, language = _literal(value)
            if name == _LABEL:
                fields.setdefault(name, []).append((language or "en", value))
                continue
        elif first == "_":  # a blank node
            continue
        if name in fields or name in _LISTED:
            _add(fields, name, value)
        else:
            fields[name] = value
    if current.startswith(before):
        yield current[1:-1], fields


def _add(fields: Fields, name: str, value: str) -> None:
    if name in _LISTED:
        fields.setdefault(name, []).append(value)
    else:
        fields[name] = min(value, fields.get(name, value))


def _has_always(store: Store) -> bool:
    """Whether the fields that every statement has are all there, as often as their subjects are."""
    counts: set[str] = set()
    for name in ("subject", *_ALWAYS):
        pattern = f"GRAPH {STATEMENTS_GRAPH} {{ ?statement {_PREDICATES[name]} ?value }}"
        counts.update(store.query_lines(f"SELECT (COUNT(*) AS ?count) {{ {pattern} }}"))
    return len(counts) == 1


def fields_of(quads: Iterable[Quad]) -> Fields:
    """The fields of a statement from the quads of its node."""
    fields: Fields = {}
    for quad in quads:
        name, value = _NAMES.get(quad.predicate.value), quad.object
        if name == _LABEL:
            if isinstance(value, Literal):
                fields.setdefault(name, []).append((value.language or "en", value.value))
        elif name and isinstance(value, IRI | Literal):
            _add(fields, name, value.value)
    return fields


def labels_of(fields: Fields) -> tuple[tuple[Language, str], ...]:
    """The labels among the fields, each with its language."""
    return tuple(sorted(cast(Any, fields.get(_LABEL, ()))))


def bearing(store: Store, predicate: IRI) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The IRIs of statements, each with the documents whose evidence bears on it in such a way."""
    if not store.is_ordered:
        for iri, quads in by_object(store, predicate):
            yield iri.value, documents(quads)
        return
    query = f"SELECT ?statement ?graph {{ GRAPH ?graph {{ ?evidence {predicate} ?statement }} }}"
    current, found = "", set[str]()
    between = f"\t<{DOCUMENT_GRAPH_BASE}"
    for line in store.query_lines(query):
        statement, graph, name = line.partition(between)
        if statement != current and graph:
            if found:
                yield current[1:-1], tuple(sorted(found))
            current, found = statement, set()
        if graph:
            name = name[:-1]
            found.add(unquote(name) if "%" in name else name)
    if found:
        yield current[1:-1], tuple(sorted(found))


def documents(quads: Iterable[Quad]) -> tuple[str, ...]:
    """The documents in whose graphs quads stand."""
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, IRI)}
    found = {read_document(graph) for graph in graphs if graph.startswith(DOCUMENT_GRAPH_BASE)}
    return tuple(sorted(found))


@cache
def _query(*, labelled: bool, always: bool) -> str:
    """Statement, number of the field, value; the numbers are as short as can be.

    Where the fields that every statement has are all there, their lines leave the statement out:
    the others of its lines name it.
    """
    predicates = [*_PREDICATES.values(), *([RDFS.label] if labelled else [])]
    code = "-1"
    for number, predicate in reversed(list(enumerate(predicates))):
        code = f"IF(sameTerm(?p, {predicate}), {number}, {code})"
    usual = " || ".join(f'sameTerm(?value, "{value}")' for value in DEFAULTS.values())
    nameless = ", ".join(str(list(_PREDICATES).index(name)) for name in _ALWAYS)
    name = f"IF(?field IN ({nameless}), ?nothing, ?statement)" if always else "?statement"
    return f"""SELECT ?name ?field ?value {{
        GRAPH {STATEMENTS_GRAPH} {{ ?statement ?p ?value }}
        FILTER(?p IN ({", ".join(map(str, predicates))}) && !({usual}))
        BIND({code} AS ?field)
        BIND({name} AS ?name)
    }}"""


def _literal(text: str) -> tuple[str, str]:
    """The value and the language of a literal as TSV has it."""
    value, _, kind = text[1:].rpartition('"')
    if "\\" in value:
        value = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), value)
    return value, kind[1:] if kind.startswith("@") else ""
