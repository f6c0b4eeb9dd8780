"""The type that a vocabulary gives its concepts: `ontologies/types_by_branch.tsv`."""

from __future__ import annotations

from functools import cache
from operator import itemgetter

from kg.model import MentionType
from ontologies.branches import WHOLE, load_branches


def branch_type(vocabulary: str, *branches: str) -> tuple[bool, MentionType | None]:
    """(whether the table knows it, the type) of a concept that lies in these branches.

    Each branch (a MeSH tree number, a namespace, an identifier) counts as the longest row that it
    lies in; among them the row that stands first decides. (True, None) is what is no term of ours.

    >>> branch_type("mesh", "C12.777.934", "C23.888.942.750")
    (True, 'Outcome')
    >>> branch_type("GO", "molecular_function"), branch_type("EFO")
    ((True, None), (False, None))
    """
    rows = _rows(vocabulary)
    found = [place for branch in branches if (place := _longest(branch, rows)) is not None]
    best = min(found, key=itemgetter(0), default=rows.get(WHOLE))
    return (False, None) if best is None else (True, best[1])


def untyped_roots(vocabulary: str) -> frozenset[str]:
    """Concepts of a vocabulary that are no terms of ours with all that is below them."""
    return frozenset(
        row.branch
        for row in load_branches()
        if row.vocabulary == vocabulary and row.type is None
        and row.branch.startswith(f"{vocabulary}:")
    )  # fmt: skip


def _longest(
    branch: str, rows: dict[str, tuple[int, MentionType | None]]
) -> tuple[int, MentionType | None] | None:
    parts = branch.split(".")
    for size in range(len(parts), 0, -1):
        if (place := rows.get(".".join(parts[:size]))) is not None:
            return place
    return rows.get(branch[:1])


@cache
def _rows(vocabulary: str) -> dict[str, tuple[int, MentionType | None]]:
    return {
        row.branch: (place, row.type)
        for place, row in enumerate(load_branches())
        if row.vocabulary == vocabulary
    }
