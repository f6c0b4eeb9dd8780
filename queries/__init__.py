"""The questions: documented SPARQL files and the door to them.

A file is one question. Its header lines are its documentation in both languages, its parameters
are typed, and a value enters the query as one RDF term, never as text.
"""

from queries.library import ROOT, get_query, load_queries
from queries.query import Parameter, Query, QueryFileError, read_query

__all__ = [
    "ROOT",
    "Parameter",
    "Query",
    "QueryFileError",
    "get_query",
    "load_queries",
    "read_query",
]
