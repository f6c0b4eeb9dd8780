"""Where the English and the Chinese of a document do not say the same: a report to act on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple, dataclass, fields

from kg.errors import NotFoundError
from kg.model import Language
from kg.questions import read_rows, text_of
from kg.store.base import Store
from kg.terms import IRI, Quad
from kg.vocab import document_graph, document_iri


@dataclass(frozen=True, slots=True)
class Difference:
    """One discrepancy as a row; a side that is missing is empty."""

    document: str
    kind: str
    message: str
    english: str
    chinese: str
    english_sentence: str
    chinese_sentence: str
    iri: str


COLUMNS = tuple(field.name for field in fields(Difference))


def find_differences(
    store: Store,
    *,
    documents: Collection[str] = (),
    kinds: Collection[str] = (),
    language: Language = "en",
) -> tuple[Difference, ...]:
    """The discrepancies of the graph by document, in the order in which they were reported.

    Parameters
    ----------
    documents, kinds : only of these; all where empty
    language : of the messages

    Raises
    ------
    NotFoundError
        where a document is not in the graph.
    """
    for document in documents:
        if next(store.quads(document_iri(document), graph=document_graph(document)), None) is None:
            raise NotFoundError(
                "no such document in the graph",
                where=document,
                remedy="kg stats counts those that are",
            )
    names = (*COLUMNS[:-1], "discrepancy")
    found = (
        Difference(*(text_of(row, name) for name in names))
        for row in read_rows(store, "discrepancies", language=language)
    )
    return tuple(
        difference
        for difference in found
        if (not documents or difference.document in documents)
        and (not kinds or difference.kind in kinds)
    )


def difference_quads(store: Store, differences: Iterable[Difference]) -> Iterator[Quad]:
    """The quads that describe discrepancies, as the graph holds them."""
    for difference in differences:
        quads = store.quads(IRI(difference.iri), graph=document_graph(difference.document))
        yield from sorted(quads, key=lambda quad: (quad.predicate.value, str(quad.object)))


def tsv(differences: Iterable[Difference]) -> Iterator[str]:
    """The lines of a TSV table with a header; tabs and line breaks inside a cell become spaces."""
    yield "\t".join(COLUMNS)
    for difference in differences:
        yield "\t".join(" ".join(cell.split()) for cell in astuple(difference))
