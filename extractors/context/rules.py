"""The context rules of one language, from ``context.yaml``, with the weights beside it.

Both languages have the same keys. A rule lists its cues as phrases; angle brackets mark the cue
proper where the words around it are only the condition (``was <not> observed``), and `…` stands for
any words between the two parts of one cue (``neither … nor``). What the keys mean is told in
``docs/context.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from extractors.context.classes import WordClasses, load_classes
from extractors.context.weights import Weights, load_weights
from extractors.nlp.words import cut
from extractors.rule_files import (
    check_id,
    check_keys,
    check_known,
    file_name,
    read_examples,
    read_rules,
    strings,
)
from kg.errors import RuleError
from kg.model import CueKind, Language

KINDS: tuple[CueKind, ...] = ("negation", "hypothesis", "aim")
SCOPES = ("onward", "back")
WORDS = ("be", "have", "modal", "relative", "adverbs", "endings")
_KEYS = {"id", "kind", "cues", "pseudo", "scope", "ends", "gated", "heeded", "examples"}
_BRACKETS = re.compile(r"<([^<>]+)>")
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words in a row, and which of them are the cue proper (`first` to `last`, inclusive)."""

    words: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One segment, or several with any words between them."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class CueRule:
    """Phrases that say the same of what stands in their scope.

    `scope` tells on which side of the cue it lies, `ends` the words that stop it; the cues of a
    `gated` rule count only where the language's weights say so. Claims in the scope of a rule that
    is not `heeded` stand as they are (*X suggests that*, *lack of X*): the cue is told, no more.
    """

    id: str
    kind: CueKind
    cues: tuple[Phrase, ...]
    pseudo: tuple[Phrase, ...] = ()
    scope: str = "onward"
    ends: tuple[tuple[str, ...], ...] = ()
    gated: bool = False
    heeded: bool = True
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The context rules of a language, its auxiliaries and its learnt weights, if it has any.

    `aims` are the labels of a part of an abstract that tells what the study asked; `classes` are
    the parts of speech that the weights look at.
    """

    language: Language
    rules: tuple[CueRule, ...]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Weights | None = None
    aims: frozenset[str] = frozenset()
    classes: WordClasses = field(default_factory=WordClasses)


def load_context(folder: Path) -> Context:
    """The context rules in a folder that is named by its language.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    path = folder / "context.yaml"
    file = file_name(path)
    data = read_rules(path)
    check_keys(data, {"words", "aims", "ends", "context"}, file)
    words = _words(data.get("words", {}), f"{file}: words")
    named = data.get("ends", {})
    check_keys(named, named if isinstance(named, dict) else (), f"{file}: ends")
    ends = {
        name: strings(listed, f"{file}: ends", str(name), empty=True)
        for name, listed in named.items()
    }
    items = data.get("context")
    if not isinstance(items, list):
        raise RuleError("no list under 'context'", where=file, remedy="see docs/context.md")
    seen: set[str] = set()
    rules = tuple(_rule(item, folder.name, file, ends, seen) for item in items)
    weights = load_weights(folder / "context.tsv")
    aims = frozenset(strings(data.get("aims", []), file, "aims", empty=True))
    classes = load_classes(folder / "classes.tsv")
    return Context(cast(Language, folder.name), rules, words, weights, aims, classes)


def _words(data: Any, where: str) -> dict[str, frozenset[str]]:
    check_keys(data, set(WORDS), where)
    return {name: frozenset(strings(data.get(name, []), where, name, empty=True)) for name in WORDS}


def _rule(
    item: Any, language: str, file: str, named: Mapping[str, tuple[str, ...]], seen: set[str]
) -> CueRule:
    identifier = item.get("id") if isinstance(item, dict) else None
    where = f"{file}: rule {identifier}"
    check_keys(item, _KEYS, where)
    check_known("kind", [item.get("kind")], KINDS, where)
    identifier = check_id(identifier, language, "context", where, seen)
    scope = item.get("scope", "onward")
    check_known("scope", [scope], SCOPES, where)
    listed = strings(item.get("ends", []), where, "ends", empty=True)
    check_known("list of ends", listed, named, where)
    ends = tuple(_tokens(word) for name in listed for word in named[name])
    gated, heeded = (_flag(item, key, where) for key in ("gated", "heeded"))
    match, no_match = read_examples(item.get("examples"), where)
    return CueRule(
        identifier,
        item["kind"],
        tuple(read_phrase(text, where) for text in strings(item.get("cues"), where, "cues")),
        tuple(
            read_phrase(text, where)
            for text in strings(item.get("pseudo", []), where, "pseudo", empty=True)
        ),
        scope,
        ends,
        gated is True,
        heeded is not False,
        match,
        no_match,
    )


def _flag(item: Mapping[str, Any], key: str, where: str) -> bool | None:
    value = item.get(key)
    if value is not None and not isinstance(value, bool):
        raise RuleError(
            f"{key} {value!r} is neither true nor false", where=where, remedy="write true or false"
        )
    return value


def read_phrase(text: str, where: str = "") -> Phrase:
    """A phrase of a rule; without brackets all of its words are the cue.

    >>> read_phrase("was <not> observed").segments
    (Segment(words=('was', 'not', 'observed'), first=1, last=1),)
    >>> [segment.words for segment in read_phrase("neither … nor").segments]
    [('neither',), ('nor',)]
    """
    segments = []
    for part in text.split(_GAP):
        marked = _BRACKETS.search(part)
        before = _tokens(part[: marked.start()]) if marked else ()
        cue = _tokens(marked[1] if marked else part)
        after = _tokens(part[marked.end() :]) if marked else ()
        if not cue or {"<", ">"} & {*before, *cue, *after}:
            raise RuleError(
                f"phrase {text!r} has an empty part or a loose bracket", where=where,
                remedy="write words, at most one <cue> in each part, and … between parts",
            )  # fmt: skip
        segments.append(Segment((*before, *cue, *after), len(before), len(before) + len(cue) - 1))
    return Phrase(tuple(segments))


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(word for _, _, word in cut(text))
