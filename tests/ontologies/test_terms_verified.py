"""Every identifier exists in its public terminology and has one of our English names there."""

from __future__ import annotations

import pytest

from ontologies import TermRow, load_mappings, load_terms
from tests.ontologies.reference_names import TABLES, fold, reference_names

pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(), reason="the public terminologies of ../shared are not here"
)

# Identifiers that the tables at hand do not hold, or hold under names that we do not use; each was
# checked by a person, with the reason.
EXCEPTIONS: dict[str, str] = {
    "NCBITaxon:9685": "Felis catus: the species table at hand has model organisms and germs only",
    "NCBITaxon:9541": "Macaca fascicularis: as above",
    "NCBITaxon:9544": "Macaca mulatta: as above",
    "NCBITaxon:10036": "Mesocricetus auratus: as above",
    "NCBITaxon:239935": "Akkermansia muciniphila: as above",
    "NCBITaxon:5551": "Trichophyton rubrum: as above",
    "NCBITaxon:42068": "Pneumocystis jirovecii: split from P. carinii after the table was made",
    "NCBITaxon:2697049": "SARS-CoV-2: described after the table was made",
    "NCBITaxon:1003835": "SFTS virus: described after the table was made",
    "NCBITaxon:39054": "Enterovirus A71: the species table has few viruses",
    "NCBITaxon:31704": "Coxsackievirus A16: as above",
    "NCBITaxon:12072": "Coxsackievirus B3: as above",
}

VERIFIABLE = frozenset(
    ("mesh", "HGNC", "FPLX", "CHEBI", "drugbank", "GO", "HP", "MONDO", "DOID", "CL", "UBERON",
     "NCBITaxon")
)  # fmt: skip


def concepts() -> dict[str, list[TermRow]]:
    found: dict[str, list[TermRow]] = {}
    for row in load_terms():
        found.setdefault(row.curie, []).append(row)
    return found


def test_identifiers_and_english_names_are_those_of_the_public_terminologies() -> None:
    names = reference_names()
    wrong = []
    for curie, rows in concepts().items():
        if curie.partition(":")[0] not in VERIFIABLE or curie in EXCEPTIONS:
            continue
        ours = {fold(row.text) for row in rows if row.lang != "zh"}
        if curie not in names:
            wrong.append(f"{curie} ({rows[0].text}): no such identifier")
        elif not ours & names[curie]:
            wrong.append(f"{curie} ({rows[0].text}): called {sorted(names[curie])[:4]}")
    assert not wrong, f"{len(wrong)} of {len(concepts())}:\n" + "\n".join(wrong)


def test_exceptions_are_needed() -> None:
    names = reference_names()
    ours = concepts()
    for curie in EXCEPTIONS:
        assert curie in ours, f"{curie} is no longer a concept: delete it from the exceptions"
        folded = {fold(row.text) for row in ours[curie] if row.lang != "zh"}
        assert not folded & names.get(curie, frozenset()), f"{curie} is verified after all"


def test_mappings_lead_from_our_concepts_to_identifiers_of_the_same_name() -> None:
    names, ours = reference_names(), concepts()
    wrong = []
    for mapping in load_mappings():
        if mapping.subject_id not in ours:
            wrong.append(f"{mapping.subject_id}: not a concept of ours")
        elif mapping.object_id.partition(":")[0] in VERIFIABLE:
            folded = {fold(row.text) for row in ours[mapping.subject_id] if row.lang != "zh"}
            known = names.get(mapping.object_id, frozenset())
            if (
                mapping.predicate_id == "skos:exactMatch"
                and not (folded | {fold(mapping.object_label)}) & known
            ):
                wrong.append(
                    f"{mapping.subject_id} → {mapping.object_id}: called {sorted(known)[:4]}"
                )
    assert not wrong, "\n".join(wrong)
