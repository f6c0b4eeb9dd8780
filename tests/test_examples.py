"""The delivered examples: what each file holds, and what the graph of all of them answers."""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import yaml

from extractors.pipeline import Pipeline
from extractors.readers.plain import read_text
from kg.answers import answer
from kg.loading import load_extractions
from kg.model import Document
from kg.questions import bind_query
from kg.search.opening import open_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import memory_store
from queries import Query, load_queries

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
FILES = sorted(EXAMPLES.glob("*.txt"))
ROW = re.compile(
    r"\| \[(?P<name>[\w-]+)\]\((?P=name)\.txt\) \| \[(?P<doi>10\.[^\]]+)\]\(https://doi\.org/(?P=doi)\)"
)


def read(path: Path) -> Document:
    (document,) = read_text(path.read_text(encoding="utf-8"), name=path.stem)
    return document


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_has_its_source_and_the_same_passages_in_both_languages(path: Path) -> None:
    document = read(path)
    assert document.source is not None
    assert document.source.doi is not None
    assert document.source.journal is not None
    assert document.source.year is not None
    assert document.source.title
    assert document.source.vernacular_title
    sections = {
        language: [p.section for p in document.passages if p.language == language]
        for language in ("en", "zh")
    }
    assert sections["en"] == sections["zh"]
    assert sections["en"][0] == "title"
    assert len(sections["en"]) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_languages_of_an_example_give_the_same_decimals(
    path: Path,
) -> None:
    numbers = {
        language: sorted(
            number
            for passage in document.passages
            if passage.language == language
            for number in re.findall(r"\d+\.\d+", passage.text)
        )
        for document in (read(path),)
        for language in ("en", "zh")
    }
    assert numbers["en"] == numbers["zh"]


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_both_pages_list_every_example_with_its_doi(page: str) -> None:
    listed = {
        match["name"]: match["doi"].casefold()
        for match in ROW.finditer((EXAMPLES / page).read_text(encoding="utf-8"))
    }
    delivered = {}
    for path in FILES:
        document = read(path)
        assert document.source is not None
        delivered[path.stem] = (document.source.doi or "").casefold()
    assert listed == delivered


@pytest.mark.parametrize(
    ("name", "kind", "kind_zh", "english", "chinese"),
    [
        (
            "empagliflozin-hyperfiltration",
            "direction",
            "方向",
            "nitric oxide decreased",
            "一氧化氮升高",
        ),
        ("berberine-ldlr", "number", "数字", "LDL cholesterol by 25%", "低密度脂蛋白胆固醇下降52%"),
        ("uric-acid-nlrp3", "hedge", "语气", "may be a treatment", "是痛风和假性痛风的治疗方法"),
        (
            "colchicine-colcot",
            "polarity",
            "极性",
            "not significantly more frequent",
            "腹泻明显多于",
        ),
    ],
)
def test_a_deliberate_disagreement_is_in_the_text_and_told_on_both_pages(
    name: str, kind: str, kind_zh: str, english: str, chinese: str
) -> None:
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    assert english in text
    assert chinese in text
    for page, told in (
        ("README.md", f"**Disagreement of {kind}**"),
        ("README.zh.md", f"**{kind_zh}不一致**"),
    ):
        (row,) = [
            line
            for line in (EXAMPLES / page).read_text(encoding="utf-8").splitlines()
            if f"({name}.txt)" in line
        ]
        assert told in row


# The graph of the examples. One process builds it, so these tests stay together.

graph_test = pytest.mark.xdist_group("examples")


@cache
def graph() -> Store:
    store, pipeline = memory_store(), Pipeline()
    report = load_extractions(store, [pipeline.extract(read(path)) for path in FILES])
    assert len(report.added) == len(FILES)
    return store


@graph_test
@pytest.mark.parametrize("query", load_queries(), ids=lambda query: query.name)
def test_a_query_finds_something_with_the_values_of_its_example(query: Query) -> None:
    found = graph().query(bind_query(query, dict(query.example)))
    assert not isinstance(found, bool)
    assert next(iter(found), None) is not None


@graph_test
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_questions_that_are_offered_have_an_answer(language: str, tmp_path: Path) -> None:
    offered = [
        yaml.safe_load((ROOT / folder / f"{language}.yaml").read_text(encoding="utf-8"))
        for folder in ("web/messages", "kg/answers/languages")
    ]
    questions = [
        offered[0]["ask"]["placeholder"],
        *re.findall("“(.+?)”", offered[1]["words"]["examples"]),
    ]
    assert len(questions) == 3
    with closing(open_search(Settings(data=tmp_path), graph())) as search:
        verdicts = {text: answer(text, graph(), search).verdict for text in questions}
    assert set(verdicts.values()) & {"unknown", "not-understood"} == set(), verdicts
