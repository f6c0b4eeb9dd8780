from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.negotiate import (
    GRAPH_OFFERS,
    PAGE_OFFERS,
    SOLUTION_OFFERS,
    choose,
    parse_accept,
    split_suffix,
)

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
SPARQLWRAPPER = "application/sparql-results+xml"
RDFLIB = (
    "application/sparql-results+xml, application/sparql-results+json, application/rdf+xml;q=0.9"
)
PROTEGE = (
    "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
)
COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6"
YASGUI = "application/sparql-results+json,*/*;q=0.9"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "html"),
        ("*/*", "html"),
        (FIREFOX, "html"),
        (CHROME, "html"),
        ("application/json", "json"),
        ("text/turtle", "ttl"),
        ("application/ld+json, application/json;q=0.5", "jsonld"),
        ("application/json;q=0.5, text/turtle;q=0.9", "ttl"),
        (PROTEGE, "rdf"),
        (COMUNICA, "jsonld"),
        ("text/html;q=0, */*", "html"),  # XHTML is HTML by another name
        ("text/*;q=0.5, application/json;q=0.4", "html"),
        ("TEXT/TURTLE", "ttl"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle; q=oops", None),
    ],
)
def test_choose_page_form(accept: str, name: str | None) -> None:
    offer = choose(accept, PAGE_OFFERS)
    assert (offer.name if offer else None) == name


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        (SPARQLWRAPPER, "application/sparql-results+xml"),
        (YASGUI, "application/sparql-results+json"),
        (RDFLIB, "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.1", "text/tab-separated-values"),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("application/pdf", None),
    ],
)
def test_choose_result_format(accept: str, media_type: str | None) -> None:
    offer = choose(accept, SOLUTION_OFFERS)
    assert (offer.media_type if offer else None) == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/turtle"),
        (RDFLIB, "application/rdf+xml"),
        (COMUNICA, "application/n-quads"),
        ("text/plain", "text/plain"),
        ("application/trig, text/turtle;q=0.2", "application/trig"),
    ],
)
def test_choose_graph_format(accept: str, media_type: str) -> None:
    offer = choose(accept, GRAPH_OFFERS)
    assert offer is not None and offer.media_type == media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("mesh:D016559", ("mesh:D016559", None)),
        ("mesh:D016559.json", ("mesh:D016559", "json")),
        ("doi:10.1159/000337175", ("doi:10.1159/000337175", None)),
        ("doi:10.1159/000337175.jsonld", ("doi:10.1159/000337175", "jsonld")),
        ("plxc:protein-突触蛋白.ttl", ("plxc:protein-突触蛋白", "ttl")),
        (".json", (".json", None)),
        ("a.html", ("a.html", None)),
    ],
)
def test_split_suffix(path: str, expected: tuple[str, str | None]) -> None:
    assert split_suffix(path) == expected


@given(st.text(max_size=80) | st.text(alphabet="*/;,=q0.19 ax", max_size=60))
def test_parse_accept_never_raises(header: str) -> None:
    assert all(0 <= part.quality <= 1 for part in parse_accept(header))
    choose(header, PAGE_OFFERS)
