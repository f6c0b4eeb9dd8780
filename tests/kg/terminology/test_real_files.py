"""The files of the shared corpora are imported, with the numbers and facts that they are known for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.terminology.catalogue import find_entry
from kg.terminology.imports import import_files, request_for
from kg.terminology.keeping import KeptSource, read_mappings, read_names, read_parents
from tests.kg.terminology.reading import SHARED, given

TODAY = datetime.date(2026, 1, 2)
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")

MESH = ("mesh-en/mesh_id_label_mappings_2019-12-31.tsv", "mesh-en/tree-numbers.tsv")


def imported(
    data: Path, name: str, files: Sequence[str], format_name: str | None = None
) -> KeptSource:
    paths = [SHARED / file for file in files]
    request = request_for(find_entry(name), paths, given(name), format_name)
    return import_files(data, request, today=TODAY)


@pytest.mark.parametrize(
    ("name", "files", "names", "fact"),
    [
        ("mesh", MESH, 170_000, ("mesh:D016559", "Tacrolimus", "label", "Drug")),
        ("hp", ("obo/hp_2019-08.json",), 32_000, ("HP:0000093", "Proteinuria", "label", "Outcome")),
        ("doid", ("obo/doid_2019-08.json",), 24_000, ("DOID:1184", "nephrotic syndrome", "label", "Disease")),
        ("cl", ("obo/cl-basic_2022-11-25.obo",), 5_100, ("CL:0000653", "podocyte", "label", "Cell")),
        ("symp", ("obo/symp.obo",), 1_100, ("SYMP:0000001", "stomach cramp", "exact", "Outcome")),
        ("go", ("obo/mondo_go_import.obo",), 13_000, ("GO:0006915", "apoptotic process", "label", "Process")),
        ("uberon", ("obo/mondo_uberon_import.obo",), 25_000, ("UBERON:0002113", "kidney", "label", "Cell")),
        ("chebi", ("obo/mondo_chebi_import.obo",), 5_400, ("CHEBI:15365", "acetylsalicylic acid", "label", "Drug")),
        ("famplex-obo", ("famplex/famplex.obo",), 2_900, ("FPLX:AMPK", "AMPK", "label", "Protein")),
    ],
)  # fmt: skip
def test_a_real_file_has_the_names_that_it_is_known_for(
    name: str, files: Sequence[str], names: int, fact: tuple[str, ...], tmp_path: Path
) -> None:
    kept = imported(tmp_path, name, files, "obo" if name == "famplex-obo" else None)
    assert names <= kept.counts["names"] <= 1.2 * names
    assert fact in {(row.curie, row.text, row.scope, row.type) for row in read_names(kept)}


def test_the_names_of_a_table_without_types_stand_beside_the_typed_ones(tmp_path: Path) -> None:
    kept = imported(tmp_path, "mesh", (MESH[0], "mesh-en/2017MeshTree.txt"))
    found = {
        (row.text, row.scope, row.type) for row in read_names(kept) if row.curie == "mesh:D011507"
    }
    assert {("Proteinuria", "label", None), ("Proteinuria", "label", "Outcome")} <= found
    assert ("Proteinurias", "exact", None) in found


def test_identifiers_of_other_vocabularies_are_joined(tmp_path: Path) -> None:
    kept = imported(tmp_path, "doid", ["obo/doid_2019-08.json"])
    found = {(row.subject, row.object) for row in read_mappings(kept)}
    assert ("DOID:1184", "mesh:D009404") in found
    assert len(found) > 25_000
    vocabularies = {other.partition(":")[0] for _, other in found}
    assert {"mesh", "umls", "omim", "NCIT", "ORPHA", "snomedct", "icd10cm"} <= vocabularies


def test_parents_lead_up(tmp_path: Path) -> None:
    kept = imported(tmp_path, "cl", ["obo/cl-basic_2022-11-25.obo"])
    above: dict[str, set[str]] = {}
    for row in read_parents(kept):
        above.setdefault(row.child, set()).add(row.parent)
    reached, waiting = set[str](), ["CL:0000653"]
    while waiting:
        concept = waiting.pop()
        if concept not in reached:
            reached.add(concept)
            waiting += above.get(concept, ())
    assert "CL:0000066" in reached  # epithelial cell
