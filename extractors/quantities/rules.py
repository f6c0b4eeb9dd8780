"""The rules of ``extractors/rules/<language>/quantities.yaml``, checked strictly.

A rule says which kind a number is by the words right before and right behind it; an interval says
what two bounds behind a number are. Each has examples, which run as tests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from extractors.rule_files import (
    ROOT,
    check_id,
    check_keys,
    check_known,
    file_name,
    read_examples,
    read_pattern,
    read_rules,
    rule_place,
)
from kg.errors import RuleError
from kg.model import INTERVAL_KINDS, QUANTITY_KINDS, IntervalKind, Language, QuantityKind

NUMBER = r"[-−–+]?\s?\d+(?:[.·]\d+)?"
_TO = r"\s?%?\s?(?:to|至|到|and|[-–—−~∼～,，;；])\s?"
_FILE_KEYS = {"rules", "intervals"}
_KEYS = {
    "id", "kind", "before", "after", "unit", "dimensions", "unitless", "most", "whole", "equals",
    "keep", "per", "total", "optional_after", "match", "no_match",
}  # fmt: skip
_INTERVAL_KEYS = {"id", "interval", "open", "needs", "match", "no_match"}


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """The words around a number that give it a kind; `dimensions` holds "none" for no unit."""

    id: str
    kind: QuantityKind
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unit: str | None = None
    dimensions: frozenset[str] = frozenset()
    most: float | None = None
    whole: bool = False
    keep: bool = True
    per: bool = False
    total: float | None = None
    optional_after: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntervalRule:
    """The words between a number and the bounds of its interval.

    `needs` must stand before the number: the bounds alone do not tell what they are.
    """

    id: str
    interval: IntervalKind
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@cache
def load_quantity_rules(
    language: Language,
) -> tuple[tuple[QuantityRule, ...], tuple[IntervalRule, ...]]:
    """The rules and intervals of a language.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    path = ROOT / language / "quantities.yaml"
    return read_quantity_rules(read_rules(path), language, file_name(path))


def read_quantity_rules(
    data: Mapping[str, Any], language: Language, where: str
) -> tuple[tuple[QuantityRule, ...], tuple[IntervalRule, ...]]:
    """The rules and intervals that a file's mapping holds."""
    check_keys(data, _FILE_KEYS, where, _FILE_KEYS)
    seen: set[str] = set()
    return (
        tuple(_rule(item, language, where, seen) for item in data["rules"]),
        tuple(_interval(item, language, where, seen) for item in data["intervals"]),
    )


def _rule(item: Any, language: Language, where: str, seen: set[str]) -> QuantityRule:
    place = _checked(item, _KEYS, language, "quantity", where, seen)
    check_known("kind", [item.get("kind")], QUANTITY_KINDS, place)
    joint = r"\s?[=:：]\s?$" if item.get("equals") else r"[\s=:：]*$"
    before, after = item.get("before"), item.get("after")
    if not before and not after:
        raise RuleError("neither before nor after", where=place, remedy="give one of them")
    dimensions = ["none"] if item.get("unitless") else item.get("dimensions", [])
    return QuantityRule(
        item["id"], cast(QuantityKind, item["kind"]),
        read_pattern(f"(?:{before}){joint}", place, "before") if before else None,
        read_pattern(after, place, "after") if after else None,
        item.get("unit"), frozenset(dimensions), item.get("most"), bool(item.get("whole")),
        bool(item.get("keep", True)), bool(item.get("per")), item.get("total"),
        bool(item.get("optional_after")), tuple(item["match"]), tuple(item["no_match"]),
    )  # fmt: skip


def _interval(item: Any, language: Language, where: str, seen: set[str]) -> IntervalRule:
    place = _checked(item, _INTERVAL_KEYS, language, "interval", where, seen)
    check_known("interval", [item.get("interval")], INTERVAL_KINDS, place)
    pattern = (
        rf"\s?%?[\s,;:(\[，；：]*(?:{item.get('open')})[\s,:;=：(\[]*"
        rf"(?P<low>{NUMBER}){_TO}(?P<high>{NUMBER})\s?%?\s?[)\]]*"
    )
    return IntervalRule(
        item["id"], item["interval"], read_pattern(pattern, place, "open"),
        read_pattern(item["needs"], place, "needs") if "needs" in item else None,
        tuple(item["match"]), tuple(item["no_match"]),
    )  # fmt: skip


def _checked(
    item: Any, keys: set[str], language: Language, middle: str, where: str, seen: set[str]
) -> str:
    """The place of a rule for messages; its keys, its id and its examples are checked."""
    place = rule_place(item, where)
    check_keys(item, keys, place, {"id"})
    check_id(item["id"], language, middle, place, seen)
    read_examples({key: item[key] for key in ("match", "no_match") if key in item}, place)
    return place
