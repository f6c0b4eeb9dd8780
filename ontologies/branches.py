"""The type of the concepts of other vocabularies, by branch: `types_by_branch.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontologies.files import TermFileError, data_path, prefixes, tsv_lines
from ontologies.terms import TERM_TYPES, TermType

NO_TYPE = "-"
WHOLE = "*"


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a vocabulary and the type of its concepts; None where they are no terms of ours."""

    vocabulary: str
    branch: str
    type: TermType | None


@cache
def load_branches(path: Path | None = None) -> tuple[Branch, ...]:
    """The rows of the table of types, in its order, which is that of preference.

    Raises
    ------
    TermFileError
        where a vocabulary is no prefix of the context, a type is unknown or a branch stands twice.
    """
    known, seen, rows = prefixes(), set[tuple[str, str]](), []
    table = path or data_path("types_by_branch.tsv")
    for where, (vocabulary, branch, kind) in tsv_lines(table, ("vocabulary", "branch", "type")):
        if vocabulary not in known:
            raise TermFileError(
                f"unknown prefix {vocabulary!r}", where=where, remedy="use one of context.jsonld"
            )
        if kind not in (*TERM_TYPES, NO_TYPE):
            raise TermFileError(
                f"unknown type {kind!r}", where=where, remedy=f"use - or {', '.join(TERM_TYPES)}"
            )
        if (vocabulary, branch) in seen:
            raise TermFileError(
                f"{vocabulary} {branch} stands twice", where=where, remedy="delete one of the rows"
            )
        seen.add((vocabulary, branch))
        found = next((name for name in TERM_TYPES if name == kind), None)
        rows.append(Branch(vocabulary, branch, found))
    return tuple(rows)
