"""Every export is opened by the tool that it is for, in that tool's own environment."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.export.formats import find_format
from kg.export.running import export_files
from kg.export.selection import Selected, Selection
from kg.loading import load_extractions
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.terminology.listed import TermList
from ontologies.terms import TermRow
from tests.golden import golden_extractions, golden_terminology, shared_store

ROOT = Path(__file__).parents[3]
TOOLS = ROOT / ".venv-tools" / "bin" / "python"
SCRIPT = Path(__file__).with_name("tools.py")

pytestmark = pytest.mark.skipif(
    not TOOLS.exists(), reason="the tools of other knowledge bases are not there: run make tools"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def opened(tool: str, *words: str, folder: Path) -> dict[str, Any]:
    """What a tool counts; the tools write their settings into the folder, and find no network."""
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "no_proxy": "*"}
    done = subprocess.run(
        [str(TOOLS), str(SCRIPT), tool, *words], capture_output=True, text=True, env=kept,
        cwd=folder, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def files(name: str, folder: Path, store: Store | None = None, **chosen: Any) -> list[str]:
    form = find_format(name)
    output = folder / ("parallax" if len(form.parts) > 1 else f"graph{form.parts[0].ending}")
    paths = export_files(store or shared_store(), form, Selection(**chosen), output)
    return [str(path) for path in paths]


@cache
def standings() -> list[str]:
    return [edge.standing for edge in Selected(shared_store()).edges()]


@pytest.mark.parametrize(("name", "form"), [("kgx", "tsv"), ("kgx-jsonl", "jsonl")])
def test_kgx_validates(name: str, form: str, folder: Path) -> None:
    found = opened("kgx", form, *files(name, folder), folder=folder)
    assert found["report"] == {}
    assert found["edges"] == len(standings()) - standings().count("hypothesized")
    assert found["negated"] == standings().count("denied") > 0
    assert found["predictions"] == 0
    assert found["nodes"] == sum(1 for _ in Selected(shared_store()).concepts())
    assert "tacrolimus" in found["names"]


def test_kgx_takes_hypotheses_as_predictions(folder: Path) -> None:
    paths = files("kgx", folder, statuses=frozenset({"hypothesized"}))
    found = opened("kgx", "tsv", *paths, folder=folder)
    assert found["edges"] == found["predictions"] == standings().count("hypothesized") > 0


def test_nanopublications_are_valid(folder: Path) -> None:
    found = opened("nanopub", *files("nanopubs", folder), folder=folder)
    assert found["valid"] == found["trusty"] == len(standings())


def test_indra_loads_the_statements_and_its_filters_leave_the_findings(folder: Path) -> None:
    found = opened("indra", *files("indra", folder), folder=folder)
    types = found["types"]
    assert sum(types.values()) == len(standings())
    assert {"Activation", "Inhibition", "Association", "Influence", "DecreaseAmount"} <= set(types)
    asserted = len(standings()) - standings().count("hypothesized") - standings().count("denied")
    assert len(found["plain"]) == asserted


def test_sssom_parses_and_validates(folder: Path) -> None:
    store = memory_store()
    rows = [
        TermRow("mesh:D016559", "tacrolimus", "en", "label", "test", "Drug"),
        TermRow("mesh:D016559", "他克莫司", "zh", "label", "test", "Drug"),
    ]
    mapped = [
        ("mesh:D016559", "skos:exactMatch", "CHEBI:61049"),
        ("mesh:D016559", "skos:exactMatch", "umls:C0085149"),
    ]
    load_extractions(store, golden_extractions(), terminology=TermList(rows, mapped))
    found = opened("sssom", *files("sssom", folder, store), folder=folder)
    assert found == {"mappings": 2, "problems": []}


def test_mlcroissant_reads_the_tables_through_the_description(folder: Path) -> None:
    files("kgx", folder)
    found = opened("croissant", *files("croissant", folder), "edges", folder=folder)
    assert found["errors"] == []
    assert found["rows"] == len(standings()) - standings().count("hypothesized")


def test_bioc_reads_documents_with_relations(folder: Path) -> None:
    found = opened("bioc", *files("bioc", folder), folder=folder)
    assert found["annotations"] == sum(len(e.mentions) for e in golden_extractions())
    assert found["wrong"] == 0
    assert found["relations"]["denied: treats"] == 1
    assert "treats" in found["relations"] and golden_terminology()
