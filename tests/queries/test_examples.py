"""Every example query: its exact answer, in two engines, in a total order."""

from __future__ import annotations

import re
from functools import cache

import pytest
import rdflib

from ontologies.files import prefixes
from queries import Query, load_queries
from queries.tokens import find_projection
from tests.golden import golden_triples
from tests.queries.golden_answers import (
    FOLDER,
    Table,
    answer_with_oxigraph,
    bound,
    plain,
    read_answer,
    without_belief,
)

EXAMPLES = load_queries()
SELECTS = [query for query in EXAMPLES if query.form == "SELECT"]


@cache
def other_engine() -> rdflib.Graph:
    return rdflib.Graph().parse(data=golden_triples(), format="nt")


def answer_with_rdflib(query: Query) -> Table:
    result = other_engine().query(
        bound(query),
        initNs={name: rdflib.Namespace(iri) for name, iri in prefixes().items()},
    )

    def cell(term: rdflib.term.Node | None) -> str:
        return "" if term is None else plain(str(term), getattr(term, "language", None))

    if query.form == "CONSTRUCT":
        return sorted(tuple(map(cell, triple)) for triple in result)  # type: ignore[arg-type]
    names = tuple(str(name) for name in result.vars or ())
    return [names, *(tuple(map(cell, row)) for row in result)]  # type: ignore[arg-type]


@pytest.mark.parametrize("query", EXAMPLES, ids=lambda query: query.name)
def test_example_gives_the_known_answer(query: Query) -> None:
    answer = answer_with_oxigraph(query)
    assert len(answer) > 1, "each query must find something in the golden graph"
    assert without_belief(answer) == read_answer(query)


@pytest.mark.parametrize("query", EXAMPLES, ids=lambda query: query.name)
def test_both_engines_agree(query: Query) -> None:
    assert answer_with_rdflib(query) == answer_with_oxigraph(query)


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_order_is_total(query: Query) -> None:
    """No two rows are alike in all that the query orders by, so the order is always the same."""
    keys = re.findall(r"\?(\w+)", query.sparql.rpartition("ORDER BY")[2].partition("LIMIT")[0])
    names, *rows = answer_with_oxigraph(query)
    assert set(keys) <= set(names) == set(find_projection(query.sparql))
    places = [names.index(key) for key in keys]
    ordered = [tuple(row[place] for place in places) for row in rows]
    assert len(set(ordered)) == len(rows)


def test_no_answer_file_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.tsv")} == {query.name for query in EXAMPLES}
