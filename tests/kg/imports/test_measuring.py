"""Paths against curated mechanisms: hits, misses, and what is left when the record is left out."""

from __future__ import annotations

from pathlib import Path

from kg.imports.measuring import find_ways, left_out, measure_all
from kg.imports.mechanisms import claims_of_records, mechanisms_of_files, mechanisms_of_source
from kg.network.graph import open_network
from tests.kg.graphs import TERMS
from tests.kg.imports.sources import MECHANISM, load, mechanism


def test_a_mechanism_of_a_file_and_of_the_graph_are_the_same(tmp_path: Path) -> None:
    path = mechanism(tmp_path / "a.yaml")
    store, _ = load([path])
    (of_file,) = mechanisms_of_files([path], TERMS)
    (of_graph,) = mechanisms_of_source(store, "drugmechdb", open_network(store))
    assert of_file.between == of_graph.between == {"uniprot:P62942", "GO:0042110"}
    assert (of_file.start, of_file.goal) == (of_graph.start, of_graph.goal)
    assert of_file.first == {"uniprot:P62942"}


def test_measures_count_hits_and_leave_the_record_out(tmp_path: Path) -> None:
    one = mechanism(tmp_path / "1.yaml", 1)
    other = tmp_path / "2.yaml"
    other.write_text(
        MECHANISM.format(number=2).replace("MESH:D016559", "MESH:D003042"), encoding="utf-8"
    )
    store, _ = load([one, other])
    network = open_network(store)
    known = list(mechanisms_of_files([one, other], TERMS))
    records = {key.partition(" ")[2]: c for key, c in claims_of_records(store).items()}
    without = left_out(network, known, records)
    assert find_ways(network, known[0].start, known[0].goal)
    # The step from the drug is its own; the rest of the way stays, since the other record has it.
    assert find_ways(without(known[0]), known[0].start, known[0].goal) == ()
    assert len(without(known[0]).all_claims()) == len(network.all_claims()) - 1
    measures = {m.name: m for m in measure_all(network, known, known, records)}
    hit = measures["explain: a curated intermediate on one of the first 5 paths"]
    assert (hit.share, hit.cases) == (1.0, 2)
    assert measures["explain, left out: a path at all"].share == 0.0
    assert measures["reading: curated steps that documents state"].hits == 0


def test_left_out_never_adds_a_claim(tmp_path: Path) -> None:
    paths = [mechanism(tmp_path / f"{n}.yaml", n) for n in range(3)]
    store, _ = load(paths)
    network = open_network(store)
    known = list(mechanisms_of_files(paths, TERMS))
    records = {key.partition(" ")[2]: c for key, c in claims_of_records(store).items()}
    assert left_out(network, known, records)(known[1]).all_claims() == {}
