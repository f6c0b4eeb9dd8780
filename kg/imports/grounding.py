"""Ends of edges as concepts: by identifier first, else a new concept with its own names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.errors import InputError
from kg.imports.values import End, Names
from kg.model import MentionType
from kg.rdf.terminology import Concept, Terminology
from kg.terminology.identifiers import curie

_KEPT = 1 << 14


@dataclass(frozen=True, slots=True)
class Grounded:
    """An end as a concept: its CURIE, type, the names that the source gives, and its own CURIE.

    `written` is the source's identifier in our spelling, which may be another one of the concept.
    """

    curie: str
    type: MentionType
    names: Names
    written: str


class Grounder:
    """Looks up identifiers in a terminology and remembers those used of late."""

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology
        self._concept = lru_cache(_KEPT)(self._find)

    def ground(self, end: End) -> Grounded:
        """The concept of an end.

        Raises
        ------
        InputError
            where its identifier is of no vocabulary that we know, or nobody tells its type.
        """
        written = curie(end.written)
        if written is None:
            raise InputError(
                f"{end.written[:80]!r} is no identifier of a known vocabulary",
                remedy="give a CURIE whose prefix stands in ontologies/prefixes.tsv",
            )
        own, concept = self._concept(written)
        kind = concept.type if concept else end.type
        if kind is None:
            raise InputError(
                f"{end.written} has no type, and the terminology does not know it",
                remedy="give the category of the node, or import its terminology first",
            )
        names = end.names or (concept.labels if concept else ()) or (("en", own),)
        return Grounded(own, kind, names, written)

    def own(self, written: str) -> str | None:
        """The CURIE of the concept that an identifier names; None where we know no such one."""
        found = curie(written)
        return None if found is None else self._concept(found)[0]

    def spelled(self, written: str) -> str | None:
        """An identifier in our spelling, as it stands; None where we know no such vocabulary."""
        return curie(written)

    def _find(self, written: str) -> tuple[str, Concept | None]:
        own = self._terminology.own_curie(written)
        return own, self._terminology.concept(own)
