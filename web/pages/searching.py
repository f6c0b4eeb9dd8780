"""The page of a search, and the suggestions while a name is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from kg import vocab
from kg.model import Language
from kg.search.finding import Hit, Search
from web.pages.claims import load_documents
from web.pages.reader import Reader
from web.pages.values import ConceptRef, DocumentRef, Names

LIMIT = 30
SENTENCES = 12
SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A concept that was found, and the name by which."""

    concept: ConceptRef
    matched: str
    match: str
    documents: int


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence that holds the words."""

    id: str
    document: DocumentRef
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the page of a search knows."""

    query: str
    concepts: tuple[ConceptHit, ...] = ()
    sentences: tuple[SentenceHit, ...] = ()


def load_search_page(reader: Reader, search: Search | None, text: str) -> SearchPage:
    """Concepts and sentences for what a person typed."""
    if search is None or not text:
        return SearchPage(text)
    concepts = search.find(text, kinds=("concept",), limit=LIMIT)
    sentences = search.find(text, kinds=("sentence",), limit=SENTENCES)
    iris = {hit.id: vocab.document_iri(hit.document).value for hit in sentences}
    documents = load_documents(reader, iris.values())
    return SearchPage(
        text,
        tuple(ConceptHit(_concept(hit), hit.text, hit.match, hit.evidence) for hit in concepts),
        tuple(
            SentenceHit(
                vocab.part_of(hit.id),
                documents.get(iris[hit.id], DocumentRef(hit.document)),
                cast(Language, hit.language),
                hit.text,
            )
            for hit in sentences
        ),
    )


def load_suggestions(search: Search | None, text: str) -> tuple[ConceptRef, ...]:
    """Concepts for a half-typed name."""
    if search is None or not text:
        return ()
    return tuple(_concept(hit) for hit in search.suggest(text, limit=SUGGESTIONS))


def _concept(hit: Hit) -> ConceptRef:
    labels = dict(hit.labels)
    return ConceptRef(hit.id, hit.type or None, Names(labels.get("en"), labels.get("zh")))
