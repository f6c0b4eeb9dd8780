"""KGX: what we export comes back, and what others write is read by the Biolink model."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.export.formats import find_format
from kg.export.running import export_files
from kg.export.selection import EVERYTHING
from kg.network.graph import open_network
from kg.network.values import Claim
from kg.store.base import Store
from kg.vocab import PLX, STATEMENT_BASE, STATEMENTS_GRAPH
from tests.kg.graphs import fixture, store_of
from tests.kg.imports.sources import load

NODES = (
    ("id", "category", "name"),
    ("CHEBI:1", "biolink:SmallMolecule", "madeupine"),
    ("HGNC:1", "biolink:Gene|biolink:NamedThing", "MUP1"),
    ("MONDO:1111111", "biolink:Disease", "made-up disease"),
)


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    text = "".join("\t".join(row) + "\n" for row in rows)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def edges_of(store: Store) -> set[tuple[object, ...]]:
    network = open_network(store)
    denied = {c.id: c for some in network._denied.values() for c in some}
    return {meaning(claim) for claim in (network.all_claims() | denied).values()}


def meaning(claim: Claim) -> tuple[object, ...]:
    return (claim.id, claim.subject, claim.predicate, claim.object, claim.aspect, claim.via)


@pytest.mark.parametrize("form", ["kgx", "kgx-jsonl"])
def test_our_own_export_comes_back_as_it_was(tmp_path: Path, form: str) -> None:
    store = store_of(*fixture())
    files = exported(store, form, tmp_path)
    back, report = load(files)
    assert report.failed == []
    original, returned = statements(store), statements(back)
    assert {k: v for k, v in original.items() if v != "hypothesized"} == returned
    assert "denied" in returned.values()
    assert edges_of(back) == {edge for edge in edges_of(store) if edge[0] in ids(returned)}
    assert plain(back) == plain(store)


def ids(statements: dict[str, str]) -> set[str]:
    return {iri.strip("<>").rpartition("/")[2] for iri in statements}


def plain(store: Store) -> set[str]:
    """The direct triples, without those of the nodes."""
    quads = store.quads(graph=STATEMENTS_GRAPH)
    return {
        str(quad)
        for quad in quads
        if not str(quad.subject).startswith(f"<{STATEMENT_BASE}")
        and quad.predicate != PLX.hypothesizes
    }


def exported(store: Store, form: str, folder: Path) -> list[Path]:
    export_files(store, find_format(form), EVERYTHING, folder / "graph")
    return sorted(folder.glob("graph_*"))


def statements(store: Store) -> dict[str, str]:
    rows = store.select("SELECT ?s ?status { ?s a plx:Statement ; plx:status ?status }")
    return {str(row["s"]): str(row["status"].value) for row in rows}


CASES = (
    # predicate, qualifiers → predicate, aspect, sign of ours
    ({"predicate": "biolink:treats", "object": "MONDO:1111111"}, ("treats", None, None)),
    (
        {"predicate": "biolink:affects", "object_direction_qualifier": "decreased",
         "object_aspect_qualifier": "activity"},
        ("decreases", "activity", "-"),
    ),
    (
        {"predicate": "biolink:affects", "object_direction_qualifier": "increased",
         "object_aspect_qualifier": "degradation"},
        ("decreases", "level", "-"),
    ),
    (
        {"predicate": "biolink:affects", "object_direction_qualifier": "increased",
         "subject_direction_qualifier": "decreased"},
        ("decreases", None, "-"),
    ),
    ({"predicate": "biolink:negatively_correlated_with"}, ("associated_with", None, "-")),
)  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_edges_of_others_are_read_by_their_qualifiers(
    tmp_path: Path, given: dict[str, str], expected: tuple[object, ...]
) -> None:
    nodes = table(tmp_path / "x_nodes.tsv.gz", *NODES)
    record = {"id": "e1", "subject": "CHEBI:1", "object": "HGNC:1"} | given
    edges = tmp_path / "x_edges.jsonl"
    edges.write_text(json.dumps(record) + "\n", encoding="utf-8")
    store, report = load([nodes, edges])
    assert report.failed == []
    (claim,) = open_network(store).all_claims().values()
    assert (claim.predicate, claim.aspect, claim.sign) == expected
    assert claim.sources == ("x",)


def test_a_negated_edge_is_denied_and_a_prediction_is_supposed(tmp_path: Path) -> None:
    table(tmp_path / "x_nodes.tsv", *NODES)
    table(
        tmp_path / "x_edges.tsv",
        ("id", "subject", "predicate", "object", "negated", "knowledge_level"),
        ("1", "CHEBI:1", "biolink:treats", "MONDO:1111111", "true", "knowledge_assertion"),
        ("2", "CHEBI:1", "biolink:causes", "MONDO:1111111", "", "prediction"),
    )
    store, _ = load(sorted(tmp_path.glob("x_*")))
    assert sorted(statements(store).values()) == ["denied", "hypothesized"]
    plain = "ASK { GRAPH ?g { ?s plx:treats|plx:causes|plx:affects|plx:relatedTo ?o } }"
    assert store.ask(plain.replace("?g", "<https://w3id.org/parallax/graph/statements>")) is False


def test_bad_rows_have_line_problem_and_remedy(tmp_path: Path) -> None:
    table(tmp_path / "x_nodes.tsv", *NODES)
    path = table(
        tmp_path / "x_edges.tsv",
        ("subject", "predicate", "object"),
        ("CHEBI:1", "biolink:treats", "MONDO:1111111"),
        ("CHEBI:1", "biolink:frobnicates", "HGNC:1"),
        ("CHEBI:1", "biolink:treats"),
        ("CHEBI:1", "biolink:treats", "MONDO:2222222"),
        ("CHEBI:1", "biolink:subclass_of", "HGNC:1"),
    )
    _, report = load(sorted(tmp_path.glob("x_*")))
    assert report.edges == 1 and report.left_out == {"biolink:subclass_of": 1}
    said = [str(error) for _, error in report.failed]
    assert [line.partition(": ")[0] for line in said] == [f"{path}:{n}" for n in (3, 4, 5)]
    assert "frobnicates" in said[0] and "2 cells" in said[1] and "no type" in said[2]
