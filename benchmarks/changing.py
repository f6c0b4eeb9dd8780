"""How long it takes to replace one document in a large graph, and until readers see it.

The graph is that of `benchmarks.exporting`: 100,000 made-up statements with evidence, on disk. One
document after the other is replaced by another reading of it, in turn at three places, with one
writer that stays open: in the store alone, and with the search index and a new snapshot. Beside
each, in the same run, stands the library's own transaction of the very same quads. Some documents
state what hundreds of others state too, so that the evidence of all of them is merged anew. CPU
time stands beside wall-clock time, which a busy machine lengthens.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from benchmarks.exporting import (
    CONCEPTS,
    STATEMENTS,
    TOGETHER,
    concept_names,
    make_document,
    make_statements,
    make_store,
)
from benchmarks.table import MissingData, write_table
from kg.loading import LoadReport, load_extractions
from kg.model import Extraction, Predicate, Statement
from kg.publishing import publish
from kg.rdf.terminology import Concept
from kg.reassembly import Update, find_change, read_content
from kg.search.building import update_index
from kg.search.opening import index_path
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.opening import open_store, store_path
from kg.store.snapshots import current_snapshot, mark_of

TIMES, SHARED = 30, 300  # documents that are replaced; documents that all state the same claims


class Terms:
    """The terminology of the made-up graph."""

    def own_curie(self, curie: str) -> str:
        """The same CURIE: there is no other name."""
        return curie

    def concept(self, curie: str) -> Concept | None:
        """A concept with a name in each language."""
        return Concept(curie, "Drug", tuple(concept_names(curie).items()))


@dataclass(frozen=True, slots=True)
class Case:
    """Documents to be replaced, each with its new reading, and what they have in common."""

    name: str
    readings: tuple[Extraction, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds of the clock on the wall, and of the processor."""

    wall: float
    cpu: float


def main() -> None:
    """Measure, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        make_store(store_path(settings))
        with open_store(settings) as store:
            shared = _shared()
            load_extractions(store, shared, terminology=Terms())
            publish(store, settings)
        cases = (Case("a document", tuple(_others())), Case("shared claims", _again(shared)))
        make_index(settings, cases)
        with open_store(settings) as store:
            rows = [row for case in cases for row in _measure(store, settings, case)]
    write_results(rows)


def make_index(settings: Settings, cases: Iterable[Case]) -> None:
    """A search index that fits the graph and has the documents that are going to be replaced."""
    shown = current_snapshot(settings)
    if shown is None:
        raise MissingData("the graph was not published")
    documents = [reading.document.id for case in cases for reading in case.readings]
    with open_store(settings, read_only=True) as store:
        update_index(index_path(settings), store, changed=documents, revision=mark_of(shown))


def write_results(rows: list[dict[str, object]]) -> None:
    """Write the table."""
    about = (
        f"{STATEMENTS:,} statements with evidence, on disk; a document of {TOGETHER} statements is "
        f"read otherwise ({TIMES} documents of each kind); shared claims are those of {SHARED} "
        "documents; the search index has the documents that are replaced"
    )
    write_table("changing", rows, about=about)


def _others() -> Iterator[Extraction]:
    """Other readings of documents all over the graph: one claim is another, one is supposed."""
    chance = random.Random(1)  # noqa: S311
    statements = make_statements(chance)
    step = STATEMENTS // TOGETHER // TIMES
    for number in range(0, step * TIMES, step):
        claims = statements[number * TOGETHER : (number + 1) * TOGETHER]
        yield _read(100_000_000 + number, _altered(claims))


def _shared() -> list[Extraction]:
    claims = [Statement(_curie(2 * n), "decreases", _curie(2 * n + 1)) for n in range(TOGETHER)]
    return [_read(200_000_000 + number, claims) for number in range(SHARED)]


def _again(shared: Iterable[Extraction]) -> tuple[Extraction, ...]:
    claims = [Statement(_curie(2 * n), "decreases", _curie(2 * n + 1)) for n in range(TOGETHER)]
    chosen = list(shared)[:TIMES]
    return tuple(_read(int(e.document.id[7:]), _altered(claims)) for e in chosen)


def _altered(claims: list[Statement]) -> list[Statement]:
    other: Predicate = "treats" if claims[0].predicate == "causes" else "causes"
    return [replace(claims[0], predicate=other), *claims[1:]]


def _read(number: int, claims: list[Statement]) -> Extraction:
    extraction, _ = make_document(str(number), claims)
    relations = list(extraction.relations)
    relations[-1] = replace(relations[-1], certainty="hypothesis")
    return replace(extraction, relations=tuple(relations))


def _curie(number: int) -> str:
    return f"mesh:D{number * CONCEPTS // (2 * TOGETHER + 2):06}"


def _measure(store: Store, settings: Settings, case: Case) -> Iterator[dict[str, object]]:
    """The rows of one case: a third of its documents each for the three ways."""
    third = len(case.readings) // 3
    alone, whole = case.readings[:third], case.readings[third : 2 * third]
    times = [_timed(partial(_load, store, e)) for e in alone]
    bare: list[Time] = []
    quads: list[int] = []
    for extraction in case.readings[2 * third :]:
        update = Update(extraction.document.id, read_content(extraction))
        change = find_change(store, [update], Terms())
        removed, added = list(change.remove), list(change.add)
        bare.append(_timed(partial(_transaction, store, removed, added)))
        quads.append(len(removed) + len(added))
    base = statistics.median(one.cpu for one in bare)
    yield _row(case.name, "the library's own transaction", bare, base, quads)
    yield _row(case.name, "replace in the store", times, base, quads)
    published = [_timed(partial(_replace, store, settings, e)) for e in whole]
    yield _row(case.name, "replace and publish", published, base, quads)


def _load(store: Store, extraction: Extraction) -> LoadReport:
    return load_extractions(store, [extraction], terminology=Terms())


def _replace(store: Store, settings: Settings, extraction: Extraction) -> None:
    report = _load(store, extraction)
    publish(store, settings, changed=report.replaced, concepts=report.concepts)


def _transaction(store: Store, removed: list[ox.Quad], added: list[ox.Quad]) -> None:
    """Write a change by the library alone; there is no removal of several in one call."""
    if not isinstance(store, EmbeddedStore):
        raise TypeError("the store is not embedded")
    store.change(removed, added)


def _timed(call: Callable[[], object]) -> Time:
    start, began = time.perf_counter(), time.process_time()
    call()
    return Time(time.perf_counter() - start, time.process_time() - began)


def _row(
    case: str, what: str, seconds: list[Time], base: float, quads: list[int]
) -> dict[str, object]:
    wall, cpu = sorted(one.wall for one in seconds), sorted(one.cpu for one in seconds)
    last = int(len(wall) * 0.95)
    return {
        "case": case,
        "what": what,
        "documents": len(wall),
        "quads_changed": int(statistics.median(quads)),
        "cpu_median_ms": f"{statistics.median(cpu) * 1000:.1f}",
        "cpu_p95_ms": f"{cpu[last] * 1000:.1f}",
        "wall_median_ms": f"{statistics.median(wall) * 1000:.1f}",
        "wall_p95_ms": f"{wall[last] * 1000:.1f}",
        "cpu_to_own_transaction": f"{statistics.median(cpu) / base:.1f}",
    }


if __name__ == "__main__":
    main()
