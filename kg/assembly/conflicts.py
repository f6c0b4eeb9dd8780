"""Conflicts between statements about the same two concepts, the two kinds apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from kg.assembly.values import Summary
from kg.model import Sign, Statement
from kg.vocab import PREDICATE_SIGNS


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The statements that contradict one statement.

    `contradicts`: asserted with the opposite direction. `disputed_by`: the same relation, with
    other qualifiers, denied. (A statement that some support and some deny shows that itself.)
    """

    contradicts: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()


def find_conflicts(
    statements: Mapping[str, Statement], summaries: Mapping[str, Summary]
) -> dict[str, Conflicts]:
    """Statement id → its conflicts, among statements that are compared each with each."""
    contradicts: dict[str, set[str]] = {key: set() for key in statements}
    disputed: dict[str, set[str]] = {key: set() for key in statements}
    for one, other in permutations(statements, 2):
        if not _comparable(statements[one], statements[other]):
            continue
        asserted = summaries[one].is_supported and summaries[other].is_supported
        signs = _sign(statements[one]), _sign(statements[other])
        if asserted and None not in signs and signs[0] != signs[1]:
            contradicts[one].add(other)
        same = statements[one].predicate == statements[other].predicate and signs[0] == signs[1]
        if same and summaries[one].is_supported and summaries[other].is_opposed:
            disputed[one].add(other)
    return {
        key: Conflicts(tuple(sorted(contradicts[key])), tuple(sorted(disputed[key])))
        for key in statements
    }


def _comparable(one: Statement, other: Statement) -> bool:
    """Whether two statements speak of the same thing: ends, family of predicate, aspect."""
    same_ends = (one.subject, one.object) == (other.subject, other.object)
    same_aspect = one.aspect == other.aspect or None in (one.aspect, other.aspect)
    families = {statement.predicate == "associated_with" for statement in (one, other)}
    return same_ends and same_aspect and len(families) == 1


def _sign(statement: Statement) -> Sign | None:
    return PREDICATE_SIGNS.get(statement.predicate, statement.sign)
