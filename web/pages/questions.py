"""The page of the example queries, and the page about the site."""

from __future__ import annotations

from dataclasses import dataclass

from queries.library import load_queries
from queries.query import Query
from web.pages.values import Names


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A gap of a query with its kind and an example value."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class QueryView:
    """An example query with its documentation in both languages."""

    name: str
    title: Names
    description: Names
    parameters: tuple[ParameterView, ...]
    sparql: str
    form: str


@dataclass(frozen=True, slots=True)
class QueriesPage:
    """What the page of example queries knows."""

    queries: tuple[QueryView, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the page about the site knows: where everything else is described."""

    vocabulary: str = "https://w3id.org/parallax/vocab#"
    openapi: str = "/api/openapi.json"
    void: str = "/.well-known/void"
    sparql: str = "/sparql"


def load_queries_page() -> QueriesPage:
    """The example queries by name."""
    return QueriesPage(tuple(map(view_query, load_queries())))


def view_query(query: Query) -> QueryView:
    """A query as pages show it; each parameter has its example or default as value."""
    example = dict(query.example)
    return QueryView(
        query.name,
        Names(query.title, query.title_zh),
        Names(query.description, query.description_zh),
        tuple(
            ParameterView(p.name, p.kind, example.get(p.name, p.default or ""))
            for p in query.parameters
        ),
        query.sparql,
        query.form,
    )
