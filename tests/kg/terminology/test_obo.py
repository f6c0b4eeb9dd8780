"""OBO: made-up ontologies of the real form."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.terminology.importing.obo_terms import NOT_OURS
from tests.kg.terminology.reading import (
    definitions,
    given,
    mappings,
    names,
    parents,
    rows_of,
    skipped,
    write,
)

HEADER = "format-version: 1.4\nontology: made-up\n\n"
PUFFING = r"""format-version: 1.4
default-namespace: made
[Term]
id: MONDO:0990001
name: puffing sickness
def: "A sickness in which one \"puffs\",\nloudly." [made:up]
synonym: "sickness of puffing" EXACT []
synonym: "PS" EXACT ABBREVIATION [made:1]
synonym: "puffing" RELATED []
synonym: "puffing sickness, adult" NARROW [] {source="x"}
synonym: "sickness \{of breath\}" BROAD []
synonym: "喘息病" EXACT []
xref: UMLS:C9900001 {source="MONDO:equivalentTo"}
xref: MESH:D990001 {source="MONDO:mondoIsBroaderThanSource"} ! puffing
xref: Orphanet:990001 "made up"
xref: OMIM:990001
xref: SNOMEDCT_US_2018_03_01:990001
property_value: exactMatch DOID:990001
property_value: skos:closeMatch http://purl.obolibrary.org/obo/NCIT_C990001
alt_id: MONDO:0990009
is_a: MONDO:0990002 {source="MONDO:1"} ! sickness
relationship: part_of MONDO:0990003 ! bad season

! a comment between stanzas
[Term]
id: MONDO:0990004
name: obsolete gasping
is_obsolete: true
replaced_by: MONDO:0990001

[Typedef]
id: part_of
name: part of
is_transitive: true
"""


def test_a_term_gives_names_mappings_parents_and_its_definition(tmp_path: Path) -> None:
    rows = rows_of("obo", write(tmp_path, PUFFING))
    it = "MONDO:0990001"
    assert names(rows) == [
        (it, "puffing sickness", "en", "label", "Disease"),
        (it, "sickness of puffing", "en", "exact", "Disease"),
        (it, "PS", "en", "abbreviation", "Disease"),
        (it, "puffing", "en", "related", "Disease"),
        (it, "puffing sickness, adult", "en", "narrow", "Disease"),
        (it, "sickness {of breath}", "en", "broad", "Disease"),
        (it, "喘息病", "zh", "exact", "Disease"),
    ]
    assert mappings(rows) == [
        ("MONDO:0990009", "skos:exactMatch", it),
        (it, "skos:exactMatch", "umls:C9900001"),
        (it, "skos:narrowMatch", "mesh:D990001"),
        (it, "skos:closeMatch", "ORPHA:990001"),
        (it, "skos:closeMatch", "omim:990001"),
        (it, "skos:closeMatch", "snomedct:990001"),
        (it, "skos:exactMatch", "DOID:990001"),
        (it, "skos:closeMatch", "NCIT:C990001"),
        ("MONDO:0990004", "skos:exactMatch", it),
    ]
    assert parents(rows) == [
        (it, "is_a", "MONDO:0990002"),
        (it, "part_of", "MONDO:0990003"),
    ]
    assert definitions(rows) == [(it, "en", 'A sickness in which one "puffs", loudly.')]
    assert skipped(rows) == [("MONDO:0990004", "obsolete")]


@pytest.mark.parametrize(
    ("curie", "namespace", "kind"),
    [
        ("HP:0990001", "", "Outcome"),
        ("SYMP:0990001", "symptoms", "Outcome"),
        ("DOID:990001", "disease_ontology", "Disease"),
        ("CL:0990001", "cell", "Cell"),
        ("UBERON:0990001", "uberon", "Cell"),
        ("CHEBI:990001", "chebi_ontology", "Drug"),
        ("GO:0990001", "biological_process", "Process"),
        ("GO:0990002", "cellular_component", "Process"),
        ("FPLX:MADE_UP", "", "Protein"),
        ("PR:000990001", "protein", "Protein"),
        ("EFO:0990001", "", None),
    ],
)
def test_the_vocabulary_and_namespace_tell_the_type(
    curie: str, namespace: str, kind: str | None, tmp_path: Path
) -> None:
    space = f"namespace: {namespace}\n" if namespace else ""
    term = f"{HEADER}[Term]\nid: {curie}\nname: some name\n{space}"
    assert names(rows_of("obo", write(tmp_path, term))) == [
        (curie, "some name", "en", "label", kind)
    ]


def test_a_type_that_the_caller_gives_stands_where_the_vocabulary_tells_none(
    tmp_path: Path,
) -> None:
    terms = "[Term]\nid: EFO:0990001\nname: a measure\n\n[Term]\nid: HP:0990001\nname: a sign\n"
    rows = rows_of("obo", write(tmp_path, HEADER + terms), given(kind="Process"))
    assert [kind for *_, kind in names(rows)] == ["Process", "Outcome"]


def test_branches_that_are_no_terms_are_left_out_with_all_below(tmp_path: Path) -> None:
    text = HEADER + "\n".join(
        [
            "[Term]\nid: HP:0990003\nname: very slight\nis_a: HP:0990002 ! slight\n",
            "[Term]\nid: HP:0012823\nname: Clinical modifier\n",
            "[Term]\nid: HP:0990002\nname: slight\nis_a: HP:0012823\n",
            "[Term]\nid: HP:0990001\nname: blinking\n",
            "[Term]\nid: GO:0990001\nname: blinker activity\nnamespace: molecular_function\n",
            '[Term]\nid: CHEBI:990001\nname: blinkol\nsynonym: "C9H9" RELATED FORMULA [made:up]\n',
        ]
    )
    rows = rows_of("obo", write(tmp_path, text))
    assert [name for _, name, *_ in names(rows)] == ["blinking", "blinkol"]
    assert [record for record, reason in skipped(rows) if reason == NOT_OURS] == [
        "HP:0990003", "HP:0012823", "HP:0990002", "GO:0990001",
    ]  # fmt: skip
    assert ("CHEBI:990001", "a formula or structure in place of a name") in skipped(rows)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEADER + "[Term]\nname: nameless\n", 4, "without id"),
        (HEADER + '[Term]\nid: HP:1\nname: x\nsynonym: "cut o', 7, "without closing quote"),
        (HEADER + "[Term]\nid: HP:1\nna", 6, "no tag of OBO in 'na'"),
        (HEADER + "[Term]\nid: HP:1\ndef: unquoted []\n", 6, "without closing quote"),
        ('{"graphs": []}\n', 1, "no tag of OBO"),
        (HEADER, None, "no [Term]"),
        ("", None, "no [Term]"),
    ],
)
def test_what_is_no_obo_is_refused_with_its_line(
    text: str, line: int | None, what: str, tmp_path: Path
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        rows_of("obo", path)
    assert what in caught.value.what
    assert caught.value.where == (f"{path}:{line}" if line else str(path))
    assert caught.value.remedy
