"""Filling the search index from the store: the whole, or the documents that changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kg import questions, vocab
from kg.questions import language_of, number_of, text_of
from kg.search.index import ROLES, Index, Name, Text, TextKind
from kg.store.base import Row, Store


def build_index(path: Path, store: Store, *, revision: str = "") -> None:
    """Write the index of all that is in the store, in place of what was there, at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        with closing(Index(fresh, writable=True)) as index, index.transaction():
            index.add_names(_names(questions.read_rows(store, "search_names")))
            for row in questions.read_rows(store, "search_documents"):
                _put_document(index, store, text_of(row, "identifier"))
            for row in questions.read_rows(store, "search_evidence"):
                index.set_evidence(_curie(row, "concept"), int(number_of(row, "documents")))
            index.set_meta("revision", revision)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def update_index(
    path: Path,
    store: Store,
    *,
    changed: Iterable[str] = (),
    removed: Iterable[str] = (),
    concepts: Iterable[str] = (),
    revision: str = "",
) -> None:
    """Bring the rows of some documents and concepts up to date, in one transaction."""
    with closing(Index(path, writable=True)) as index, index.transaction():
        touched = set(concepts)
        for document in removed:
            touched |= index.drop_document(document)
        for document in changed:
            touched |= _put_document(index, store, document)
        for concept in sorted(touched):
            iri = vocab.expand(concept)
            rows = questions.read_rows(store, "search_names_of", concept=iri)
            index.replace_names(concept, _names(rows, concept))
            for row in questions.read_rows(store, "search_evidence_of", concept=iri):
                index.set_evidence(concept, int(number_of(row, "documents")))
        index.set_meta("revision", revision)


def _put_document(index: Index, store: Store, document: str) -> frozenset[str]:
    texts = _texts(questions.read_rows(store, "search_texts", identifier=document), document)
    mentions = _mentions(questions.read_rows(store, "search_mentions", identifier=document))
    return index.put_document(document, texts, mentions)


def _names(rows: Iterable[Row], concept: str = "") -> Iterator[Name]:
    for row in rows:
        role = next(role for role in ROLES if role == text_of(row, "role"))
        yield Name(
            concept or _curie(row, "concept"), text_of(row, "name"), language_of(row, "name"), role,
            vocab.type_of(text_of(row, "class")),
        )  # fmt: skip


def _mentions(rows: Iterable[Row]) -> Iterator[Name]:
    for row in rows:
        yield Name(
            _curie(row, "concept"), text_of(row, "name"), language_of(row, "name"), "attested",
            vocab.type_of(text_of(row, "type")),
        )  # fmt: skip


def _texts(rows: Iterable[Row], document: str) -> Iterator[Text]:
    for row in rows:
        kind: TextKind = "document" if text_of(row, "kind") == "document" else "sentence"
        yield Text(kind, text_of(row, "thing"), language_of(row, "text"), text_of(row, "text"))


def _curie(row: Row, name: str) -> str:
    return vocab.compress(text_of(row, name))
