"""A hypothesis is confirmed or refuted by what later documents state, in either language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.loading import load_extractions, remove_documents
from kg.model import Document, Extraction, Language
from kg.questions import read_rows, text_of
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.vocab import PLX
from tests.kg.graphs import TERMS, lines
from tests.markup import Edge, Line, build_extraction

TEXTS: dict[Language, str] = {
    "en": "[d|Drug|mesh:D016559]Tacrolimus[/] lowers [p|Protein|FPLX:PPP3]calcineurin[/].",
    "zh": "[d|Drug|mesh:D016559]他克莫司[/]降低[p|Protein|FPLX:PPP3]钙调磷酸酶[/]。",
}


def paper(number: int, year: int | None, language: Language = "en", **more: Any) -> Extraction:
    word = {"en": "lowers", "zh": "降低"}[language]
    line = Line(language, "results", TEXTS[language], (Edge("d", "decreases", "p", word, **more),))
    pair = (line, None) if language == "en" else (None, line)
    read = build_extraction(f"pubmed:{number}", [pair])
    source = replace(read.document.source, year=year)
    return replace(read, document=Document(read.document.id, read.document.passages, source))


def store_with(*documents: Extraction, batch: int = 32) -> Store:
    store = memory_store()
    assert not load_extractions(store, documents, terminology=TERMS, batch=batch).failed
    return store


def fate(store: Store) -> str | None:
    return next((q.object.value for q in store.quads(None, PLX.hypothesisOutcome)), None)  # type: ignore[union-attr]


SUPPOSED: dict[str, Any] = {"certainty": "hypothesis"}
NOT_SO: dict[str, Any] = {"polarity": "negated"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "open"),
        ([(2015, {})], "confirmed"),
        ([(2015, NOT_SO)], "refuted"),
        ([(2015, {}), (2016, NOT_SO)], "disputed"),
        ([(2015, SUPPOSED)], "open"),
        ([(2012, {})], "open"),  # of the same year: which came first is not known
        ([(2009, {})], "open"),
        ([(None, {})], "open"),
    ],
)
def test_later_documents_decide(
    others: list[tuple[int | None, dict[str, Any]]], expected: str, language: Language
) -> None:
    documents = [
        paper(1, 2012, **SUPPOSED),
        *(paper(n, year, language, **more) for n, (year, more) in enumerate(others, 2)),
    ]
    store = store_with(*documents)
    assert fate(store) == expected
    assert lines(store_with(*documents[::-1], batch=1)) == lines(store)
    told = {text_of(row, "bearing") for row in _rows(store, language)} - {""}
    assert told == {
        "open": set(), "confirmed": {"confirms"}, "refuted": {"refutes"},
        "disputed": {"confirms", "refutes"},
    }[expected]  # fmt: skip


def _rows(store: Store, language: Language) -> list[Any]:
    return list(read_rows(store, "hypothesis_outcomes", folder="examples", language=language))


def test_what_nobody_supposed_has_no_outcome() -> None:
    assert fate(store_with(paper(1, 2012), paper(2, 2014))) is None


def test_the_outcome_goes_with_the_document_that_decided_it() -> None:
    store = store_with(paper(1, 2012, **SUPPOSED), paper(2, 2015))
    remove_documents(store, ["pubmed:2"], terminology=TERMS)
    assert fate(store) == "open"
    load_extractions(store, [paper(2, 2010)], terminology=TERMS)
    assert fate(store) == "open"
