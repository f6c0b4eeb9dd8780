"""When documents appeared, as far as the graph knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import DCTERMS, PLX, document_iri, document_of


def dates_of(store: Store, documents: Collection[str]) -> dict[str, str]:
    """Document → when it appeared, as far as the store knows."""
    if not documents:
        return {}
    values = " ".join(str(document_iri(name)) for name in sorted(documents))
    query = f"""SELECT ?document ?date ?year WHERE {{
        VALUES ?document {{ {values} }}
        ?document a {PLX.Document} .
        OPTIONAL {{ ?document {PLX.date} ?date }}
        OPTIONAL {{ ?document {DCTERMS.issued} ?year }} }}"""
    return {
        document_of(cast(IRI, row["document"]).value): cast(Literal, told).value
        for row in store.select(query)
        if (told := row.get("date") or row.get("year"))
    }


def date_in(quads: Iterable[Quad]) -> str:
    """When the document of these quads appeared, as far as they tell."""
    wanted = (PLX.date, DCTERMS.issued)
    found = {q.predicate: cast(Literal, q.object).value for q in quads if q.predicate in wanted}
    return found.get(PLX.date) or found.get(DCTERMS.issued, "")
