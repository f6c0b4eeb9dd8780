"""SSSOM: mappings come in with justification and confidence, and go out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export.selection import Selected
from kg.export.sssom import mappings
from kg.imports.sources import read_sources
from kg.vocab import SKOS, concept_iri
from tests.kg.graphs import fixture, store_of
from tests.kg.imports.sources import load, memory_store

TABLE = """\
#mapping_set_id: https://example.org/sets/made-up
#mapping_set_title: Made-up mappings
#mapping_set_version: "3"
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  MSH: "http://id.nlm.nih.gov/mesh/"
subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence
MSH:D016559\ttacrolimus\tskos:exactMatch\tCHEBI:61049\tsemapv:ManualMappingCuration\t0.9
MONDO:0005377\tnephrotic syndrome\tskos:closeMatch\tMSH:D009404\tsemapv:LexicalMatching\t
"""


def rows(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def test_mappings_are_triples_with_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "made.sssom.tsv"
    path.write_text(TABLE, encoding="utf-8")
    store, report = load([path])
    assert (report.mappings, report.failed) == (2, [])
    (source,) = read_sources(store).values()
    assert (source.name, source.version) == ("made-up-mappings", "3")
    pair = (concept_iri("mesh:D016559"), SKOS.exactMatch, concept_iri("CHEBI:61049"))
    assert next(store.quads(*pair), None) is not None
    out = rows("".join(mappings(Selected(store))))
    told = [
        (r["subject_id"], r["predicate_id"], r["object_id"], r["mapping_justification"],
         r["confidence"], r["subject_label"])
        for r in out
    ]  # fmt: skip
    assert told == [
        ("mesh:D016559", "skos:exactMatch", "CHEBI:61049", "semapv:ManualMappingCuration", "0.9",
         "tacrolimus"),
        ("MONDO:0005377", "skos:closeMatch", "mesh:D009404", "semapv:LexicalMatching", "",
         "nephrotic syndrome"),
    ]  # fmt: skip


def test_our_own_export_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "own.sssom.tsv"
    path.write_text("".join(mappings(Selected(store_of(*fixture())))), encoding="utf-8")
    store, report = load([path], store=memory_store())
    assert report.failed == []
    written = rows(path.read_text(encoding="utf-8"))
    assert written
    assert rows("".join(mappings(Selected(store)))) == written


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("MSH:D1\t\tskos:exactMatch\tCHEBI:1\t\t", "no identifier"),
        ("MSH:D016559\t\tskos:exactMatch\tCHEBI:1\t\t7", "no confidence"),
        ("MSH:D016559\t\tskos:exactMatch\t\t\t", "no object_id"),
        ("MSH:D016559", "1 cells"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "made.sssom.tsv"
    path.write_text(TABLE + row + "\n", encoding="utf-8")
    _, report = load([path])
    assert report.mappings == 2
    (told,) = (str(error) for _, error in report.failed)
    assert problem in told and f"{path}:10" in told
