"""The words and patterns of ``extractors/rules/<language>/results.yaml``, checked strictly.

A pattern is an order of elements: *outcome*, *trigger* (a word of change or of likeness), *arm*,
*comparator* and *than* (what stands before a comparator). What the words mean is told by the list
that they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from extractors.nlp.words import level
from kg.errors import RuleError
from kg.model import GROUP_ROLES, LANGUAGES, GroupRole, Language

ROOT = Path(__file__).parent.parent / "rules"
KINDS = (
    "up", "down", "better", "worse", "restored", "alike", "changed", "deny", "than", "than_behind",
    "than_open", "than_close", "stop", "join",
)  # fmt: skip
ORDERED = ("outcome", "trigger", "arm", "comparator", "than")
_KEYS = {
    "words",
    "directs",
    "groups",
    "named",
    "hosts",
    "measures",
    "behind",
    "valence",
    "patterns",
}
_PATTERN_KEYS = {"id", "order", "status", "match", "no_match"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """An order of elements, and marked sentences in which it holds and in which it does not."""

    id: str
    order: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultGrammar:
    """The words and patterns of one language, ready to be looked up."""

    language: Language
    words: Mapping[str, str]
    word: re.Pattern[str]
    roles: Mapping[str, GroupRole]
    group: re.Pattern[str]
    named: re.Pattern[str]
    directs: frozenset[str]
    hosts: re.Pattern[str]
    measures: re.Pattern[str]
    behind: int
    valence: Mapping[str, re.Pattern[str]]
    patterns: tuple[Pattern, ...]


@cache
def load_result_grammar(language: Language) -> ResultGrammar:
    """The grammar of a language that comes with Parallax."""
    return read_result_grammar(ROOT / language / "results.yaml", language)


def load_result_grammars() -> dict[Language, ResultGrammar]:
    """The grammars of all languages that come with Parallax."""
    return {language: load_result_grammar(language) for language in LANGUAGES}


def read_result_grammar(path: Path, language: Language) -> ResultGrammar:
    """The grammar in a file.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    where = "/".join(path.parts[-4:])
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise RuleError(f"not YAML ({reason})", where=where, remedy="quote the value") from error
    _keys(data, _KEYS, where)
    _keys(data["words"], set(KINDS), f"{where}: words")
    _keys(
        data["groups"], {str(role) for role in GROUP_ROLES if role != "other"}, f"{where}: groups"
    )
    words = _table(data["words"], where, language)
    roles = _table(data["groups"], where, language)
    triggers = yaml.safe_load((path.parent / "triggers.yaml").read_text(encoding="utf-8"))
    valence = {
        name: _any([*triggers["valence"][name], *data["valence"][name]], language, begin=True)
        for name in ("good", "bad")
    }
    named = "|".join(f"(?:{pattern})" for pattern in data["named"])
    return ResultGrammar(
        language,
        words,
        _any(words, language),
        cast(Mapping[str, GroupRole], roles),
        _any(roles, language),
        re.compile(named),
        frozenset(level(word, language) for word in data["directs"]),
        re.compile(_hosts(data["hosts"], language), re.IGNORECASE),
        re.compile("|".join(data["measures"]).replace("{disease}", r"\{disease\}"), re.IGNORECASE),
        int(data["behind"]),
        valence,
        _patterns(data["patterns"], language, where),
    )


def _keys(item: Any, allowed: set[str], where: str) -> None:
    if not isinstance(item, dict):
        raise RuleError("not a mapping of keys", where=where, remedy="see the rules' README")
    for key in [*(set(item) - allowed), *(allowed - set(item))]:
        problem = "is unknown" if key in item else "is missing"
        raise RuleError(f"key '{key}' {problem}", where=where,
                        remedy=f"keys are {', '.join(sorted(allowed))}")  # fmt: skip


def _table(lists: Mapping[str, Iterable[object]], where: str, language: Language) -> dict[str, str]:
    table: dict[str, str] = {}
    for kind, words in lists.items():
        for word in words:
            if not isinstance(word, str):
                raise RuleError(
                    f"{word!r} under {kind} is not a word", where=where, remedy="put it in quotes"
                )
            folded = level(word, language).lower()
            if table.get(folded, kind) != kind:
                raise RuleError(
                    f"'{word}' stands under {kind} and under {table[folded]}",
                    where=where, remedy="take it out of one of the lists",
                )  # fmt: skip
            table[folded] = kind
    return table


def _any(words: Iterable[str], language: Language, *, begin: bool = False) -> re.Pattern[str]:
    """An expression for any of the words, the longest first, whole words where they are Latin."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        latin = word[0].isascii() and word[0].isalnum()
        last = word[-1].isascii() and word[-1].isalnum() and not begin
        head, tail = r"(?<![A-Za-z\d-])" * latin, r"(?![A-Za-z\d])" * last
        parts.append(head + re.escape(level(word, language)) + tail)
    return re.compile("|".join(parts), re.IGNORECASE)


def _hosts(words: Iterable[str], language: Language) -> str:
    return rf"[ -]?(?:treated )?(?:{_any(words, language).pattern})"


def _patterns(items: Any, language: Language, where: str) -> tuple[Pattern, ...]:
    seen: set[str] = set()
    patterns = []
    for item in items:
        name = str(item.get("id", "")) if isinstance(item, dict) else ""
        place = f"{where}: pattern {name or item}"
        if not name.startswith(f"{language}.result.") or name in seen:
            raise RuleError("the id is missing, used twice or of another language", where=place,
                            remedy=f"begin it with {language}.result.")  # fmt: skip
        seen.add(name)
        unknown = set(item) - _PATTERN_KEYS
        order = tuple(str(item.get("order", "")).split())
        odd = [word for word in order if word not in ORDERED]
        if unknown or odd or not {"outcome", "trigger"} <= set(order):
            raise RuleError(
                f"'{(sorted(unknown) or odd or ['outcome trigger'])[0]}' is unknown or missing",
                where=place, remedy=f"an order is made of {', '.join(ORDERED)}",
            )  # fmt: skip
        if not item.get("match") or not item.get("no_match"):
            raise RuleError("no match or no no_match example", where=place,
                            remedy="write one of each")  # fmt: skip
        if item.get("status", "active") != "active":
            continue
        patterns.append(
            Pattern(name, order, tuple(item.get("match", ())), tuple(item.get("no_match", ())))
        )
    return tuple(patterns)
