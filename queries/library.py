"""The shelves: folders of query files beside this module, or anywhere else."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from queries.query import Query, QueryFileError, read_query

ROOT = Path(__file__).parent


def load_queries(folder: str | Path = "examples") -> tuple[Query, ...]:
    """The queries of a folder, by name: one of this package's (a string), or any (a `Path`).

    Raises
    ------
    QueryFileError
        where there is no such folder, or a file in it is wrong.
    """
    place = folder if isinstance(folder, Path) else ROOT / folder
    if not place.is_dir():
        raise QueryFileError(str(folder), "no such folder of queries", "give a folder of .rq files")
    return _load_once(place) if place.is_relative_to(ROOT) else _load(place)


def _load(place: Path) -> tuple[Query, ...]:
    return tuple(load_query(file) for file in sorted(place.resolve().glob("*.rq")))


# What the package brings does not change while a program runs.
_load_once = lru_cache(maxsize=16)(_load)


def load_query(file: Path) -> Query:
    """The query of one file.

    Raises
    ------
    QueryFileError
        where the file is not UTF-8 text or is wrong.
    """
    shown = str(file.relative_to(ROOT.parent)) if file.is_relative_to(ROOT) else str(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryFileError(shown, "not UTF-8 text", "convert it to UTF-8") from error
    return read_query(text, shown)


def get_query(name: str, folder: str | Path = "examples") -> Query:
    """The query of that name, in which hyphens may stand for underscores.

    Raises
    ------
    QueryFileError
        where there is none, with the nearest names.

    Examples
    --------
    >>> get_query("drug-neighbours").name
    'drug_neighbours'
    >>> get_query("drug_neighbors").name
    Traceback (most recent call last):
    ...
    queries.query.QueryFileError: drug_neighbors: no such query; did you mean drug_neighbours?
    """
    found = {query.name: query for query in load_queries(folder)}
    if known := found.get(name) or found.get(name.replace("-", "_")):
        return known
    near = difflib.get_close_matches(name, found, n=3)
    remedy = f"did you mean {', '.join(near)}?" if near else "see the list: kg queries"
    raise QueryFileError(name, "no such query", remedy)
