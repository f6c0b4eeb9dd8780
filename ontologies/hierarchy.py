"""What the concepts of the term list are kinds of: `hierarchy.tsv`, read strictly.

A few classes that abstracts name beside their members; a terminology that is imported has all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ontologies.files import TermFileError, data_path, tsv_lines
from ontologies.terms import load_terms

COLUMNS = ("child", "child_label", "parent", "parent_label")


@dataclass(frozen=True, slots=True)
class Kind:
    """A concept and one of which it is a kind, with their English labels for the reader."""

    child: str
    child_label: str
    parent: str
    parent_label: str


def load_hierarchy(path: Path | None = None) -> tuple[Kind, ...]:
    """All rows of the hierarchy (default: the delivered one), in the order of the file.

    Raises
    ------
    TermFileError
        If a label is not that of its concept, types differ, a row stands twice, or what is above a
        concept leads back to it.

    Examples
    --------
    >>> sorted(k.parent_label for k in load_hierarchy() if k.child_label == "tacrolimus")
    ['calcineurin inhibitors']
    """
    labels: dict[str, str] = {}
    types: dict[str, str] = {}
    for row in load_terms():
        types[row.curie] = row.type
        if row.lang in ("en", "mul") and row.scope == "label":
            labels.setdefault(row.curie, row.text)
    above: dict[str, set[str]] = {}
    kinds: list[Kind] = []
    for where, cells in tsv_lines(path or data_path("hierarchy.tsv"), COLUMNS):
        kind = Kind(*cells)
        for curie, label in ((kind.child, kind.child_label), (kind.parent, kind.parent_label)):
            if labels.get(curie) != label:
                raise TermFileError(
                    f"{curie} is not called {label!r}", where=where,
                    remedy="give the label of the term list",
                )  # fmt: skip
        if types[kind.child] != types[kind.parent]:
            raise TermFileError(
                f"a {types[kind.child]} is no kind of a {types[kind.parent]}", where=where,
                remedy="relate concepts of one type",
            )  # fmt: skip
        if kind.parent in above.get(kind.child, ()):
            raise TermFileError("stands twice", where=where, remedy="delete one of the rows")
        if _leads(kind.parent, kind.child, above):
            raise TermFileError(
                f"{kind.parent_label} is a kind of {kind.child_label} already", where=where,
                remedy="delete one of the rows",
            )  # fmt: skip
        above.setdefault(kind.child, set()).add(kind.parent)
        kinds.append(kind)
    return tuple(kinds)


def _leads(start: str, end: str, above: dict[str, set[str]]) -> bool:
    """Whether one comes from a concept upwards to another."""
    return start == end or any(_leads(parent, end, above) for parent in above.get(start, ()))
