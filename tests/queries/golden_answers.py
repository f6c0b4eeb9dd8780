"""The answers of the example queries on the golden graph, as files to read and compare.

Beliefs are left out (…): the error rates behind them are measured anew from time to time, and they
may change the order of rows, so rows are kept sorted; the order has a test of its own. Write the
files anew, after a change that is meant, with ``python -m tests.queries.golden_answers`` and read
the difference.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kg.errors import CurieError
from kg.questions import bind_query
from kg.vocab import compress
from queries import Query, load_queries
from tests.golden import HUMAN, NEPHROTIC, PAN, SYNAPTOPODIN, TACROLIMUS, shared_store

# The values with which queries are asked here, where those of their examples fit another graph.
_VALUES = {
    "between_two": {"source": TACROLIMUS, "target": SYNAPTOPODIN},
    "causes_of": {"effect": SYNAPTOPODIN},
    "claims_by_predicate": {"predicate": "restores"},
    "claims_of_document": {"identifier": "pubmed:900002"},
    "claims_in_species": {"species": HUMAN},
    "concept_graph": {"concept": TACROLIMUS},
    "documents_about_concept": {"concept": SYNAPTOPODIN},
    "drug_by_setting": {"drug": TACROLIMUS},
    "drug_neighbours": {"drug": TACROLIMUS},
    "drugs_decreasing_protein": {"protein": SYNAPTOPODIN},
    "shared_targets": {"drug": TACROLIMUS, "other_drug": PAN},
    "statement_evidence": {"source": PAN, "target": SYNAPTOPODIN},
    "treatments_of_disease": {"disease": NEPHROTIC},
}

FOLDER = Path(__file__).parent / "answers"
Table = list[tuple[str, ...]]


def bound(query: Query) -> str:
    """The SPARQL of an example query with values of the golden graph."""
    return bind_query(query, _VALUES.get(query.name, dict(query.example)))


def answer_with_oxigraph(query: Query) -> Table:
    """The answer of the store: the names of the columns, then the rows in order."""
    result: Any = shared_store().query(bound(query))
    if query.form == "CONSTRUCT":
        return sorted(
            tuple(
                plain(t.value, getattr(t, "language", None))
                for t in (x.subject, x.predicate, x.object)
            )
            for x in result
        )
    names = tuple(result.variables)
    return [names, *(_row([row.get(name) for name in names]) for row in result)]


def _row(terms: list[Any]) -> tuple[str, ...]:
    return tuple(
        "" if term is None else plain(term.value, getattr(term, "language", None)) for term in terms
    )


def plain(value: str, language: str | None) -> str:
    """A term as it stands in an answer file: CURIE, words@language, or a number."""
    if language:
        return f"{value}@{language}"
    if value.startswith("http"):
        try:
            return compress(value)
        except CurieError:
            return value
    try:
        return format(Decimal(value).normalize(), "f")
    except InvalidOperation:
        return value


def without_belief(answer: Table) -> Table:
    """An answer as it is kept: beliefs left out, rows sorted under their names."""
    names, *rows = answer
    if "belief" in names:
        place = names.index("belief")
        rows = [(*row[:place], "…", *row[place + 1 :]) for row in rows]
    elif "plx:belief" in {row[1] for row in answer if len(row) == 3}:
        return sorted((s, p, "…" if p == "plx:belief" else o) for s, p, o in answer)
    return [names, *sorted(rows)]


def read_answer(query: Query) -> Table:
    """The answer as it is kept."""
    text = (FOLDER / f"{query.name}.tsv").read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines()]


def main() -> None:
    """Write all answers."""
    for query in load_queries():
        lines = ["\t".join(row) for row in without_belief(answer_with_oxigraph(query))]
        (FOLDER / f"{query.name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
