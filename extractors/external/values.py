"""What a reader from outside gets and gives back; documented in ``docs/readers.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.model import Document, Mention, RelationMention, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in one document.

    Ids of mentions are the reader's own; its relations name mentions by them. `sentence` of a
    mention and of a relation may be empty: it follows from where the mentions stand.
    """

    mentions: tuple[Mention, ...] = ()
    relations: tuple[RelationMention, ...] = ()


class Reader(Protocol):
    """What a distribution offers in the entry-point group ``kg.readers``, or a class of it.

    A class is called without arguments, once in each process; what it makes is then called with
    each document.
    """

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        """What the reader finds in a document that was split into these sentences."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reader, and the name and version under which its findings are kept.

    `name` is such as ``spacy:en_core_sci_sm@0.5.4`` or ``reader:kinases@1.2``; `notes` is what a
    user should know before it reads.
    """

    name: str
    read: Reader
    notes: tuple[str, ...] = ()
