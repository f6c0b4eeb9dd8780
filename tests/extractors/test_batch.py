"""Many documents: order, several processes, and documents that fail or kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors.batch import AHEAD, extract_all
from extractors.readers.records import Deletion, Failure, Item
from kg.errors import InputError
from kg.model import Document, Extraction, Passage
from tests.extractors import fakes


def document(number: int, text: str = "Sirolimus lowered creatinine.") -> Document:
    return Document(f"pubmed:{number}", (Passage("p1", "en", text),))


def names(results: Iterator[Extraction | Deletion | Failure]) -> list[str]:
    return [
        result.document.id if isinstance(result, Extraction) else
        result.id if isinstance(result, Deletion) else f"failed {result.where}"
        for result in results
    ]  # fmt: skip


MIXED: list[Item] = [
    document(1),
    Failure("a.xml:4", "no PMID"),
    document(2, "CRASH"),
    Deletion("pubmed:9"),
    document(3),
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_failures_name_their_document(jobs: int) -> None:
    assert names(extract_all(MIXED, jobs=jobs, make=fakes.pipeline)) == [
        "pubmed:1", "failed a.xml:4", "failed pubmed:2", "pubmed:9", "pubmed:3",
    ]  # fmt: skip


def test_a_failure_tells_the_error_and_what_to_do() -> None:
    (failure,) = extract_all([document(2, "CRASH")], make=fakes.pipeline)
    assert isinstance(failure, Failure)
    assert "ZeroDivisionError: told to" in str(failure)
    assert failure.remedy


def test_a_document_that_kills_its_process_is_named_and_the_rest_goes_on() -> None:
    items = [
        document(n, "KILL" if n == 3 else "Sirolimus lowered creatinine.") for n in range(1, 8)
    ]
    assert names(extract_all(items, jobs=2, make=fakes.pipeline)) == [
        "pubmed:1", "pubmed:2", "failed pubmed:3", "pubmed:4", "pubmed:5", "pubmed:6", "pubmed:7",
    ]  # fmt: skip


def test_no_more_documents_are_read_than_fit_the_window() -> None:
    taken = 0

    def items() -> Iterator[Item]:
        nonlocal taken
        for number in range(1, 101):
            taken += 1
            yield document(number)

    results = extract_all(items(), jobs=2, make=fakes.pipeline)
    for _ in range(10):
        next(results)
    assert taken <= 10 + 2 * AHEAD
    assert len(list(results)) == 90


def test_an_error_of_ours_keeps_its_place_and_remedy() -> None:
    pipeline = fakes.pipeline()

    def refuse(_: object) -> Extraction:
        raise InputError("too strange", where="p1", remedy="leave it out")

    pipeline.extract = refuse  # type: ignore
    assert list(extract_all([document(5)], make=lambda: pipeline)) == [
        Failure("pubmed:5, p1", "too strange", "leave it out")
    ]
