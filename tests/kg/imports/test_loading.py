"""Curated edges stand beside read ones, with their source, and come and go with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotFoundError
from kg.imports.loading import remove_source
from kg.imports.sources import read_sources
from kg.imports.values import Source
from kg.loading import load_extractions
from kg.network.graph import open_network
from kg.network.paths import find_paths
from kg.network.reading import read_evidence
from kg.statistics import find_statistics
from kg.terms import IRI
from kg.validation.validating import validate
from kg.vocab import PLX, RDF, concept_iri
from tests.kg.graphs import TERMS, fixture, lines, store_of
from tests.kg.imports.sources import load, mechanism


def test_a_curated_path_is_explained_with_its_records(tmp_path: Path) -> None:
    store, report = load([mechanism(tmp_path / "a.yaml")])
    assert (report.edges, report.failed, report.left_out) == (3, [], {})
    (path,) = find_paths(store, "mesh:D016559", "mesh:D009404")
    assert path.concepts == ("mesh:D016559", "uniprot:P62942", "GO:0042110", "mesh:D009404")
    support = path.hops[0].evidence[0]
    assert support.quotes == () and support.document == "source:drugmechdb"
    record = support.curated
    assert record is not None
    assert (record.title, record.record) == ("DrugMechDB", "MADE_UP_1")
    assert record.original == "decreases activity of"
    assert record.publications == ("https://example.org/page#mode%5B1%5D", "pubmed:12345")


def test_a_curated_statement_is_no_document_and_breaks_no_rule(tmp_path: Path) -> None:
    store, _ = load([mechanism(tmp_path / "a.yaml")])
    claim = open_network(store).claims(subject="mesh:D016559")[0]
    assert (claim.supporting, claim.sources, claim.status) == (0, ("drugmechdb",), "asserted")
    assert claim.belief > 0.9
    plain = store.quads(concept_iri("mesh:D016559"), PLX.decreases)
    assert [str(quad.object) for quad in plain] == ["<http://purl.uniprot.org/uniprot/P62942>"]
    assert [v for v in validate(store) if v.severity != "info"] == []
    assert not list(store.quads(None, RDF.type, PLX.Evidence))
    assert not list(store.quads(None, RDF.type, PLX.Rendition))


def test_loading_the_same_again_changes_nothing_and_another_version_replaces(
    tmp_path: Path,
) -> None:
    files = [mechanism(tmp_path / f"{n}.yaml", n) for n in range(4)]
    store, _ = load(files, size=2)
    before = lines(store)
    _, again = load(files, store=store, size=2)
    assert lines(store) == before and not again.changed
    _, fewer = load(files[:1], store=store, size=2)
    assert fewer.parts["removed"] == 4
    assert lines(store) == lines(load(files[:1], size=2)[0])


def test_a_source_is_removed_with_all_that_only_it_supports(tmp_path: Path) -> None:
    read = store_of(*fixture())
    before = lines(read)
    load([mechanism(tmp_path / "a.yaml")], store=read)
    assert find_statistics(read).sources == {"drugmechdb": 3}
    assert lines(read) != before
    remove_source(read, "source:drugmechdb", terminology=TERMS)
    assert lines(read) == before
    assert read_sources(read) == {}
    with pytest.raises(NotFoundError):
        remove_source(read, "drugmechdb", terminology=TERMS)


def test_the_order_of_documents_and_sources_does_not_matter(tmp_path: Path) -> None:
    path = mechanism(tmp_path / "a.yaml")
    first = store_of(*fixture())
    load([path], store=first)
    second, _ = load([path])
    load_extractions(second, fixture(), terminology=TERMS)
    assert lines(first) == lines(second)


def test_an_edge_that_is_read_and_curated_has_both_kinds_of_evidence(tmp_path: Path) -> None:
    store = store_of(*fixture())
    claim = next(
        c for c in open_network(store).claims(subject="mesh:D016559") if c.supporting and not c.via
    )
    edges = tmp_path / "own_edges.tsv"
    label = claim.predicate
    edges.write_text(
        "subject\tpredicate\tobject\toriginal_predicate\tobject_aspect_qualifier\n"
        f"{claim.subject}\tbiolink:{label}\t{claim.object}\tplx:{label}\t{claim.aspect or ''}\n",
        encoding="utf-8",
    )
    _, report = load([edges], store=store, source=Source("own", agent_type="manual_agent"))
    assert report.failed == []
    both = next(c for c in open_network(store).claims(subject="mesh:D016559") if c.sources)
    assert (both.id, both.supporting) == (claim.id, claim.supporting)
    assert both.belief >= claim.belief
    kinds = {support.curated is None for support in read_evidence(store, both.id)}
    assert kinds == {True, False}


def test_wrong_rows_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = mechanism(tmp_path / "a.yaml")
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("'UniProt:P62942'", "'Nowhere:1'").replace("MADE_UP_1", "WRONG")
    path.write_text("- " + text.replace("\n", "\n  ") + "\n- " + wrong.replace("\n", "\n  "))
    store, report = load([path])
    assert report.edges == 4  # three of the good record, one of the other
    (told,) = {str(error) for _, error in report.failed}
    assert f"{path}:" in told and "Nowhere:1" in told and "prefixes.tsv" in told
    assert len(open_network(store).all_claims()) == 3


def test_a_file_that_cannot_be_read_takes_nothing_away(tmp_path: Path) -> None:
    path = mechanism(tmp_path / "a.yaml")
    store, _ = load([path])
    before = lines(store)
    path.write_text("graph: [", encoding="utf-8")
    _, report = load([path], store=store)
    assert report.failed and lines(store) == before


def test_a_new_concept_has_the_name_and_type_of_its_source(tmp_path: Path) -> None:
    store, _ = load([mechanism(tmp_path / "a.yaml")])
    protein = IRI("http://purl.uniprot.org/uniprot/P62942")
    labels = {str(q.object) for q in store.quads(protein) if "prefLabel" in q.predicate.value}
    assert labels == {'"FKBP1A"@en'}
    known = {str(q.object) for q in store.quads(concept_iri("mesh:D016559"))}
    assert '"他克莫司"@zh' in known  # from the terminology
