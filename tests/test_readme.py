"""What the README shows works as it is written, on the delivered examples."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from tests.kg.imports.sources import mechanism

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh.md")
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
COMMANDS = dict.fromkeys(
    line.split("#")[0].strip()
    for text in TEXTS.values()
    for line in re.findall(r"^kg .+", text, re.MULTILINE)
)
pytestmark = pytest.mark.xdist_group("readme")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an abstract, a curated mechanism, and the graph of the examples."""
    folder = tmp_path_factory.mktemp("readme")
    (example, *_) = sorted((ROOT / "examples").glob("*.txt"))
    shutil.copy(example, folder / "abstract.txt")
    mechanism(folder / "drugmechdb.yaml")
    assert main(["--data", str(folder / "kg-data"), "demo", "--no-serve"]) == 0
    return folder


@pytest.fixture(autouse=True)
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("KG_DATA", raising=False)
    monkeypatch.delenv("KG_STORE", raising=False)


def test_the_pages_show_the_same_commands() -> None:
    assert len(COMMANDS) >= 8
    for text in TEXTS.values():
        assert [c for c in COMMANDS if c not in text] == []


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "kg serve"])
def test_a_command_of_the_readme_answers(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(shlex.split(command)[1:])
    shown = capsys.readouterr()
    assert status == 0, shown.err
    asking = command.split()[1] in ("explain", "ask", "query")
    assert shown.out.count("\n") > 2 or not asking
    assert "not known" not in shown.out.casefold() and "未知" not in shown.out


@pytest.mark.parametrize("page", PAGES)
def test_the_query_of_the_readme_has_rows(
    folder: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (sparql,) = re.findall(r"```sparql\n(.*?)```", TEXTS[page], re.DOTALL)
    (folder / "first.rq").write_text(sparql, encoding="utf-8")
    assert main(["query", "first.rq", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 1
