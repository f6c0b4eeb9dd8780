"""Whose identifier a concept bears that several vocabularies have: `preferences.tsv`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ontologies.files import TermFileError, data_path, prefixes, tsv_lines
from ontologies.terms import TERM_TYPES

COLUMNS = ("type", "vocabularies")


@cache
def load_preferences(path: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Type → prefixes, first choice first.

    Raises
    ------
    TermFileError
        If a type is unknown, missing or given twice, or a prefix is unknown or given twice.

    Examples
    --------
    >>> load_preferences()["Drug"][:2]
    ('mesh', 'CHEBI')
    """
    path = path or data_path("preferences.tsv")
    found: dict[str, tuple[str, ...]] = {}
    for where, (kind, cell) in tsv_lines(path, COLUMNS):
        order = tuple(cell.split())
        problem = _problem(kind, order, found)
        if problem:
            raise TermFileError(
                problem, where=where, remedy="give each type once, with prefixes of context.jsonld"
            )
        found[kind] = order
    if missing := [kind for kind in TERM_TYPES if kind not in found]:
        raise TermFileError(
            f"no row for {', '.join(missing)}", where=path.name, remedy="give each type a row"
        )
    return found


def _problem(kind: str, order: tuple[str, ...], found: dict[str, tuple[str, ...]]) -> str:
    if kind not in TERM_TYPES:
        return f"unknown type {kind!r}"
    if kind in found:
        return f"{kind} stands twice"
    if unknown := [prefix for prefix in order if prefix not in prefixes()]:
        return f"unknown prefix {unknown[0]!r}"
    return "" if len(set(order)) == len(order) else "a prefix stands twice"
