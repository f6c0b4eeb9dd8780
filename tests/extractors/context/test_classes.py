"""Parts of speech of words by themselves: what is listed, what endings tell, what is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.training.word_classes import choose_classes
from extractors.context import classes
from extractors.context.classes import WordClasses, load_classes
from extractors.rule_files import ROOT
from kg.errors import RuleError


@pytest.mark.parametrize(
    ("word", "expected"),
    [("may", "MD"), ("zzzation", "NN"), ("qqq", "NN"), ("20", "CD"), (",", ","), ("the", "DT")],
)
def test_class_of_a_word(word: str, expected: str) -> None:
    assert load_classes(ROOT / "en" / "classes.tsv").of([word]) == [expected]


def test_the_longest_ending_tells() -> None:
    listed = WordClasses({"-ed": "VBN", "-eed": "VB"})
    assert listed.of(["glanced", "proceed", "bed"]) == ["VBN", "VB", classes.NOUN]


def test_a_language_without_classes_has_nouns_alone(tmp_path: Path) -> None:
    assert load_classes(tmp_path / "classes.tsv").of(["run"]) == ["NN"]


def test_a_line_without_class_is_told(tmp_path: Path) -> None:
    path = tmp_path / "classes.tsv"
    path.write_text("# made up\nrun\tVB\nwalk\n", encoding="utf-8")
    with pytest.raises(RuleError, match="walk") as told:
        load_classes(path)
    assert told.value.where.endswith(":3")


def test_words_that_their_ending_tells_are_left_out() -> None:
    words = [f"{letter}oration" for letter in "bcdfghjk"]
    counts = {word: Counter(NN=3) for word in words} | {"ration": Counter(VB=4, NN=3)}
    chosen = choose_classes(counts)
    assert chosen["-tion"] == "NN"
    assert chosen["ration"] == "NN/VB"
    assert not set(words) & set(chosen)
