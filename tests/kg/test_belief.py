"""Belief, counts and conflicts over the evidence of several documents."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assembly.belief import belief
from kg.assembly.conflicts import find_conflicts
from kg.assembly.merge import judged, summarize
from kg.assembly.rates import (
    ErrorRate,
    agreement_factors,
    delivered_rates,
    error_rates,
    with_learned,
)
from kg.assembly.values import VERDICTS, Finding, statement_id
from kg.model import AGREEMENTS, Sign, Statement

NUMBER = iter(range(10_000))


def finding(**more: Any) -> Finding:
    """An asserted, positive finding of an English rule in a document of its own."""
    values: dict[str, Any] = {
        "document": f"pubmed:{next(NUMBER)}", "polarity": "positive", "certainty": "asserted",
        "agreement": "monolingual", "rules": ("en.decreases.verb",),
    }  # fmt: skip
    return Finding(**(values | more))


STATED = finding()
DENIED = finding(polarity="negated")
SUPPOSED = finding(certainty="hypothesis")
AGREED = finding(agreement="agrees", rules=("en.decreases.verb", "zh.decreases.verb"))
TORN = finding(agreement="conflict", conflicts=("direction",))
DERIVED = finding(derived="co-change", rules=("en.co-change",))


def test_belief_is_that_of_indra_for_a_simple_case() -> None:
    """Two documents by one reader: 1 - (0.05 + 0.25 · 0.25), as in Gyori et al. 2017."""
    assert belief([STATED]) == pytest.approx(1 - (0.05 + 0.25))
    assert belief([STATED, finding()]) == pytest.approx(1 - (0.05 + 0.25**2))
    other_reader = finding(rules=("zh.decreases.verb",))
    assert belief([STATED, other_reader]) == pytest.approx(1 - (0.05 + 0.25) ** 2)
    assert belief([STATED, DENIED]) == pytest.approx(0.7 * (1 - 0.7))


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ([STATED, STATED], [STATED]),
        ([AGREED], [STATED]),
        ([STATED], [TORN]),
        ([STATED], [DERIVED]),
        ([STATED], [SUPPOSED]),
        ([STATED], [STATED, DENIED]),
        ([finding(confidence=0.9)], [finding(confidence=0.5)]),
        ([SUPPOSED], []),
        ([finding(rules=("curated.edit",))], [AGREED]),
        ([finding(rules=("en.decreases.verb", "reader:other@1"))], [STATED]),
        ([finding(rules=("reader:one@1", "reader:other@1"))], [finding(rules=("reader:one@1",))]),
        ([finding(verdict="correct")], [AGREED]),
        ([finding(derived="co-change", verdict="correct")], [AGREED]),
    ],
)
def test_better_evidence_is_believed_more(more: list[Finding], less: list[Finding]) -> None:
    assert belief(more) > belief(less)


def test_two_rules_of_one_reader_are_one_reading() -> None:
    twice = finding(rules=("en.decreases.verb", "en.decreases.noun"))
    assert belief([twice]) == belief([STATED])
    assert belief([finding(rules=("reader:a@1/x", "reader:a@1/y"))]) == belief(
        [finding(rules=("reader:a@1/x",))]
    )


def test_agreement_of_two_languages_is_less_than_a_second_document() -> None:
    assert belief([AGREED]) < belief([STATED, finding(rules=("zh.decreases.verb",))])


def test_however_many_suppose_it_belief_stays_at_one_half() -> None:
    assert belief([finding(certainty="hypothesis") for _ in range(100)]) <= 0.5


def test_suppositions_add_nothing_to_an_assertion() -> None:
    assert belief([STATED, SUPPOSED]) == belief([STATED])


RULES = [
    ("en.x.y",),
    ("en.x.y", "zh.x.y"),
    ("model:z",),
    ("en.x.y", "reader:a@1"),
    ("reader:b",),
    (),
]
FINDINGS = st.builds(
    Finding,
    document=st.sampled_from(["a", "b", "c"]),
    polarity=st.sampled_from(["positive", "negated"]),
    certainty=st.sampled_from(["asserted", "hypothesis"]),
    agreement=st.sampled_from(AGREEMENTS),
    conflicts=st.sampled_from([(), ("direction",), ("hedge",)]),
    derived=st.sampled_from([None, "co-change"]),
    confidence=st.floats(0, 1),
    rules=st.sampled_from(RULES),
    resolved_sign=st.sampled_from([None, "+", "-"]),
    verdict=st.sampled_from([None, *VERDICTS]),
)


@given(st.lists(FINDINGS, min_size=1, max_size=4))
def test_any_evidence_has_one_summary_whatever_its_order(findings: list[Finding]) -> None:
    summaries = {summarize(order) for order in permutations(findings)}
    assert len(summaries) == 1
    (summary,) = summaries
    assert 0 <= summary.belief <= 1
    counted = [found for f in findings if (found := judged(f))]
    positive = [f for f in counted if f.polarity == "positive" and f.certainty == "asserted"]
    assert (summary.status == "asserted") == bool(positive)
    assert (summary.status == "rejected") == (not counted)
    assert not summary.plain or summary.status == "asserted"


LEARNED = {
    "rule en.x.y": ErrorRate("rule", "en.x.y", 0.5, 0.2, "en.*"),
    "rule zh.x.y": ErrorRate("rule", "zh.x.y", 0.1, 0.01, "zh.*"),
}


@given(st.lists(FINDINGS, max_size=4), FINDINGS, st.booleans(), st.booleans())
def test_more_independent_support_never_lowers_belief(
    findings: list[Finding], more: Finding, learned: bool, specific: bool
) -> None:
    """Also where it comes from a more specific statement, and whatever rates were learned."""
    rates = with_learned(delivered_rates(), LEARNED if learned else {})
    support = replace(more, polarity="positive", document="new")
    before = belief(findings, rates=rates)
    if specific:
        assert belief(findings, [support], rates=rates) >= before
    else:
        assert belief([*findings, support], rates=rates) >= before


@given(st.lists(FINDINGS, min_size=1, max_size=4), FINDINGS)
def test_a_second_reader_never_lowers_belief(findings: list[Finding], first: Finding) -> None:
    read = replace(first, polarity="positive", rules=("en.x.y",))
    again = replace(read, rules=("en.x.y", "reader:a@1"))
    assert belief([*findings, again]) >= belief([*findings, read])


@pytest.mark.parametrize(
    ("findings", "status", "plain", "hypothesized"),
    [
        ([STATED], "asserted", True, False),
        ([STATED, DENIED, SUPPOSED], "asserted", True, True),
        ([SUPPOSED], "hypothesized", False, True),
        ([DENIED], "denied", False, False),
        ([DENIED, SUPPOSED], "denied", False, True),
        ([finding(polarity="negated", certainty="hypothesis")], "denied", False, False),
        ([DERIVED], "asserted", False, False),
        ([TORN], "asserted", False, False),
        ([TORN, STATED], "asserted", True, False),
        ([finding(agreement="conflict", conflicts=("number",))], "asserted", True, False),
        # Judged by curators.
        ([finding(verdict="wrong")], "rejected", False, False),
        ([finding(verdict="wrong"), DENIED], "denied", False, False),
        ([finding(verdict="wrong"), STATED], "asserted", True, False),
        ([finding(verdict="hypothesis")], "hypothesized", False, True),
        ([replace(TORN, verdict="unpaired")], "asserted", True, False),
        ([replace(DENIED, verdict="wrong"), SUPPOSED], "hypothesized", False, True),
    ],
)
def test_status_and_plain_triple(
    findings: list[Finding], status: str, plain: bool, hypothesized: bool
) -> None:
    summary = summarize(findings)
    assert (summary.status, summary.plain, summary.hypothesized) == (status, plain, hypothesized)


def test_documents_are_counted_once() -> None:
    twice = finding(document=STATED.document, derived="co-change")
    summary = summarize([STATED, twice, DENIED, SUPPOSED])
    assert (summary.supporting, summary.opposing, summary.hypothesizing) == (1, 1, 1)


@pytest.mark.parametrize(
    ("agreements", "status"),
    [
        (["agrees", "monolingual"], "agrees"),
        (["agrees", "conflict"], "conflict"),
        (["one-sided", "monolingual"], "one-sided"),
        (["monolingual"], "monolingual"),
    ],
)
def test_the_languages_over_all_documents(agreements: list[str], status: str) -> None:
    assert summarize(finding(agreement=a) for a in agreements).cross_lingual == status


# Conflicts.

SIGNS: tuple[Sign, ...] = ("+", "-")
UP, DOWN = Statement("a", "increases", "b"), Statement("a", "decreases", "b")
LESS_EXPRESSED = Statement("a", "decreases", "b", "expression")
MORE_ACTIVE = Statement("a", "increases", "b", "activity")
ALIKE, UNLIKE = (Statement("a", "associated_with", "b", sign=sign) for sign in SIGNS)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (UP, DOWN, True),
        (UP, LESS_EXPRESSED, True),
        (MORE_ACTIVE, LESS_EXPRESSED, False),
        (ALIKE, UNLIKE, True),
        (UP, UNLIKE, False),
        (UP, Statement("b", "decreases", "a"), False),
        (UP, Statement("a", "affects", "b"), False),
    ],
)
def test_opposite_directions_contradict(one: Statement, other: Statement, contradict: bool) -> None:
    statements = {statement_id(s): s for s in (one, other)}
    found = find_conflicts(statements, {key: summarize([STATED]) for key in statements})
    assert found[statement_id(one)].contradicts == ((statement_id(other),) if contradict else ())
    assert found[statement_id(other)].contradicts == ((statement_id(one),) if contradict else ())


@pytest.mark.parametrize("weak", [SUPPOSED, DENIED])
def test_what_nobody_asserts_contradicts_nothing(weak: Finding) -> None:
    statements = {statement_id(s): s for s in (UP, DOWN)}
    summaries = {statement_id(UP): summarize([STATED]), statement_id(DOWN): summarize([weak])}
    assert not any(c.contradicts for c in find_conflicts(statements, summaries).values())


def test_a_denial_with_other_qualifiers_disputes() -> None:
    statements = {statement_id(s): s for s in (DOWN, LESS_EXPRESSED)}
    summaries = {
        statement_id(DOWN): summarize([STATED]),
        statement_id(LESS_EXPRESSED): summarize([DENIED]),
    }
    found = find_conflicts(statements, summaries)
    assert found[statement_id(DOWN)].disputed_by == (statement_id(LESS_EXPRESSED),)
    assert found[statement_id(LESS_EXPRESSED)].disputed_by == ()


def test_the_tables_are_whole() -> None:
    assert set(agreement_factors()) == {*AGREEMENTS, "projected"}
    assert all(rate.random + rate.systematic <= 1 for rate in error_rates())
