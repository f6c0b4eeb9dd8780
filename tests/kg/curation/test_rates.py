"""Error rates learned from decisions, how curators agree, and why a claim is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assembly.belief import belief
from kg.assembly.rates import delivered_rates, with_learned
from kg.cli import main
from kg.curation.fitting import fit, fit_rates
from kg.curation.graph import rate_quads, rates_in
from kg.curation.statistics import ALL, kappa, statistics
from kg.curation.values import Curation
from kg.store.embedded import memory_store
from kg.store.opening import open_store
from tests.kg.curation.graphs import data_with, decision, evidence_in, paper

GOOD, BAD = "en.treats.good", "en.treats.bad"


def judged(outcomes: dict[str, list[bool]], *, per_statement: int = 1) -> list[Curation]:
    """Decisions on the readings of rules: right or wrong, so many of one statement at a time."""
    found = []
    for place, (rule, rights) in enumerate(sorted(outcomes.items())):
        for number, right in enumerate(rights):
            statement = f"{place:x}{number // per_statement:015x}"
            found.append(
                decision(f"pubmed:{number}#e{statement}", "correct" if right else "grounding",
                         rules=(rule,), quotes=(("en", "q"),))
            )  # fmt: skip
    return found


def test_nothing_judged_teaches_nothing() -> None:
    assert fit_rates([]) == ()
    assert fit_rates([decision("d#e" + "0" * 16, "alignment_error", rules=(GOOD,))]) == ()


def test_a_rule_that_errs_more_gets_a_higher_rate_and_its_family_one_between() -> None:
    made = judged({GOOD: [True] * 40, BAD: [True, False] * 20})
    rates = {rate.pattern: rate for rate in fit_rates(made)}
    assert rates[GOOD].random < rates["en.*"].random < rates[BAD].random
    assert {rate.family for rate in rates.values()} == {"en.*"}
    used = with_learned(delivered_rates(), {f"rule {r.pattern}": r for r in rates.values()})
    assert used.of_rule("en.treats.unjudged") == rates["en.*"]
    assert used.of_rule("zh.treats.use") == delivered_rates().of_rule("zh.treats.use")


def test_what_is_wrong_wherever_it_is_read_is_systematic() -> None:
    by_chance = judged({BAD: [True, False] * 20}, per_statement=4)
    always = judged({BAD: ([True] * 4 + [False] * 4) * 5}, per_statement=4)
    chance, system = (fit(made)[-1].rate for made in (by_chance, always))
    assert system.systematic > chance.systematic
    assert system.random < chance.random


def test_the_more_is_judged_the_nearer_the_rate_comes_to_what_was_found() -> None:
    errors = []
    for size in (5, 50, 500):
        rate = fit(judged({GOOD: [n % 10 != 0 for n in range(size)]}))[-1].rate
        errors.append(abs(rate.random + rate.systematic - 0.1))
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.03


@given(st.lists(st.tuples(st.sampled_from([GOOD, BAD, "llm:x@1/p"]), st.booleans()), max_size=30))
def test_rates_do_not_depend_on_order_and_stay_probabilities(
    outcomes: list[tuple[str, bool]],
) -> None:
    made = judged({rule: [r for name, r in outcomes if name == rule] for rule, _ in outcomes})
    rates = fit_rates(made)
    assert fit_rates(made[::-1]) == rates
    assert all(r.random >= 0 and r.systematic >= 0 and r.random + r.systematic <= 1 for r in rates)
    store = memory_store()
    store.change((), rate_quads(rates))
    assert set(rates_in(store).learned.values()) == set(rates)


def test_a_reading_that_was_unsure_anyway_tells_less_against_its_rule() -> None:
    sure = judged({BAD: [True, False] * 20})
    unsure = [
        decision(c.evidence, c.tag, rules=c.rules, quotes=c.quotes, confidence=0.6) for c in sure
    ]
    assert fit(unsure)[-1].rate.random < fit(sure)[-1].rate.random


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")], None),
        # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: the example of many textbooks.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(pairs) == value


def test_agreement_is_told_for_each_two_curators_and_tag() -> None:
    made = [
        decision(f"pubmed:{n}#e{'0' * 16}", tag, curator)
        for curator, tags in (
            ("Ada", ["correct", "polarity", "correct"]), ("Bo", ["correct", "polarity", "grounding"]),
            ("Cy", []),
        )
        for n, tag in enumerate(tags)
    ]  # fmt: skip
    told = statistics(made)
    assert (told.decisions, told.evidence) == (6, 3)
    assert [(a.curators, a.tag, a.both) for a in told.agreements] == [
        (("Ada", "Bo"), tag, 3) for tag in (ALL, "correct", "grounding", "polarity")
    ]
    assert told.agreements[3].kappa == 1.0


def test_learning_changes_beliefs_and_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = data_with(tmp_path, *(paper(n) for n in range(1, 5)))
    at = ("--data", str(settings.data))
    with open_store(settings, read_only=True) as store:
        evidence = evidence_in(store)
    statement = evidence[0].partition("#e")[2]
    for one in evidence[:3]:
        assert main(["curate", one, "--tag", "polarity", "--curator", "Ada", *at]) == 0
    capsys.readouterr()

    def told(*words: str) -> dict[str, object]:
        assert main(["rates", *words, "--json", *at]) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    before = told(statement)
    assert told()["in_force"] == []
    assert len(told("--fit")["in_force"]) == 4  # type: ignore[arg-type]
    after = told(statement)
    assert after["belief"] < before["belief"]  # type: ignore[operator]
    parts: list[dict[str, object]] = after["parts"]  # type: ignore[assignment]
    assert [part["verdict"] for part in parts] == ["wrong"] * 3 + [None]
    assert [part["random"] == 1.0 for part in parts] == [True] * 3 + [False]
    assert main(["rates", *at]) == main(["rates", statement, *at]) == 0
    assert main(["rates", "0" * 16, *at]) == 1
    assert main(["curations", "--statistics", *at]) == 0
    assert belief([]) == 0.0
