"""Circumstances and study designs on the pages, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.loading import load_extractions
from kg.model import StudyDesign
from kg.settings import Settings
from kg.store.opening import open_store
from kg.store.snapshots import publish_snapshot
from tests.golden import golden_extractions, golden_terminology
from web.app import create_app
from web.site import EXTENSION
from web.workers import Limits


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data=tmp_path_factory.mktemp("circumstances") / "data")
    kidney = next(x for x in golden_extractions() if x.document.id == "pubmed:900003")
    design = StudyDesign("y1", "cohort", "p-en2", "s-en2", 0, 4, "They", "en.design.cohort")
    with open_store(settings) as store:
        load_extractions(
            store, [replace(kidney, designs=(design,))], terminology=golden_terminology()
        )
        publish_snapshot(store, settings)
    app = create_app(settings, limits=Limits(seconds=20, processes=1))
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


PATH = "/path?source=tacrolimus&target=cytoskeleton"


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ["Species human", "Setting in people", "from 患者"]),
     ("zh", ["物种 人", "实验环境 临床（人）", "据 患者"])],
)  # fmt: skip
def test_evidence_shows_its_circumstances(
    client: FlaskClient, language: str, told: list[str]
) -> None:
    page = soup(client, f"{PATH}&lang={language}")
    shown = " ".join(page.select(".circumstances")[0].get_text(" ").split())
    assert all(words in shown for words in told)
    assert page.select(".circumstances .is-carried")


def test_words_of_the_clause_are_marked(client: FlaskClient) -> None:
    page = soup(client, "/path?source=calcineurin&target=synaptopodin&lang=en")
    marked = {mark.get_text() for mark in page.select("blockquote .r-context")}
    assert marked == {"kidneys", "肾组织"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [("", 2), ("&setting=clinical", 2), ("&setting=in-vitro", 0), ("&species=人&setting=", 2),
     ("&species=UBERON:0002113", 0), ("&species=unicorn", 0)],
)  # fmt: skip
def test_paths_keep_to_circumstances(client: FlaskClient, asked: str, found: int) -> None:
    assert len(soup(client, f"{PATH}{asked}").select("article.path")) == found
    answer = client.get(f"{PATH.replace('/path', '/api/paths')}{asked}")
    assert len(answer.get_json()["paths"]) == found


def test_an_unknown_setting_is_refused(client: FlaskClient) -> None:
    answer = client.get(f"{PATH}&setting=nowhere")
    assert answer.status_code == 400
    assert "in-vitro" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Study design cohort study"), ("zh", "研究设计 队列研究")]
)
def test_document_shows_its_design(client: FlaskClient, language: str, told: str) -> None:
    page = soup(client, f"/document/pubmed:900003?lang={language}")
    assert " ".join(page.select(".designs")[0].get_text(" ").split()) == told
    assert client.get("/document/pubmed:900003.json").get_json()["designs"] == ["cohort"]
