"""Running a `queries.Query` on a store: values become RDF terms, rows become plain mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import terms, vocab
from kg.errors import QueryError
from kg.model import PREDICATES
from kg.store.base import Row, Store
from queries.library import get_query
from queries.query import Parameter, Query, QueryFileError


def bind_query(query: Query, given: Mapping[str, str]) -> str:
    """The SPARQL text of a query with its parameters filled in, each as one RDF term.

    Raises
    ------
    QueryError
        where a value is missing, unknown or has the wrong form.
    CurieError
        where a CURIE has an unknown prefix.
    """
    try:
        values = query.values(given)
        return query.bind({parameter.name: str(_term(parameter, v)) for parameter, v in values})
    except QueryFileError as error:
        raise QueryError(error.problem, where=error.where, remedy=error.remedy) from error


def _term(parameter: Parameter, value: str) -> terms.Term:
    """The RDF term of a value, by the kind of its parameter."""
    if parameter.kind == "curie":
        is_iri = value.startswith(("http://", "https://"))
        try:
            return terms.IRI(value) if is_iri else terms.IRI(vocab.expand(value))
        except ValueError as error:
            raise QueryError(
                f"{value!r} is no IRI", where=f"parameter {parameter.name}",
                remedy="give a CURIE such as mesh:D016559",
            ) from error  # fmt: skip
    if parameter.kind == "predicate":
        name = vocab.snake(value.removeprefix("plx:"))
        for predicate in PREDICATES:
            if predicate == name:
                return vocab.predicate_iri(predicate)
        raise QueryError(
            f"no predicate {value}", where=f"parameter {parameter.name}",
            remedy=f"use one of {', '.join(PREDICATES)}",
        )  # fmt: skip
    if parameter.kind == "integer":
        return terms.Literal(int(value))
    return terms.Literal(value)


def read_rows(store: Store, name: str, *, folder: str = "reading", **given: str) -> Iterator[Row]:
    """The rows of a query of this package's `queries`; unbound variables are left out."""
    return store.select(bind_query(get_query(name, folder), given))


def text_of(row: Row, name: str, default: str = "") -> str:
    """The IRI or the words of a value, or `default` where it is unbound."""
    term = row.get(name)
    return default if term is None else str(term.value)


def language_of(row: Row, name: str) -> str:
    """The language of a literal (``en``, ``zh``), or ''."""
    term = row.get(name)
    language = term.language if isinstance(term, terms.Literal) else None
    return (language or "").partition("-")[0]


def number_of(row: Row, name: str, default: float = 0.0) -> float:
    """The number that a literal holds, or `default`."""
    text = text_of(row, name)
    return float(text) if text else default
