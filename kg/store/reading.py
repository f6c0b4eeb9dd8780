"""Reading back from a store what re-assembly needs, in few queries that any server can run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from kg.assembly.values import Assembled
from kg.model import (
    MENTION_TYPES,
    Extraction,
    Language,
    MentionType,
    Statement,
)
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    OA,
    PLX,
    RDF,
    SKOS,
    STATEMENTS_GRAPH,
    TERMINOLOGY_GRAPH,
    compress,
    concept_iri,
    document_of,
    predicate_of,
    statement_iri,
    statement_of,
    type_of,
)

TERMINOLOGY = TERMINOLOGY_GRAPH

Pair = frozenset[str]
Name = tuple[Language, str]


def about(store: Store, graph: IRI, curies: Collection[str]) -> list[Quad]:
    """The quads of a graph whose subject is one of these concepts."""
    if not store.is_remote:
        iris = map(concept_iri, curies)
        return [quad for iri in iris for quad in store.quads(iri, None, None, graph)]
    query = f"""SELECT ?s ?p ?o WHERE {{
        VALUES ?s {{ {_values(concept_iri(curie) for curie in curies)} }}
        GRAPH {graph} {{ ?s ?p ?o }} }}"""
    return [Quad(row["s"], row["p"], row["o"], graph) for row in _select(store, query, curies)]


def statements_named(quads: Iterable[Quad]) -> set[str]:
    """The ids of the statements that evidence among these quads is about."""
    return {statement_of(_iri(q.object)) for q in quads if q.predicate == PLX.statement}


def labels_in(quads: Iterable[Quad]) -> dict[str, dict[Language, str]]:
    """CURIE → language → label, from quads of the terminology graph."""
    labels: dict[str, dict[Language, str]] = {}
    for quad in quads:
        if quad.predicate == SKOS.prefLabel and isinstance(quad.object, Literal):
            language = cast(Language, quad.object.language)
            labels.setdefault(compress(_iri(quad.subject)), {})[language] = quad.object.value
    return labels


def described_in(quads: Iterable[Quad]) -> frozenset[str]:
    """The concepts that quads of the terminology graph among these describe."""
    return frozenset(compress(_iri(q.subject)) for q in quads if q.graph_name == TERMINOLOGY)


def labels_of(store: Store, curies: Collection[str]) -> dict[str, dict[Language, str]]:
    """CURIE → language → label, as the store has them."""
    if not store.is_remote:
        iris = map(concept_iri, curies)
        found = (store.quads(iri, SKOS.prefLabel, None, TERMINOLOGY) for iri in iris)
        return labels_in(chain.from_iterable(found))
    query = f"""SELECT ?s ?o WHERE {{
        VALUES ?s {{ {_values(concept_iri(curie) for curie in curies)} }}
        GRAPH {TERMINOLOGY} {{ ?s {SKOS.prefLabel} ?o }} }}"""
    rows = _select(store, query, curies)
    return labels_in(Quad(row["s"], SKOS.prefLabel, row["o"], TERMINOLOGY) for row in rows)


def still_mentioned(store: Store, curies: Collection[str], *, without: set[str]) -> set[str]:
    """Those of these concepts that a document other than the named ones mentions.

    A document mentions, in this sense, also what it says to be broader than a concept of its own,
    and what its qualifiers name without a mention (*patients*).
    """
    return {curie for curie in curies if _is_named(store, concept_iri(curie), without)}


def _is_named(store: Store, concept: IRI, without: set[str]) -> bool:
    named = chain(
        store.quads(None, OA.hasBody, concept),
        store.quads(None, SKOS.broader, concept),
        store.quads(None, PLX.qualifierConcept, concept),
    )
    graphs = (_iri(quad.graph_name) for quad in named)
    return any(graph != TERMINOLOGY.value and document_of(graph) not in without for graph in graphs)


class MentionNames:
    """By which words, and with which types, each concept is mentioned."""

    def __init__(self) -> None:
        self._names: dict[str, set[Name]] = {}
        self._types: dict[str, set[MentionType]] = {}
        self._broader: set[str] = set()

    def add_extraction(self, extraction: Extraction, assembled: Assembled) -> None:
        """Take in the mentions of one document as it was read."""
        languages = {passage.id: passage.language for passage in extraction.document.passages}
        concepts = dict(assembled.concepts)
        for mention in extraction.mentions:
            name = (languages[mention.passage], mention.text)
            self.add(concepts[mention.id], name, mention.type)
        self._broader.update(assembled.broader.values())
        contexts = (
            *(relation.context for relation in extraction.relations),
            *(result.context for result in extraction.results),
        )
        named = (qualifier.concept for context in contexts for qualifier in context)
        self._broader.update(concept for concept in named if concept is not None)

    def add_quads(self, quads: Iterable[Quad]) -> None:
        """Take in the mentions of documents as the store has them."""
        mentions: dict[str, dict[str, Any]] = {}
        for quad in quads:
            if quad.predicate in (OA.hasBody, OA.exact, PLX.mentionType):
                mentions.setdefault(_iri(quad.subject), {})[quad.predicate.value] = quad.object
            elif quad.predicate in (SKOS.broader, PLX.qualifierConcept):
                self._broader.add(compress(_iri(quad.object)))
        for values in mentions.values():
            if OA.hasBody.value in values:
                text = values[OA.exact.value]
                kind = type_of(_iri(values[PLX.mentionType.value]))
                self.add(
                    compress(_iri(values[OA.hasBody.value])), (text.language, text.value), kind
                )

    def add_names(self, other: MentionNames) -> None:
        """Take in the names that another document gives."""
        for curie, names in other._names.items():
            self._names.setdefault(curie, set()).update(names)
            self._types.setdefault(curie, set()).update(other._types[curie])
        self._broader |= other._broader

    def add(self, curie: str, name: Name, kind: MentionType) -> None:
        """Take in one mention."""
        self._names.setdefault(curie, set()).add(name)
        self._types.setdefault(curie, set()).add(kind)

    def curies(self) -> set[str]:
        """The concepts that are mentioned."""
        return set(self._names)

    def broader(self) -> set[str]:
        """The concepts named beside the mentions: broader ones, and those of qualifiers."""
        return set(self._broader)

    def of(self, curie: str) -> tuple[frozenset[Name], frozenset[MentionType]]:
        """The names and the types of one concept."""
        return frozenset(self._names.get(curie, ())), frozenset(self._types.get(curie, ()))


def add_known_names(
    names: MentionNames, store: Store, curies: Collection[str], old: MentionNames, without: set[str]
) -> None:
    """Add to `names` what the store calls these concepts, as far as other documents still do.

    Names and types are taken from the terminology graph; only those that the documents being
    replaced (`old`) used are looked for in other documents, and the first that is found suffices.
    """
    known = MentionNames()
    types: dict[str, MentionType] = {}
    labels: list[tuple[str, Name]] = []
    for quad in about(store, TERMINOLOGY, curies):
        curie = compress(_iri(quad.subject))
        if isinstance(quad.object, Literal) and quad.predicate in (SKOS.prefLabel, SKOS.altLabel):
            labels.append((curie, (cast(Language, quad.object.language), quad.object.value)))
        elif quad.predicate == RDF.type and _iri(quad.object).startswith(PLX.base):
            types[curie] = type_of(_iri(quad.object))
    for curie, name in labels:
        used, kinds = old.of(curie)
        concept, kind = concept_iri(curie), types[curie]
        if name not in used or _is_called(store, concept, name, without):
            if kind in kinds and not _is_typed(store, concept, kind, without):
                kind = _other_type(store, concept, without) or kind
            known.add(curie, name, kind)
    for curie in known.curies():
        for name in known.of(curie)[0]:
            for kind in known.of(curie)[1]:
                names.add(curie, name, kind)


def _is_called(store: Store, concept: IRI, name: Name, without: set[str]) -> bool:
    text = Literal(name[1], language=name[0])
    return any(
        document_of(_iri(quad.graph_name)) not in without
        and next(store.quads(cast(IRI, quad.subject), OA.hasBody, concept), None) is not None
        for quad in store.quads(None, OA.exact, text)
    )


def _types_elsewhere(store: Store, concept: IRI, without: set[str]) -> Iterator[MentionType]:
    for quad in store.quads(None, OA.hasBody, concept):
        if document_of(_iri(quad.graph_name)) not in without:
            for typed in store.quads(cast(IRI, quad.subject), PLX.mentionType):
                yield type_of(_iri(typed.object))


def _is_typed(store: Store, concept: IRI, kind: MentionType, without: set[str]) -> bool:
    return kind in _types_elsewhere(store, concept, without)


def _other_type(store: Store, concept: IRI, without: set[str]) -> MentionType | None:
    found = set(_types_elsewhere(store, concept, without))
    return min(found, key=MENTION_TYPES.index) if found else None


def pairs_of(store: Store, statements: Collection[str]) -> set[Pair]:
    """The pairs of concepts that these statements relate."""
    if not store.is_remote:
        return set(_pairs_of(store, map(statement_iri, statements)))
    query = f"""SELECT ?s ?o WHERE {{
        VALUES ?statement {{ {_values(statement_iri(name) for name in statements)} }}
        GRAPH {STATEMENTS_GRAPH} {{
            ?statement {RDF.subject} ?s ; {RDF.object} ?o }} }}"""
    return {_pair(row["s"], row["o"]) for row in _select(store, query, statements)}


def pairs_with(store: Store, curies: Collection[str]) -> set[Pair]:
    """The pairs of concepts that any statement relates and that hold one of these concepts."""
    if not store.is_remote:
        return {
            pair
            for iri in map(concept_iri, curies)
            for predicate in (RDF.subject, RDF.object)
            for quad in store.quads(None, predicate, iri, STATEMENTS_GRAPH)
            for pair in _pairs_of(store, [quad.subject])
        }
    query = f"""SELECT ?s ?o WHERE {{
        VALUES ?concept {{ {_values(concept_iri(curie) for curie in curies)} }}
        GRAPH {STATEMENTS_GRAPH} {{
            ?statement {RDF.subject} ?s ; {RDF.object} ?o .
            {{ ?statement {RDF.subject} ?concept }} UNION {{ ?statement {RDF.object} ?concept }} }}
        }}"""
    return {_pair(row["s"], row["o"]) for row in _select(store, query, curies)}


def _pairs_of(store: Store, statements: Iterable[object]) -> Iterator[Pair]:
    for node in statements:
        one, other = (
            next(store.quads(cast(IRI, node), predicate, None, STATEMENTS_GRAPH), None)
            for predicate in (RDF.subject, RDF.object)
        )
        if one is not None and other is not None:
            yield _pair(one.object, other.object)


@dataclass(frozen=True, slots=True)
class StoredStatements:
    """Statements as the store has them: their meaning by id, and all quads about their pairs."""

    statements: dict[str, Statement]
    quads: tuple[Quad, ...]


def statements_about(store: Store, pairs: Collection[Pair]) -> StoredStatements:
    """The statements between the concepts of these pairs, in either direction."""
    orders = sorted({order for pair in pairs for order in _orders(pair)})
    described: dict[str, list[Quad]] = {}
    for quad in _nodes_about(store, orders):
        described.setdefault(statement_of(_iri(quad.subject)), []).append(quad)
    direct = list(_plain_about(store, orders))
    return StoredStatements(
        {name: _statement(quads) for name, quads in described.items()},
        (*(quad for quads in described.values() for quad in quads), *direct),
    )


def _nodes_about(store: Store, orders: Collection[tuple[str, str]]) -> Iterator[Quad]:
    """All quads of the statements with these subjects and objects."""
    rows = " ".join(f"({concept_iri(a)} {concept_iri(b)})" for a, b in orders)
    told, more = ("?s ?p ?o", ". ?s ?p ?o") if store.is_remote else ("?s", "")
    query = f"""SELECT {told} WHERE {{ VALUES (?a ?b) {{ {rows} }}
        GRAPH {STATEMENTS_GRAPH} {{ ?s {RDF.subject} ?a ; {RDF.object} ?b {more} }} }}"""
    for row in _select(store, query, orders):
        if store.is_remote:
            yield Quad(row["s"], row["p"], row["o"], STATEMENTS_GRAPH)
        else:
            yield from store.quads(row["s"], None, None, STATEMENTS_GRAPH)


def _plain_about(store: Store, orders: Collection[tuple[str, str]]) -> Iterator[Quad]:
    """The direct triples between these subjects and objects."""
    if not store.is_remote:
        for a, b in orders:
            yield from store.quads(concept_iri(a), None, concept_iri(b), STATEMENTS_GRAPH)
        return
    rows = " ".join(f"({concept_iri(a)} {concept_iri(b)})" for a, b in orders)
    query = f"""SELECT ?s ?p ?o WHERE {{ VALUES (?s ?o) {{ {rows} }}
        GRAPH {STATEMENTS_GRAPH} {{ ?s ?p ?o }} }}"""
    for row in _select(store, query, orders):
        yield Quad(row["s"], row["p"], row["o"], STATEMENTS_GRAPH)


def statements_named_by(store: Store, names: Collection[str]) -> dict[str, Statement]:
    """What statements of these ids mean; those that are not in the store are left out."""
    query = f"""SELECT ?s ?p ?o WHERE {{
        VALUES ?s {{ {_values(statement_iri(name) for name in sorted(names))} }}
        GRAPH {STATEMENTS_GRAPH} {{ ?s ?p ?o }} }}"""
    described: dict[str, list[Quad]] = {}
    for row in _select(store, query, names):
        quad = Quad(row["s"], row["p"], row["o"], STATEMENTS_GRAPH)
        described.setdefault(statement_of(_iri(row["s"])), []).append(quad)
    return {name: _statement(quads) for name, quads in described.items()}


def _statement(quads: Iterable[Quad]) -> Statement:
    values: dict[str, set[str]] = {}
    for quad in quads:
        values.setdefault(quad.predicate.value, set()).add(_text(quad.object))
    return Statement(
        compress(_one(values, RDF.subject)),
        predicate_of(_one(values, RDF.predicate)),
        compress(_one(values, RDF.object)),
        cast(Any, _maybe(values, PLX.aspect)),
        cast(Any, _maybe(values, PLX.sign)),
        tuple(sorted(compress(iri) for iri in values.get(PLX.via.value, set()))),
    )


def _select(store: Store, query: str, needed: Collection[object]) -> Iterable[dict[str, Any]]:
    """The rows of a query; none, without asking, where there is nothing to ask for."""
    return store.select(query) if needed else ()


def _values(iris: Iterable[IRI]) -> str:
    return " ".join(map(str, iris))


def _pair(one: object, other: object) -> Pair:
    return frozenset((compress(_iri(one)), compress(_iri(other))))


def _orders(pair: Pair) -> list[tuple[str, str]]:
    one, other = sorted(pair)
    return [(one, other), (other, one)]


def _one(values: dict[str, set[str]], predicate: IRI) -> str:
    return min(values[predicate.value])


def _maybe(values: dict[str, set[str]], predicate: IRI) -> str | None:
    return min(values[predicate.value]) if predicate.value in values else None


def _iri(term: object) -> str:
    return cast(IRI, term).value


def _text(term: object) -> str:
    return cast(IRI | Literal, term).value
