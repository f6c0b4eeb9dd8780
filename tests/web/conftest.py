"""A served graph of three small documents; one has all that is hard to show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from flask import Flask
from flask.testing import FlaskClient

from kg.io import read_extractions
from kg.loading import load_extractions
from kg.model import (
    Discrepancy,
    Document,
    Extraction,
    Group,
    Mention,
    Passage,
    Quantity,
    RelationMention,
    Result,
    Sentence,
    Side,
    Source,
    Span,
)
from kg.settings import Settings
from kg.store.opening import open_store
from kg.store.snapshots import publish_snapshot
from web.app import create_app
from web.site import EXTENSION
from web.workers import Limits

FIXTURE = Path(__file__).parent.parent / "fixtures" / "podocyte.extraction.jsonl"
HARD_ID = "doi:10.1159/000337175"
SCRIPT = "<script>alert(1)</script>"
EN = f"Tacrolimus 0.05 mg/kg/day raised {SCRIPT} & lowered urea."
ZH = "他克莫司0.05mg/kg/天升高突触甲蛋白。"


def hard_document() -> Extraction:
    """Slash and colon in the id, markup in a name, a Han identifier, a number, a discrepancy."""
    words = {"drug": "Tacrolimus", "thing": SCRIPT, "urea": "urea"}
    at = {name: EN.index(word) for name, word in words.items()}
    unknown, han = EN.index("0.05"), ZH.index("突触甲蛋白")
    return Extraction(
        Document(
            HARD_ID,
            (Passage("p1", "en", EN, "results"), Passage("p2", "zh", ZH, "results")),
            Source(title=f"A {SCRIPT} title", vernacular_title="标题 & 符号", doi="10.1159/000337175"),
        ),
        (
            Sentence("s1", "p1", 0, len(EN), "results", ("s2",)),
            Sentence("s2", "p2", 0, len(ZH), "results", ("s1",)),
        ),
        (
            Mention("m1", "p1", "s1", 0, 10, "Tacrolimus", "Drug", "mesh:D016559", aligned=("m4",)),
            Mention(
                "m2", "p1", "s1", at["thing"], at["thing"] + len(SCRIPT), SCRIPT, "Protein",
                aligned=("m5",),
            ),
            Mention("m3", "p1", "s1", at["urea"], at["urea"] + 4, "urea", "Outcome"),
            Mention("m4", "p2", "s2", 0, 4, "他克莫司", "Drug", "mesh:D016559", aligned=("m1",)),
            Mention("m5", "p2", "s2", han, han + 5, "突触甲蛋白", "Protein", "plxc:protein-突触甲蛋白"),
        ),
        (
            RelationMention(
                "r1", "s1", "m1", "increases", "m2", "en.increases.test",
                Span(EN.index("raised"), EN.index("raised") + 6, "raised"),
            ),
            RelationMention(
                "r2", "s2", "m4", "increases", "m5", "zh.increases.test",
                Span(ZH.index("升高"), ZH.index("升高") + 2, "升高"),
            ),
        ),
        (
            Quantity(
                "q1", "p1", "s1", unknown, unknown + len("0.05 mg/kg/day"), "0.05 mg/kg/day", "dose",
                0.05, 0.05, "mg/kg/d", of="m1", aligned=("q2",),
            ),
            Quantity(
                "q2", "p2", "s2", 4, 4 + len("0.05mg/kg/天"), "0.05mg/kg/天", "dose",
                0.05, 0.05, "mg/kg/d", of="m4", aligned=("q1",),
            ),
        ),
        (
            Discrepancy(
                "term", Side("s1", "m2", SCRIPT), Side("s2", "m5", "突触甲蛋白"),
                f"The terms differ: {SCRIPT}", "术语不同",
            ),
        ),
        (
            Result(
                "x1", "s1", "m3", "decreased", "en.result.test",
                Span(EN.index("lowered"), EN.index("lowered") + 7, "lowered"),
                Group("treatment", 0, 10, "Tacrolimus", "m1"), Group("control"), ("q1",),
                significance="significant",
            ),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("web") / "data")
    with open_store(settings) as store:
        report = load_extractions(store, [*read_extractions(FIXTURE), hard_document()])
        assert not report.failed
        publish_snapshot(store, settings)
    return settings


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings, limits=Limits(seconds=20, processes=2))
    yield app
    app.extensions[EXTENSION].pool.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


Serve = Callable[[Flask], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve an app for real; gives its address."""
    running: list[tuple[waitress.server.BaseWSGIServer, threading.Thread]] = []

    def start(app: Flask) -> str:
        server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server, thread in running:
        server.trigger.pull_trigger(lambda server=server: server.close())
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def address(app: Flask, serve: Serve) -> str:
    return serve(app)
