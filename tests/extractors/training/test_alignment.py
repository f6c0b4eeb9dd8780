"""The table of word alignment: learnt from texts without those that are scored on, and up to date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.alignment.word_links import link_words
from extractors.commands.train import train
from extractors.composition.model import open_composition
from extractors.composition.shipped import ABOUT, FOLDER, open_table
from extractors.evaluation.gold import Gold
from extractors.mining.bitext import Unit
from extractors.mining.excluding import outside, sentences_of
from extractors.training.alignment import hash_of, starter_names, train_table
from kg.errors import InputError

GOLD = Gold(
    "gold:1", {"en": "Rats recovered quickly.", "zh": "大鼠恢复得很快，没有死亡。"},
    {"en": ((0, 23),), "zh": ((0, 13),)}, frozenset({(0, 0)}), (), (),
)  # fmt: skip


def test_the_shipped_table_knows_the_names_of_the_starter_terminology() -> None:
    about = json.loads((FOLDER / ABOUT).read_text(encoding="utf-8"))
    assert about["names_sha256"] == hash_of(starter_names()), (
        "the terminology has changed: learn the table again (docs/models/alignment.md)"
    )


def test_the_shipped_table_links_everyday_words_of_abstracts() -> None:
    links = link_words("The safety of new drugs", "新药的安全性", open_table())
    assert links.agreement([1], [3, 4, 5]) > 0.7
    assert links.agreement([3], [0]) > links.agreement([4], [0])


def test_a_learnt_table_is_written_with_what_it_was_learnt_from(tmp_path: Path) -> None:
    units = [Unit("a:1", "Nausea was frequent.", "恶心常见。")] * 3
    about = train_table(units, tmp_path)
    assert json.loads((tmp_path / ABOUT).read_text(encoding="utf-8")) == about
    assert about["sentences"] == 3
    assert "nausea" in open_composition(tmp_path).links(("恶", "心"))


@pytest.mark.parametrize(
    ("en", "zh", "kept"),
    [
        ("Rats recovered quickly!", "别的话。", False),  # the same but for marks
        ("In all, rats recovered quickly.", "别的话。", False),  # holds it
        ("Something else.", "大鼠恢复得很快，没有死亡", False),
        ("Rats recovered.", "大鼠恢复。", True),  # too short to be told from chance
        ("Something else.", "别的话。", True),
    ],
)
def test_sentences_that_are_scored_on_are_left_out(en: str, zh: str, kept: bool) -> None:
    units = [Unit("u", en, zh)]
    assert list(outside(units, sentences_of([GOLD]))) == (units if kept else [])


def test_a_folder_without_the_corpora_is_told(tmp_path: Path) -> None:
    arguments = ["alignment", "--corpora", str(tmp_path), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(train, arguments)
    assert isinstance(result.exception, InputError)
    assert "ecc_complete.csv" in result.exception.where
