"""Hits for what a person types: concepts by any name, sentences and titles by their words."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import StoreError
from kg.search import folding
from kg.search.index import Index

Kind = Literal["concept", "sentence", "document"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# How a name met the text, best first; the place in this list ranks the hit.
Match = Literal[
    "identifier", "label", "synonym", "hidden", "attested", "label prefix", "synonym prefix",
    "pinyin", "pinyin prefix", "hidden prefix", "attested prefix", "words",
]  # fmt: skip
MATCHES: tuple[Match, ...] = get_args(Match)
_EXACT: tuple[Match, ...] = ("label", "synonym", "hidden", "attested")
_PREFIX: tuple[Match, ...] = (
    "label prefix", "synonym prefix", "hidden prefix", "attested prefix",
)  # fmt: skip
_SCAN = 400  # rows looked at for each way of matching
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a concept with the name that matched, a sentence, or a document by its title.

    `id` is a CURIE, the IRI of a sentence or the id of a document; `text` is the name or the words
    that matched, in `language`; `labels` pairs languages with preferred labels; `evidence` counts
    the documents behind the claims about a concept.
    """

    kind: Kind
    id: str
    text: str
    language: str
    match: Match = "words"
    type: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    evidence: int = 0
    document: str = ""

    def label_in(self, language: str) -> str:
        """The label in `language`, else in the other one, else the matched text."""
        labels = dict(self.labels)
        return labels.get(language) or next(iter(labels.values()), self.text)


