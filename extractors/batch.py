"""Many documents through a pipeline: in order, on one process or several, with bounded memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import TypeAlias

from extractors.pipeline import Pipeline
from extractors.provenance import provenance_of
from extractors.readers.records import Annotated, Deletion, Failure, Item, Readable
from kg.errors import KgError
from kg.model import Extraction

AHEAD = 4  # documents waiting for each process

Make: TypeAlias = Callable[[], Pipeline]
Result: TypeAlias = Extraction | Deletion | Failure

_pipeline: Pipeline | None = None  # of this worker process


def extract_all(
    items: Iterable[Item],
    *,
    jobs: int = 1,
    make: Make = Pipeline,
    tell: Callable[[str], None] = lambda note: None,
) -> Iterator[Result]:
    """What is read in each document, in the order of the documents.

    Deletions and failures are handed through. A document on which the extraction fails, or kills
    its process, becomes a `Failure` that names it, and the rest goes on.

    Parameters
    ----------
    jobs : processes; 1 is this one.
    make : builds the pipeline, in each process once; at the top level of a module.
    tell : is given, once, what a user should know of the readers that take part.

    Raises
    ------
    KgError
        where the pipeline itself cannot be built, for instance by a mistake in a rule.
    """
    pipeline = make()
    for reader in pipeline.steps.readers:  # loads lexicon and rules: their errors come once
        for note in reader.notes:
            tell(note)
    if jobs <= 1:
        for item in items:
            yield item if isinstance(item, Deletion | Failure) else extract_one(pipeline, item)
    else:
        yield from _in_processes(items, jobs, make)


def extract_one(pipeline: Pipeline, item: Readable) -> Extraction | Failure:
    """The extraction of a document, or why it failed."""
    try:
        extraction = pipeline.extract(item)
        if pipeline.marks is None or extraction.provenance is not None or extraction is item:
            return extraction
        return replace(extraction, provenance=provenance_of(item, pipeline.marks))
    except KgError as error:
        where = ", ".join(filter(None, (_name(item), error.where)))
        return Failure(where, error.what, error.remedy)
    except Exception as error:
        return Failure(
            _name(item), f"the extraction failed ({type(error).__name__}: {error})",
            "report this document as a defect; the others are not affected",
        )  # fmt: skip


def _in_processes(items: Iterable[Item], jobs: int, make: Make) -> Iterator[Result]:
    waiting: deque[tuple[Item, Future[Extraction | Failure] | None]] = deque()
    pool = _pool(jobs, make)
    try:
        for item in items:
            waiting.append((item, _submit(pool, item)))
            if len(waiting) >= AHEAD * jobs:
                result, pool = _first(waiting, pool, jobs, make)
                yield result
        while waiting:
            result, pool = _first(waiting, pool, jobs, make)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _first(
    waiting: deque[tuple[Item, Future[Extraction | Failure] | None]],
    pool: ProcessPoolExecutor,
    jobs: int,
    make: Make,
) -> tuple[Result, ProcessPoolExecutor]:
    """The result of the first waiting item, and the pool (a new one where a process has died)."""
    item, future = waiting.popleft()
    if isinstance(item, Deletion | Failure):
        return item, pool
    try:
        if future is None:
            raise BrokenProcessPool
        return future.result(), pool
    except BrokenProcessPool:
        pool.shutdown(cancel_futures=True)
        result = _alone(item, make)
        pool = _pool(jobs, make)
        again = [(other, _submit(pool, other)) for other, _ in waiting]
        waiting.clear()
        waiting.extend(again)
        return result, pool


def _alone(item: Readable, make: Make) -> Extraction | Failure:
    """The result of a document in a process of its own, so that it is known which one kills."""
    with _pool(1, make) as pool:
        try:
            return pool.submit(_work, item).result()
        except BrokenProcessPool:
            return Failure(
                _name(item), "the extraction killed its process (too little memory?)",
                "leave this document out or split it; the others are not affected",
            )  # fmt: skip


def _submit(pool: ProcessPoolExecutor, item: Item) -> Future[Extraction | Failure] | None:
    if isinstance(item, Deletion | Failure):
        return None
    try:
        return pool.submit(_work, item)
    except BrokenProcessPool:
        return None


def _pool(jobs: int, make: Make) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _start, (make,))


def _start(make: Make) -> None:
    global _pipeline
    _pipeline = make()


def _work(item: Readable) -> Extraction | Failure:
    if _pipeline is None:
        raise RuntimeError("the worker was not started")
    return extract_one(_pipeline, item)


def _name(item: Readable) -> str:
    return item.document.id if isinstance(item, Extraction | Annotated) else item.id
