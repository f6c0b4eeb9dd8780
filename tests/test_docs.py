"""What the documentation promises is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.errors
from benchmarks.figures import HEADS, QUALITY, QUALITY_HEADS, quality_table, records, table
from benchmarks.table import RESULTS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("examples/*.md")])
TWINS = sorted(ROOT.glob("*.zh.md")) + sorted(ROOT.glob("[a-z]*/**/*.zh.md"))
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]+)?\)")

ERRORS = [
    value
    for value in vars(kg.errors).values()
    if isinstance(value, type) and issubclass(value, kg.errors.KgError)
]


def headings(page: Path) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_its_place(error: type[kg.errors.KgError]) -> None:
    page, _, anchor = error.page.partition("#")
    path = ROOT / "docs" / f"{page}.md"
    assert path.exists()
    assert not anchor or anchor in headings(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [
        target
        for target, _ in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


READ = sorted(
    path
    for folder in (ROOT / "docs", ROOT / "examples", ROOT / "extractors" / "rules")
    for path in folder.glob("*.md")
    if not path.name.endswith(".zh.md")
)


@pytest.mark.parametrize("page", READ, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_has_a_chinese_twin_with_the_same_sections(page: Path) -> None:
    twin = page.with_suffix(".zh.md")
    assert twin.exists()
    texts = [path.read_text(encoding="utf-8") for path in (page, twin)]
    assert f"]({twin.name})" in texts[0]
    assert f"]({page.name})" in texts[1]
    code = re.compile(r"```.*?```", re.DOTALL)
    levels = [re.findall(r"^(#+) ", code.sub("", text), re.MULTILINE) for text in texts]
    assert levels[0] == levels[1]


def test_every_page_is_in_the_table_of_contents() -> None:
    for name in ("README.md", "README.zh.md"):
        contents = (ROOT / "docs" / name).read_text(encoding="utf-8")
        listed = {target for target, _ in LINK.findall(contents)}
        ending = name.removeprefix("README")
        pages = {
            path.name
            for path in (ROOT / "docs").glob(f"*{ending}")
            if ending == ".zh.md" or not path.name.endswith(".zh.md")
        }
        assert pages - {name} <= listed


@pytest.mark.parametrize("page", TWINS, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_chinese_page_has_the_sections_of_its_english_twin(page: Path) -> None:
    twin = page.with_name(page.name.replace(".zh.md", ".md"))
    code = re.compile(r"```.*?```", re.DOTALL)
    levels = [
        re.findall(r"^#+(?= )", code.sub("", side.read_text(encoding="utf-8")), re.MULTILINE)
        for side in (page, twin)
    ]
    assert levels[0] == levels[1] != []


def test_the_pages_that_a_user_reads_first_exist_in_both_languages() -> None:
    names = {str(page.relative_to(ROOT)) for page in TWINS}
    assert {"README.zh.md", "examples/README.zh.md", "docs/queries.zh.md"} <= names


@pytest.mark.parametrize("page", HEADS)
def test_figures_of_the_readme_are_those_of_the_committed_results(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert table(page) in text


@pytest.mark.parametrize("page", QUALITY_HEADS)
def test_figures_on_quality_are_those_of_the_committed_results(page: str) -> None:
    assert quality_table(page) in (ROOT / "docs" / page).read_text(encoding="utf-8")


def test_the_page_on_quality_names_every_table_of_results() -> None:
    shown = {row["table"] for row in records(QUALITY)}
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert [
        p.stem for p in RESULTS.glob("*.tsv") if p.stem not in shown | set(text.split("`"))
    ] == []


def test_commands_of_the_readme_exist() -> None:
    from kg.cli import kg as root

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^kg (\w+)", text, re.MULTILINE))
    assert named
    assert named <= set(root.commands or root.list_commands(None))  # type: ignore[arg-type]
