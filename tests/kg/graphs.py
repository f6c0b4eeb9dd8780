"""What the tests of the graph share: the fixture documents, stores and their quads in order."""

from __future__ import annotations

import io
from pathlib import Path

from kg.io import read_extractions
from kg.loading import load_extractions
from kg.model import Extraction
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore, memory_store
from kg.terminology.listed import TermList
from ontologies.terms import TermRow

FIXTURE = Path(__file__).parents[1] / "fixtures" / "podocyte.extraction.jsonl"

# Names of the concepts in the fixture, so that tests do not change with the delivered term list.
TERMS = TermList(
    [
        TermRow(curie, text, lang, scope, "parallax", kind)  # type: ignore[arg-type]
        for curie, kind, en, zh in (
            ("mesh:D016559", "Drug", "tacrolimus", "他克莫司"),
            ("mesh:D011692", "Drug", "puromycin aminonucleoside", "嘌呤霉素氨基核苷"),
            ("FPLX:PPP3", "Protein", "calcineurin", "钙调磷酸酶"),
            ("HGNC:30672", "Protein", "synaptopodin", "突触足蛋白"),
            ("mesh:D009404", "Disease", "nephrotic syndrome", "肾病综合征"),
        )
        for text, lang, scope in ((en, "en", "label"), (zh, "zh", "label"))
    ],
    [("mesh:D016559", "skos:exactMatch", "CHEBI:61049")],
)


def fixture() -> list[Extraction]:
    """The two made-up documents of the fixture."""
    return list(read_extractions(FIXTURE))


def store_of(*extractions: Extraction, batch: int = 32) -> EmbeddedStore:
    """A store in memory with these documents."""
    store = memory_store()
    report = load_extractions(store, extractions, terminology=TERMS, batch=batch)
    assert not report.failed
    return store


def lines(store: Store) -> list[bytes]:
    """The sorted N-Quads of a store."""
    out = io.BytesIO()
    store.dump(out, "nquads")
    return sorted(out.getvalue().splitlines())
