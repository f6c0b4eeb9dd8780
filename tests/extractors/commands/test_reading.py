"""How documents are to be read, told at the command line and carried to every process."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.commands.running import pipeline_of
from extractors.options import ReadingOptions
from extractors.pipeline import Steps
from kg.cli import main
from tests.extractors import fakes


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[ReadingOptions]:
    """The options with which the standard steps are made, in place of which stand quick ones."""
    seen: list[ReadingOptions] = []

    def steps(options: ReadingOptions) -> Steps:
        seen.append(options)
        return fakes.steps()

    monkeypatch.setattr("extractors.pipeline.standard_steps", steps)
    return seen


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize(
    ("words", "environment", "options"),
    [
        ([], {}, ReadingOptions()),
        (["--no-models"], {}, ReadingOptions(models=False)),
        ([], {"KG_NO_MODELS": "1"}, ReadingOptions(models=False)),
        ([], {"KG_NO_MODELS": "0"}, ReadingOptions()),
        (
            ["--english-model", "en_made_up", "--chinese-model", "./zh"],
            {},
            ReadingOptions(pipelines=(("en", "en_made_up"), ("zh", "./zh"))),
        ),
        (
            ["--chinese-model", "b"],
            {"KG_CHINESE_MODEL": "a"},
            ReadingOptions(pipelines=(("zh", "b"),)),
        ),
        (
            ["--reader", "b", "--reader", "a", "--reader", "b"],
            {},
            ReadingOptions(readers=("b", "a")),
        ),
        ([], {"KG_READERS": "a b"}, ReadingOptions(readers=("a", "b"))),
        (["--annotations", "only"], {}, ReadingOptions(annotations="only")),
    ],
)
def test_switches_and_variables_reach_the_steps(
    command: str, words: list[str], environment: dict[str, str], options: ReadingOptions,
    given: list[ReadingOptions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    text = tmp_path / "a.txt"
    text.write_text("Sirolimus lowered creatinine.\n", encoding="utf-8")
    assert main([command, "--data", str(tmp_path / "data"), str(text), *words]) == 0
    assert [replace(found, lexicon=None) for found in given] == [options]


def test_a_pipeline_is_made_alike_in_another_process() -> None:
    options = ReadingOptions(models=False)
    make = pickle.loads(pickle.dumps(pipeline_of(None, options)))  # noqa: S301 - our own bytes
    assert make().options == options
