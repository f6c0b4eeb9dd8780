"""Identifiers as other sources write them become ours, and what is none is told."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.terminology.identifiers import curie, needed_curie, needed_prefix, vocabularies
from ontologies.files import prefixes


@pytest.mark.parametrize(
    ("written", "prefix", "ours"),
    [
        ("MESH:D016559", None, "mesh:D016559"),
        ("MSH:C564010", None, "mesh:C564010"),
        ("D016559", "MeSH", "mesh:D016559"),
        ("mesh:D016559", "CHEBI", "mesh:D016559"),
        ("16761", "CHEBI", "CHEBI:16761"),
        ("CHEBI:CHEBI:16761", None, "CHEBI:16761"),
        ("HGNC:HGNC:5", None, "HGNC:5"),
        ("MIM:138670", None, "omim:138670"),
        ("OMIMPS:606483", None, "omim.ps:606483"),
        ("ORDO:558", None, "ORPHA:558"),
        ("SNOMEDCT_US_2018_03_01:33176006", None, "snomedct:33176006"),
        ("NCI:C3088", None, "NCIT:C3088"),
        ("http://id.nlm.nih.gov/mesh/D016559", None, "mesh:D016559"),
        ("http://purl.obolibrary.org/obo/MONDO_0000001", None, "MONDO:0000001"),
        ("http://www.orpha.net/ORDO/Orphanet_558", None, "ORPHA:558"),
        ("http://www.wikidata.org/entity/Q11085", None, "wikidata:Q11085"),
        ("https://identifiers.org/mesh/D016559", None, "mesh:D016559"),
        ("http://identifiers.org/hgnc:5", None, "HGNC:5"),
        ("Ensembl:ENSG00000121410", None, "ensembl:ENSG00000121410"),
        ("UP:P04217", None, "uniprot:P04217"),
        ("A0A078CGE6", "uniprot", "uniprot:A0A078CGE6"),
        ("D016559", "CHEBI", None),  # of another form
        ("D016559", None, None),
        ("HP:1", None, None),
        ("Wikipedia:Fever", None, None),
        ("https://example.org/1", None, None),
        ("", "mesh", None),
    ],
)  # fmt: skip
def test_what_others_write(written: str, prefix: str | None, ours: str | None) -> None:
    assert curie(written, prefix) == ours


def test_an_identifier_that_is_needed_is_told_with_its_place() -> None:
    with pytest.raises(InputError, match="'D01655' is no identifier of mesh") as told:
        needed_curie("D01655", prefix="mesh", where="names.tsv:7")
    assert str(told.value).startswith("names.tsv:7: ")
    with pytest.raises(InputError, match="unknown prefix 'mush'"):
        needed_prefix("mush", where="names.tsv:7")
    assert needed_prefix("msh", where="") == "mesh"


def test_every_prefix_of_the_table_is_one_of_the_context() -> None:
    assert {vocabulary.prefix for vocabulary in vocabularies().values()} <= set(prefixes())
