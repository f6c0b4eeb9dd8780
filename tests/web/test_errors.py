"""One error shape: ``{"error": …, "status": …, "see": …}`` for programs, a helpful page for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.settings import Settings
from web.app import create_app
from web.site import EXTENSION

CASES = [
    ("GET", "/concept/mesh:D000000", 404),
    ("GET", "/concept/nonsense", 404),
    ("GET", "/concept/a b<c>", 404),
    ("GET", "/statement/0123456789abcdef", 404),
    ("GET", "/statement/no<such>", 404),
    ("GET", "/document/pubmed:0", 404),
    ("GET", "/document/文献", 404),
    ("GET", "/nowhere", 404),
    ("GET", "/path?source=a&target=b&max_hops=99", 400),
    ("GET", "/path?source=a&target=b&max_hops=²", 400),
    ("GET", f"/search?q={'x' * 2001}", 400),
    ("GET", "/export?format=docx", 400),
    ("POST", "/search", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_program_gets_the_one_shape(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json is not None and set(answer.json) == {"error", "status", "see"}
    assert answer.json["status"] == status and len(answer.json["error"]) > 10
    page, _, anchor = answer.json["see"].partition("#")
    soup = BeautifulSoup(client.get(page).data, "html.parser")
    assert soup.find(id=anchor)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_person_gets_a_page_that_helps(
    client: FlaskClient, method: str, path: str, status: int, language: str
) -> None:
    path = f"{path}{'&' if '?' in path else '?'}lang={language}"
    answer = client.open(path, method=method, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    soup = BeautifulSoup(answer.data, "html.parser")
    assert soup.select("main form[action='/search']") and soup.select("main a[href='/']")
    assert "Traceback" not in soup.get_text() and "<such>" not in str(soup)


def test_format_that_cannot_be_given_is_406(client: FlaskClient) -> None:
    answer = client.get("/concept/mesh:D016559", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json is not None and "text/turtle" in answer.json["error"]


def test_fault_of_ours_tells_nothing_of_the_inside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("web.routes.pages.load_concept_page", fail)
    app = create_app(settings)
    for accept in ("application/json", "text/html"):
        answer = app.test_client().get("/concept/mesh:D016559", headers={"Accept": accept})
        assert answer.status_code == 500 and b"secret" not in answer.data
    assert "secret detail" in caplog.text
    app.extensions[EXTENSION].pool.close()


def test_unreadable_snapshot_is_503(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "snapshots"
    folder.mkdir(parents=True)
    (folder / "current").write_text("000009\n")
    app = create_app(Settings(data=tmp_path / "data"))
    for path in ("/", "/healthz"):
        assert app.test_client().get(path).status_code == 503
    app.extensions[EXTENSION].pool.close()


def test_metrics_count_requests(client: FlaskClient) -> None:
    client.get("/about")
    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    found = [
        line
        for line in lines
        if line.startswith('parallax_requests_total{endpoint="pages.about",status="200"}')
    ]
    assert len(found) == 1 and float(found[0].rpartition(" ")[2]) >= 1
    assert all(line.startswith(("#", "parallax_")) for line in lines)
