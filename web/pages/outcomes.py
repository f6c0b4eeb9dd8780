"""Outcome results of a document, the two languages of one result put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from kg import vocab
from kg.model import Language
from kg.terms import IRI
from web.pages.reader import Reader, Row
from web.pages.values import ConceptRef

_ROLES = ("arm_values", "comparator_values", "effect", "p_value", "time")
_PREDICATES = {
    vocab.PLX.armValue.value: "arm_values",
    vocab.PLX.comparatorValue.value: "comparator_values",
    vocab.PLX.effect.value: "effect",
    vocab.PLX.pValue.value: "p_value",
    vocab.PLX.atTime.value: "time",
}


@dataclass(frozen=True, slots=True)
class GroupView:
    """One side of a comparison: its role, its words, and the drug that it had."""

    role: str
    text: str
    concept: ConceptRef | None


@dataclass(frozen=True, slots=True)
class ArmView:
    """One arm of a result with its numbers, before or after treatment, and the time point."""

    group: GroupView | None
    phase: str | None
    time: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultText:
    """How one language words a result, and where."""

    id: str
    language: Language
    sentence: str
    outcome: str
    trigger: str
    rule: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """What a document reports of an outcome, in one language or in both."""

    outcome: ConceptRef
    direction: str
    significance: str | None
    certainty: str
    arm: GroupView | None
    comparator: GroupView | None
    arm_values: tuple[str, ...]
    comparator_values: tuple[str, ...]
    effect: tuple[str, ...]
    p_value: tuple[str, ...]
    time: tuple[str, ...]
    texts: tuple[ResultText, ...]
    arms: tuple[ArmView, ...] = ()


def load_results(reader: Reader, document: IRI) -> tuple[ResultView, ...]:
    """The results of a document, each pair of languages once, in the order of the text."""
    rows: dict[str, Row] = {}
    aligned: dict[str, list[str]] = defaultdict(list)
    for row in reader.rows("document_results", document=document):
        rows.setdefault(row.text("result"), row)
        aligned[row.text("result")] += [row.text("aligned")] if row.text("aligned") else []
    numbers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in reader.rows("result_numbers", document=document):
        numbers[row.text("result")][_PREDICATES[row.text("role")]].append(row.text("text"))
    named = ("outcome", "arm", "comparator")
    listed = reader.rows("result_arms", document=document)
    concepts = [row.text(n) for row in rows.values() for n in named if row.text(n)]
    known = reader.concepts([*concepts, *(r.text("concept") for r in listed if r.text("concept"))])
    arms = _arms(listed, known)
    views: list[ResultView] = []
    done: set[str] = set()
    for iri in sorted(rows, key=_place):
        if iri in done:
            continue
        members = [iri, *(other for other in aligned[iri] if other in rows)]
        done.update(members)
        members.sort(key=lambda member: rows[member].language("outcome_text"))
        head = rows[members[0]]
        told = {
            role: next((tuple(numbers[m][role]) for m in members if numbers[m][role]), ())
            for role in _ROLES
        }
        views.append(
            ResultView(
                outcome=known[head.text("outcome")],
                direction=head.text("direction"),
                significance=head.some("significance"),
                certainty=head.text("certainty"),
                arm=_group(head, "arm", known),
                comparator=_group(head, "comparator", known),
                texts=tuple(_text(member, rows[member]) for member in members),
                arms=next((arms[member] for member in members if arms.get(member)), ()),
                **told,
            )
        )
    return tuple(views)


def _arms(rows: Iterable[Row], known: dict[str, ConceptRef]) -> dict[str, tuple[ArmView, ...]]:
    """The arms of each result, in order."""
    heads: dict[str, dict[str, Row]] = defaultdict(dict)
    values: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        heads[row.text("result")].setdefault(row.text("arm"), row)
        values[row.text("arm")].append(row.text("text"))
    return {
        result: tuple(
            ArmView(
                GroupView(row.text("role"), row.text("group_text"), known.get(row.text("concept")))
                if row.text("role") else None,
                row.some("phase"), row.some("time"), tuple(values[arm]),
            )
            for arm, row in arms.items()
        )
        for result, arms in heads.items()
    }  # fmt: skip


def _place(iri: str) -> int:
    """The number in the name of a result: x12 stands behind x2."""
    digits = "".join(sign for sign in vocab.part_of(iri) if sign.isdigit())
    return int(digits or 0)


def _group(row: Row, role: str, known: dict[str, ConceptRef]) -> GroupView | None:
    if not row.text(f"{role}_role"):
        return None
    return GroupView(row.text(f"{role}_role"), row.text(f"{role}_text"), known.get(row.text(role)))


def _text(iri: str, row: Row) -> ResultText:
    return ResultText(
        vocab.part_of(iri), cast(Language, row.language("outcome_text") or "en"),
        vocab.part_of(row.text("sentence")), row.text("outcome_text"), row.text("trigger"),
        row.text("rule"),
    )  # fmt: skip
