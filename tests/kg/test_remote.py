"""A store behind an address, against a small server of the SPARQL 1.1 Protocol."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from kg.errors import QueryError, StoreError
from kg.loading import load_extractions, remove_documents
from kg.settings import Settings
from kg.store.base import Triples
from kg.store.embedded import EmbeddedStore, memory_store
from kg.store.formats import RESULT_FORMATS
from kg.store.opening import open_store
from kg.store.remote import RemoteStore
from kg.terms import IRI, Literal, Quad
from tests.kg.graphs import TERMS, fixture, lines, store_of

Start = Callable[[str, list[tuple[str, str]]], Any]


@dataclass
class Server:
    """A store that speaks the protocol, and what it was asked."""

    store: EmbeddedStore
    address: str = ""
    requests: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        accept, kind = environ["HTTP_ACCEPT"], environ["CONTENT_TYPE"].partition(";")[0]
        self.requests.append(
            {"body": body, "accept": accept, "auth": environ.get("HTTP_AUTHORIZATION", "")}
        )
        if environ["PATH_INFO"] == "/broken":
            start("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"come back later"]
        if kind == "application/sparql-update":
            self.store._store.update(body)
            start("204 No Content", [])
            return []
        name = next((f.name for f in RESULT_FORMATS if f.media_type == accept), "ntriples")
        try:
            answer = self.store.query_bytes(parse_qs(body)["query"][0], name)
        except QueryError as error:
            start("400 Bad Request", [("Content-Type", "text/plain")])
            return [str(error).encode()]
        cut = [("X-SPARQL-MaxRows", "1")] if environ["PATH_INFO"] == "/cut" else []
        start("200 OK", [("Content-Type", accept), *cut])
        return [answer]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests are read, not logs."""


@pytest.fixture
def server() -> Iterator[Server]:
    application = Server(memory_store())
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as listening:
        application.address = f"http://127.0.0.1:{listening.server_port}/sparql"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield application
        listening.shutdown()
        thread.join()


def test_the_same_graph_comes_out_as_in_the_embedded_store(server: Server) -> None:
    store = open_store(Settings(store=server.address))
    assert load_extractions(store, fixture(), terminology=TERMS).failed == []
    assert lines(server.store) == lines(store_of(*fixture()))
    assert lines(store) == lines(server.store)
    assert len(store) == len(server.store)
    first, second = fixture()
    remove_documents(store, [first.document.id], terminology=TERMS)
    assert lines(server.store) == lines(store_of(second))


def test_rows_answers_and_triples(server: Server) -> None:
    store = RemoteStore(server.address)
    a, p, g = (IRI(f"https://example.org/{name}") for name in "apg")
    store.change((), [Quad(a, p, Literal("甲", language="zh"), g)])
    value = Literal("甲", language="zh")
    query = "SELECT ?s ?none WHERE { ?s ?p ?v OPTIONAL { ?v ?p ?none } }"
    assert list(store.select(query, substitutions={"v": value})) == [{"s": a}]
    assert store.ask("ASK { ?s ?p ?o }")
    assert not store.ask("ASK { ?s a plx:Statement }")
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, Triples)
    assert [triple.object for triple in triples] == [value]
    assert store.query_bytes(query, "csv").startswith(b"s,none")


def test_a_change_is_one_request(server: Server) -> None:
    a, p, g = (IRI(f"https://example.org/{name}") for name in "apg")
    RemoteStore(server.address).change([Quad(a, p, a, g)], [Quad(a, p, p, g)], drop=[a])
    (request,) = server.requests
    assert [word for word in ("DROP", "DELETE", "INSERT") if word in request["body"]] == [
        "DROP", "DELETE", "INSERT",
    ]  # fmt: skip


def test_an_answer_that_the_server_cut_is_refused(server: Server) -> None:
    store = RemoteStore(server.address.replace("/sparql", "/cut"))
    with pytest.raises(StoreError, match="only a part of the answer"):
        list(store.select("SELECT ?s { ?s ?p ?o }"))


def test_queries_and_updates_may_go_to_two_addresses(server: Server) -> None:
    store = RemoteStore(f"{server.address}, {server.address.replace('/sparql', '/broken')}")
    assert len(store) == 0
    with pytest.raises(StoreError, match="503"):
        store.change((), [Quad(IRI("a:b"), IRI("a:b"), IRI("a:b"), IRI("a:b"))])


def test_a_password_goes_into_the_header_and_into_no_message(server: Server) -> None:
    store = RemoteStore(server.address.replace("http://", "http://reader:secret@"))
    assert len(store) == 0
    assert server.requests[0]["auth"] == "Basic cmVhZGVyOnNlY3JldA=="
    with pytest.raises(QueryError) as caught:
        store.ask("ASK {")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["ftp://example.org/", "example.org", "http://", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="not the address"):
        RemoteStore(address)


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        len(RemoteStore("http://127.0.0.1:9/sparql", timeout=2))


def test_what_only_the_embedded_store_can_do_is_refused(server: Server, tmp_path: Any) -> None:
    store = RemoteStore(server.address)
    with pytest.raises(StoreError, match="not backed up from here"):
        store.backup(tmp_path / "backup")
    with pytest.raises(QueryError, match="cannot call functions"):
        store.query("ASK {}", functions={"https://example.org/f": print})
