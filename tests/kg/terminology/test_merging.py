"""Which identifiers become one concept, which do not, and by what name it goes."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import MentionType
from kg.terminology.building import build_concepts
from kg.terminology.compiled import Concepts
from kg.terminology.compiling import compile_concepts
from kg.terminology.gathering import Gathered
from kg.terminology.merging import Merged, merge
from kg.terminology.rows import (
    DefinitionRow,
    MappingRow,
    NameLanguage,
    NameRow,
    ParentRow,
    Row,
    Scope,
    Source,
)

VOCABULARY = Source("vocabulary", "1", "CC0-1.0")
SAME, NEAR = "skos:exactMatch", "skos:closeMatch"


def name(
    curie: str, text: str, kind: MentionType | None = "Disease", scope: Scope = "label",
    lang: NameLanguage = "en",
) -> NameRow:  # fmt: skip
    return NameRow(curie, text, lang, scope, kind, VOCABULARY)


def mapping(subject: str, object_: str, predicate: str = SAME) -> MappingRow:
    return MappingRow(subject, predicate, object_, VOCABULARY)


def gathered(*rows: Row, starter: tuple[Row, ...] = ()) -> Gathered:
    found = Gathered()
    found.add(starter, starter=True)
    found.add(rows)
    return found


def groups(table: Gathered, merged: Merged) -> list[list[str]]:
    return sorted([table.identifiers[n] for n in members] for members in merged.members.values())


def conflicts(merged: Merged) -> list[tuple[str, str, str]]:
    return [(c.kind, c.subject, c.object) for c in merged.conflicts]


def compiled(*rows: Row, starter: tuple[Row, ...] = ()) -> Concepts:
    table = gathered(*rows, starter=starter)
    return compile_concepts(table, merge(table))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            (name("DOID:1", "gouty arthritis"), name("mesh:D1", "gout"), mapping("DOID:1", "mesh:D1")),
            [["mesh:D1", "DOID:1"]],
            id="a mapping joins, the preferred vocabulary names",
        ),
        pytest.param(
            (name("DOID:1", "gouty arthritis"), name("mesh:D1", "gout"), mapping("DOID:1", "mesh:D1", NEAR)),
            [["mesh:D1", "DOID:1"]],
            id="a cross-reference of one to one joins",
        ),
        pytest.param(
            (name("MONDO:1", "Gout"), name("DOID:1", "gout")),
            [["MONDO:1", "DOID:1"]],
            id="the same label of one type joins",
        ),
        pytest.param(
            (name("MONDO:1", "痛风", lang="zh"), name("DOID:1", "痛风", lang="zh")),
            [["MONDO:1", "DOID:1"]],
            id="also in Chinese",
        ),
        pytest.param(
            (name("CL:1", "renal epithelial cell", "Cell"), name("mesh:D1", "Epithelial Cells, Renal", "Cell")),
            [["CL:1", "mesh:D1"]],
            id="in the plural and inverted, as headings are",
        ),
        pytest.param(
            (
                name("MONDO:1", "痛风", lang="zh"),
                *(name(f"icd10cn:{table}/M10.9", "痛风", lang="zh") for table in "ab"),
            ),
            [["MONDO:1", "icd10cn:a/M10.9", "icd10cn:b/M10.9"]],
            id="two tables of one prefix are two vocabularies",
        ),
        pytest.param(
            (name("MONDO:1", "gout"), name("DOID:1", "gout", scope="exact")),
            [],
            id="a synonym is no ground",
        ),
        pytest.param(
            (name("MONDO:1", "gout"), name("HP:1", "gout", "Outcome")),
            [],
            id="labels of two types are no ground",
        ),
        pytest.param(
            (name("MONDO:1", "gout"), name("DOID:1", "gout"), name("DOID:2", "gout")),
            [],
            id="a label of two concepts of a vocabulary is no ground",
        ),
        pytest.param(
            (
                name("MONDO:1", "a rash"), name("MONDO:2", "a cough"), name("icd10:R1", "signs"),
                mapping("MONDO:1", "icd10:R1", NEAR), mapping("MONDO:2", "icd10:R1", NEAR),
            ),
            [],
            id="a category that two concepts refer to is neither",
        ),
        pytest.param(
            (
                name("MONDO:1", "Gout"), name("DOID:1", "gout"), name("DOID:2", "tophi"),
                mapping("MONDO:1", "DOID:1", NEAR), mapping("MONDO:1", "DOID:2", NEAR),
            ),
            [["MONDO:1", "DOID:1"]],
            id="of two cross-references that with the same label joins",
        ),
        pytest.param(
            (
                name("MONDO:1", "gout"), name("DOID:1", "arthritis, gouty"),
                mapping("MONDO:1", "umls:C1"), mapping("DOID:1", "umls:C1"),
            ),
            [["MONDO:1", "DOID:1", "umls:C1"]],
            id="an identifier without a name joins two and names neither",
        ),
    ],
)  # fmt: skip
def test_what_is_joined(rows: tuple[Row, ...], expected: list[list[str]]) -> None:
    table = gathered(*rows)
    assert groups(table, merge(table)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            (
                name("MONDO:1", "gout"), name("HP:1", "raised urate", "Outcome"),
                mapping("MONDO:1", "HP:1"),
            ),
            [("two types", "MONDO:1", "HP:1")],
            id="types",
        ),
        pytest.param(
            (
                name("MONDO:1", "gout"), name("DOID:1", "podagra"), name("MONDO:2", "chiragra"),
                mapping("DOID:1", "umls:C1"), mapping("MONDO:1", "umls:C1"),
                mapping("MONDO:2", "DOID:1"),
            ),
            [("two identifiers of MONDO", "MONDO:2", "DOID:1")],
            id="one vocabulary",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(rows: tuple[Row, ...], expected: list[tuple[str, str, str]]) -> None:
    assert conflicts(merge(gathered(*rows))) == expected


def test_an_identifier_of_ours_goes_before_the_preferred_vocabulary() -> None:
    ours = (name("DOID:1", "gout"), name("MONDO:9", "tophus"))
    table = gathered(
        name("mesh:D1", "Gout"), mapping("MONDO:9", "DOID:1"), starter=ours
    )  # fmt: skip
    merged = merge(table)
    assert groups(table, merged) == [["DOID:1", "mesh:D1"]]
    assert conflicts(merged) == [("two concepts of ours", "MONDO:9", "DOID:1")]


def test_two_types_of_one_identifier_are_told_and_the_first_counts() -> None:
    table = gathered(name("HP:1", "gout"), name("HP:1", "podagra", "Outcome", "exact"))
    assert conflicts(merge(table)) == [("two types", "HP:1", "Disease, Outcome")]


def test_a_concept_has_one_label_a_language_and_every_name_once() -> None:
    known = compiled(
        name("DOID:1", "Gouty arthritis"),
        name("DOID:1", "痛风", lang="zh"),
        name("mesh:D1", "Gout"),
        name("mesh:D1", "gouty arthritis", scope="exact"),
        mapping("DOID:1", "mesh:D1"),
    )
    names = [known.name(entry) for entry in known.entries(0)]
    assert [(n.text, n.scope, n.language) for n in names] == [
        ("Gout", "label", "en"),
        ("痛风", "label", "zh"),
        ("Gouty arthritis", "exact", "en"),
    ]
    assert {n.source for n in names} == {"vocabulary"}


def test_the_surest_name_is_the_label_where_no_source_has_one() -> None:
    known = compiled(
        name("DOID:1", "GA", scope="abbreviation"), name("DOID:1", "podagra", scope="exact")
    )
    assert [known.name(entry).text for entry in known.entries(0)] == ["podagra", "GA"]
    assert [known.name(entry).scope for entry in known.entries(0)] == ["label", "abbreviation"]


def test_a_row_without_type_counts_where_another_types_the_concept() -> None:
    known = compiled(
        name("DOID:1", "gout"), name("DOID:1", "痛风", None, lang="zh"), name("DOID:2", "hay", None)
    )
    assert [known.curie(number) for number in known] == ["DOID:1"]
    assert len(known.entries(0)) == 2


def test_parents_and_definitions_follow_the_concepts() -> None:
    known = compiled(
        name("mesh:D1", "gout"), name("DOID:1", "gout"), name("DOID:2", "arthritis"),
        ParentRow("DOID:1", "DOID:2", "is_a", VOCABULARY),
        ParentRow("DOID:2", "mesh:D1", "is_a", VOCABULARY),
        ParentRow("DOID:2", "DOID:404", "is_a", VOCABULARY),
        DefinitionRow("DOID:1", "A painful joint.", "en", VOCABULARY),
        DefinitionRow("mesh:D1", "Pain from urate.", "en", VOCABULARY),
        DefinitionRow("DOID:1", "尿酸所致。", "zh", VOCABULARY),
    )  # fmt: skip
    number = known.find("DOID:1")
    assert number is not None and number == known.find("mesh:D1")
    above = {
        known.curie(child): [known.curie(p) for p, _ in known.parents(child)] for child in known
    }
    # One of the two edges closes a circle, which merging made.
    assert above == {"DOID:2": ["mesh:D1"], "mesh:D1": []}
    assert known.definitions(number) == (("en", "Pain from urate."), ("zh", "尿酸所致。"))


@pytest.mark.parametrize("curie", ["nowhere:1", "mesh:a b", "mesh:", "gout"])
def test_identifiers_that_no_graph_can_hold_are_left_out_and_counted(curie: str) -> None:
    table = gathered(name(curie, "gout"), mapping(curie, "mesh:D1"))
    assert not table.texts
    assert sum(table.left_out.values()) == 1


def test_the_starter_terminology_stands_as_it_is_beside_what_contradicts_it() -> None:
    alone, beside = build_concepts(), build_concepts([("x", [name("mesh:D016559", "urate")])])

    def told(concepts: Concepts) -> list[Any]:
        number = concepts.find("mesh:D016559")
        assert number is not None
        names = [concepts.name(entry) for entry in concepts.entries(number)]
        return [concepts.type(number), *(n for n in names if n.source == "parallax")]

    assert told(alone.concepts) == told(beside.concepts)
    assert beside.manifest["conflicts"]["two types"] == 1


def test_the_former_number_of_a_descriptor_joins_it() -> None:
    corpus = Source("corpus")
    table = gathered(
        name("mesh:D990001", "Puffins oil", "Drug"),
        name("mesh:D990002", "auk oil", "Drug"),
        name("mesh:C990001", "puffin oil, raw", "Drug"),
    )
    table.add(
        [
            NameRow("mesh:C900001", "puffin oil", "en", "exact", "Drug", corpus),
            NameRow("mesh:C900001", "PO", "en", "exact", "Drug", corpus),
            NameRow("mesh:C900002", "razorbill oil", "en", "exact", "Drug", corpus),
            NameRow("mesh:C900003", "auk oil", "en", "exact", "Disease", corpus),
            NameRow("mesh:C990001", "auk oil", "en", "exact", "Drug", corpus),
        ]
    )
    assert groups(table, merge(table)) == [["mesh:D990001", "mesh:C900001"]]
