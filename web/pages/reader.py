"""Reading a store for pages: documented queries in, plain rows out; names and claims in batches.

Everything a page shows comes through `Reader.rows`, which runs a query of ``queries/pages`` with
its parameters bound as RDF terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from kg import vocab
from kg.errors import CurieError, KgError
from kg.store.base import Store
from kg.terms import IRI, Literal, Term
from queries.library import get_query
from web.pages.values import ConceptRef, Names

FOLDER = "pages"
BATCH = 200

T = TypeVar("T")
Terms = Mapping[str, Term | Sequence[IRI] | str]


class Row:
    """One row of a result; each value as text, number or name."""

    __slots__ = ("_terms",)

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms

    def text(self, name: str) -> str:
        """The IRI or words of a value; '' where it is unbound."""
        term = self._terms.get(name)
        return "" if term is None else term.value

    def some(self, name: str) -> str | None:
        """As `text`, or None where it is unbound."""
        return self.text(name) or None

    def integer(self, name: str) -> int:
        """A whole number; 0 where it is unbound."""
        return int(float(self.text(name) or 0))

    def number(self, name: str) -> float | None:
        """A number, or None where it is unbound."""
        text = self.text(name)
        return float(text) if text else None

    def language(self, name: str) -> str:
        """The language of a text (``en``, ``zh``), or ''."""
        term = self._terms.get(name)
        language = term.language if isinstance(term, Literal) else None
        return (language or "").partition("-")[0]


class Reader:
    """What a page asks of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._concepts: dict[str, ConceptRef] = {}

    def rows(self, query: str, *, limit: int | None = None, **terms: object) -> Iterator[Row]:
        """The rows of a query of ``queries/pages``; a sequence stands for several IRIs."""
        bound = {name: _write(value) for name, value in terms.items()}
        sparql = get_query(query, FOLDER).bind(bound)
        if limit is not None:
            sparql = f"{sparql}\nLIMIT {limit:d}"
        return map(Row, self.store.select(sparql))

    def gather(self, query: str, name: str, iris: Iterable[str]) -> Iterator[Row]:
        """The rows of a query about many things, asked in batches."""
        left = iter(dict.fromkeys(iris))
        while some := tuple(islice(left, BATCH)):
            yield from self.rows(query, limit=None, **{name: tuple(map(IRI, some))})

    def concepts(self, iris: Iterable[str]) -> dict[str, ConceptRef]:
        """Name and type of concepts, by IRI; kept for the next page."""
        wanted = tuple(dict.fromkeys(iris))
        missing = [iri for iri in wanted if iri not in self._concepts]
        names: dict[str, dict[str, str]] = {iri: {} for iri in missing}
        types: dict[str, str] = {}
        for row in self.gather("concept_labels", "concepts", missing):
            iri, kind = row.text("concept"), row.text("type").rpartition("#")[2]
            if kind and kind != "Concept":
                types.setdefault(iri, kind)
            elif not kind:
                names[iri].setdefault(row.language("name"), row.text("name"))
        if len(self._concepts) > 100_000:
            self._concepts.clear()
        for iri in missing:
            known = names[iri]
            self._concepts[iri] = ConceptRef(
                curie_of(iri),
                types.get(iri),
                Names(known.get("en"), known.get("zh") or known.get("")),
            )
        return {iri: self._concepts[iri] for iri in wanted}

    def concept(self, iri: str) -> ConceptRef:
        """Name and type of one concept."""
        return self.concepts([iri])[iri]


def first(items: Iterable[T], count: int) -> list[T]:
    """The first few items."""
    return list(islice(items, count))


def curie_of(iri: str) -> str:
    """The CURIE of an IRI, or the IRI itself where no prefix fits."""
    try:
        return vocab.compress(iri)
    except CurieError:
        return iri


def iri_of(curie: str) -> IRI | None:
    """The IRI of a CURIE or IRI that a reader typed; None where it can be none."""
    try:
        if curie.startswith(("http://", "https://")):
            return IRI(curie)
        return IRI(vocab.expand(curie))
    except (KgError, ValueError):
        return None


def _write(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return " ".join(map(str, value))
    if isinstance(value, str):
        return str(Literal(value))
    return str(value)
