"""Annotations and relations of BioC and PubTator, read where that is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.reading import read_documents
from extractors.readers.records import Annotated, Failure
from kg.model import Document

TITLE = "Zorbamib in rats."
ABSTRACT = "Zorbamib lowered BLAT1. Zorbamib eased gout. BLAT1 was told of; gout 痛风 too."
PUBTATOR = f"""900313|t|{TITLE}
900313|a|{ABSTRACT}
900313\t0\t8\tZorbamib\tChemicalEntity\tD000001
900313\t12\t16\trats\tOrganismTaxon\t10116
900313\t18\t26\tZorbamib\tChemicalEntity\tD000001
900313\t35\t40\tBLAT1\tGeneOrGeneProduct\t7777
900313\t42\t50\tZorbamib\tChemicalEntity\tD000001
900313\t57\t61\tgout\tDiseaseOrPhenotypicFeature\tD006073
900313\t63\t68\tBLAT1\tGeneOrGeneProduct\t7777;8888
900313\t87\t89\t痛风\tSequenceVariant\trs1
900313\tNegative_Correlation\tD000001\tD006073\tNovel
900313\tNegative_Correlation\t7777\tD000001\tNo
900313\tAssociation\t10116\tD006073\tNo
900313\tCotreatment\tD000001\t7777\tNo
"""
FOUND = [
    ("Zorbamib", "Drug", "mesh:D000001"),
    ("rats", "Organism", "NCBITaxon:10116"),
    ("Zorbamib", "Drug", "mesh:D000001"),
    ("BLAT1", "Protein", "NCBIGene:7777"),
    ("Zorbamib", "Drug", "mesh:D000001"),
    ("gout", "Disease", "mesh:D006073"),
    ("BLAT1", "Protein", None),  # of two genes
]
STATED = [
    ("Zorbamib", "treats", "gout", None, "Zorbamib eased gout."),
    ("BLAT1", "associated_with", "Zorbamib", "-", "Zorbamib lowered BLAT1."),
]
LEFT_OUT = {
    "annotations of the type SequenceVariant": 1,
    "relations that no one sentence holds": 1,
    "relations of the type Cotreatment": 1,
}


def bioc() -> dict[str, Any]:
    """The same as BioC, with relations between concepts as BioRED writes them."""
    spans = [line.split("\t") for line in PUBTATOR.splitlines() if line.count("\t") == 5]
    passages = []
    for kind, text, base in (("title", TITLE, 0), ("abstract", ABSTRACT, len(TITLE) + 1)):
        annotations = [
            {
                "id": str(number), "infons": {"identifier": names, "type": label}, "text": words,
                "locations": [{"offset": int(start), "length": int(end) - int(start)}],
            }
            for number, (_, start, end, words, label, names) in enumerate(spans)
            if base <= int(start) < base + len(text)
        ]  # fmt: skip
        passages.append(
            {"infons": {"type": kind}, "offset": base, "text": text, "annotations": annotations}
        )
    relations = [
        {"id": "R", "infons": {"type": c[1], "entity1": c[2], "entity2": c[3], "novel": "No"}}
        for line in PUBTATOR.splitlines()
        if len(c := line.split("\t")) == 5
    ]
    document = {"id": "900313", "passages": passages, "relations": relations}
    return {"source": "PubTator", "documents": [document]}


def as_xml(collection: dict[str, Any]) -> str:
    """The collection as BioC XML."""

    def infons(item: dict[str, Any]) -> str:
        pairs = item.get("infons", {}).items()
        return "".join(f'<infon key="{key}">{value}</infon>' for key, value in pairs)

    parts = [f"<collection><source>{collection['source']}</source>"]
    for document in collection["documents"]:
        parts.append(f"<document><id>{document['id']}</id>")
        for passage in document["passages"]:
            parts.append(f"<passage>{infons(passage)}<offset>{passage['offset']}</offset>")
            parts.append(f"<text>{passage['text']}</text>")
            for note in passage["annotations"]:
                places = "".join(
                    f'<location offset="{p["offset"]}" length="{p["length"]}"/>'
                    for p in note["locations"]
                )
                parts.append(f'<annotation id="{note["id"]}">{infons(note)}{places}')
                parts.append(f"<text>{note['text']}</text></annotation>")
            parts.append("</passage>")
        for relation in document["relations"]:
            nodes = "".join(
                f'<node refid="{node["refid"]}" role=""/>' for node in relation.get("nodes", [])
            )
            parts.append(f'<relation id="{relation["id"]}">{infons(relation)}{nodes}</relation>')
        parts.append("</document>")
    return "".join([*parts, "</collection>"])


def read(folder: Path, text: str) -> list[Any]:
    path = folder / "input"
    path.write_text(text, encoding="utf-8")
    return list(read_documents(path, annotations=True))


def stated(item: Annotated) -> list[tuple[str, str, str, str | None, str]]:
    mentions = {mention.id: mention for mention in item.reading.mentions}
    texts = {passage.id: passage.text for passage in item.document.passages}
    quotes = {s.id: texts[s.passage][s.start : s.end] for s in item.sentences}
    return [
        (mentions[r.subject].text, r.predicate, mentions[r.object].text, r.sign, quotes[r.sentence])
        for r in item.reading.relations
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PUBTATOR, "pubtator"),
        (json.dumps(bioc(), ensure_ascii=False), "bioc:PubTator"),
        (as_xml(bioc()), "bioc:PubTator"),
    ],
    ids=["PubTator", "BioC JSON", "BioC XML"],
)
def test_three_formats_say_the_same(text: str, name: str, tmp_path: Path) -> None:
    (item,) = read(tmp_path, text)
    assert isinstance(item, Annotated)
    assert item.document.id == "pubmed:900313"
    assert [(m.text, m.type, m.concept) for m in item.reading.mentions] == FOUND
    assert stated(item) == STATED
    assert dict(item.left_out) == LEFT_OUT
    assert {m.method for m in item.reading.mentions} == {name}
    rules = [relation.rule for relation in item.reading.relations]
    assert rules == [f"{name}/Negative_Correlation"] * 2


@pytest.mark.parametrize("text", [PUBTATOR, json.dumps(bioc()), as_xml(bioc())])
def test_annotations_are_not_read_unasked(text: str, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text(text, encoding="utf-8")
    (document,) = read_documents(path)
    assert isinstance(document, Document)


def test_a_relation_between_annotations_names_them_by_nodes(tmp_path: Path) -> None:
    collection = bioc()
    collection["documents"][0]["relations"] = [
        {"id": "R1", "infons": {"type": "INHIBITOR"}, "nodes": [{"refid": "3"}, {"refid": "2"}]},
        {"id": "R2", "infons": {"type": "INHIBITOR"}, "nodes": [{"refid": "3"}, {"refid": "4"}]},
        {"id": "R3", "infons": {"type": "ZAPS"}, "nodes": [{"refid": "2"}, {"refid": "3"}]},
    ]
    for text in (json.dumps(collection), as_xml(collection)):
        (item,) = read(tmp_path, text)
        assert stated(item) == [("Zorbamib", "decreases", "BLAT1", None, "Zorbamib lowered BLAT1.")]
        assert item.reading.relations[0].aspect == "activity"
        assert dict(item.left_out)["relations that no one sentence holds"] == 1
        assert dict(item.left_out)["relations of the type ZAPS"] == 1


def test_roles_and_vocabularies_of_other_corpora(tmp_path: Path) -> None:
    collection = bioc()
    document = collection["documents"][0]
    document["relations"] = [
        {"infons": {"relation": "CID", "Chemical": "D000001", "Disease": "D006073"}},
        {"infons": {"type": "Positive_Correlation", "score": "0.9",
                    "role1": {"identifier": "D006073"}, "role2": {"identifier": "D000001"}}},
    ]  # fmt: skip
    for note in document["passages"][1]["annotations"]:
        infons = note["infons"]
        if infons["identifier"].startswith("D"):
            note["infons"] = {"type": infons["type"], "MESH": infons["identifier"]}
    (item,) = read(tmp_path, json.dumps(collection))
    expected = ("Zorbamib", "causes", "gout", None, "Zorbamib eased gout.")
    assert stated(item) == [expected] * 2


def test_sentences_of_bioc_hold_annotations(tmp_path: Path) -> None:
    one, two = "Zorbamib fell.", "新物甲降低肌酐。"
    note = {"id": "1", "infons": {"type": "Chemical"}}
    passages = [
        {"offset": 100, "sentences": [
            {"offset": 100, "text": "Then it rose.", "annotations": []},
            {"offset": 120, "text": one, "annotations": [
                note | {"text": "Zorbamib", "locations": [{"offset": 120, "length": 8}]}]},
        ]},
        {"offset": 200, "sentences": [
            {"offset": 200, "text": two, "annotations": [
                note | {"text": "新物甲", "locations": [{"offset": 200, "length": 3}]}]},
        ]},
    ]  # fmt: skip
    (item,) = read(tmp_path, json.dumps({"documents": [{"id": "x", "passages": passages}]}))
    assert [mention.text for mention in item.reading.mentions] == ["Zorbamib", "新物甲"]


def test_both_languages_of_pubtator_count_in_code_points(tmp_path: Path) -> None:
    text = "𝛂-Zorbin lowered the serum creatinine. 𝛂-佐宾降低了患者的血清肌酐水平。"
    start = 6 + 1 + text.index("佐宾")
    lines = f"x1|t|Title.\nx1|a|{text}\nx1\t{start}\t{start + 2}\t佐宾\tChemical\t-\n"
    (item,) = read(tmp_path, lines)
    (mention,) = item.reading.mentions
    passage = next(p for p in item.document.passages if p.id == mention.passage)
    assert passage.language == "zh"
    assert passage.text[mention.start : mention.end] == "佐宾"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("900313\t0\t8\tzorbamib\tChemical\tD1", "'zorbamib' is not what stands at 0…8 of its passage; "
         "the text has 'Zorbamib'"),
        ("900313\t1\t9\tZorbamib\tChemical\tD1", "'Zorbamib' is not what stands at 1…9"),
        ("900313\t0\t8\tＺｏｒｂａｍｉｂ\tChemical\tD1", "the text has 'Zorbamib'"),
        ("900313\t500\t508\tZorbamib\tChemical\tD1", "outside the texts"),
        ("900313\tZorbamib", "neither an annotation nor a relation"),
        ("900999\t0\t8\tZorbamib\tChemical\tD1", "a line of '900999' among those of 900313"),
    ],
)  # fmt: skip
def test_a_wrong_annotation_is_told_and_the_rest_is_read(
    line: str, problem: str, tmp_path: Path
) -> None:
    failure, item = read(tmp_path, f"{PUBTATOR}{line}\n")
    assert isinstance(failure, Failure)
    assert problem in failure.message and failure.remedy and "input:" in failure.where
    assert [(m.text, m.type, m.concept) for m in item.reading.mentions] == FOUND


def test_a_mention_in_several_pieces_is_left_out(tmp_path: Path) -> None:
    collection = bioc()
    note = collection["documents"][0]["passages"][0]["annotations"][0]
    note["locations"] = [{"offset": 0, "length": 3}, {"offset": 5, "length": 3}]
    for text in (json.dumps(collection), as_xml(collection)):
        (item,) = read(tmp_path, text)
        assert dict(item.left_out)["annotations in several pieces"] == 1
        assert len(item.reading.mentions) == len(FOUND) - 1


BIORED = Path(__file__).parents[3].parent / "shared" / "corpora" / "english" / "biored"


@pytest.mark.skipif(not BIORED.exists(), reason="the corpora are not here")
def test_biored_is_read_alike_from_both_of_its_forms() -> None:
    told = []
    for name in ("Dev.BioC.JSON", "Dev.PubTator"):
        items = list(read_documents(BIORED / name, annotations=True))
        assert not [item for item in items if isinstance(item, Failure)]
        annotated = [item for item in items if isinstance(item, Annotated)]
        told.append(
            [
                (i.document.id, [(m.text, m.concept) for m in i.reading.mentions], stated(i))
                for i in annotated
            ]
        )
    assert told[0] == told[1]
    assert len(told[0]) == 100
    assert sum(len(relations) for _, _, relations in told[0]) > 800
    concepts = [concept for _, mentions, _ in told[0] for _, concept in mentions]
    assert sum(concept is not None for concept in concepts) > 0.95 * len(concepts)
