"""Sentences annotated for this project: the table, and what it tells of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.training.chinese_texts import Text
from extractors.training.mention_judged import JUDGED_TYPES, judged_mentions, read_annotations
from extractors.training.relation_judged import checksum
from kg.errors import FormatError, InputError

TEXT = "目的。维拉帕林可退热。"
SENTENCE = TEXT[3:]
HEAD = "document\tlanguage\tstart\tend\tcheck\tmentions\n"


def table(folder: Path, *rows: str) -> Path:
    path = folder / "table.tsv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_places_in_a_document_become_places_in_its_sentence(tmp_path: Path) -> None:
    row = f"csl:0\tzh\t3\t11\t{checksum(SENTENCE)}\t3-7:Drug 9-10:Outcome"
    other = f"csl:9\tzh\t0\t3\t{checksum(SENTENCE)}\t"
    (given,) = judged_mentions([Text("csl:0", TEXT)], table(tmp_path, row, other))
    assert given.text == SENTENCE
    assert given.spans == ((0, 4, "Drug"), (6, 7, "Outcome"))
    assert given.known == JUDGED_TYPES


def test_another_text_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, f"csl:0\tzh\t3\t11\t{checksum(SENTENCE)}\t3-7:Drug")
    with pytest.raises(InputError, match="not the text that was judged"):
        list(judged_mentions([Text("csl:0", TEXT.replace("退", "降"))], path))


@pytest.mark.parametrize("row", [
    "x\tzh\t3\t11\tffff\t3-7:Drug 6-9:Outcome", "x\tzh\t3\t11\tffff\t9-10:Drug 3-7:Drug",
    "x\tzh\t3\t11\tffff\t0-3:Drug", "x\tzh\t3\t11\tffff\t9-12:Drug",
    "x\tzh\t3\t11\tffff\t5-5:Drug", "x\tzh\t3\t11\tffff\t3-7:Cell",
    "x\ten\t3\t11\tffff\t3-7:Drug", "x\tzh\t3\t11\tffff\t3-7:Thing",
])  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(FormatError, match=r"not an annotated sentence|not a judged sentence"):
        read_annotations(table(tmp_path, row))


def test_the_table_is_right_and_no_document_has_many_of_its_sentences() -> None:
    rows = read_annotations()
    documents = [row.document for row in rows]
    assert len({(row.document, row.start) for row in rows}) == len(rows)
    assert max(documents.count(name) for name in set(documents)) <= 4
    assert {kind for row in rows for _, _, kind in row.mentions} == JUDGED_TYPES
