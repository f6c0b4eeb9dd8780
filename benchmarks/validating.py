"""How quickly a large graph is validated, and what the SHACL library alone would take for it.

The graph is that of the exports: made-up statements with evidence. Each part of the validation
runs over all of it; the library tries a fixed number of documents, from which the time that it
would take for all of them follows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from benchmarks.exporting import CONCEPTS, STATEMENTS, make_store
from benchmarks.table import write_table
from kg.store.base import Store
from kg.store.embedded import open_embedded
from kg.terms import IRI
from kg.validation.checks import run_checks
from kg.validation.quotes import check_quotes
from kg.validation.shapes import check_quads, check_shapes
from kg.vocab import DOCUMENT_GRAPH_BASE

TRIED = 64


def main() -> None:
    """Measure, and write the table; a store may be named that was made before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        make_store(path)
        write_results(path)


def write_results(path: Path) -> None:
    """Measure the validation of a store, and write the table."""
    with open_embedded(path, read_only=True) as store:
        documents = sorted(
            g.value for g in store.graphs() if g.value.startswith(DOCUMENT_GRAPH_BASE)
        )
        rows = [
            _row("checks (SPARQL)", len(documents), lambda: run_checks(store)),
            _row("quotes, screened", len(documents), lambda: check_quotes(store)),
            _row("shapes, screened", len(documents), lambda: check_shapes(store)),
        ]
        whole = {
            name: sum(float(str(row[name])) for row in rows) for name in ("seconds", "cpu_seconds")
        }
        rows.append({"what": "all of kg validate", "documents": len(documents), "violations": "",
                     **{name: f"{value:.1f}" for name, value in whole.items()}})  # fmt: skip
        tried = _row("shapes, SHACL library alone", TRIED, lambda: _by_library(store, documents))
        rows.append(tried)
        times = len(documents) / TRIED
        rows.append({"what": "the same for all documents, computed", "documents": len(documents),
                     "violations": "", **{name: f"{float(str(tried[name])) * times:.0f}"
                                          for name in ("seconds", "cpu_seconds")}})  # fmt: skip
    about = f"{STATEMENTS:,} statements with evidence, {CONCEPTS:,} concepts; on disk, read-only"
    write_table("validating", rows, about=about)


def _by_library(store: Store, documents: Iterable[str]) -> Iterable[object]:
    graphs = islice(documents, TRIED)
    return check_quads(q for graph in graphs for q in store.quads(graph=IRI(graph)))


def _row(what: str, documents: int, run: Callable[[], Iterable[object]]) -> dict[str, object]:
    start, began = time.perf_counter(), time.process_time()
    violations = sum(1 for _ in run())
    seconds, cpu = time.perf_counter() - start, time.process_time() - began
    print(f"{what}: {seconds:.1f} s", file=sys.stderr)
    return {
        "what": what, "documents": documents, "violations": violations,
        "seconds": f"{seconds:.1f}", "cpu_seconds": f"{cpu:.1f}",
    }  # fmt: skip


if __name__ == "__main__":
    main()
