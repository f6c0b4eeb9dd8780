"""Parts that are taken out of the reader are out, and come back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.ablations import ABLATIONS, keep_cues, read_with, swapped
from extractors.pipeline import standard_steps
from extractors.relations import reading
from extractors.relations.grammar import load_rules
from kg.model import Document, Extraction, Passage

TEXT = (
    "Losartan reduced proteinuria and hypertension. Losartan did not reduce pain. "
    "This study was to investigate whether losartan causes cough."
)


@pytest.fixture(scope="module")
def known() -> Extraction:
    """A document of own wording with its sentences and mentions."""
    document = Document("made-up:1", (Passage("en", "en", TEXT),))
    steps = standard_steps()
    sentences = steps.sentences(document)
    mentions = steps.mentions(document, sentences)
    return Extraction(document, sentences=sentences, mentions=mentions)


def read(known: Extraction, without: str) -> list[tuple[str, str]]:
    """(polarity, object) of each relation that is read without a part."""
    (ablation,) = (each for each in ABLATIONS if each.without == without)
    (extraction,) = read_with(ablation, [known])
    named = {mention.id: mention.text for mention in extraction.mentions}
    return [(r.polarity, named[r.object]) for r in extraction.relations if not r.derived]


@pytest.mark.parametrize(
    ("without", "stated"),
    [
        ("nothing", {("positive", "proteinuria"), ("positive", "hypertension"),
                     ("negated", "pain")}),
        ("negation", {("positive", "proteinuria"), ("positive", "hypertension"),
                      ("positive", "pain")}),
        ("aims and their sections", {("positive", "proteinuria"), ("positive", "hypertension"),
                                     ("negated", "pain"), ("positive", "cough")}),
    ],
)  # fmt: skip
def test_without_a_part(known: Extraction, without: str, stated: set[tuple[str, str]]) -> None:
    assert set(read(known, without)) == stated


def test_without_groups_a_list_has_one_member(known: Extraction) -> None:
    apart = read(known, "groups of coordinated mentions")
    assert len(apart) < len(read(known, "nothing"))


def test_a_stand_in_is_taken_back() -> None:
    kept = vars(reading)["make_groups"]
    with pytest.raises(RuntimeError), swapped(reading, "make_groups", list):
        assert vars(reading)["make_groups"] is list
        raise RuntimeError
    assert vars(reading)["make_groups"] is kept


def test_no_aim_has_no_labels_of_aims() -> None:
    context = load_rules()["en"].context
    kept = keep_cues(context, "negation")
    assert {rule.kind for rule in kept.rules} == {"negation"}
    assert kept.aims == frozenset()
    assert replace(kept, rules=context.rules, aims=context.aims).aims == context.aims
