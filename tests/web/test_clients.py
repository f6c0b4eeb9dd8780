"""Other people's clients against a real server: SPARQLWrapper and rdflib's SPARQLStore."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    GET,
    JSON,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

# Both clients use what rdflib has deprecated, and leave their responses open.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib",
    "ignore:ConjunctiveGraph",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
SELECT = "SELECT ?s WHERE { ?s a plx:Statement }"


@pytest.fixture(autouse=True)
def collect() -> Iterator[None]:
    """Let what the clients left open be found here, not in another test."""
    yield
    gc.collect()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("how", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_selects(address: str, method: str, how: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how if method == POST else URLENCODED)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(SELECT)
    found: Any = wrapper.query().convert()
    assert len(found["results"]["bindings"]) == 12


def test_sparqlwrapper_reads_xml_and_rdf(address: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql", returnFormat=XML)
    wrapper.setQuery("ASK { ?s a plx:Statement }")
    document: Any = wrapper.query().convert()
    assert document.getElementsByTagName("boolean")[0].firstChild.data == "true"
    for form in (RDFXML, TURTLE):
        wrapper = SPARQLWrapper(f"{address}/sparql", returnFormat=form)
        wrapper.setQuery("CONSTRUCT { ?s a plx:Statement } WHERE { ?s a plx:Statement }")
        result: Any = wrapper.query().convert()
        graph = result if isinstance(result, Graph) else Graph().parse(data=result, format="turtle")
        assert len(graph) == 12


def test_sparqlstore_reads_the_graph(address: str) -> None:
    store = SPARQLStore(f"{address}/sparql")
    graph = Graph(store)
    concept = URIRef("http://id.nlm.nih.gov/mesh/D016559")
    names = {
        str(o)
        for o in graph.objects(concept, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))
    }
    assert names == {"tacrolimus", "他克莫司"}
    rows = graph.query("SELECT ?s WHERE { ?s a <https://w3id.org/parallax/vocab#Document> }")
    assert len(list(rows)) == 3
