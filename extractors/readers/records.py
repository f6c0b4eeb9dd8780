"""What a reader hands on: a document, a deletion, or a failure; one bad record stops nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from extractors.external.values import Reading
from kg.errors import KgError
from kg.model import Document, Extraction, Sentence


@dataclass(frozen=True, slots=True)
class Deletion:
    """A document that its source has withdrawn, by identifier."""

    id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record that could not be read: what is wrong, where, and the remedy.

    >>> print(Failure("a.xml:12", "no PMID", "give the record one"))
    a.xml:12: no PMID; give the record one
    """

    where: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line: where, message, remedy."""
        return str(KgError(self.message, where=self.where, remedy=self.remedy))


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with what others have found in it, placed in its sentences and signed.

    `left_out` counts, by reason, what was given and is nothing that we can take: types and
    relations that we do not have, relations that no one sentence holds.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    reading: Reading
    left_out: tuple[tuple[str, int], ...] = ()


def failure_of(error: KgError, where: str) -> Failure:
    """An error as a value; `where` is used where the error names no place of its own."""
    return Failure(error.where or where, error.what, error.remedy)


# An `Extraction` stands for a document of which parts are given, for instance its mentions.
Item: TypeAlias = Document | Extraction | Annotated | Deletion | Failure
Readable: TypeAlias = Document | Extraction | Annotated
