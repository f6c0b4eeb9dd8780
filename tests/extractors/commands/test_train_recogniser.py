"""`kg train recogniser`: what is asked for goes to the recipe; the weights become a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.models.keeping import Kept, load_network
from extractors.models.network import Network
from extractors.models.shape import Group, Shape
from extractors.training import english_recogniser
from extractors.training.recogniser import Report, Request
from kg.cli import main


def test_a_recogniser_is_trained_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Request] = []

    def recipe(request: Request, report: Report) -> Kept:
        asked.append(request)
        report("reading")
        network = Network(Shape((Group("word", 9, 4, 1),), ("Drug",), ("one",), width=4))
        return Kept("recogniser-en", request.version, network, "one", {"sentences": 3})

    monkeypatch.setattr(english_recogniser, "train", recipe)
    gold, output = tmp_path / "gold.json", tmp_path / "out" / "model.npz"
    gold.write_text("[]", "utf-8")
    status = main([
        "train", "recogniser", "en", "--corpora", str(tmp_path), "-o", str(output),
        "--without", str(gold), "--epochs", "2", "--version", "7", "--json",
        "--data", str(tmp_path / "absent"),
    ])  # fmt: skip
    assert status == 0
    assert asked == [Request(tmp_path, None, (gold,), 2, "7")]
    about = json.loads(capsys.readouterr().out)
    assert about["model"] == load_network(output).mark == "model:recogniser-en@7"
    assert (about["sentences"], about["bytes"]) == (3, output.stat().st_size)


def test_absent_corpora_are_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "model.npz"
    status = main([
        "train", "recogniser", "en", "--corpora", str(tmp_path), "-o", str(output),
    ])  # fmt: skip
    (line,) = capsys.readouterr().err.splitlines()
    assert status == 1
    assert "CDR_DevelopmentSet" in line
    assert "--corpora" in line
    assert not output.exists()
