"""How long it takes to replace one document in a large graph, and until readers see it.

The graph is that of `benchmarks.exporting`: 100,000 made-up statements with evidence, on disk. One
document after the other is replaced by another reading of it, in turn at three places, with one
writer that stays open: in the store alone, and with the search index and a new snapshot. Beside
each, in the same run, stands the library's own transaction of the very same quads. Some documents
state what hundreds of others state too, so that the evidence of all of them is merged anew.
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
from benchmarks.table import write_table
from kg.loading import LoadReport, load_extractions
from kg.model import Extraction, Predicate, Statement
from kg.publishing import publish
from kg.rdf.terminology import Concept
from kg.reassembly import Update, find_change, read_content
from kg.search.opening import open_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.opening import open_store, store_path

TIMES, SHARED = 60, 300  # documents that are replaced; documents that all state the same claims


class Terms:
    """The terminology of the made-up graph."""

    def concept(self, curie: str) -> Concept | None:
        """A concept with a name in each language."""
        return Concept(curie, "Drug", tuple(concept_names(curie).items()))


@dataclass(frozen=True, slots=True)
class Case:
    """Documents to be replaced, each with its new reading, and what they have in common."""

    name: str
    readings: tuple[Extraction, ...]


def main() -> None:
    """Measure, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        make_store(store_path(settings))
        with open_store(settings) as store:
            shared = _shared()
            load_extractions(store, shared, terminology=Terms())
            publish(store, settings)
            open_search(settings, store).close()
        with open_store(settings, read_only=True) as read:
            open_search(settings, read).close()
        with open_store(settings) as store:
            cases = (Case("a document", tuple(_others())), Case("shared claims", _again(shared)))
            rows = [row for case in cases for row in _measure(store, settings, case)]
    about = (
        f"{STATEMENTS:,} statements with evidence, on disk; a document of {TOGETHER} statements is "
        f"read otherwise ({TIMES} documents of each kind); shared claims are those of {SHARED} "
        "documents"
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
    reckoned: list[float] = []
    bare: list[float] = []
    quads: list[int] = []
    for extraction in case.readings[2 * third :]:
        update = Update(extraction.document.id, read_content(extraction))
        start = time.perf_counter()
        change = find_change(store, [update], Terms())
        reckoned.append(time.perf_counter() - start)
        removed, added = list(change.remove), list(change.add)
        bare.append(_timed(partial(_transaction, store, removed, added)))
        quads.append(len(removed) + len(added))
    base = statistics.median(bare)
    yield _row(case.name, "the library's own transaction", bare, base, quads)
    yield _row(case.name, "reckon the change", reckoned, base, quads)
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


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _row(
    case: str, what: str, seconds: list[float], base: float, quads: list[int]
) -> dict[str, object]:
    ordered = sorted(seconds)
    median = statistics.median(ordered)
    return {
        "case": case,
        "what": what,
        "documents": len(ordered),
        "quads_changed": int(statistics.median(quads)),
        "median_ms": f"{median * 1000:.1f}",
        "p95_ms": f"{ordered[int(len(ordered) * 0.95)] * 1000:.1f}",
        "to_own_transaction": f"{median / base:.1f}",
    }


if __name__ == "__main__":
    main()
