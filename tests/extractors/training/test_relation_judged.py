"""Sentences judged for this project: the table, and what it tells of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.training.relation_judged import Judgement, annotated, judged, read_judgements
from extractors.training.relation_texts import UNKNOWN
from kg.errors import FormatError, InputError

TEXT = "Drogamil (DGM) lowers fibrosis and pain."
NAMED = ((0, 8, "Drug"), (10, 13, "Drug"), (22, 30, "Disease"), (35, 39, "Outcome"))
HEAD = "document\tlanguage\tstart\tend\tcheck\tmentions\trelations\n"


def row(*relations: tuple[int, str, int]) -> Judgement:
    return Judgement("x", "en", 0, len(TEXT), "", NAMED, relations)  # type: ignore[arg-type]


def test_what_holds_of_a_name_holds_of_the_one_in_brackets_behind_it() -> None:
    text = annotated("x", "en", TEXT, [row((1, "treats", 3), (1, "related", 4))])
    assert dict(text.stated) == {
        ("0-8", "22-30"): "treats", ("10-13", "22-30"): "treats",
        ("0-8", "35-39"): UNKNOWN, ("10-13", "35-39"): UNKNOWN,
    }  # fmt: skip


def test_pairs_left_open_are_not_judged_and_those_not_named_are_not_related() -> None:
    text = annotated("x", "en", TEXT, [row((1, "open", 4))])
    assert text.judged is not None
    assert frozenset(("0-8", "35-39")) not in text.judged
    assert frozenset(("22-30", "35-39")) in text.judged
    assert not text.stated


def test_the_table_is_right_and_names_things_that_are_there() -> None:
    rows = read_judgements()
    assert {r.language for r in rows} == {"en", "zh"}
    assert all(r.start <= start < end <= r.end for r in rows for start, end, _ in r.mentions)


@pytest.mark.parametrize("cells", [
    "x\ten\t0\t9\tffff\t0-3:Drug\t1 treats 2", "x\ten\t0\t9\tffff\t0-3:Thing\t",
    "x\tfr\t0\t9\tffff\t0-3:Drug\t", "x\ten\t0\t9\tffff\t0-3:Drug 4-5:Drug\t1 soothes 2",
])  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(HEAD + cells + "\n")
    with pytest.raises(FormatError, match="not a judged sentence"):
        read_judgements(path)


def test_absent_corpora_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(judged(tmp_path))
