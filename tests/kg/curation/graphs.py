"""What the tests of curation share: a small graph in a data directory, and decisions about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.curation.values import Curation
from kg.loading import load_extractions
from kg.model import Extraction
from kg.publishing import publish, writing
from kg.settings import Settings
from kg.store.base import Store
from kg.terms import IRI
from kg.vocab import PLX
from tests.kg.graphs import TERMS
from tests.markup import Edge, Line, build_extraction

EN = "[d|Drug|mesh:D016559]Tacrolimus[/] lowers [p|Protein|FPLX:PPP3]calcineurin[/]."
ZH = "[d|Drug|mesh:D016559]他克莫司[/]降低[p|Protein|FPLX:PPP3]钙调磷酸酶[/]。"


def paper(number: int, *, predicate: Any = "decreases", en: str = EN, **more: Any) -> Extraction:
    """A document in which both languages say that the drug lowers the protein."""
    edges = [Edge("d", predicate, "p", word, **more) for word in ("lowers", "降低")]
    lines = Line("en", "results", en, (edges[0],)), Line("zh", "results", ZH, (edges[1],))
    return build_extraction(f"pubmed:{number}", [lines])


def data_with(path: Path, *documents: Extraction) -> Settings:
    """A data directory with these documents in its graph."""
    settings = Settings(path / "data")
    load(settings, *documents)
    return settings


def load(settings: Settings, *documents: Extraction) -> None:
    """Put documents into the graph of a data directory, as `kg load` does."""
    with writing(settings) as store:
        report = load_extractions(store, documents, terminology=TERMS)
        assert not report.failed
        publish(store, settings, changed=[*report.added, *report.replaced])


def evidence_in(store: Store) -> list[str]:
    """The ids of all evidence, as curators name it."""
    from kg.curation.values import evidence_id

    found = store.quads(None, PLX.statement)
    return sorted(evidence_id(q.subject.value) for q in found if isinstance(q.subject, IRI))


def decision(evidence: str, tag: str = "correct", curator: str = "Ada", **more: Any) -> Curation:
    """A decision on an evidence, on the first day of 2026."""
    made = Curation(evidence, tag, curator, "2026-01-01T00:00:00Z")
    return replace(made, **more)
