"""Which names of imported terminologies count as mentions where they stand.

A million names hold many that are ordinary words ("group", "association", 第二) or symbols that
mean a dozen other things (CT, ALL, T1). The names that Parallax comes with are all taken; of the
others, words are left out (`general.tsv` of each language), and symbols that prove nothing wait for
support in the document. `admission.yaml` has the figures. What is left out here is not lost: it can
be looked up, and a document that defines it gives it its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from extractors.mentions.keys import same_case
from extractors.mentions.lexicon import Entry, TermMatch
from extractors.mentions.patterns import Patterns, load_patterns
from extractors.mentions.symbols import has_support
from extractors.nlp.tokens import word_tag
from extractors.normalize import fold_word, has_han, key
from extractors.tables import read_table
from kg.errors import FormatError
from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType
from kg.terminology.starter import NAME as STARTER

Verdict = Literal["yes", "no", "support"]
_WHERE = "extractors/mentions/admission.yaml"
_AT_HOME = ("", STARTER)
_ROMAN = re.compile(r"[IVX]+|[Ⅰ-Ⅻ]+")
_PARTS = re.compile(r"[-\s/]+")
_MOST_HEAD_WORDS = 4
_LONGEST_ENDING, _SHORTEST_ENDING = 8, 3


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence with the names that stand in it."""

    text: str
    language: Language
    matches: tuple[TermMatch, ...]


@dataclass(frozen=True, slots=True)
class Admission:
    """The figures of `admission.yaml`."""

    symbol: int
    unsupported: dict[MentionType, int]
    approved: dict[str, int]
    word_endings: dict[MentionType, tuple[str, ...]]
    as_written: frozenset[str]
    scopes: dict[str, tuple[int, int]]
    short_han: int
    by_head: frozenset[MentionType]


def admit(lines: Sequence[Named]) -> tuple[tuple[TermMatch, ...], ...]:
    """The names of each sentence of a document that count as mentions, with fitting types.

    A match keeps the entries that count; one that needs support has it where a telling word stands
    beside it, or where the document has the concept by another name.
    """
    judged = [[_judged(match, line.language) for match in line.matches] for line in lines]
    named: dict[str, set[str]] = {}
    for line in judged:
        for sure, _ in line:
            if sure is not None:
                for entry in sure.entries:
                    named.setdefault(entry.concept, set()).add(sure.text.lower())
    return tuple(
        tuple(
            match
            for sure, waiting in found
            if (match := sure or _with_support(waiting, line, named)) is not None
        )
        for line, found in zip(lines, judged, strict=True)
    )


def is_curated(entry: Entry) -> bool:
    """Whether a name is one of those that Parallax comes with."""
    return entry.source in _AT_HOME


def is_ordinary(text: str, language: Language) -> bool:
    """Whether a text is a word that imported terminologies name a thing by, but texts seldom do.

    >>> is_ordinary("Associations", "en"), is_ordinary("nephrosis", "en")
    (True, False)
    """
    return key(text, language) in _general()


def type_of(match: TermMatch, language: Language) -> MentionType:
    """The type of a mention that is a listed name: that of its first concept, or of its head."""
    best = match.entries[0]
    if is_curated(best):
        return best.type
    return type_by_head(match.text, best.type, load_patterns(language))


def type_by_head(text: str, kind: MentionType, patterns: Patterns) -> MentionType:
    """The type of a name by its last words, where they are a head of one of the types in question.

    >>> type_by_head("atrial septal malformation", "Outcome", load_patterns("en"))
    'Disease'
    >>> type_by_head("巨膀胱畸形", "Outcome", load_patterns("zh"))
    'Disease'
    """
    types = load_admission().by_head
    if kind not in types:
        return kind
    found = next(_head_types(text, patterns), kind)
    return found if found in types else kind


def _judged(match: TermMatch, language: Language) -> tuple[TermMatch | None, TermMatch | None]:
    """The match with the entries that count, and with those that would with support."""
    verdicts = [(judge(entry, match.text, language), entry) for entry in match.entries]
    sure = tuple(entry for verdict, entry in verdicts if verdict == "yes")
    waiting = tuple(entry for verdict, entry in verdicts if verdict == "support")
    return (
        replace(match, entries=sure) if sure else None,
        replace(match, entries=waiting) if waiting else None,
    )


def _with_support(
    match: TermMatch | None, line: Named, named: dict[str, set[str]]
) -> TermMatch | None:
    if match is None:
        return None
    word = match.text.lower()
    beside = has_support(line.text, match.start, match.end, load_patterns(line.language))
    entries = tuple(
        entry
        for entry in match.entries
        if (entry.type == "Protein" and beside) or named.get(entry.concept, set()) - {word}
    )
    return replace(match, entries=entries) if entries else None


