"""What an edge needs of the graph: the fields of statements, and the documents that bear on them.

A store on disk gives both as lines, in the order in which it keeps statements; lines are read many
times quicker than terms. Other stores give quads, which are put in order here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, cast

from kg.export.scanning import by_object
from kg.model import Language
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import DOCUMENT_GRAPH_BASE, PLX, RDF, RDFS, STATEMENT_BASE, STATEMENTS_GRAPH
from kg.vocab import document_of as read_document

# Name of a field → its values. The names are those below, and for labels label@en, label@zh.
Fields = dict[str, list[str]]

_PREDICATES: dict[str, IRI] = {
    "subject": RDF.subject, "predicate": RDF.predicate, "object": RDF.object,
    "aspect": PLX.aspect, "sign": PLX.sign, "resolvedSign": PLX.resolvedSign, "via": PLX.via,
    "status": PLX.status, "belief": PLX.belief, "crossLingualStatus": PLX.crossLingualStatus,
    "derived": PLX.derived,
}  # fmt: skip
_LABEL = "label"
_NAMES = {predicate.value: name for name, predicate in _PREDICATES.items()}
_NAMES[RDFS.label.value] = _LABEL
# Most statements have these values, which are those of an edge that has none: they are not read.
DEFAULTS = {"status": "asserted", "crossLingualStatus": "monolingual"}
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def statement_fields(store: Store, *, labelled: bool) -> Iterator[tuple[str, Fields]]:
    """The IRIs of statements, each with its fields, of a store that keeps them in order."""
    names = {str(code): name for code, name in enumerate((*_PREDICATES, _LABEL))}
    before = f"<{STATEMENT_BASE}"
    current, fields = "", Fields()
    for line in store.query_lines(_query(labelled=labelled)):
        subject, code, value = line.split("\t")
        if subject != current:
            if current.startswith(before):
                yield current[1:-1], fields
            current, fields = subject, {}
        name = names[code]
        if value[0] == "<":
            value = value[1:-1]
        elif value[0] == '"':
            value, language = _literal(value)
            name = name if name != _LABEL else f"{_LABEL}@{language or 'en'}"
        elif value[0] == "_":  # a blank node
            continue
        if name in fields:
            fields[name].append(value)
        else:
            fields[name] = [value]
    if current.startswith(before):
        yield current[1:-1], fields


def fields_of(quads: Iterable[Quad]) -> Fields:
    """The fields of a statement from the quads of its node."""
    fields: Fields = {}
    for quad in quads:
        name, value = _NAMES.get(quad.predicate.value), quad.object
        if name and isinstance(value, IRI | Literal):
            if name == _LABEL:
                if isinstance(value, IRI):
                    continue
                name = f"{_LABEL}@{value.language or 'en'}"
            fields.setdefault(name, []).append(value.value)
    return fields


def labels_of(fields: Fields) -> tuple[tuple[Language, str], ...]:
    """The labels among the fields, each with its language."""
    start = f"{_LABEL}@"
    found = [(name, texts) for name, texts in fields.items() if name.startswith(start)]
    if not found:
        return ()
    pairs = ((name.removeprefix(start), text) for name, texts in found for text in texts)
    return tuple(sorted(cast(Any, pairs)))


def bearing(store: Store, predicate: IRI) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The IRIs of statements, each with the documents whose evidence bears on it in such a way."""
    if not store.is_ordered:
        for statement, quads in by_object(store, predicate):
            yield statement.value, documents(quads)
        return
    query = f"SELECT ?statement ?graph {{ GRAPH ?graph {{ ?evidence {predicate} ?statement }} }}"
    rows = (line.split("\t") for line in store.query_lines(query))
    for statement, found in groupby(rows, key=lambda row: row[0]):
        yield statement[1:-1], _listed(graph[1:-1] for _, graph in found)


def documents(quads: Iterable[Quad]) -> tuple[str, ...]:
    """The documents in whose graphs quads stand."""
    return _listed(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, IRI))


def _listed(graphs: Iterable[str]) -> tuple[str, ...]:
    found = {read_document(graph) for graph in graphs if graph.startswith(DOCUMENT_GRAPH_BASE)}
    return tuple(sorted(found))


@cache
def _query(*, labelled: bool) -> str:
    """Statement, number of the field, value; the numbers are as short as can be."""
    predicates = [*_PREDICATES.values(), *([RDFS.label] if labelled else [])]
    code = "-1"
    for number, predicate in reversed(list(enumerate(predicates))):
        code = f"IF(sameTerm(?p, {predicate}), {number}, {code})"
    usual = " || ".join(f'sameTerm(?value, "{value}")' for value in DEFAULTS.values())
    return f"""SELECT ?statement ?field ?value {{
        GRAPH {STATEMENTS_GRAPH} {{ ?statement ?p ?value }}
        FILTER(?p IN ({", ".join(map(str, predicates))}) && !({usual}))
        BIND({code} AS ?field)
    }}"""


def _literal(text: str) -> tuple[str, str]:
    """The value and the language of a literal as TSV has it."""
    value, _, kind = text[1:].rpartition('"')
    if "\\" in value:
        value = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), value)
    return value, kind[1:] if kind.startswith("@") else ""
