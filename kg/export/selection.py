"""Which statements, concepts and documents are exported: one stream of each, one by one.

What is selected is written whole: a filter never cuts the evidence of a statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import TypeVar, cast

from kg.assembly.values import Status
from kg.errors import CurieError, InputError, NotFoundError
from kg.export.rows import (
    DEFAULTS,
    Fields,
    bearing,
    documents,
    fields_of,
    labels_of,
    statement_fields,
)
from kg.export.scanning import Alongside, Properties, all_of, by_subject, one, properties
from kg.export.values import Edge, Standing
from kg.model import Language, MentionType, Predicate
from kg.rdf.terminology import Concept
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    CURATIONS_GRAPH,
    DCTERMS,
    DOCUMENT_GRAPH_BASE,
    PLX,
    PREDICATE_SIGNS,
    RDF,
    SKOS,
    STATEMENT_BASE,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    compress,
    concept_iri,
    document_graph,
    document_iri,
    document_of,
    predicate_iri,
    predicate_of,
    source_of,
    statement_of,
    type_iri,
    type_of,
)

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_KEPT = 1 << 14  # answers about concepts and documents that are remembered
_BEARINGS = (PLX.supports, PLX.denies, PLX.hypothesizesOn, PLX.retractedOn)
_Documents = tuple[str, ...]
_AT_ONCE = 512  # statements that are looked for together among those that evidence bears on
T = TypeVar("T")
_SOURCES = ("supportingSource", "opposingSource", "hypothesizingSource")
_MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


@dataclass(frozen=True, slots=True)
class Selection:
    """What an export is restricted to; an empty field restricts nothing.

    `types` asks that one end of a statement is of such a type, `documents`, `since` and `until`
    (dates such as 2012 or 2012-05-31, both inclusive) that one such document bears on it.
    """

    types: frozenset[MentionType] = frozenset()
    predicates: frozenset[Predicate] = frozenset()
    min_belief: float = 0.0
    statuses: frozenset[Status] = frozenset()
    documents: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""

    @property
    def about_statements(self) -> bool:
        """Whether statements are restricted by more than their documents."""
        return bool(self.types or self.predicates or self.min_belief or self.statuses)

    @property
    def about_documents(self) -> bool:
        """Whether documents are restricted."""
        return bool(self.documents or self.since or self.until)

    @property
    def is_empty(self) -> bool:
        """Whether all is selected."""
        return not (self.about_statements or self.about_documents)


EVERYTHING = Selection()


class Selected:
    """The parts of a store that a selection leaves, as streams; little of them is ever held.

    Statements that only retracted documents speak of are left out, unless they are asked for by
    their status or `with_retracted`.
    """

    def __init__(
        self, store: Store, selection: Selection = EVERYTHING, *, with_retracted: bool = False
    ) -> None:
        self.store = store
        self.selection = selection
        self._with_retracted = with_retracted or "retracted" in selection.statuses
        self.type_of: Callable[[str], MentionType | None] = lru_cache(_KEPT)(self._type_of)
        self.labels_of: Callable[[str], dict[Language, str]] = lru_cache(_KEPT)(self._labels_of)
        self._has_document: Callable[[str], bool] = lru_cache(_KEPT)(self._is_selected)
        self._misread = misread(store)

    def edges(self, *, labelled: bool = True) -> Iterator[Edge]:
        """The selected statements; without their labels, which take time, where none are wanted."""
        if not self.store.is_ordered:
            for _, edge in self.nodes():
                yield edge
            return
        statements = statement_fields(self.store, labelled=labelled)
        for _, edge in self._edges((*pair, None) for pair in statements):
            yield edge

    def nodes(self) -> Iterator[tuple[list[Quad], Edge]]:
        """The selected statements, each with the quads of its node."""
        yield from self._edges(
            (subject.value, fields_of(quads), quads)
            for subject, quads in by_subject(self.store, STATEMENTS_GRAPH)
            if subject.value.startswith(STATEMENT_BASE)
        )

    def concepts(self) -> Iterator[Concept]:
        """The concepts at the ends of selected statements, of any type."""
        for subject, quads in by_subject(self.store, TERMINOLOGY_GRAPH):
            if self.is_end(subject):
                yield read_concept(properties(quads))

    def names(self) -> Iterator[Concept]:
        """The concepts of selected types, also those that no statement is about."""
        whole = not self.selection.about_documents
        for subject, quads in by_subject(self.store, TERMINOLOGY_GRAPH):
            concept = read_concept(properties(quads))
            wanted = not self.selection.types or concept.type in self.selection.types
            if wanted and (whole or self.is_end(subject)):
                yield concept

    def documents(self) -> Iterator[str]:
        """The ids of the selected documents; where statements are, of those that bear on one."""
        graphs = (graph.value for graph in self.store.graphs())
        for graph in sorted(iri for iri in graphs if iri.startswith(DOCUMENT_GRAPH_BASE)):
            if self.has_graph(IRI(graph)):
                yield document_of(graph)

    def edge(self, statement: IRI) -> Edge | None:
        """One statement, if it is selected."""
        fields = fields_of(self.store.quads(statement, None, None, STATEMENTS_GRAPH))
        found = [documents(self.store.quads(None, way, statement)) for way in _BEARINGS]
        found = self._counted(statement.value, found)
        edge = self._edge(statement.value, fields, *found)
        return edge if edge and self._keeps(edge) else None

    def is_end(self, concept: IRI) -> bool:
        """Whether a selected statement begins or ends at a concept."""
        for role in (RDF.subject, RDF.object):
            for quad in self.store.quads(None, role, concept, STATEMENTS_GRAPH):
                if self.selection.is_empty or self.edge(cast(IRI, quad.subject)):
                    return True
        return False

    def has_graph(self, graph: IRI) -> bool:
        """Whether a graph is none of a document, or that of a selected one."""
        if not graph.value.startswith(DOCUMENT_GRAPH_BASE):
            return True
        document = document_of(graph.value)
        return self._has_document(document) and self._has_statement(document)

    def _keeps(self, edge: Edge) -> bool:
        wanted = self.selection
        if edge.status == "rejected" and not wanted.statuses:
            return False  # curators judged all of it to be misread
        if wanted.predicates and edge.predicate not in wanted.predicates:
            return False
        if edge.belief < wanted.min_belief:
            return False
        if wanted.statuses and edge.status not in wanted.statuses:
            return False
        if edge.status == "retracted" and not self._with_retracted:
            return False
        ends = (edge.subject, edge.object)
        if wanted.types and not any(self.type_of(end) in wanted.types for end in ends):
            return False
        return not wanted.about_documents or any(map(self._has_document, edge.documents))

    def _edges(self, statements: Iterator[tuple[str, Fields, T]]) -> Iterator[tuple[T, Edge]]:
        """The selected ones of the statements of the store, which come in its order, as edges."""
        bearings = [Alongside(bearing(self.store, x), self._is_statement) for x in _BEARINGS]
        while batch := list(islice(statements, _AT_ONCE)):
            keys = {statement for statement, _, _ in batch}
            taken = [way.take(keys) for way in bearings]
            for key, fields, more in batch:
                found = [documents.get(key, ()) for documents in taken]
                found = self._counted(key, found)
                edge = self._edge(key, fields, *found)
                if edge and self._keeps(edge):
                    yield more, edge

    def _counted(self, statement: str, found: list[_Documents]) -> list[_Documents]:
        """The documents that support, deny and suppose a statement, without misreadings."""
        if statement not in self._misread:
            return found
        misread = self._misread[statement]
        kept = []
        for way, names in zip(_BEARINGS, found, strict=True):
            kept.append(tuple(name for name in names if (way, name) not in misread))
        return kept

    def _edge(
        self,
        statement: str,
        fields: Fields,
        supporting: _Documents,
        denying: _Documents,
        hypothesizing: _Documents,
        retracted: _Documents,
    ) -> Edge | None:
        value = fields.get
        subject = value("subject")
        if not subject:
            return None
        predicate = _predicate_of(value("predicate", ""))
        sign = PREDICATE_SIGNS.get(predicate) or value("sign") or value("resolvedSign")
        via = value("via")
        return Edge(
            id=statement_of(statement),
            subject=compress(subject),
            predicate=predicate,
            object=compress(value("object", "")),
            aspect=value("aspect"),
            sign=sign,
            via=tuple(map(compress, sorted(via))) if via else (),
            status=value("status", DEFAULTS["status"]),
            standing=self._standing(fields),
            belief=float(value("belief", 1)),
            agreement=value("crossLingualStatus", DEFAULTS["crossLingualStatus"]),
            derived=value("derived"),
            labels=labels_of(fields),
            supporting=supporting,
            denying=denying,
            hypothesizing=hypothesizing,
            retracted=retracted,
            sources=_sources(fields),
        )

    def _standing(self, first: Fields) -> Standing:
        status = first.get("status")
        if status == "rejected":
            return "disputed"
        if status in ("denied", "hypothesized", "retracted"):
            return cast(Standing, status)
        if first.get("derived"):
            return "derived"
        if first.get("crossLingualStatus") != "conflict":
            return "plain"
        subject, predicate, object_ = (
            IRI(first[part]) for part in ("subject", "predicate", "object")
        )
        held = next(self.store.quads(subject, predicate, object_, STATEMENTS_GRAPH), None)
        return "plain" if held else "disputed"

    def _is_statement(self, iri: str) -> bool:
        return next(self.store.quads(IRI(iri), RDF.type, None, STATEMENTS_GRAPH), None) is not None

    def _type_of(self, curie: str) -> MentionType | None:
        for quad in self.store.quads(concept_iri(curie), RDF.type, None, TERMINOLOGY_GRAPH):
            if isinstance(quad.object, IRI) and quad.object.value.startswith(PLX.base):
                return type_of(quad.object.value)
        return None

    def _labels_of(self, curie: str) -> dict[Language, str]:
        quads = self.store.quads(concept_iri(curie), SKOS.prefLabel, None, TERMINOLOGY_GRAPH)
        return dict(_texts(properties(quads), SKOS.prefLabel))

    def _is_selected(self, document: str) -> bool:
        wanted = self.selection
        if wanted.documents and document not in wanted.documents:
            return False
        if not (wanted.since or wanted.until):
            return True
        date = date_of(self.store, document)
        after = date >= wanted.since[: len(date)]
        return (
            bool(date) and after and (not wanted.until or date[: len(wanted.until)] <= wanted.until)
        )

    def _has_statement(self, document: str) -> bool:
        """Whether statements are not restricted, or a selected one is in a document."""
        if not self.selection.about_statements:
            return True
        found = self.store.quads(None, PLX.statement, None, document_graph(document))
        return any(self.edge(cast(IRI, quad.object)) for quad in found)


def misread(store: Store) -> dict[str, set[tuple[IRI, str]]]:
    """Statement (IRI) → in which way which documents bear on it by evidence that was judged wrong.

    A document in which other evidence bears on it in the same way cannot be: it has one of a kind.
    """
    found: dict[str, set[tuple[IRI, str]]] = {}
    for quad in store.quads(None, PLX.verdict, Literal("wrong"), CURATIONS_GRAPH):
        for way in _BEARINGS:
            for link in store.quads(cast(IRI, quad.subject), way):
                document = document_of(cast(IRI, link.graph_name).value)
                found.setdefault(cast(IRI, link.object).value, set()).add((way, document))
    return found


def date_of(store: Store, document: str) -> str:
    """The date of a document as far as it is known, such as 2012 or 2012-05-31; empty if not."""
    iri, graph = document_iri(document), document_graph(document)
    values = properties(store.quads(iri, None, None, graph))
    return one(values, PLX.date) or one(values, DCTERMS.issued)


def read_concept(values: Properties) -> Concept:
    """A concept from the properties of its node."""
    types = (iri for iri in all_of(values, RDF.type) if iri.startswith(PLX.base))
    kind = next((iri for iri in types if iri != PLX.Concept.value), type_iri("Outcome").value)
    return Concept(
        curie=one(values, DCTERMS.identifier),
        type=type_of(kind),
        labels=_texts(values, SKOS.prefLabel),
        synonyms=_texts(values, SKOS.altLabel),
        hidden=_texts(values, SKOS.hiddenLabel),
        mappings=tuple(
            (f"skos:{name}", other)
            for name in _MAPPINGS
            for other in _curies(all_of(values, SKOS[name]))
        ),
        parents=tuple(_curies(all_of(values, SKOS.broader))),
        definitions=_texts(values, SKOS.definition),
    )


_predicate_of = cache(predicate_of)
_source_of = cache(lambda iri: source_of(document_of(iri)) or "")


def _sources(fields: Fields) -> tuple[str, ...]:
    """The names of the knowledge sources that bear on a statement."""
    if not any(name in fields for name in _SOURCES):
        return ()
    return tuple(sorted({_source_of(iri) for name in _SOURCES for iri in fields.get(name, ())}))


def direct_triple(edge: Edge) -> tuple[IRI, IRI, IRI]:
    """The plain triple that a statement would have."""
    return concept_iri(edge.subject), predicate_iri(edge.predicate), concept_iri(edge.object)


def _curies(iris: Iterable[str]) -> Iterator[str]:
    for iri in iris:
        try:
            yield compress(iri)
        except CurieError:  # of a vocabulary that was loaded beside ours
            yield iri


def _texts(values: Properties, predicate: IRI) -> tuple[tuple[Language, str], ...]:
    found = (term for term in values.get(predicate.value, ()) if isinstance(term, Literal))
    return tuple(sorted((cast(Language, term.language or "en"), term.value) for term in found))


def check_date(date: str) -> str:
    """The date, if it is a year, a month or a day; empty stays empty.

    Raises
    ------
    InputError
        where it is not one.
    """
    if date and not _DATE.fullmatch(date):
        raise InputError("not a date", where=date, remedy="write 2012, 2012-05 or 2012-05-31")
    return date


def check_documents(store: Store, documents: Iterable[str]) -> None:
    """Nothing, where the graph has all these documents.

    Raises
    ------
    NotFoundError
        where it lacks one.
    """
    for document in documents:
        if next(store.quads(graph=document_graph(document)), None) is None:
            raise NotFoundError(
                "no such document in the graph", where=document,
                remedy="name it as kg show or kg stats does, such as pubmed:22456094",
            )  # fmt: skip
