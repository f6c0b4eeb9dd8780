"""Relations of annotated documents as edges, with the document as their publication."""

from __future__ import annotations

import json
from pathlib import Path

from kg.network.graph import open_network
from kg.network.reading import read_evidence
from tests.kg.imports.sources import load

PUBTATOR = """\
77|t|Madeupine in kidneys
77|a|Madeupine induces proteinuria; MUP1 too.
77\t0\t9\tMadeupine\tChemical\tD016559
77\t39\t50\tproteinuria\tDisease\tD011507
77\t52\t56\tMUP1\tGene\t123
77\tCID\tD016559\tD011507
77\tAssociation\t123\tD011507
77\tCotreatment\tD016559\t123
77\tnonsense
"""


def test_pubtator(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator"
    path.write_text(PUBTATOR, encoding="utf-8")
    store, report = load([path])
    claims = {c.predicate: c for c in open_network(store).all_claims().values()}
    assert set(claims) == {"causes", "associated_with"}
    assert (claims["causes"].subject, claims["causes"].object) == ("mesh:D016559", "mesh:D011507")
    assert report.left_out == {"Cotreatment": 1}
    (told,) = (str(error) for _, error in report.failed)
    assert told.startswith(f"{path}:9")
    (support,) = read_evidence(store, claims["causes"].id)
    assert support.curated is not None and support.curated.publications == ("pubmed:77",)


def test_bioc_json_and_xml_say_the_same(tmp_path: Path) -> None:
    annotations = [
        {"id": "1", "infons": {"type": "Chemical", "identifier": "MESH:D016559"}, "text": "M"},
        {"id": "2", "infons": {"type": "Disease", "identifier": "MESH:D011507"}, "text": "p"},
    ]
    relations = [{
        "id": "R1", "infons": {"type": "Positive_Correlation"},
        "nodes": [{"refid": "1", "role": ""}, {"refid": "2", "role": ""}],
    }]  # fmt: skip
    document = {"id": "77", "passages": [{"annotations": annotations}], "relations": relations}
    (tmp_path / "a.json").write_text(json.dumps({"source": "x", "documents": [document]}))
    xml = "".join(
        f'<annotation id="{a["id"]}"><infon key="type">{a["infons"]["type"]}</infon>'  # type: ignore[index]
        f'<infon key="identifier">{a["infons"]["identifier"]}</infon>'  # type: ignore[index]
        f"<text>{a['text']}</text></annotation>"
        for a in annotations
    )
    (tmp_path / "a.xml").write_text(
        f"<collection><source>x</source><document><id>77</id><passage>{xml}</passage>"
        '<relation id="R1"><infon key="type">Positive_Correlation</infon>'
        '<node refid="1" role=""/><node refid="2" role=""/></relation></document></collection>'
    )
    for name in ("a.json", "a.xml"):
        store, report = load([tmp_path / name])
        assert report.failed == []
        (claim,) = open_network(store).all_claims().values()
        assert (claim.predicate, claim.subject) == ("causes", "mesh:D016559"), name