@lru_cache(maxsize=1 << 15)
def judge(entry: Entry, text: str, language: Language) -> Verdict:
    """Whether a name counts as a mention where a text has it so, does not, or needs support."""
    if is_curated(entry):
        return "yes"
    rules, patterns = load_admission(), load_patterns(language)
    if is_ordinary(text, language):
        return "support" if text.isupper() and text.isascii() and len(text) > 1 else "no"
    if text in _units() or _ROMAN.fullmatch(text) or text in patterns.symbols.excluded:
        return "no"
    han = has_han(text)
    if entry.scope in rules.scopes:
        least = rules.scopes[entry.scope][han]
        if not least or len(text) < least:
            return "no"
    if han:
        return "no" if _is_other_word(text, patterns) else "yes"
    if entry.source in rules.as_written and not same_case(entry.name, text):
        return "no"
    return _judge_latin(entry, text, rules)


def _judge_latin(entry: Entry, text: str, rules: Admission) -> Verdict:
    compact = _PARTS.sub("", text)
    if len(compact) <= rules.symbol and any(s.isupper() or s.isdigit() for s in entry.name):
        if not same_case(entry.name, text):
            return "no"
        return _judge_symbol(entry, compact, rules)
    endings = rules.word_endings.get(entry.type)
    if endings and text.isalpha() and text[1:].islower():
        return "yes" if text.lower().removesuffix("s").endswith(endings) else "support"
    return "yes"


def _judge_symbol(entry: Entry, compact: str, rules: Admission) -> Verdict:
    most = rules.unsupported.get(entry.type, 0)
    if len(compact) > most:
        return "yes"
    if entry.type == "Protein":
        letters = sum(sign.isalpha() for sign in compact)
        if letters >= 2 and letters < len(compact) and len(compact) > 2:
            return "yes"  # IL6, CD44: letters with a number
        least = rules.approved.get(entry.concept.partition(":")[0])
        if entry.scope == "label" and least is not None and len(compact) >= least:
            return "yes"
    return "support"


def _is_other_word(text: str, patterns: Patterns) -> bool:
    if len(text) > load_admission().short_han:
        return False
    return word_tag(text) in patterns.blocked_tags


def _head_types(text: str, patterns: Patterns) -> Iterator[MentionType]:
    """The types of the heads with which a text ends, that of the longest first."""
    if patterns.by_suffix:
        for length in range(min(patterns.longest_head, len(text)), 0, -1):
            head = patterns.heads.get(text[-length:])
            if head is not None:
                yield head.type
        return
    words = [fold_word(word) for word in re.findall(r"[a-z]+", text.lower())]
    for length in range(min(_MOST_HEAD_WORDS, len(words)), 0, -1):
        head = patterns.heads.get(" ".join(words[-length:]))
        if head is not None:
            yield head.type
    if words and words[-1] not in patterns.not_by_ending:
        for length in range(_LONGEST_ENDING, _SHORTEST_ENDING - 1, -1):
            if (kind := patterns.endings.get(words[-1][-length:])) is not None:
                yield kind


@cache
def _general() -> frozenset[str]:
    return frozenset(
        key(form, language)
        for language in LANGUAGES
        for form, _ in read_table(language, "general.tsv", 2)
    )


@cache
def _units() -> frozenset[str]:
    return frozenset(
        form for language in LANGUAGES for form, *_ in read_table(language, "units.tsv", 3)
    )


@cache
def load_admission() -> Admission:
    """The figures, checked.

    Raises
    ------
    FormatError
        where one is absent, of the wrong kind, or of an unknown type.
    """
    text = files("extractors").joinpath("mentions", "admission.yaml").read_text(encoding="utf-8")
    return read_admission(yaml.safe_load(text))


def read_admission(table: dict[str, Any]) -> Admission:
    """The figures of a parsed table."""
    try:
        for name in (*table["unsupported"], *table["word_endings"], *table["by_head"]):
            if name not in MENTION_TYPES:
                raise _wrong(f"unknown type {name}", f"use {', '.join(MENTION_TYPES)}")
        return Admission(
            int(table["symbol"]),
            {name: int(count) for name, count in table["unsupported"].items()},
            {name: int(count) for name, count in table["approved"].items()},
            {name: tuple(endings) for name, endings in table["word_endings"].items()},
            frozenset(table["as_written"]),
            {name: (int(row["latin"]), int(row["han"])) for name, row in table["scopes"].items()},
            int(table["short_han"]),
            frozenset(table["by_head"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(f"{error.__class__.__name__}: {error}", "see the comments there") from error


def _wrong(what: str, remedy: str) -> FormatError:
    return FormatError(what, where=_WHERE, remedy=remedy)
