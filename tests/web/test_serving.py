"""Serving while writing: a new snapshot is shown at once, and nothing is shown before there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.io import read_extractions
from kg.loading import load_extractions, remove_documents
from kg.settings import Settings
from kg.store.opening import open_store
from kg.store.snapshots import publish_snapshot
from tests.web.conftest import FIXTURE
from web.app import create_app
from web.site import EXTENSION
from web.warming import start_warming

JSON = {"Accept": "application/json"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?d a plx:Document }"


def test_new_snapshot_is_served_without_a_restart(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    app = create_app(settings)
    client = app.test_client()

    def documents() -> int:
        home = client.get("/", headers=JSON).json
        query = client.get("/sparql", query_string={"query": COUNT}, headers=JSON).json
        assert home is not None and query is not None
        assert int(query["results"]["bindings"][0]["n"]["value"]) == home["counts"]["documents"]
        return int(home["counts"]["documents"])

    assert documents() == 0
    assert client.get("/healthz").json == {"status": "ok", "snapshot": "empty"}
    for page in ("/", "/search?q=x", "/path", "/ask", "/path?source=a&target=b", "/ask?q=why"):
        assert client.get(page, headers={"Accept": "text/html"}).status_code == 200
    with open_store(settings) as store:
        load_extractions(store, read_extractions(FIXTURE))
        assert documents() == 0  # written, not yet published
        publish_snapshot(store, settings)
        assert documents() == 2
        assert client.get("/api/suggest?q=FK506").json["suggestions"][0]["id"] == "mesh:D016559"  # type: ignore[index]
        remove_documents(store, ["pubmed:900002"])
        publish_snapshot(store, settings)
        assert documents() == 1
    assert client.get("/document/pubmed:900002", headers=JSON).status_code == 404
    assert client.get("/healthz").json == {"status": "ok", "snapshot": "000002"}
    app.extensions[EXTENSION].pool.close()


def test_the_start_page_is_computed_before_anyone_asks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(settings)
    start_warming(app).join(timeout=60)
    monkeypatch.setattr("web.routes.pages.load_home_page", None)  # it is not called any more
    home = app.test_client().get("/", headers=JSON).json
    assert home is not None and home["counts"]["documents"] == 3
    app.extensions[EXTENSION].pool.close()


def test_a_graph_that_cannot_be_opened_does_not_keep_the_server_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(data=tmp_path, store="http://127.0.0.1:9/sparql"))
    start_warming(app).join(timeout=60)
    assert "does not answer" in caplog.text
    app.extensions[EXTENSION].pool.close()


def test_explorer_over_an_outside_server(address: str, tmp_path: Path) -> None:
    """With ``--store URL`` every page works against any SPARQL 1.1 server; here, another explorer."""
    app = create_app(Settings(data=tmp_path / "data", store=f"{address}/sparql"))
    client = app.test_client()
    for page in (
        "/",
        "/search?q=FK506",
        "/concept/mesh:D016559",
        "/document/pubmed:900001",
        "/path?source=FK506&target=synaptopodin",
        "/ask?q=How does tacrolimus affect synaptopodin?",
        "/sparql?query=ASK+{?s+a+plx:Statement}",
    ):
        assert client.get(page, headers={"Accept": "text/html"}).status_code == 200, page
    answer = client.get("/sparql", query_string={"query": COUNT}, headers=JSON).json
    assert answer is not None and answer["results"]["bindings"][0]["n"]["value"] == "3"
    assert client.get("/concept/mesh:D016559.ttl").data.count("他克莫司".encode()) >= 1
    app.extensions[EXTENSION].pool.close()
