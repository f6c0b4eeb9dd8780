"""The checks of ``queries/checks``: each row that a query gives back is a violation."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import cast, get_args

from kg.errors import FormatError
from kg.model import Severity, Violation
from kg.store.base import Store
from kg.terms import BlankNode
from queries.library import ROOT, load_queries

_AT_ONCE = 2


def run_checks(store: Store) -> Iterator[Violation]:
    """The violations that the checks find, check after check; two are asked at a time."""
    levels = severities()
    queries = load_queries("checks")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda query: list(store.select(query.sparql)), queries)
        answered = list(zip(queries, answers, strict=True))
    for query, rows in answered:
        for row in rows:
            found = {
                name: str(term) if isinstance(term, BlankNode) else term.value
                for name, term in row.items()
            }
            yield Violation(
                check=query.name,
                severity=levels[query.name],
                entity=found.get("entity", ""),
                property=found.get("property", ""),
                value=found.get("value", ""),
                message=query.title,
                message_zh=query.title_zh,
            )


@cache
def severities() -> dict[str, Severity]:
    """Check → how bad it is, from ``queries/checks/severity.tsv``.

    Raises
    ------
    FormatError
        where a check has no line there, or a line has no check or an unknown severity.
    """
    path = ROOT / "checks" / "severity.tsv"
    levels: dict[str, Severity] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
        name, _, level = line.partition("\t")
        if level not in get_args(Severity):
            raise FormatError(
                f"unknown severity {level!r}", where=f"{path.name}:{number}",
                remedy=f"use {', '.join(get_args(Severity))}",
            )  # fmt: skip
        levels[name] = cast(Severity, level)
    checks = {query.name for query in load_queries("checks")}
    if checks != set(levels):
        raise FormatError(
            f"{', '.join(sorted(checks ^ set(levels)))}: in one place only", where=path.name,
            remedy="give each check of the folder one line",
        )  # fmt: skip
    return levels
