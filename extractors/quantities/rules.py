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

from extractors.rule_files import ROOT, file_name, read_rules
from kg.errors import RuleError
from kg.model import INTERVAL_KINDS, QUANTITY_KINDS, IntervalKind, Language, QuantityKind

NUMBER = r"[-−–+]?\s?\d+(?:[.·]\d+)?"
_TO = r"\s?%?\s?(?:to|至|到|and|[-–—−~∼～,，;；])\s?"
_KEYS = {
    "id", "kind", "before", "after", "unit", "dimensions", "unitless", "most", "whole", "equals",
    "keep", "per", "total", "optional_after", "match", "no_match",
}  # fmt: skip
_INTERVAL_KEYS = {"id", "interval", "open", "match", "no_match"}


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
    """The words between a number and the bounds of its interval."""

    id: str
    interval: IntervalKind
    pattern: re.Pattern[str]
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
    if set(data) != {"rules", "intervals"}:
        raise RuleError("the keys are not those of a file of quantities", where=where,
                        remedy="keep only rules and intervals")  # fmt: skip
    seen: set[str] = set()
    return (
        tuple(_rule(item, language, where, seen) for item in data["rules"]),
        tuple(_interval(item, language, where, seen) for item in data["intervals"]),
    )


def _rule(item: Any, language: Language, where: str, seen: set[str]) -> QuantityRule:
    place = _checked(item, _KEYS, f"{language}.quantity.", where, seen)
    if item.get("kind") not in QUANTITY_KINDS:
        raise RuleError(f"kind '{item.get('kind')}' is unknown", where=place,
                        remedy=f"use {', '.join(QUANTITY_KINDS)}")  # fmt: skip
    joint = r"\s?[=:：]\s?$" if item.get("equals") else r"[\s=:：]*$"
    before, after = item.get("before"), item.get("after")
    if not before and not after:
        raise RuleError("neither before nor after", where=place, remedy="give one of them")
    dimensions = ["none"] if item.get("unitless") else item.get("dimensions", [])
    return QuantityRule(
        item["id"], cast(QuantityKind, item["kind"]),
        _compiled(f"(?:{before}){joint}", place) if before else None,
        _compiled(after, place) if after else None,
        item.get("unit"), frozenset(dimensions), item.get("most"), bool(item.get("whole")),
        bool(item.get("keep", True)), bool(item.get("per")), item.get("total"),
        bool(item.get("optional_after")), tuple(item["match"]), tuple(item["no_match"]),
    )  # fmt: skip


def _interval(item: Any, language: Language, where: str, seen: set[str]) -> IntervalRule:
    place = _checked(item, _INTERVAL_KEYS, f"{language}.interval.", where, seen)
    if item.get("interval") not in INTERVAL_KINDS:
        raise RuleError(f"interval '{item.get('interval')}' is unknown", where=place,
                        remedy=f"use {', '.join(INTERVAL_KINDS)}")  # fmt: skip
    pattern = (
        rf"\s?%?[\s,;:(\[，；：]*(?:{item.get('open')})[\s,:;=：(\[]*"
        rf"(?P<low>{NUMBER}){_TO}(?P<high>{NUMBER})\s?%?\s?[)\]]*"
    )
    return IntervalRule(
        item["id"], item["interval"], _compiled(pattern, place),
        tuple(item["match"]), tuple(item["no_match"]),
    )  # fmt: skip


def _checked(item: Any, keys: set[str], begin: str, where: str, seen: set[str]) -> str:
    """The place of a rule for messages; its keys, its id and its examples are checked."""
    name = str(item.get("id", "")) if isinstance(item, dict) else ""
    place = f"{where}: rule {name or item}"
    if not name.startswith(begin) or name in seen:
        raise RuleError("the id is missing, used twice or of another language", where=place,
                        remedy=f"begin it with {begin}")  # fmt: skip
    seen.add(name)
    unknown = sorted(set(item) - keys)
    if unknown:
        raise RuleError(f"key '{unknown[0]}' is unknown", where=place,
                        remedy=f"keys are {', '.join(sorted(keys))}")  # fmt: skip
    if not item.get("match") or not item.get("no_match"):
        raise RuleError("no match or no no_match example", where=place, remedy="write one of each")
    return place


def _compiled(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise RuleError(f"not a regular expression ({error})", where=place,
                        remedy="mend it") from error  # fmt: skip
