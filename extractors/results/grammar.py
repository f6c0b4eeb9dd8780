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

from extractors.nlp.words import level
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
    strings,
)
from kg.errors import RuleError
from kg.model import GROUP_ROLES, LANGUAGES, GroupRole, Language

KINDS = (
    "up", "down", "better", "worse", "restored", "alike", "changed", "deny", "than", "than_behind",
    "than_open", "than_close", "stop", "join",
)  # fmt: skip
NAMED_ROLES = tuple(role for role in GROUP_ROLES if role != "other")
ORDERED = ("outcome", "trigger", "arm", "comparator", "than")
_KEYS = {
    "words", "directs", "groups", "named", "lists", "joins", "listing", "fillers", "after",
    "fell_from", "fell_to", "significant", "hosts", "measures", "behind", "valence", "patterns",
}  # fmt: skip
_PATTERN_KEYS = {"id", "order", "match", "no_match"}
# No word of Latin letters begins or ends inside another.
_HEAD, _TAIL = r"(?:(?<![A-Za-z\d])|(?![A-Za-z\d]))", r"(?:(?![A-Za-z\d])|(?<![A-Za-z\d]))"
_LIST_KEYS = {"members", "before", "behind", "joins", "alone"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """An order of elements, and marked sentences in which it holds and in which it does not."""

    id: str
    order: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupList:
    """Groups that share a word: `whole` finds them together, `member` each of them in it."""

    whole: re.Pattern[str]
    member: re.Pattern[str]
    roles: tuple[GroupRole, ...]


@dataclass(frozen=True, slots=True)
class ResultGrammar:
    """The words and patterns of one language, ready to be looked up.

    `between` is all that stands between two numbers or groups of a row; `after` tells a group
    that is a time after the treatment; `falls` are the words before the two values of a change.
    """

    language: Language
    words: Mapping[str, str]
    word: re.Pattern[str]
    roles: Mapping[str, GroupRole]
    group: re.Pattern[str]
    named: re.Pattern[str]
    lists: tuple[GroupList, ...]
    between: re.Pattern[str]
    after: re.Pattern[str]
    falls: tuple[re.Pattern[str], re.Pattern[str]]
    significant: re.Pattern[str]
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
    where, data = file_name(path), read_rules(path)
    check_keys(data, _KEYS, where, _KEYS)
    check_keys(data["words"], KINDS, f"{where}: words", KINDS)
    check_keys(data["groups"], NAMED_ROLES, f"{where}: groups", NAMED_ROLES)
    check_keys(data["valence"], ("good", "bad"), f"{where}: valence", ("good", "bad"))
    words, roles = _table(data["words"], where, language), _table(data["groups"], where, language)
    triggers = read_rules(path.with_name("triggers.yaml"))["valence"]

    def listed(key: str) -> tuple[str, ...]:
        return strings(data[key], where, key)

    valence = {
        name: _any([*triggers[name], *data["valence"][name]], language, begin=True)
        for name in ("good", "bad")
    }
    measures = "|".join(listed("measures")).replace("{disease}", r"\{disease\}")
    return ResultGrammar(
        language,
        words,
        _any(words, language),
        cast(Mapping[str, GroupRole], roles),
        _any(roles, language),
        re.compile("|".join(f"(?:{pattern})" for pattern in listed("named"))),
        tuple(_list(item, data["joins"], f"{where}: lists") for item in data["lists"]),
        _between(listed("listing"), listed("fillers"), language),
        read_pattern(data["after"], where, "after"),
        (
            re.compile(rf"(?:{_any(listed('fell_from'), language).pattern})[^,;，；。]{{0,12}}$"),
            re.compile(rf"[^,;，；。]{{0,14}}(?:{_any(listed('fell_to'), language).pattern})"),
        ),
        _any(listed("significant"), language),
        frozenset(level(word, language) for word in listed("directs")),
        re.compile(_hosts(listed("hosts"), language), re.IGNORECASE),
        read_pattern(measures, where, "measures"),
        int(data["behind"]),
        valence,
        _patterns(data["patterns"], language, where),
    )


def _list(item: Any, joins: str, where: str) -> GroupList:
    check_keys(item, _LIST_KEYS, where, {"members"})
    check_keys(item["members"], GROUP_ROLES, f"{where}: members")
    roles = tuple(cast(GroupRole, role) for role in item["members"])
    parts = [f"(?:{'|'.join(strings(words, where, role))})" for role, words in
             item["members"].items()]  # fmt: skip
    one, more = "|".join(parts), "*" if item.get("alone") else "+"
    whole = (
        rf"{_HEAD}{item.get('before', '')}"
        rf"(?P<members>(?:{one})(?:(?:{item.get('joins', joins)})(?:{one})){more})"
        rf"(?:{item.get('behind', '')}){_TAIL}"
    )
    member = "|".join(rf"(?P<r{n}>{part})" for n, part in enumerate(parts))
    return GroupList(
        read_pattern(whole, where, "lists"),
        read_pattern(rf"{_HEAD}(?:{member}){_TAIL}", where, "members"),
        roles,
    )


def _between(listing: Iterable[str], fillers: Iterable[str], language: Language) -> re.Pattern[str]:
    """All that may stand between two numbers or groups of a row, one word of a list at least."""
    word, filler = _any(listing, language).pattern, _any(fillers, language).pattern
    beside = rf"(?:[\s()\[\]-]|{filler})*"
    return re.compile(rf"{beside}(?:(?:{word}){beside}){{1,2}}", re.IGNORECASE)


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
    if not isinstance(items, list):
        raise RuleError("no list under 'patterns'", where=where, remedy="see the rules' README")
    seen: set[str] = set()
    patterns = []
    for item in items:
        place = rule_place(item, where)
        check_keys(item, _PATTERN_KEYS, place, {"id", "order"})
        name = check_id(item["id"], language, "result", place, seen)
        order = tuple(str(item["order"]).split())
        check_known("part", order, ORDERED, place)
        check_known("part", ("outcome", "trigger"), order, place, "is missing in the order")
        patterns.append(Pattern(name, order, *read_examples(_examples(item), place)))
    return tuple(patterns)


def _examples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in ("match", "no_match") if key in item}
