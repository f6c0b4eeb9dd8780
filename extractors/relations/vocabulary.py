"""The words that rules speak of: one longest-match table a language, from ``triggers.yaml``.

An entry such as *give rise to* or 上调 is a sequence of the tokens of `extractors.nlp.words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.nlp.words import cut
from kg.errors import RuleError

CLOSED = (
    "and", "such", "be", "have", "modal", "to", "determiner", "relative", "report", "light",
    "subordinate", "adverb", "plain", "comma", "stop", "open", "close", "particle", "opaque",
    "positive", "negative", "exposure", "loss", "gain", "method", "factive", "person",
    "enumerator", "control", "conjunction", "linker", "former", "latter", "pair", "respective",
    "contrast", "again", "own",
)  # fmt: skip
VERBAL = ("light", "report", "plain", "method")
PARTS = {
    "verbs": "verb", "nouns": "noun", "adjectives": "adjective", "attributive": "attributive",
    "linked": "linked", "comparatives": "comparative", "titles": "title",
}  # fmt: skip
SECTIONS = ("inflection", "triggers", "roles", "aspects", "hosts", "words", "valence")

Tags = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Token sequences with what they are: ``tags[kind]`` is a tuple of values."""

    entries: Mapping[str, tuple[tuple[tuple[str, ...], Tags], ...]]

    def longest(self, tokens: list[str], at: int) -> tuple[int, Tags] | None:
        """How many tokens the longest entry at a place covers, and its tags."""
        for words, tags in self.entries.get(tokens[at], ()):
            if tuple(tokens[at : at + len(words)]) == words:
                return len(words), tags
        return None


def build_vocabulary(data: Mapping[str, Any], *, where: str) -> Vocabulary:
    """The vocabulary of a ``triggers.yaml``; a wrong section or key raises `RuleError`."""
    _check(data, set(SECTIONS), where)
    builder = _Builder(where, [tuple(row) for row in data.get("inflection", [])])
    for name, item in data.get("triggers", {}).items():
        _check(item, {"meaning", *PARTS}, f"{where}: trigger class {name}")
        builder.add_verbs(item.get("verbs", []), "verb", name)
        for part, kind in PARTS.items():
            if kind != "verb":
                builder.add(item.get(part, []), kind, name)
    for name, item in data.get("roles", {}).items():
        _check(item, {"meaning", "before", "after"}, f"{where}: role {name}")
        for side in ("before", "after"):
            builder.add(item.get(side, []), side, name)
    for section, kind in (("aspects", "aspect"), ("hosts", "host")):
        for name, listed in data.get(section, {}).items():
            builder.add(listed, kind, name)
    words = data.get("words", {})
    _check(words, set(CLOSED), f"{where}: words")
    for name, listed in words.items():
        if name in VERBAL:
            builder.add_verbs(listed, name)
        else:
            builder.add(listed, name)
    return builder.build()


class _Builder:
    """Gathers words with their tags."""

    def __init__(self, where: str, endings: list[tuple[str, ...]]) -> None:
        self.where = where
        self.endings = endings
        self.table: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def add(self, phrases: Iterable[object], kind: str, *values: str) -> None:
        for phrase in phrases:
            if not isinstance(phrase, str):
                raise RuleError(
                    f"{phrase!r} under {kind} is not a word", where=self.where,
                    remedy="put it in quotes",
                )  # fmt: skip
            key = tuple(word for _, _, word in cut(phrase))
            if not key:
                raise RuleError(
                    f"an empty word under {kind}", where=self.where, remedy="take it out"
                )
            tags = self.table.setdefault(key, {}).setdefault(kind, [])
            tags += [value for value in values if value not in tags]

    def add_verbs(self, verbs: Iterable[str], kind: str, *values: str) -> None:
        for verb in verbs:
            for form, word in inflect(verb, self.endings):
                self.add([word], kind, *values)
                self.add([word], "form", form)

    def build(self) -> Vocabulary:
        entries: dict[str, list[tuple[tuple[str, ...], Tags]]] = {}
        for key, tags in self.table.items():
            packed = {kind: tuple(values) for kind, values in tags.items()}
            entries.setdefault(key[0], []).append((key, packed))
        return Vocabulary(
            {
                first: tuple(sorted(found, key=lambda entry: -len(entry[0])))
                for first, found in entries.items()
            }
        )


def inflect(verb: str, endings: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Pairs (form, word) of a verb: by the table of endings, or as written out with bars.

    >>> table = [("e", "es", "ed", "ing"), ("", "s", "ed", "ing")]
    >>> list(inflect("reduce", table))
    [('base', 'reduce'), ('third', 'reduces'), ('past', 'reduced'), ('gerund', 'reducing')]
    >>> list(inflect("lead|leads|led|leading to", table))[2]
    ('past', 'led to')
    """
    head, _, rest = verb.partition(" ")
    rest = f" {rest}" if rest else ""
    names = ("base", "third", "past", "gerund")
    if "|" in head:
        parts = head.split("|")
        for form, word in zip(names, parts, strict=False):
            yield form, word + rest
        if len(parts) == 5:
            yield "past", parts[4] + rest
        return
    yield "base", verb
    for ending, *suffixes in endings:
        if head.endswith(ending):
            stem = head[: len(head) - len(ending)]
            for form, suffix in zip(names[1:], suffixes, strict=True):
                yield form, stem + suffix + rest
            return


def _check(item: Any, allowed: set[str], where: str) -> None:
    if not isinstance(item, dict):
        raise RuleError("not a mapping of keys", where=where, remedy="see the rules' README")
    for key in item:
        if key not in allowed:
            raise RuleError(
                f"key '{key}' is unknown",
                where=where,
                remedy=f"keys are {', '.join(sorted(allowed))}",
            )
