"""Every rule of a circumstance finds its own examples, and the loader names what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.qualifiers.reading import qualify
from extractors.qualifiers.rules import QualifierRule, load_qualifiers
from extractors.rule_files import ROOT
from kg.errors import RuleError
from kg.model import LANGUAGES, Language
from kg.qualifiers import QUALIFIER_KINDS, SETTINGS
from tests.extractors.qualifiers.stated import marked

RULES = [
    pytest.param(language, rule, id=rule.id)
    for language in LANGUAGES
    for rule in load_qualifiers(ROOT / language).rules
]


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_examples_hold(language: Language, rule: QualifierRule) -> None:
    quantity = rule.quantities[0] if rule.quantities else None
    for text in rule.match:
        case = marked(text, language, quantity=quantity)
        found = {q.text for q in qualify(case.extraction).relations[0].context if q.rule == rule.id}
        wanted = {words for _, words in case.expected}
        wanted |= {m.text for m in case.extraction.mentions if m.type in rule.types}
        assert found >= wanted > set(), text
    for text in rule.no_match:
        case = marked(text, language, quantity=quantity)
        assert rule.id not in {q.rule for q in qualify(case.extraction).relations[0].context}, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_setting_has_a_rule(language: Language) -> None:
    rules = load_qualifiers(ROOT / language).rules
    assert {rule.kind for rule in rules} == set(QUALIFIER_KINDS)
    assert {r.value for r in rules if r.kind == "setting"} | {"clinical"} == set(SETTINGS)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("kind: species", "kind: specie", "did you mean 'species'"),
        ("id: en.species.rat", "id: en.cell.rat", "does not begin with en.species."),
        ("types: [Organism]", "types: [Organisms]", "did you mean 'Organism'"),
        ("value: in-vitro", "value: invitro", "did you mean 'in-vitro'"),
        ("setting: clinical", "setting: clinic", "setting 'clinic' is unknown"),
        ("concept: NCBITaxon:10116", "concept: rat", "concept 'rat' is no CURIE"),
        ("concept: NCBITaxon:10116", "gap: 2", "words that stand for nothing"),
        ("gap: 2", "gap: two", "gap 'two' is no number of words"),
        ("symbols: [cells, cell line, cell lines]", "gap: 1", "nothing to look for"),
        ("quantities: [dose]", "quantities: [doses]", "kind of quantity 'doses' is unknown"),
        ("quantities: [time-point]", "quantities: [time-point]\n    value: low", "a concept or value"),
        ("  joints:", "  joins:", "did you mean 'joints'"),
        ("qualifiers:", "qualifier:", "did you mean 'qualifiers'"),
    ],
)  # fmt: skip
def test_loader_names_the_problem(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    text = (ROOT / "en" / "qualifiers.yaml").read_text("utf-8")
    assert old in text
    (folder / "qualifiers.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=re.escape(problem)):
        load_qualifiers(folder)
