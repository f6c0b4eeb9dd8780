"""Every page is also data: by suffix, by Accept header, and through the JSON interface."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from kg.export.formats import FORMATS
from tests.web.conftest import HARD_ID

# rdflib's own parsers use what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
PAGES = [
    ("/index", "/"),
    ("/search", "/search?q=FK506"),
    ("/concept/mesh:D016559", "/concept/mesh:D016559"),
    (f"/document/{HARD_ID}", f"/document/{HARD_ID}"),
    ("/path", "/path?source=FK506&target=突触足蛋白"),
    ("/ask", "/ask?q=How does tacrolimus affect synaptopodin?"),
    ("/queries", "/queries"),
    ("/about", "/about"),
    ("/export", "/export"),
]
FORMS = {
    "json": ("application/json", None),
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("stem", "page"), PAGES)
def test_page_as_data(client: FlaskClient, stem: str, page: str, form: str) -> None:
    media_type, parser = FORMS[form]
    query = page.partition("?")[2]
    by_suffix = client.get(f"{stem}.{form}" + (f"?{query}" if query else ""))
    by_header = client.get(page, headers={"Accept": media_type})
    assert (by_suffix.status_code, by_suffix.mimetype) == (200, media_type)
    assert by_suffix.data == by_header.data
    assert by_suffix.headers["Access-Control-Allow-Origin"] == "*"
    if parser is None:
        assert isinstance(json.loads(by_suffix.data), dict)
    else:
        assert len(Graph().parse(data=by_suffix.data, format=parser)) > 0


def test_statement_iri_maps_to_its_page_and_back(client: FlaskClient) -> None:
    page = load(client, "/concept/mesh:D016559.json")
    claim = page["acts_on"][0]["claims"][0]
    graph = Graph().parse(data=client.get(f"/statement/{claim['id']}.ttl").data, format="turtle")
    node = URIRef(f"https://w3id.org/parallax/statement/{claim['id']}")
    assert (node, None, None) in graph
    vocabulary = "https://w3id.org/parallax/vocab#"
    evidence = set(graph.subjects(URIRef(f"{vocabulary}statement"), node))
    assert evidence
    for one in evidence:
        renditions = set(graph.objects(one, URIRef(f"{vocabulary}hasRendition")))
        assert renditions and all(
            (r, URIRef(f"{vocabulary}quote"), None) in graph for r in renditions
        )


def test_concept_in_turtle_has_its_names(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/concept/mesh:D016559.ttl").data, format="turtle")
    node = URIRef("http://id.nlm.nih.gov/mesh/D016559")
    names = {(str(name), name.language) for name in graph.objects(node, SKOS.prefLabel)}  # type: ignore[attr-defined]
    assert names == {("tacrolimus", "en"), ("他克莫司", "zh")}


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=FK506",
        "/concept/mesh:D016559",
        f"/document/{HARD_ID}",
        "/ask?q=他克莫司如何影响突触足蛋白？",
    ],
)
def test_api_gives_what_the_page_knows(client: FlaskClient, path: str) -> None:
    api = client.get(f"/api{path}")
    assert api.json == client.get(path, headers={"Accept": "application/json"}).json
    assert api.headers["Access-Control-Allow-Origin"] == "*"


def test_json_of_a_page_does_not_depend_on_the_interface_language(client: FlaskClient) -> None:
    assert load(client, "/concept/mesh:D016559.json?lang=en") == load(
        client, "/concept/mesh:D016559.json?lang=zh"
    )


def test_document_iri_with_encoded_slash_is_found(client: FlaskClient) -> None:
    answer = client.get(f"/document/{quote(HARD_ID, safe=':')}.json")
    assert answer.json is not None and answer.json["document"]["id"] == HARD_ID


def test_suggestions(client: FlaskClient) -> None:
    for text in ("tacro", "他克", "FK5", "takemosi"):
        found = load(client, f"/api/suggest?q={quote(text)}")["suggestions"]
        assert found[0]["id"] == "mesh:D016559", text
        assert found[0]["url"] == "/concept/mesh:D016559"
        assert found[0]["name"] == {"en": "tacrolimus", "zh": "他克莫司"}
    assert load(client, "/api/suggest?q=")["suggestions"] == []


def test_openapi_describes_every_api_address(client: FlaskClient) -> None:
    described = load(client, "/api/openapi.json")
    rules = {
        str(rule).replace("<path:curie>", "{curie}").replace("<path:statement_id>", "{id}").replace("<path:document_id>", "{id}")
        for rule in client.application.url_map.iter_rules()
        if str(rule).startswith("/api/") and "openapi" not in str(rule)
    }  # fmt: skip
    assert set(described["paths"]) == rules
    schemas = described["components"]["schemas"]
    page = load(client, "/api/concept/mesh:D016559")
    assert set(schemas["ConceptPage"]["required"]) == set(page)
    text = json.dumps(described)
    references = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert references <= set(schemas)


def test_void_describes_the_graph(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/.well-known/void").data, format="turtle")
    void, dcat = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
    counts = {int(str(count)) for count in graph.objects(None, URIRef(f"{void}entities"))}
    assert 3 in counts  # documents
    assert list(graph.objects(None, URIRef(f"{void}sparqlEndpoint")))
    addresses = set(map(str, graph.objects(None, URIRef(f"{dcat}downloadURL"))))
    assert len(addresses) == sum(len(form.parts) for form in FORMATS)


@pytest.mark.parametrize(
    ("name", "parser"), [("nq", "nquads"), ("trig", "trig"), ("turtle", "turtle")]
)
def test_export_gives_the_whole_graph(client: FlaskClient, name: str, parser: str) -> None:
    from rdflib import Dataset

    answer = client.get(f"/export?format={name}")
    assert "attachment" in answer.headers["Content-Disposition"]
    if parser == "turtle":
        assert len(Graph().parse(data=answer.data, format=parser)) > 50
    else:
        dataset = Dataset()
        dataset.parse(data=answer.data, format=parser)
        assert len(list(dataset.graphs())) >= 5


def test_every_format_of_the_command_is_on_the_page(client: FlaskClient) -> None:
    page = load(client, "/export.json")
    assert [form["name"] for form in page["formats"]] == [form.name for form in FORMATS]
    for form in page["formats"]:
        for file in form["files"]:
            answer = client.get(file["url"])
            assert answer.status_code == 200 and answer.data
            assert file["name"] in answer.headers["Content-Disposition"]
    assert client.get("/export?format=kgx&part=3").status_code == 400


def test_graph_store_protocol_reads_one_graph(client: FlaskClient) -> None:
    name = "https://w3id.org/parallax/graph/statements"
    answer = client.get(f"/graph?graph={quote(name)}", headers={"Accept": "application/n-triples"})
    assert answer.mimetype == "application/n-triples" and answer.data.count(b"\n") > 50
    assert client.get("/graph?graph=http://example.org/none").status_code == 404
    assert client.get("/graph").status_code == 400


def load(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.json is not None
    return answer.json


def test_the_jsonld_context_is_given_as_it_is_delivered(client: FlaskClient) -> None:
    answer = client.get("/context.jsonld")
    assert answer.content_type == "application/ld+json"
    assert answer.get_json()["@context"]["plx"] == "https://w3id.org/parallax/vocab#"
