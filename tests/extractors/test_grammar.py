"""The rules load, their examples hold, and both languages cover the same ground."""

from __future__ import annotations

import pytest

from extractors.grammar import CueRule, Grammar, Rule, load_rules
from extractors.rule_examples import fault
from kg.model import LANGUAGES, PREDICATES

GRAMMARS = load_rules()


def rules_of(grammar: Grammar) -> tuple[Rule | CueRule, ...]:
    return (*grammar.rules, *grammar.cues)


EXAMPLES = [
    pytest.param(grammar, rule, text, matches, id=f"{rule.id}-{'match' if matches else 'no'}{n}")
    for grammar in GRAMMARS.values()
    for rule in rules_of(grammar)
    for matches, texts in ((True, rule.match), (False, rule.no_match))
    for n, text in enumerate(texts)
    if not (isinstance(rule, Rule) and matches and rule.status != "active")
]


@pytest.mark.parametrize(("grammar", "rule", "text", "matches"), EXAMPLES)
def test_example_holds(grammar: Grammar, rule: Rule | CueRule, text: str, matches: bool) -> None:
    assert fault(text, rule, grammar, matches=matches) is None


def test_both_languages_cover_every_predicate() -> None:
    for language in LANGUAGES:
        active = {rule.predicate for rule in GRAMMARS[language].rules if rule.status == "active"}
        assert active == set(PREDICATES)


def test_both_languages_have_the_same_trigger_classes_by_predicate() -> None:
    def covered(grammar: Grammar) -> set[str]:
        return {rule.id.partition(".")[2] for rule in grammar.rules if rule.status == "active"}

    only_one = covered(GRAMMARS["en"]) ^ covered(GRAMMARS["zh"])
    # Chinese tells the sign in the word (正相关, 负相关), English beside it (positively).
    assert only_one == {"associated_with.positive", "associated_with.negative"}
