"""What is withheld with a name: all by which it could come back."""

from __future__ import annotations

from benchmarks.cross_lingual import Dice, Tables, training_pairs, withheld


def made_up() -> Tables:
    tables = Tables()
    for concept, en, zh in (
        ("HP:1", "Renal stone", "肾结石"),
        ("OMIM:1", "NEPHROLITHIASIS", "肾石病"),
        ("ORPHA:1", "Renal calculus", "肾结石"),
        ("HP:2", "Short nail", "短甲"),
    ):
        tables.en[concept].add(en)
        tables.zh[concept].add(zh)
    tables.joined = {"HP:1": "MONDO:1", "OMIM:1": "MONDO:1"}
    tables.pairs = [
        ("renal stones", "肾石"),  # an English name of the concept
        ("Kidney calculi", "腎結石"),  # its Chinese name, in traditional characters
        ("Nephrolithiasis", "泌尿系结石"),  # an English name of a joined concept
        ("Gallstone", "胆结石"),
    ]
    return tables


def test_no_pair_of_a_withheld_concept_is_learnt_from() -> None:
    pairs = training_pairs(made_up(), {"HP:1"})
    assert pairs == [("Short nail", "短甲"), ("Gallstone", "胆结石")]


def test_all_else_is_learnt_from() -> None:
    assert len(training_pairs(made_up(), {"HP:2"})) == 7


def test_a_tenth_is_withheld_and_always_the_same() -> None:
    sample = [number for number in range(5000) if withheld(f"HP:{number:07}")]
    assert 400 < len(sample) < 600
    assert sample[:3] == [5, 18, 25]


def test_the_baseline_prefers_the_fitting_name() -> None:
    dice = Dice([("liver cancer", "肝癌"), ("liver injury", "肝损伤"), ("lung injury", "肺损伤")])
    assert dice.similarity("lung injury", "肺损伤") > dice.similarity("lung injury", "肝癌")
    assert dice.similarity("", "肝癌") == 0.0
