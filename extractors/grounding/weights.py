"""How far each reason is to be believed, and its words; `weights.yaml` is the place to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.errors import FormatError
from kg.model import MENTION_TYPES, Language, MentionType

_WHERE = "extractors/grounding/weights.yaml"
_NUMBERS = (
    "threshold",
    "least",
    "other_type",
    "related_type",
    "ambiguous",
    "tie",
    "vocabulary_step",
    "label_distance",
)
_FACTORS = ("induced_here",)
_COUNTS = ("candidates", "variants")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a concept is a candidate: the factor that it costs, and its words."""

    id: str
    factor: float
    en: str
    zh: str

    def words(self, language: Language) -> str:
        """The reason in words of a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Weights:
    """Every figure that grounding decides by."""

    threshold: float
    least: float
    other_type: float
    related_type: float
    ambiguous: float
    tie: float
    vocabulary_step: float
    foreign_source: float
    symbol: int
    own_sources: Mapping[str, frozenset[str]]
    label_distance: float
    induced_here: float
    candidates: int
    variants: int
    related_types: frozenset[tuple[str, ...]]
    scopes: Mapping[str, float]
    vocabularies: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Reason]

    def of_types(self, one: MentionType | None, other: MentionType) -> float:
        """What it costs that a mention of one type (None: unknown) is named for one of another."""
        if one is None or one == other:
            return 1.0
        related = (one, other) in self.related_types
        return self.related_type if related else self.other_type

    def factor(self, *reasons: str) -> float:
        """The product of the factors of some reasons."""
        product = 1.0
        for reason in reasons:
            product *= self.reasons[reason].factor
        return product


@cache
def load_weights() -> Weights:
    """The weights, checked.

    Raises
    ------
    FormatError
        where a figure is absent or outside 0…1, or a reason has no words in one of the languages.
    """
    text = files("extractors").joinpath("grounding", "weights.yaml").read_text(encoding="utf-8")
    try:
        table = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FormatError(f"not YAML ({' '.join(str(error).split())})", where=_WHERE) from error
    return read_weights(table)


def read_weights(table: Mapping[str, Any]) -> Weights:
    """The weights of a parsed table."""
    vocabularies = dict(table.get("vocabularies") or {})
    unknown = set(vocabularies) - set(MENTION_TYPES)
    if unknown:
        raise _wrong(f"unknown type {min(unknown)}", f"use {', '.join(MENTION_TYPES)}")
    return Weights(
        threshold=_share(table, "threshold"),
        least=_share(table, "least"),
        other_type=_share(table, "other_type"),
        related_type=_share(table, "related_type"),
        ambiguous=_share(table, "ambiguous"),
        tie=_share(table, "tie"),
        vocabulary_step=_share(table, "vocabulary_step"),
        foreign_source=_share(table, "foreign_source"),
        symbol=_count(table, "symbol"),
        own_sources={
            prefix: frozenset(names) for prefix, names in (table.get("own_sources") or {}).items()
        },
        label_distance=_share(table, "label_distance"),
        induced_here=_number(table, "induced_here"),
        candidates=_count(table, "candidates"),
        variants=_count(table, "variants"),
        related_types=frozenset(map(tuple, table.get("related_types") or ())),
        scopes={name: _share(table["scopes"], name) for name in table.get("scopes") or {}},
        vocabularies={name: tuple(prefixes) for name, prefixes in vocabularies.items()},
        reasons={name: _reason(name, row) for name, row in (table.get("reasons") or {}).items()},
    )


def _reason(name: str, row: Mapping[str, Any]) -> Reason:
    if set(row) != {"factor", "en", "zh"} or not all(row.values()):
        raise _wrong(f"reason {name} is not whole", "give factor, en and zh")
    return Reason(name, _share(row, "factor"), str(row["en"]), str(row["zh"]))


def _share(table: Mapping[str, Any], name: str) -> float:
    value = _number(table, name)
    if value > 1:
        raise _wrong(f"{name} is {value}", "give a number from 0 to 1")
    return value


def _number(table: Mapping[str, Any], name: str) -> float:
    value = table.get(name)
    if not isinstance(value, (int, float)) or value < 0:
        raise _wrong(f"{name} is {value!r}", "give a number from 0 up")
    return float(value)


def _count(table: Mapping[str, Any], name: str) -> int:
    value = table.get(name)
    if not isinstance(value, int) or value < 1:
        raise _wrong(f"{name} is {value!r}", "give a whole number above 0")
    return value


def _wrong(what: str, remedy: str) -> FormatError:
    return FormatError(what, where=_WHERE, remedy=remedy)
