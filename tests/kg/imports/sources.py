"""What the tests of imports share: made-up files, and stores that hold what was read of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.imports.detecting import FileFormat, format_of
from kg.imports.loading import load_source
from kg.imports.mapped_rdf import RdfMapping
from kg.imports.reading import group_files, read_items
from kg.imports.values import Source, SourceReport
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.terminology.listed import starter_terms
from tests.kg.graphs import TERMS

__all__ = ["TERMS", "load", "memory_store", "starter_terms"]

MECHANISM = """\
directed: true
graph:
  _id: MADE_UP_{number}
  disease: nephrotic syndrome
  disease_mesh: MESH:D009404
  drug: tacrolimus
  drug_mesh: MESH:D016559
links:
  - {{key: decreases activity of, source: 'MESH:D016559', target: 'UniProt:P62942'}}
  - {{key: positively regulates, source: 'UniProt:P62942', target: 'GO:0042110'}}
  - {{key: positively correlated with, source: 'GO:0042110', target: 'MESH:D009404'}}
nodes:
  - {{id: 'MESH:D016559', label: Drug, name: tacrolimus}}
  - {{id: 'UniProt:P62942', label: Protein, name: FKBP1A}}
  - {{id: 'GO:0042110', label: BiologicalProcess, name: T cell activation}}
  - {{id: 'MESH:D009404', label: Disease, name: nephrotic syndrome}}
references:
  - https://pubmed.ncbi.nlm.nih.gov/12345
  - https://example.org/page#mode[1]
"""


def mechanism(path: Path, number: int = 1) -> Path:
    """A DrugMechDB file with one record."""
    path.write_text(MECHANISM.format(number=number), encoding="utf-8")
    return path


def load(
    paths: Iterable[Path],
    *,
    store: Store | None = None,
    source: Source = Source(""),  # noqa: B008 - a frozen value
    mapping: RdfMapping | None = None,
    size: int = 200,
) -> tuple[Store, SourceReport]:
    """The store that holds what files of one source say, and the report of that."""
    into = memory_store() if store is None else store
    kinds: dict[Path, FileFormat] = {path: format_of(path) for path in paths}
    (group,) = group_files(kinds.items(), source, mapping)
    items = read_items(group, kinds, mapping)
    return into, load_source(into, group.source, items, terminology=TERMS, size=size)
