"""`kg diff`: triples and statements that two graphs do not share, whatever holds them."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.comparing import merged
from kg.loading import load_extractions
from kg.notices.files import read_table
from kg.notices.values import Notice
from kg.publishing import publish, writing
from kg.settings import Settings
from kg.store.copies import backup_store
from kg.store.sorting import sort_lines, sorted_lines
from tests.kg.graphs import TERMS, fixture, lines
from tests.kg.test_notices import claim


@given(st.sets(st.text("abc", max_size=3)), st.sets(st.text("abc", max_size=3)))
def test_merged_lines_tell_the_two_sets_apart(one: set[str], other: set[str]) -> None:
    found = list(merged(sorted(one), sorted(other)))
    assert {line for sign, line in found if sign != "+"} == one
    assert {line for sign, line in found if sign != "-"} == other
    assert [line for _, line in found] == sorted(one | other)


@given(st.lists(st.text("ab", max_size=3)), st.integers(1, 4))
def test_sorting_in_parts_is_sorting(texts: list[str], together: int) -> None:
    given_lines = [f"{text}\n" for text in texts]
    assert list(sort_lines(given_lines, together=together)) == sorted(set(given_lines))


@pytest.fixture
def graphs(tmp_path: Path) -> tuple[Path, Path]:
    """A data directory as it was (a backup) and as it is: one document more, one retracted."""
    settings = Settings(data=tmp_path / "data")
    with writing(settings) as store:
        load_extractions(store, [claim("pubmed:1")], terminology=TERMS)
        publish(store, settings)
    backup_store(settings, tmp_path / "before")
    retracted = claim("pubmed:1", notices=(Notice("retraction", "pubmed:1", "pubmed:9"),))
    with writing(settings) as store:
        load_extractions(store, [retracted, fixture()[0]], terminology=TERMS)
        publish(store, settings)
    return tmp_path / "before", settings.data


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    assert main(["diff", *map(str, arguments)]) == 0
    return capsys.readouterr().out.splitlines()


def test_statements_are_told_in_words(
    graphs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    head, *rows = run(capsys, *graphs, "--lang", "zh")
    assert head.split("\t") == ["change", "statement", "claim", "what"]
    assert {row.partition("\t")[0] for row in rows} == {"新增", "改变"}
    found = [json.loads(line) for line in run(capsys, *graphs, "--json")]
    (changed,) = (one for one in found if one["change"] == "changed")
    assert changed["before"]["status"] == "asserted"
    assert changed["labels"]["en"] == "tacrolimus decreases calcineurin"


def test_a_patch_and_two_files_lead_from_one_to_the_other(
    graphs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, new = tmp_path / "gone.nq", tmp_path / "new.nq"
    patch = run(capsys, *graphs, "--as", "patch", "--removed", gone, "--added", new)
    before = set(sorted_lines(graphs[0]))
    removed, added = (set(path.read_text("utf-8").splitlines(True)) for path in (gone, new))
    assert removed <= before and not added & before
    assert (before - removed) | added == set(sorted_lines(graphs[1]))
    assert (patch[0], patch[-1]) == ("TX .", "TC .")
    assert {line[2:] + "\n" for line in patch if line.startswith("A ")} == added
    assert {line[2:] + "\n" for line in patch if line.startswith("D ")} == removed


def test_an_exported_file_is_the_graph_that_it_was_exported_from(
    graphs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "graph.nq.gz"
    file.write_bytes(gzip.compress("".join(reversed(list(sorted_lines(graphs[1])))).encode()))
    assert run(capsys, graphs[1], file, "--as", "triples") == []


def test_blank_nodes_and_other_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "a.nt"
    blank.write_text("_:a <a:b> <a:c> .\n", encoding="utf-8")
    assert main(["diff", str(blank), str(blank)]) == 1
    assert "blank nodes" in capsys.readouterr().err
    other = tmp_path / "a.txt"
    other.write_text("", encoding="utf-8")
    assert main(["diff", str(other), str(blank)]) == 1


def test_notices_of_a_table_are_given_listed_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path / "data")
    with writing(settings) as store:
        load_extractions(store, [claim("pubmed:1", doi="10.1/X")], terminology=TERMS)
        publish(store, settings)
        before = lines(store)
    table = tmp_path / "notices.tsv"
    table.write_text("document\tkind\treason\nDOI:10.1/x\tretraction\t图像重复\n", encoding="utf-8")
    data = ["--data", str(settings.data)]
    assert main(["notices", "load", str(table), *data]) == 0
    assert capsys.readouterr().out == "1 new notices; 1 documents stand otherwise\n"
    assert main(["notices", "list", "pubmed:1", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)[0]["reason"] == "图像重复"
    assert main(["document", "pubmed:1", "--lang", "zh", *data]) == 0
    assert "撤稿" in capsys.readouterr().out
    assert main(["notices", "remove", "pubmed:1", *data]) == 0
    with writing(settings) as store:
        assert lines(store) == before


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("pubmed:1\twrong\t", "unknown kind"),
        ("12345\tretraction\t", "no identifier"),
        ("pubmed:1\tretraction\tyesterday", "no date"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, problem: str
) -> None:
    table = tmp_path / "notices.tsv"
    table.write_text(f"document\tkind\tdate\n{row}\n", encoding="utf-8")
    assert main(["notices", "load", str(table), "--data", str(tmp_path / "data")]) == 1
    told = capsys.readouterr().err
    assert problem in told and "notices.tsv:2" in told


def test_a_table_tells_all_it_has(tmp_path: Path) -> None:
    table = tmp_path / "notices.tsv"
    table.write_text(
        "# from a watch list\ndocument\tkind\tnotice\tdate\nPubMed:1\tconcern\tpubmed:9\t2024-05\n",
        encoding="utf-8",
    )
    (found,) = read_table(table)
    assert found == replace(Notice("concern", "pubmed:1"), by="pubmed:9", date="2024-05")
