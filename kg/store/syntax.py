"""What is wrong with a query, in one short line: where, and before which words."""

from __future__ import annotations

import re

from kg.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+)")


def syntax_error(sparql: str, message: str) -> QueryError:
    """The error for a query that the library's parser refuses with a message.

    Examples
    --------
    >>> print(syntax_error("ASK { ?s ?p", "error at 1:12: expected one of …"))
    line 1, column 12: not SPARQL 1.1, just before the end; check the query there
    """
    place = _PLACE.search(message)
    if place is None:
        return QueryError(f"not SPARQL 1.1 ({message})", where="query", remedy="check the query")
    line, column = int(place[1]), int(place[2])
    rest = sparql.split("\n")[line - 1 :]
    left = [rest[0][column - 1 :], *rest[1:]] if rest else []
    near = next((part.strip()[:30] for part in left if part.strip()), "")
    what = "a prefix is not declared" if "Prefix not found" in message else "not SPARQL 1.1"
    return QueryError(
        f"{what}, before or at “{near}”" if near else f"{what}, just before the end",
        where=f"line {line}, column {column}",
        remedy="check the query there",
    )
