"""Paths against DrugMechDB: the curated intermediate on the first paths, with and without itself.

All mechanisms are loaded into one graph as one source, so that each is asked among the edges of all
others. What is read from text is measured on abstracts about drugs (BioRED's training part), read
into the same graph.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora.biored import read_biored
from benchmarks.corpora.biored_reading import document_of
from benchmarks.table import shared, write_table
from extractors.batch import extract_all
from kg.imports import drugmechdb
from kg.imports.loading import load_source
from kg.imports.measuring import measure_all
from kg.imports.mechanisms import claims_of_records, mechanisms_of_files
from kg.imports.values import Item
from kg.loading import load_extractions
from kg.model import Extraction
from kg.network.graph import open_network
from kg.store.base import Store
from kg.store.embedded import open_embedded
from kg.terminology.listed import starter_terms

LEFT_OUT, DOCUMENTS, SEED = 200, 300, 1


def main() -> None:
    """Write ``results/mechanisms.tsv``."""
    folder = shared("corpora", "mechanisms", "drugmechdb")
    files = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))
    with tempfile.TemporaryDirectory() as place:
        store = open_embedded(Path(place) / "store")
        begun = time.perf_counter()
        report = load_source(store, drugmechdb.SOURCE, _items(files), terminology=starter_terms())
        took = time.perf_counter() - begun
        read = _read_texts(store)
        network = open_network(store)
        known = list(mechanisms_of_files(files, starter_terms()))
        sample = random.Random(SEED).sample(known, min(LEFT_OUT, len(known)))  # noqa: S311
        records = {key.partition(" ")[2]: c for key, c in claims_of_records(store).items()}
        rows: list[dict[str, object]] = [
            {"measure": m.name, "share": f"{m.share:.3f}", "cases": m.cases}
            for m in measure_all(network, known, sample, records)
        ]
        store.close()
    rows += [
        {"measure": "edges loaded", "share": "", "cases": report.edges},
        {"measure": "rows refused", "share": "", "cases": len(report.failed)},
        {"measure": "links left out", "share": "", "cases": sum(report.left_out.values())},
        {"measure": "edges a second", "share": "", "cases": round(report.edges / took)},
        {"measure": "abstracts read", "share": "", "cases": read},
    ]
    write_table("mechanisms", rows, about=(
        "DrugMechDB (70 % part) as curated edges in one graph, kg explain DRUG DISEASE; "
        f"left out: {LEFT_OUT} of them without the records of the same drug and disease; "
        "reading: abstracts of BioRED's training part, starter terminology"
    ))  # fmt: skip


def _items(files: list[Path]) -> Iterator[Item]:
    for path in files:
        yield from drugmechdb.read(path)


def _read_texts(store: Store) -> int:
    """How many abstracts were read into the store."""
    articles = read_biored("Train")[:DOCUMENTS]
    made = extract_all(map(document_of, articles))
    report = load_extractions(store, (item for item in made if isinstance(item, Extraction)))
    return len(report.added)
