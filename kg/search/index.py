"""The search index itself: one SQLite file, written document by document.

Names belong to a concept: labels and synonyms come from the terminology, attested names are the
words by which documents mention it. Sentences and titles belong to their document, so that
replacing a document replaces its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kg.errors import StoreError
from kg.search import folding

VERSION = "1"
Role = Literal["label", "synonym", "hidden", "attested"]
ROLES: tuple[Role, ...] = get_args(Role)
TextKind = Literal["sentence", "document"]

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE concepts (
    id INTEGER PRIMARY KEY, curie TEXT NOT NULL UNIQUE, type TEXT NOT NULL DEFAULT '',
    en TEXT NOT NULL DEFAULT '', zh TEXT NOT NULL DEFAULT '', evidence INTEGER NOT NULL DEFAULT 0);
CREATE TABLE names (
    id INTEGER PRIMARY KEY, concept INTEGER NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
    role INTEGER NOT NULL, key TEXT NOT NULL, UNIQUE (concept, text, language, role));
CREATE INDEX names_key ON names (key);
CREATE TABLE spellings (key TEXT NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE INDEX spellings_name ON spellings (name);
CREATE TABLE attestations (
    document TEXT NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (document, name)) WITHOUT ROWID;
CREATE INDEX attestations_name ON attestations (name);
CREATE TABLE mentioned (
    document TEXT NOT NULL, concept INTEGER NOT NULL, PRIMARY KEY (document, concept)) WITHOUT ROWID;
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, iri TEXT NOT NULL, document TEXT NOT NULL,
    language TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX texts_document ON texts (document);
CREATE VIRTUAL TABLE names_terms USING fts5(terms, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
CREATE VIRTUAL TABLE texts_terms USING fts5(terms, tokenize = "unicode61 remove_diacritics 0");
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a concept, in one language."""

    concept: str
    text: str
    language: str
    role: Role
    type: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a title of a document."""

    kind: TextKind
    iri: str
    language: str
    text: str


class Index:
    """A connection to an index file; use it from one thread."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        mode = "rwc" if writable else "ro"
        try:
            self.database = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,  # only for closing; see `Search`
            )
            if writable and not self._tables():
                self.database.executescript(_SCHEMA)
                self.set_meta("version", VERSION)
        except sqlite3.Error as error:
            raise StoreError(
                f"the search index cannot be opened ({error})",
                where=str(path),
                remedy="delete the file; it is built anew from the store",
            ) from error

    def _tables(self) -> int:
        row = self.database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen, or none does."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def get_meta(self, key: str) -> str:
        """A remembered fact about the index (``version``, ``revision``); '' where unknown."""
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a fact about the index."""
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def add_names(self, names: Iterable[Name]) -> None:
        """Add labels and synonyms; those already there stay."""
        for name in names:
            concept = self._concept(name.concept, name.type)
            self._name(concept, name)
            if name.role == "label" and name.language in ("en", "zh"):
                self.database.execute(
                    f"UPDATE concepts SET {name.language} = ? WHERE id = ?",  # noqa: S608
                    (name.text, concept),
                )

    def replace_names(self, concept: str, names: Iterable[Name]) -> None:
        """Put labels and synonyms of a concept in place of those it had; none at all forget it."""
        run = self.database.execute
        old = run(
            "SELECT n.id FROM names n JOIN concepts c ON c.id = n.concept"
            " WHERE c.curie = ? AND n.role < ?",
            (concept, ROLES.index("attested")),
        ).fetchall()
        for (name,) in old:
            self._drop_name(name)
        run("UPDATE concepts SET en = '', zh = '' WHERE curie = ?", (concept,))
        self.add_names(names)
        run(
            "DELETE FROM concepts WHERE curie = ? AND id NOT IN (SELECT concept FROM names)",
            (concept,),
        )

    def set_evidence(self, concept: str, count: int) -> None:
        """Set in how many documents claims about a concept stand."""
        self.database.execute("UPDATE concepts SET evidence = ? WHERE curie = ?", (count, concept))

    def put_document(
        self, document: str, texts: Iterable[Text], attested: Iterable[Name]
    ) -> frozenset[str]:
        """Put a document's texts and the names that it uses in place of what was there.

        Returns the concepts that it mentions now or mentioned before.
        """
        touched = set(self.drop_document(document))
        for name in attested:
            concept = self._concept(name.concept, name.type)
            touched.add(name.concept)
            self.database.execute(
                "INSERT OR IGNORE INTO mentioned VALUES (?, ?)", (document, concept)
            )
            self.database.execute(
                "INSERT OR IGNORE INTO attestations VALUES (?, ?)",
                (document, self._name(concept, name)),
            )
        for text in texts:
            cursor = self.database.execute(
                "INSERT INTO texts (kind, iri, document, language, text) VALUES (?, ?, ?, ?, ?)",
                (text.kind, text.iri, document, text.language, text.text),
            )
            self.database.execute(
                "INSERT INTO texts_terms (rowid, terms) VALUES (?, ?)",
                (cursor.lastrowid, " ".join(folding.split_terms(text.text))),
            )
        return frozenset(touched)

    def drop_document(self, document: str) -> frozenset[str]:
        """Remove a document's rows; the concepts that it mentioned."""
        run = self.database.execute
        touched = run(
            "SELECT c.curie FROM mentioned m JOIN concepts c ON c.id = m.concept"
            " WHERE m.document = ?",
            (document,),
        ).fetchall()
        run("DELETE FROM mentioned WHERE document = ?", (document,))
        names = run("SELECT name FROM attestations WHERE document = ?", (document,)).fetchall()
        run("DELETE FROM attestations WHERE document = ?", (document,))
        for (name,) in names:
            if run("SELECT 1 FROM attestations WHERE name = ?", (name,)).fetchone() is None:
                self._drop_name(name)
        run(
            "DELETE FROM texts_terms WHERE rowid IN (SELECT id FROM texts WHERE document = ?)",
            (document,),
        )
        run("DELETE FROM texts WHERE document = ?", (document,))
        return frozenset(curie for (curie,) in touched)

    def _drop_name(self, name: int) -> None:
        run = self.database.execute
        run("DELETE FROM names_terms WHERE rowid = ?", (name,))
        run("DELETE FROM spellings WHERE name = ?", (name,))
        run("DELETE FROM names WHERE id = ?", (name,))

    def _concept(self, curie: str, kind: str) -> int:
        self.database.execute(
            "INSERT INTO concepts (curie, type) VALUES (?, ?)"
            " ON CONFLICT (curie) DO UPDATE SET type = excluded.type WHERE excluded.type != ''",
            (curie, kind),
        )
        row = self.database.execute("SELECT id FROM concepts WHERE curie = ?", (curie,)).fetchone()
        return int(row[0])

    def _name(self, concept: int, name: Name) -> int:
        role, key = ROLES.index(name.role), folding.fold(name.text)
        run = self.database.execute
        run(
            "INSERT OR IGNORE INTO names (concept, text, language, role, key)"
            " VALUES (?, ?, ?, ?, ?)",
            (concept, name.text, name.language, role, key),
        )
        fresh = run("SELECT changes()").fetchone()[0]
        row = run(
            "SELECT id FROM names WHERE concept = ? AND text = ? AND language = ? AND role = ?",
            (concept, name.text, name.language, role),
        ).fetchone()
        identifier = int(row[0])
        if fresh:
            terms = " ".join(folding.split_terms(name.text))
            run("INSERT INTO names_terms (rowid, terms) VALUES (?, ?)", (identifier, terms))
            for spelling in folding.spell(name.text):
                run("INSERT OR IGNORE INTO spellings VALUES (?, ?)", (spelling, identifier))
        return identifier


def read_revision(path: Path) -> str | None:
    """The revision of the store that an index file was made from; None where it is not usable."""
    if not path.is_file():
        return None
    try:
        with closing(Index(path)) as index:
            return index.get_meta("revision") if index.get_meta("version") == VERSION else None
    except (sqlite3.Error, StoreError):
        return None
