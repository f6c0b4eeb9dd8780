"""The SPARQL 1.1 Protocol: operations, formats, datasets and failures, as tables."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, URIRef

# rdflib's own parsers use what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SELECT = "SELECT ?s WHERE { ?s a plx:Statement } ORDER BY ?s"
ASK = "ASK { ?s a plx:Statement }"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a plx:Statement ; rdfs:label ?l }"
JSON = "application/sparql-results+json"
STATEMENTS = "https://w3id.org/parallax/graph/statements"
TERMS = "https://w3id.org/parallax/graph/terminology"


def ask(client: FlaskClient, query: str, accept: str = JSON, **parameters: Any) -> Any:
    text = urlencode({"query": query, **parameters}, doseq=True)
    return client.get(f"/sparql?{text}", headers={"Accept": accept})


def rows(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, Any]] = json.loads(answer.data)["results"]["bindings"]
    return found


def test_query_by_get_and_by_both_posts_is_the_same(client: FlaskClient) -> None:
    by_get = rows(ask(client, SELECT))
    form = client.post("/sparql", data={"query": SELECT}, headers={"Accept": JSON})
    direct = client.post(
        "/sparql", data=SELECT, headers={"Accept": JSON, "Content-Type": "application/sparql-query"}
    )
    assert len(by_get) == 12
    assert by_get == rows(form) == rows(direct)


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "", JSON),
        (SELECT, "*/*", JSON),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ASK, JSON, JSON),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "text/n3", "text/n3; charset=utf-8"),
        ("DESCRIBE mesh:D016559", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_result_has_the_media_type_asked_for(
    client: FlaskClient, query: str, accept: str, media_type: str
) -> None:
    answer = ask(client, query, accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)
    assert int(answer.headers["Content-Length"]) == len(answer.data) > 0
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_results_can_be_read(client: FlaskClient) -> None:
    assert json.loads(ask(client, ASK).data)["boolean"] is True
    table = list(csv.reader(io.StringIO(ask(client, SELECT, "text/csv").get_data(as_text=True))))
    assert table[0] == ["s"] and len(table) == 13
    xml = ET.fromstring(ask(client, SELECT, "application/sparql-results+xml").data)  # noqa: S314
    assert len(xml.findall(".//{*}result")) == 12
    for accept, parser in (
        ("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld"),
    ):  # fmt: skip
        graph = Graph().parse(data=ask(client, CONSTRUCT, accept).data, format=parser)
        assert len(graph) == 24


@pytest.mark.parametrize("name", ["csv", "json", "xml", "tsv"])
def test_format_parameter_goes_before_the_accept_header(client: FlaskClient, name: str) -> None:
    answer = ask(client, SELECT, "text/html,*/*;q=0.8", format=name)
    assert name in answer.mimetype or (name == "tsv" and "tab" in answer.mimetype)


def count(client: FlaskClient, **dataset: Any) -> int:
    return len(rows(ask(client, "SELECT ?l WHERE { ?s rdfs:label|skos:prefLabel ?l }", **dataset)))


def test_default_graph_is_the_union_unless_a_dataset_is_given(client: FlaskClient) -> None:
    statements = count(client, **{"default-graph-uri": STATEMENTS})
    terms = count(client, **{"default-graph-uri": TERMS})
    assert statements == 24 and terms > 5
    assert count(client, **{"default-graph-uri": [STATEMENTS, TERMS]}) == statements + terms
    assert count(client) >= statements + terms
    assert count(client, **{"named-graph-uri": STATEMENTS}) == 0
    within = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert len(rows(ask(client, within, **{"named-graph-uri": STATEMENTS}))) == 1
    assert len(rows(ask(client, within, **{"default-graph-uri": STATEMENTS}))) == 0
    assert len(rows(ask(client, within))) >= 6
    named = f"SELECT ?l FROM <{STATEMENTS}> WHERE {{ ?s rdfs:label|skos:prefLabel ?l }}"  # noqa: S608
    assert len(rows(ask(client, named))) == statements


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "says"),
    [
        ("get", f"/sparql?query={quote('SELECT ?x WHERE { ?x')}", {}, 400, "line 1, column"),
        ("get", f"/sparql?query={quote('SELECT ?x WHERE { ?x nope:y 1 }')}", {}, 400, "prefix"),
        ("get", f"/sparql?query={quote('hello')}", {}, 400, "no query"),
        ("get", "/sparql?query=ASK+{}&query=ASK+{}", {}, 400, "more than one"),
        ("get", f"/sparql?query={quote('SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }')}", {}, 400, "SERVICE"),
        ("get", "/sparql?query=ASK+{}&default-graph-uri=no+iri", {}, 400, "cannot be run"),
        ("get", f"/sparql?query={quote(SELECT)}", {"headers": {"Accept": "image/png"}}, 406, "sparql-results+json"),
        ("get", f"/sparql?query={quote(SELECT)}&format=docx", {"headers": {"Accept": "a/b"}}, 406, "text/csv"),
        ("get", "/sparql?update=DROP+ALL", {}, 403, "updates are refused"),
        ("post", "/sparql", {"data": {"update": "DROP ALL"}}, 403, "updates are refused"),
        ("post", "/sparql", {"data": "DROP ALL", "content_type": "application/sparql-update"}, 403, "updates"),
        ("post", "/sparql", {"data": SELECT, "content_type": "text/plain"}, 415, "application/sparql-query"),
        ("post", "/sparql", {"data": b"\xff\xfe", "content_type": "application/sparql-query"}, 400, "UTF-8"),
        ("post", "/sparql", {"data": {}}, 415, "x-www-form-urlencoded"),
        ("post", "/sparql", {"data": {"x": "y"}}, 400, "no query"),
        ("put", "/sparql", {}, 405, ""),
        ("delete", "/sparql", {}, 405, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_why(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int, says: str
) -> None:
    sent = {"headers": {"Accept": JSON}} | sent
    answer = client.open(path, method=method.upper(), **sent)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.json is not None and set(answer.json) == {"error", "status", "see"}
    assert answer.json["status"] == status and says in answer.json["error"]
    if status == 405:
        assert "GET" in answer.headers["Allow"] and "POST" in answer.headers["Allow"]


def test_error_names_line_and_column(client: FlaskClient) -> None:
    answer = ask(client, "SELECT ?x WHERE {\n  ?x a plx:Statement .\n  ?x rdfs:label }\n}")
    assert answer.json is not None and "line 3, column " in answer.json["error"]


def test_preflight_lets_other_origins_in(client: FlaskClient) -> None:
    answer = client.options(
        "/sparql",
        headers={"Origin": "https://yasgui.example", "Access-Control-Request-Method": "POST"},
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle", "application/rdf+xml"])
def test_without_a_query_the_service_is_described(client: FlaskClient, accept: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept} if accept else {})
    parser = "xml" if "xml" in accept else "turtle"
    graph = Graph().parse(data=answer.data, format=parser)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (None, URIRef(f"{sd}feature"), URIRef(f"{sd}UnionDefaultGraph")) in graph
    assert (None, URIRef(f"{sd}supportedLanguage"), URIRef(f"{sd}SPARQL11Query")) in graph


def test_browser_gets_the_editor_with_linked_results(client: FlaskClient) -> None:
    query = "SELECT ?s ?d ?g WHERE { ?s a plx:Statement . GRAPH ?g { ?d a plx:Document } } ORDER BY ?s ?d LIMIT 3"
    answer = ask(client, query, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    page = answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"
    assert 'href="/statement/' in page and 'href="/document/doi:10.1159/000337175"' in page


def test_labels_in_both_languages_survive_every_result_format(client: FlaskClient) -> None:
    query = "SELECT ?n WHERE { mesh:D016559 skos:prefLabel ?n }"
    for accept in (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"):
        assert "他克莫司" in ask(client, query, accept).get_data(as_text=True)


def test_construct_in_named_graph_formats_parses(client: FlaskClient) -> None:
    dataset = Dataset()
    dataset.parse(data=ask(client, CONSTRUCT, "application/n-quads").data, format="nquads")
    assert len(list(dataset.quads())) == 24
