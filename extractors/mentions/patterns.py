"""What makes a mention of a type beside the terminology: heads, endings, symbols; read from data.

`languages/<language>/mentions.yaml` is the place to change; its comments say what each list does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.normalize import fold_word
from extractors.tables import read_yaml
from kg.errors import FormatError
from kg.model import MENTION_TYPES, Language, MentionType

_KEYS = frozenset(
    "heads phrases measure_heads endings not_by_ending stop allow qualifiers symbols "  # noqa: SIM905
    "generic_heads takes_disease follows_process adjectival against verb_marks blocked_endings "
    "blocked_parts blocked_tags match measured suffixes not_before".split()
)


@dataclass(frozen=True, slots=True)
class Head:
    """The word that types a phrase; a bound one needs a modifier before it."""

    type: MentionType
    free: bool
    measure: bool = False
    generic: bool = False
    takes_disease: bool = False
    follows_process: bool = False


@dataclass(frozen=True, slots=True)
class Symbols:
    """Regular expressions and word lists for Latin symbols of genes and proteins."""

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    micro_rna: re.Pattern[str]
    after: frozenset[str]
    before: frozenset[str]
    before_of: frozenset[str]
    excluded: frozenset[str]
    masked: frozenset[str]
    prefixed: re.Pattern[str]
    tail: re.Pattern[str]
    joints: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What says that cells are counted: `after` names the measure in its first group."""

    cells: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All lists of one language."""

    by_suffix: bool
    heads: Mapping[str, Head]
    longest_head: int
    endings: Mapping[str, MentionType]
    not_by_ending: frozenset[str]
    stop: frozenset[str]
    allow: frozenset[str]
    qualifiers: frozenset[str]
    blocked_endings: tuple[str, ...]
    blocked_parts: frozenset[str]
    blocked_tags: frozenset[str]
    adjectival: tuple[str, ...]
    against: tuple[str, ...]
    verb_marks: frozenset[str]
    suffixes: frozenset[str]
    not_before: frozenset[str]
    symbols: Symbols
    measured: Measured | None


@cache
def load_patterns(language: Language) -> Patterns:
    """The patterns of a language, checked.

    Raises
    ------
    FormatError
        where a key or a type is unknown, or a regular expression is wrong.
    """
    where = f"extractors/languages/{language}/mentions.yaml"
    table = read_yaml(language, "mentions.yaml")
    unknown = set(table) - _KEYS
    if unknown:
        raise FormatError(f"unknown key {min(unknown)}", where=where,
                          remedy=f"keys are {', '.join(sorted(_KEYS))}")  # fmt: skip
    heads = _heads(table, where)
    endings = {
        ending: _type(kind, where)
        for kind, words in (table.get("endings") or {}).items()
        for ending in words.split()
    }
    return Patterns(
        by_suffix=table.get("match") == "suffix",
        heads=heads,
        longest_head=max(len(head) for head in heads),
        endings=endings,
        not_by_ending=_words(table, "not_by_ending"),
        stop=_words(table, "stop"),
        allow=_words(table, "allow"),
        qualifiers=_words(table, "qualifiers"),
        blocked_endings=tuple(sorted(_words(table, "blocked_endings"))),
        blocked_parts=_words(table, "blocked_parts"),
        blocked_tags=_words(table, "blocked_tags"),
        adjectival=tuple(sorted(_words(table, "adjectival"))),
        against=tuple(sorted(_words(table, "against"))),
        verb_marks=_words(table, "verb_marks"),
        suffixes=_words(table, "suffixes"),
        not_before=_words(table, "not_before"),
        symbols=_symbols(table.get("symbols") or {}, where),
        measured=_measured(table.get("measured"), where),
    )


def _words(table: Mapping[str, Any], name: str) -> frozenset[str]:
    value = table.get(name) or ""
    return frozenset(value.split() if isinstance(value, str) else map(str, value))


def _type(name: str, where: str) -> MentionType:
    if name not in MENTION_TYPES:
        raise FormatError(f"unknown type {name}", where=where,
                          remedy=f"use {', '.join(MENTION_TYPES)}")  # fmt: skip
    return name


def _heads(table: Mapping[str, Any], where: str) -> dict[str, Head]:
    measures, generic = _words(table, "measure_heads"), _words(table, "generic_heads")
    taking, following = _words(table, "takes_disease"), _words(table, "follows_process")
    heads: dict[str, Head] = {}

    def head(kind: MentionType, word: str, *, free: bool) -> Head:
        return Head(
            kind, free, word in measures, word in generic, word in taking, word in following
        )  # fmt: skip

    for name, lists in (table.get("heads") or {}).items():
        kind = _type(name, where)
        for word in lists.get("bound", "").split():
            heads.setdefault(fold_word(word), head(kind, word, free=False))
        for word in lists.get("free", "").split():
            heads[fold_word(word)] = head(kind, word, free=True)
    for name, phrases in (table.get("phrases") or {}).items():
        for phrase in phrases:
            folded = " ".join(fold_word(word) for word in phrase.split())
            heads[folded] = Head(_type(name, where), free=True)
    if not heads:
        raise FormatError("no heads", where=where, remedy="list at least one head of a type")
    return heads


def _measured(table: Mapping[str, str] | None, where: str) -> Measured | None:
    if table is None:
        return None
    try:
        return Measured(*(re.compile(table[name]) for name in ("cells", "before", "after")))
    except (KeyError, re.error) as error:
        raise FormatError(
            f"measured: {error}", where=where,
            remedy="give cells, before and after as regular expressions",
        ) from error  # fmt: skip


def _symbols(table: Mapping[str, Any], where: str) -> Symbols:
    try:
        prefixes = "|".join(map(re.escape, table["prefixes"]))
        joints = "|".join(map(re.escape, table["joints"]))
        return Symbols(
            strong=re.compile(table["strong"]),
            weak=re.compile(table["weak"]),
            micro_rna=re.compile(table["micro_rna"]),
            after=_words(table, "after"),
            before=_words(table, "before"),
            before_of=_words(table, "before_of"),
            excluded=_words(table, "not") | _words(table, "masked"),
            masked=_words(table, "masked"),
            prefixed=re.compile(rf"(?<![A-Za-z0-9])(?:{prefixes})-?$"),
            tail=re.compile(table["tail"]),
            joints=re.compile(rf"\s*(?:{joints})\s*"),
        )
    except (KeyError, re.error) as error:
        raise FormatError(
            f"symbols: {error}", where=where,
            remedy="strong, weak, micro_rna, tail are regular expressions, the rest lists",
        ) from error  # fmt: skip
