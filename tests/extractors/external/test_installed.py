"""A small distribution with readers, built into a wheel here and found as an installed one is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extractors.external.checking import read_with
from extractors.external.values import Named
from extractors.nlp.sentences import split_sentences
from kg.cli import main
from kg.io import read_extractions
from kg.model import Document, Language, Passage

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "kinase-reader"
version = "1.2"

[project.entry-points."kg.readers"]
kinases = "kinase_reader:KinaseReader"
faulty = "kinase_reader:read_badly"
absent = "kinase_reader:no_such_thing"
number = "kinase_reader:NUMBER"
"""
CODE = '''
import re
from extractors.external.values import Reading
from kg.model import Mention, RelationMention, Span

NUMBER = 7


class KinaseReader:
    """Names that end in kinase or 激酶, and what they are said to zap or 击倒."""

    def __init__(self):
        self.pattern = re.compile(r"[A-Z]+ ?kinase|[左布拉]+激酶")
        self.verb = re.compile("zapped|击倒了")

    def __call__(self, document, sentences):
        mentions, relations = [], []
        passages = {passage.id: passage for passage in document.passages}
        for sentence in sentences:
            text = passages[sentence.passage].text
            found = [
                Mention(f"{sentence.id}-{m.start()}", sentence.passage, sentence.id, *m.span(),
                        m[0], "Protein", score=0.8)
                for m in self.pattern.finditer(text, sentence.start, sentence.end)
            ]
            mentions += found
            verb = self.verb.search(text, sentence.start, sentence.end)
            if verb and len(found) == 2:
                relations.append(RelationMention(
                    f"r-{sentence.id}", sentence.id, found[0].id, "decreases", found[1].id, "zap",
                    trigger=Span(*verb.span(), verb[0]), aspect="activity", confidence=0.7))
        return Reading(tuple(mentions), tuple(relations))


def read_badly(document, sentences):
    if "BAD" in document.passages[0].text:
        raise RuntimeError("cannot read that")
    return Reading()
'''


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the distribution, as pip would install it."""
    root = tmp_path_factory.mktemp("distribution")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "kinase_reader.py").write_text(CODE, encoding="utf-8")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (built,) = (root / "dist").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(root / "site")
    return root / "site"


@pytest.fixture(autouse=True)
def installed(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(wheel))


def written(folder: Path, *texts: str) -> list[str]:
    paths = []
    for number, text in enumerate(texts, start=1):
        path = folder / f"note-{number}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def test_installed_readers_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readers", "--json"]) == 0
    listed = [
        r for r in json.loads(capsys.readouterr().out) if r["distribution"] == "kinase-reader"
    ]
    assert [reader["name"] for reader in listed] == ["absent", "faulty", "kinases", "number"]
    assert listed[2] == {
        "name": "kinases", "distribution": "kinase-reader", "version": "1.2",
        "place": "kinase_reader:KinaseReader",
    }  # fmt: skip
    assert main(["readers"]) == 0
    assert "kinase-reader" in capsys.readouterr().out


def test_a_reader_takes_part_in_both_languages(tmp_path: Path) -> None:
    texts = written(tmp_path, "ZORB kinase zapped BLAT kinase.\n左布激酶击倒了布拉激酶。\n")
    out = tmp_path / "out.jsonl"
    assert main(["extract", *texts, "--reader", "kinases", "-o", str(out)]) == 0
    (extraction,) = read_extractions(out)
    told = {mention.text: mention.method for mention in extraction.mentions}
    assert told["ZORB kinase"] == "reader:kinases@1.2"
    theirs = [one for one in extraction.relations if one.rule.startswith("reader:")]
    assert [(one.rule, one.predicate, one.aspect, one.confidence) for one in theirs] == [
        ("reader:kinases@1.2/zap", "decreases", "activity", 0.7)
    ] * 2
    assert [len(one.aligned) for one in theirs] == [1, 1]


@pytest.mark.parametrize("page", ["readers.md", "readers.zh.md"])
@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Then A1 kinase inhibits B2 kinase."), ("zh", "随后A1激酶抑制B2激酶。")],
)
def test_the_reader_of_the_documentation_reads(page: str, language: Language, text: str) -> None:
    written = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", written, re.DOTALL)[0], names)  # noqa: S102 - ours
    document = Document("test:1", (Passage("p1", language, text),))
    reader = Named("reader:kinases@1.2", names["KinaseReader"]())
    reading = read_with(reader, document, split_sentences(document))
    (stated,) = reading.relations
    assert stated.rule == "reader:kinases@1.2/inhibits"
    assert [m.text[:2] for m in reading.mentions] == ["A1", "B2"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_fails_is_told_for_each_document(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = written(tmp_path, "Zorb one.", "BAD two.", "Zorb three.")
    out = tmp_path / "out.jsonl"
    arguments = ["extract", *texts, "--reader", "faulty", "-o", str(out), "--jobs", jobs]
    assert main([*arguments, "--no-models"]) == 1
    assert [one.document.id for one in read_extractions(out)] == ["note-1", "note-3"]
    (failure, summary) = capsys.readouterr().err.splitlines()
    assert failure == (
        "kg: note-2, reader:faulty@1.2: the reader failed (RuntimeError: cannot read that); "
        "tell its authors, or read without it"
    )
    assert summary.endswith("1 failure")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nobody", "nobody: no reader of that name is installed; installed are absent, faulty"),
        ("absent", "absent (kinase_reader:no_such_thing): the reader cannot be loaded"),
        ("number", "number (kinase_reader:NUMBER): int: that is no reader"),
    ],
)
def test_a_reader_that_is_none_is_told(
    name: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", *written(tmp_path, "Zorb one."), "--reader", name]) == 1
    assert problem in capsys.readouterr().err