class Search:
    """Questions to a search index; threads may share one, each has its own connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[Index] = []

    @property
    def _index(self) -> Index:
        index: Index | None = getattr(self._local, "index", None)
        if index is None:
            index = self._local.index = Index(self.path)
            self._opened.append(index)
        return index

    def close(self) -> None:
        """Close the index file."""
        while self._opened:
            self._opened.pop().close()
        self._local = threading.local()

    def find(
        self,
        text: str,
        *,
        kinds: Iterable[Kind] = ("concept", "sentence"),
        limit: int = 20,
        type: str | None = None,
    ) -> tuple[Hit, ...]:
        """The best `limit` hits of each kind: concepts first, then sentences, then documents."""
        hits: list[Hit] = []
        for kind in KINDS:
            if kind in kinds:
                found = self._concepts(text, type) if kind == "concept" else self._texts(text, kind)
                hits.extend(found[:limit])
        return tuple(hits)

    def suggest(self, prefix: str, *, limit: int = 10, type: str | None = None) -> tuple[Hit, ...]:
        """Concepts for a half-typed name, label, synonym or pinyin (``takemo``, ``tkms``)."""
        return tuple(self._concepts(prefix, type)[:limit])

    def named(self, text: str) -> tuple[Hit, ...]:
        """Every concept that has exactly this name: labels first, words of documents last."""
        for key in _variants(folding.fold(text)):
            hits = self._rank(self._exact(key), None)
            if hits:
                return tuple(hits)
        return ()

    def get(self, curie: str) -> Hit | None:
        """The concept with that CURIE (upper and lower case alike), or None."""
        rows = self._rows(
            "SELECT id FROM concepts WHERE curie = ? COLLATE NOCASE"
            " ORDER BY curie = ? DESC LIMIT 1",
            curie.strip(),
            curie.strip(),
        )
        return self._hit(int(rows[0][0]), "identifier", "", "") if rows else None

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """One name for each key, labels first, with that key; for suggesting near names."""
        rows = self._rows("SELECT text, key, MIN(role) FROM names GROUP BY key ORDER BY text")
        return {str(text): str(key) for text, key, _ in rows}

    def _concepts(self, text: str, kind: str | None) -> list[Hit]:
        key = folding.fold(text)
        known = self.get(text)
        found: list[tuple[int, Match, str, str]] = []
        if key:
            found += self._exact(key) + self._prefixed(key) + self._spelled(key)
            found += self._worded(text)
        hits = self._rank(found, kind)
        if known and (kind is None or known.type == kind):
            return [known, *(hit for hit in hits if hit.id != known.id)]
        return hits

    def _rank(self, found: Iterable[tuple[int, Match, str, str]], kind: str | None) -> list[Hit]:
        best: dict[int, tuple[int, str, str]] = {}
        for concept, match, text, language in found:
            candidate = (MATCHES.index(match), text, language)
            best[concept] = min(best.get(concept, candidate), candidate)
        hits = (self._hit(c, MATCHES[m], text, lang) for c, (m, text, lang) in best.items())
        return sorted(
            (hit for hit in hits if kind is None or hit.type == kind),
            key=lambda hit: (MATCHES.index(hit.match), -hit.evidence, len(hit.text), hit.id),
        )

    def _hit(self, concept: int, match: Match, text: str, language: str) -> Hit:
        ((curie, kind, en, zh, evidence),) = self._rows(
            "SELECT curie, type, en, zh, evidence FROM concepts WHERE id = ?", concept
        )
        labels = tuple((lang, label) for lang, label in (("en", en), ("zh", zh)) if label)
        if not labels and not text:
            rows = self._rows("SELECT text FROM names WHERE concept = ? ORDER BY id", concept)
            text = str(rows[0][0]) if rows else str(curie)
        text = text or labels[0][1]
        return Hit("concept", curie, text, language, match, kind, labels, evidence)

    def _exact(self, key: str) -> list[tuple[int, Match, str, str]]:
        rows = self._rows("SELECT concept, role, text, language FROM names WHERE key = ?", key)
        return [(c, _EXACT[role], text, language) for c, role, text, language in rows]

    def _prefixed(self, key: str) -> list[tuple[int, Match, str, str]]:
        rows = self._rows(
            "SELECT n.concept, n.role, n.text, n.language FROM names n"
            " JOIN concepts c ON c.id = n.concept WHERE n.key > ? AND n.key < ?"
            " ORDER BY n.role, c.evidence DESC, length(n.key) LIMIT ?",
            key,
            key + _LAST,
            _SCAN,
        )
        return [(c, _PREFIX[role], text, language) for c, role, text, language in rows]

    def _spelled(self, key: str) -> list[tuple[int, Match, str, str]]:
        if not key.isascii() or len(key) < 2:
            return []
        rows = self._rows(
            "SELECT n.concept, s.key, n.text, n.language FROM spellings s"
            " JOIN names n ON n.id = s.name WHERE s.key >= ? AND s.key < ? LIMIT ?",
            key,
            key + _LAST,
            _SCAN,
        )
        return [
            (c, "pinyin" if spelled == key else "pinyin prefix", text, language)
            for c, spelled, text, language in rows
        ]

    def _worded(self, text: str) -> list[tuple[int, Match, str, str]]:
        asked = _match_expression(text)
        if not asked:
            return []
        rows = self._rows(
            "SELECT n.concept, n.text, n.language FROM names_terms t JOIN names n ON n.id = t.rowid"
            " WHERE names_terms MATCH ? ORDER BY bm25(names_terms) LIMIT ?",
            asked,
            _SCAN,
        )
        return [(c, "words", name, language) for c, name, language in rows]

    def _texts(self, text: str, kind: Kind) -> list[Hit]:
        asked = _match_expression(text)
        if not asked:
            return []
        rows = self._rows(
            "SELECT t.iri, t.text, t.language, t.document FROM texts_terms x"
            " JOIN texts t ON t.id = x.rowid WHERE texts_terms MATCH ? AND t.kind = ?"
            " ORDER BY bm25(texts_terms), t.document, t.iri, t.language LIMIT ?",
            asked,
            kind,
            _SCAN,
        )
        return [
            Hit(kind, document if kind == "document" else iri, found, language, document=document)
            for iri, found, language, document in rows
        ]

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._index.database.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                f"the search index cannot be read ({error})",
                where=str(self.path),
                remedy="delete the file; it is built anew from the store",
            ) from error


def _variants(key: str) -> Iterable[str]:
    """A key, and what it may be the English plural of."""
    if not key:
        return
    yield key
    if key.isascii() and len(key) > 4 and key.endswith("s"):
        yield key[:-1]
        if key.endswith("ies"):
            yield key[:-3] + "y"
        elif key.endswith("es"):
            yield key[:-2]


def _match_expression(text: str) -> str:
    """What FTS5 is asked: all words, the last one as a prefix, Chinese runs as phrases.

    >>> _match_expression("肾病 FK5")
    '"肾病" AND "fk5"*'
    >>> _match_expression("他克莫司")
    '"他克 克莫 莫司"'
    """
    levelled = re.findall(rf"[{folding.HAN}]+|[^\W_{folding.HAN}]+", folding.level(text))
    asked = []
    for place, run in enumerate(levelled, 1):
        open_end = len(run) == 1 if folding.has_han(run) else place == len(levelled)
        asked.append(f'"{" ".join(folding.split_terms(run))}"{"*" if open_end else ""}')
    return " AND ".join(asked)
