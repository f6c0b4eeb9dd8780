"""The header of a query file, its checks, and how a value enters the query."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import ROOT, QueryFileError, get_query, load_queries, read_query
from queries.documentation import PAGES, make_page
from queries.tokens import find_projection, find_variables, substitute

HEADER = """#+ title: Names
#+ title@zh: 名称
#+ description: Every name of a concept,
#+   in both languages.
#+ description@zh: 概念的全部名称。
#+ parameters: concept: curie, limit: integer = 20
#+ example: concept=mesh:D016559
#+ tags: names, labels
"""
BODY = "SELECT ?name WHERE { ?concept skos:prefLabel ?name } ORDER BY ?name LIMIT ?limit"


def test_header_becomes_documentation_in_both_languages() -> None:
    query = read_query(HEADER + BODY, "names.rq")
    assert (query.name, query.form) == ("names", "SELECT")
    assert query.title_in("zh") == "名称"
    assert query.description_in("en") == "Every name of a concept, in both languages."
    assert [(p.name, p.kind, p.default) for p in query.parameters] == [
        ("concept", "curie", None),
        ("limit", "integer", "20"),
    ]
    assert query.example == (("concept", "mesh:D016559"),)
    assert query.tags == ("names", "labels")
    assert query.sparql == BODY


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("#+ title: Names\n", ""), "x.rq:1: no title; add a line '#+ title: …'"),
        (("#+ title@zh: 名称\n", ""), "no title@zh"),
        (("#+ tags:", "#+ tag:"), "x.rq:8: unknown key tag; keys are title, title@zh"),
        (("#+ tags:", "#+ title:"), "x.rq:8: title twice"),
        (("#+ tags:", "#+tags:"), "x.rq:8: not a header line"),
        (("concept: curie", "concept"), "x.rq:6: parameter 'concept' is not 'name: kind'"),
        (("concept: curie", "concept: iri"), "x.rq:6: unknown kind iri; kinds are curie, text"),
        (("= 20", "= many"), "x.rq:6: 'many' is no integer for limit"),
        (("concept=mesh:D016559", "drug=mesh:D016559"), "x.rq:7: the example does not fit"),
        (("concept=mesh:D016559", "mesh:D016559"), "is not 'name=value'"),
        (("limit: integer = 20", "concept: text"), "declared twice"),
        (("LIMIT ?limit", ""), "?limit is not used"),
        (("SELECT ?name", "SELECT ?name ?concept"), "the parameter ?concept is given back"),
        (("ORDER BY ?name", ""), "no ORDER BY"),
        (("SELECT", "PREFIX a: <http://a>\nSELECT"), "a PREFIX line; leave it out"),
        ((BODY, ""), "no query; write one of SELECT, CONSTRUCT, ASK, DESCRIBE"),
    ],
)
def test_wrong_files_say_where_what_and_the_remedy(change: tuple[str, str], message: str) -> None:
    with pytest.raises(QueryFileError) as raised:
        read_query((HEADER + BODY).replace(*change), "x.rq")
    assert message in str(raised.value)
    assert str(raised.value).startswith("x.rq")


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({}, "no value for concept; give one (curie) with -p concept=…"),
        (
            {"concept": "a:b", "drug": "x"},
            "it has no parameter drug; its parameters: concept, limit",
        ),
        ({"concept": "a:b", "limit": "2.5"}, "'2.5' is no integer for limit"),
    ],
)
def test_wrong_values_are_refused(given_values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryFileError, match="query names: ") as raised:
        read_query(HEADER + BODY, "names.rq").values(given_values)
    assert message in str(raised.value)


def test_defaults_fill_what_is_not_given() -> None:
    values = read_query(HEADER + BODY, "names.rq").values({"concept": "FK506 结合蛋白"})
    assert [value for _, value in values] == ["FK506 结合蛋白", "20"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_value_never_leaves_its_term(value: str) -> None:
    """Whatever a value holds, it stays one literal: the other tokens are as before."""
    from kg.terms import Literal  # N-Triples form, escaped by the library

    text = 'SELECT ?s WHERE { ?s ?p ?value . ?s ?p "?value" } # ?value'
    bound = substitute(text, {"value": str(Literal(value))})
    assert find_variables(bound) == {"s", "p"}
    assert find_projection(bound) == ("s",)
    assert bound.endswith('. ?s ?p "?value" } # ?value')


def test_no_name_is_used_twice_and_all_files_are_read() -> None:
    queries = load_queries()
    assert len(queries) >= 16
    assert len({query.name for query in queries}) == len(queries)
    assert all(query.tags for query in queries)
    for language in ("en", "zh"):
        assert len({query.title_in(language) for query in queries}) == len(queries)
    assert all(any("一" <= c <= "鿿" for c in query.title_zh) for query in queries)


def test_unknown_name_lists_the_nearest() -> None:
    with pytest.raises(QueryFileError, match="did you mean hypotheses"):
        get_query("hypothesis")


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(HEADER + BODY, encoding="utf-8")
    assert [query.name for query in load_queries(tmp_path)] == ["mine"]
    with pytest.raises(QueryFileError, match="no such folder"):
        load_queries(tmp_path / "none")
    (tmp_path / "broken.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryFileError, match="not UTF-8"):
        get_query("broken", tmp_path / ".")


@pytest.mark.parametrize("folder", sorted(p.name for p in ROOT.iterdir() if any(p.glob("*.rq"))))
def test_every_shelf_is_read_without_complaint(folder: str) -> None:
    assert load_queries(folder)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_of_queries_is_current(language: str) -> None:
    page = ROOT.parent / "docs" / PAGES[language]
    assert page.read_text(encoding="utf-8") == make_page(language), (
        "run python -m queries.documentation"
    )
