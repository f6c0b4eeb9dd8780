"""How claims stand to one another, as `kg show`, `kg explain` and `kg rates` tell it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.assembly.values import statement_id
from kg.cli import main
from kg.loading import load_extractions
from kg.model import Statement
from kg.network.links import read_links
from kg.publishing import publish, writing
from kg.settings import Settings
from kg.store.embedded import memory_store
from tests.kg.test_hierarchy import Diseases
from tests.kg.test_refinement import DRUG, GENERAL, SPECIFIC, claim


def test_opposite_directions_at_two_levels_are_a_contrast_and_no_contradiction() -> None:
    store = memory_store()
    documents = [claim(1, (DRUG, "increases", "DOID:1")), claim(2, (DRUG, "decreases", "DOID:4"))]
    load_extractions(store, documents, terminology=Diseases())
    up, down = Statement(DRUG, "increases", "DOID:1"), Statement(DRUG, "decreases", "DOID:4")
    for one, other in ((up, down), (down, up)):
        links = read_links(store, statement_id(one))
        assert links.contrasts == (statement_id(other),)
        assert (links.contradicts, links.refines, links.refined_by) == ((), (), ())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "data")
    documents = [claim(1, (DRUG, "treats", "DOID:1")), claim(2, (DRUG, "treats", "DOID:4"))]
    with writing(settings) as store:
        load_extractions(store, documents, terminology=Diseases())
        publish(store, settings, changed=["pubmed:1", "pubmed:2"])
    return settings


@pytest.mark.parametrize(("language", "word"), [("en", "refines"), ("zh", "细化")])
def test_show_and_explain_tell_of_refinements(
    language: str, word: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--data", str(settings.data), "--lang", language)
    assert main(["show", DRUG, *at]) == 0
    assert word in capsys.readouterr().out
    assert main(["explain", DRUG, "DOID:4", *at]) == 0
    told = capsys.readouterr().out
    assert word in told
    assert {"en": "treats disease 1", "zh": "治疗疾病1"}[language] in told
    assert main(["show", DRUG, "--json", *at]) == 0
    claims = {c["id"]: c["links"] for c in json.loads(capsys.readouterr().out)["claims"]}
    assert claims[statement_id(SPECIFIC)]["refines"] == [statement_id(GENERAL)]
    assert claims[statement_id(GENERAL)]["refined_by"] == [statement_id(SPECIFIC)]
    assert main(["explain", DRUG, "DOID:4", "--json", *at]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert links[statement_id(SPECIFIC)]["refines"] == [statement_id(GENERAL)]


def test_the_belief_in_the_general_is_explained_by_the_specific(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rates", statement_id(GENERAL), "--json", "--data", str(settings.data)]) == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert [(p["evidence"].partition("#")[0], p["inherited"]) for p in parts] == [
        ("pubmed:1", False), ("pubmed:2", True),
    ]  # fmt: skip
