"""Query processes: limits that hold, and others that are served meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.settings import Settings
from kg.store.protocol import ProtocolQuery, kind_of
from kg.store.snapshots import current_snapshot
from web.app import create_app
from web.site import EXTENSION
from web.workers import LimitError, Limits, WorkerPool

JSON = "application/sparql-results+json"
ENDLESS = ProtocolQuery(
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
)
QUICK = ProtocolQuery("ASK { ?s ?p ?o }")


@pytest.fixture(scope="module")
def snapshot(settings: Settings) -> Path:
    found = current_snapshot(settings)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(Limits(seconds=1.0, processes=2, result_bytes=20_000)) as pool:
        yield pool


def answer(pool: WorkerPool, snapshot: Path, query: ProtocolQuery) -> bytes:
    with pool.answer(snapshot, query, JSON) as file:
        return file.read()


def test_endless_query_is_killed_and_others_are_served_meanwhile(
    pool: WorkerPool, snapshot: Path
) -> None:
    assert b"true" in answer(pool, snapshot, QUICK)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            answer(pool, snapshot, ENDLESS)
        except LimitError as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    started = time.perf_counter()
    thread.start()
    assert b"true" in answer(pool, snapshot, QUICK)
    assert thread.is_alive()
    thread.join(timeout=10)
    assert time.perf_counter() - started < 8
    assert [str(error) for error in failed] == [
        "query: it took longer than the limit of 1 seconds; ask for less, for example with LIMIT"
    ]
    assert pool.killed == 1
    assert b"true" in answer(pool, snapshot, QUICK)  # the killed process has a successor


def test_result_that_is_too_large_is_refused(pool: WorkerPool, snapshot: Path) -> None:
    with pytest.raises(LimitError, match="larger than the limit of 20000 bytes"):
        answer(pool, snapshot, ProtocolQuery("SELECT * WHERE { ?s ?p ?o }"))


def test_wrong_query_and_absent_snapshot_are_told_apart(
    pool: WorkerPool, snapshot: Path, tmp_path: Path
) -> None:
    with pytest.raises(QueryError, match="line 1, column 11"):
        answer(pool, snapshot, ProtocolQuery("ASK { ?s }"))
    with pytest.raises(StoreError):
        answer(pool, tmp_path / "none", QUICK)
    assert b"true" in answer(pool, snapshot, QUICK)


def test_no_process_is_left_when_the_pool_is_closed(snapshot: Path) -> None:
    pool = WorkerPool(Limits(processes=1))
    assert b"true" in answer(pool, snapshot, QUICK)
    process = pool._all[0]._process
    assert process is not None
    pool.close()
    pool.close()
    assert process.poll() is not None


def test_endpoint_names_the_limit(settings: Settings) -> None:
    app = create_app(settings, limits=Limits(seconds=0.5, processes=1))
    reply = app.test_client().get(
        "/sparql", query_string={"query": ENDLESS.sparql}, headers={"Accept": JSON}
    )
    app.extensions[EXTENSION].pool.close()
    assert reply.status_code == 503
    assert reply.json is not None and "limit of 0.5 seconds" in reply.json["error"]


@pytest.mark.parametrize(
    ("sparql", "kind"),
    [
        ("SELECT * {}", "solutions"),
        ("# ASK\nPREFIX select: <http://x/> ASK {}", "boolean"),
        ("construct {?s ?p ?o} where {?s ?p ?o}", "triples"),
        ("DESCRIBE <http://service.example/SERVICE>", "triples"),
        ('SELECT * { ?s ?p "SERVICE" }', "solutions"),
    ],
)
def test_kind_of_query(sparql: str, kind: str) -> None:
    assert kind_of(sparql) == kind


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("", "no query"),
        ("DROP ALL", "an update"),
        ("select * { service silent ?x { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_what_is_no_query(sparql: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        kind_of(sparql)
