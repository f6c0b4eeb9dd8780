"""Outcome results between JSON and RDF: round trip, older lines, and what is wrong in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.errors import FormatError
from kg.io import extraction_from_json, extraction_to_json
from kg.model import ArmValues, Extraction, Group, Quantity, Result, Span
from kg.reassembly import read_content
from kg.vocab import PLX, part_iri
from tests.markup import Line, build_extraction

NAME = "pubmed:900010"


def reported() -> Extraction:
    """One sentence that reports a result with its numbers."""
    text = (
        "[o|Outcome|mesh:D011507]Proteinuria[/] fell to 12% with [t|Drug|mesh:D016559]tacrolimus[/] "
        "and 25% with placebo (P = 0.01)."
    )
    extraction = build_extraction(NAME, ((Line("en", "results", text), None),))
    plain = extraction.document.passages[0].text

    def span(words: str) -> tuple[int, int, str]:
        start = plain.index(words)
        return start, start + len(words), words

    numbers = [("q1", "12%", "percentage", 12.0), ("q2", "25%", "percentage", 25.0),
               ("q3", "P = 0.01", "p-value", 0.01)]  # fmt: skip
    quantities = tuple(
        Quantity(name, "p-en0", "s-en0", *span(words), kind, value, value, rule="en.quantity.x",  # type: ignore[arg-type]
                 group=Span(*span("placebo")) if name == "q2" else None)
        for name, words, kind, value in numbers
    )  # fmt: skip
    arm, other = span("tacrolimus"), span("placebo")
    result = Result(
        "x1", "s-en0", "m-en0-0", "decreased", "en.result.x", Span(*span("fell")),
        Group("treatment", *arm, "m-en0-1"), Group("control", *other), ("q1",), ("q2",), None,
        "q3", "significant",
        values=(ArmValues(Group("treatment", *arm, "m-en0-1"), ("q1",), "after"),
                ArmValues(Group("control", *other), ("q2",))),
    )  # fmt: skip
    return replace(extraction, quantities=quantities, results=(result,))


def test_results_come_back_from_json() -> None:
    assert extraction_from_json(extraction_to_json(reported())) == reported()


def test_a_line_without_results_is_read() -> None:
    record = extraction_to_json(reported())
    del record["results"]
    for quantity in record["quantities"]:
        for key in ("value", "sd", "interval", "group", "time", "rule"):
            del quantity[key]
    assert extraction_from_json(record).results == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outcome": "m9"}, "no m9 among the mentions"),
        ({"p_value": "q9"}, "no q9 among the quantities"),
        ({"sentence": "s9"}, "no s9 among the sentences"),
        ({"direction": "up"}, "'up' is not allowed"),
        ({"arm": {"role": "patients"}}, "'patients' is not allowed"),
        ({"arm": {"role": "control", "start": 0, "end": 4, "text": "rats"}}, "is not what stands"),
        ({"arm": {"role": "control", "start": 3, "text": ""}}, "offsets"),
        ({"trigger": {"start": 0, "end": 4, "text": "rose"}}, "is not what stands"),
        ({"values": [{"group": None, "values": ["q9"]}]}, "no q9 among the quantities"),
        ({"values": [{"group": None, "values": ["q1"], "phase": "during"}]}, "'during' is not"),
    ],
)
def test_a_wrong_result_is_told(change: dict[str, Any], told: str) -> None:
    record = extraction_to_json(reported())
    record["results"][0] |= change
    with pytest.raises(FormatError, match=told):
        extraction_from_json(record)


def test_a_result_is_a_node_of_its_document() -> None:
    quads = read_content(reported()).quads
    node = part_iri(NAME, "x1")
    told = {(q.predicate, getattr(q.object, "value", "")) for q in quads if q.subject == node}
    for predicate, value in (
        (PLX.direction, "decreased"), (PLX.significance, "significant"), (PLX.armText, "tacrolimus"),
        (PLX.armRole, "treatment"), (PLX.comparatorRole, "control"), (PLX.trigger, "fell"),
        (PLX.armValue, part_iri(NAME, "q1").value), (PLX.pValue, part_iri(NAME, "q3").value),
        (PLX.outcome, part_iri(NAME, "m-en0-0").value),
    ):  # fmt: skip
        assert (predicate, value) in told
    grouped = [
        q.object
        for q in quads
        if q.subject == part_iri(NAME, "q2") and q.predicate == PLX.groupText
    ]
    assert [getattr(item, "value", "") for item in grouped] == ["placebo"]


def test_each_arm_of_a_result_is_a_node_with_its_numbers() -> None:
    quads = read_content(reported()).quads
    arms = [q.object for q in quads if q.predicate == PLX.hasArm]
    assert arms == [part_iri(NAME, "x1-a1"), part_iri(NAME, "x1-a2")]
    told = [
        {(q.predicate, getattr(q.object, "value", "")) for q in quads if q.subject == arm}
        for arm in arms
    ]
    assert {(PLX.armValue, part_iri(NAME, "q1").value), (PLX.phase, "after"), (PLX.order, "1"),
            (PLX.armText, "tacrolimus")} <= told[0]  # fmt: skip
    assert {(PLX.armValue, part_iri(NAME, "q2").value), (PLX.armRole, "control")} <= told[1]
