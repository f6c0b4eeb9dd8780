"""The reading rules of one language, from `extractors/rules/<language>/`, checked strictly.

Four files a language, the same names and keys in each: ``triggers.yaml`` (words by meaning and by
grammar), ``frames.yaml`` (where a trigger finds its two arguments), ``relations.yaml`` (which
predicate a trigger class in a frame states, for which types) and ``context.yaml`` (negation,
hypothesis, aim). What the keys mean is told in ``extractors/rules/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from extractors.context.rules import Context, load_context
from extractors.relations.vocabulary import Vocabulary, build_vocabulary
from extractors.rule_files import (
    ROOT,
    check_id,
    check_keys,
    check_known,
    file_name,
    read_examples,
    read_rules,
    read_section,
    strings,
)
from kg.errors import RuleError
from kg.model import ASPECTS, LANGUAGES, MENTION_TYPES, PREDICATES, Aspect, Language, Predicate

STATUSES = ("proposed", "active", "deprecated")
SIDES = ("left", "right", "any")
VALENCES = ("good", "bad", "neutral")
FORMS = (
    "finite", "passive", "participle", "infinitive", "gerund", "noun", "light", "copular",
    "adjective", "predicative", "comparative", "attributive", "mediating", "title",
)  # fmt: skip

_RULE_KEYS = {
    "id", "predicate", "trigger", "frames", "subject", "object", "subject_host", "object_valence",
    "object_aspect", "subject_aspect", "aspect", "sign", "polarity", "when", "derived", "status",
    "confidence", "examples",
}  # fmt: skip
_PLACE = re.compile(r"(left|right|any)\.([a-z]+)|carried|causer|changed|scene|topic")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a trigger in one of `forms` finds its arguments; places are tried in their order."""

    name: str
    forms: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    pair: str | None = None
    intransitive: bool = False
    also: bool = False
    governed: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger class in certain frames, between certain types, states a predicate."""

    id: str
    predicate: Predicate
    trigger: frozenset[str]
    frames: frozenset[str]
    subject: frozenset[str]
    object: frozenset[str]
    subject_host: frozenset[str] = frozenset()
    object_valence: frozenset[str] = frozenset()
    object_aspect: frozenset[str] = frozenset()
    subject_aspect: frozenset[str] = frozenset()
    aspect: Aspect | None = None
    sign: str | None = None
    polarity: str | None = None
    when: str | None = None
    derived: str | None = None
    status: str = "active"
    confidence: float = 0.8
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is needed to read one language."""

    language: Language
    vocabulary: Vocabulary
    frames: tuple[Frame, ...]
    rules: tuple[Rule, ...]
    context: Context
    valence: Mapping[str, tuple[str, ...]]
    index: Mapping[tuple[str, str], tuple[Rule, ...]] = field(default_factory=dict)
    co_change: Rule | None = None


@cache
def load_rules() -> Mapping[Language, Grammar]:
    """The grammars of all languages that come with Parallax."""
    return {language: load_grammar(ROOT / language) for language in LANGUAGES}


def load_grammar(folder: Path, *, proposed: bool = False) -> Grammar:
    """The grammar in a folder that is named by its language.

    Rules that are only proposed are off, unless `proposed` turns them on (to measure them).

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    language = cast(Language, folder.name)
    words = read_rules(folder / "triggers.yaml")
    vocabulary = build_vocabulary(words, where=file_name(folder / "triggers.yaml"))
    frames = _load_frames(folder / "frames.yaml")
    where = file_name(folder / "relations.yaml")
    items = read_section(read_rules(folder / "relations.yaml"), "rules", list, where)
    seen: set[str] = set()
    classes = set(words.get("triggers", {}))
    rules = tuple(
        _load_rule(item, language, where, classes, {f.name for f in frames}, seen)
        for item in items
    )  # fmt: skip
    context = load_context(folder)
    on = ("active", "proposed") if proposed else ("active",)
    active = [rule for rule in rules if rule.status in on and rule.derived is None]
    index = {
        (trigger, frame.name): chosen
        for trigger in classes
        for frame in frames
        if (chosen := tuple(r for r in active if trigger in r.trigger and frame.name in r.frames))
    }
    valence = {name: tuple(values) for name, values in words.get("valence", {}).items()}
    co_change = next((r for r in rules if r.derived and r.status == "active"), None)
    return Grammar(language, vocabulary, frames, rules, context, valence, index, co_change)


def _load_frames(path: Path) -> tuple[Frame, ...]:
    frames = []
    for name, item in read_section(read_rules(path), "frames", dict, file_name(path)).items():
        where = f"{file_name(path)}: frame {name}"
        known = {"forms", "subject", "object", "pair", "intransitive", "also", "governed"}
        check_keys(item, known, where)
        forms = strings(item.get("forms"), where, "forms", empty=True)
        check_known("form", forms, FORMS, where)
        places = {
            key: strings(item.get(key), where, key, empty=True) for key in ("subject", "object")
        }
        pair = item.get("pair")
        for place in [*places["subject"], *places["object"], *([pair] if pair else [])]:
            if not _PLACE.fullmatch(place):
                raise RuleError(
                    f"'{place}' is not a place", where=where,
                    remedy="write left.head, any.after, carried, causer, scene or topic",
                )  # fmt: skip
        frames.append(
            Frame(
                name,
                frozenset(forms),
                places["subject"],
                places["object"],
                pair,
                item.get("intransitive") is True,
                item.get("also") is True,
                item.get("governed") is True,
            )
        )
    return tuple(frames)


def _load_rule(
    item: Any, language: str, file: str, classes: set[str], frames: set[str], seen: set[str]
) -> Rule:
    identifier = item.get("id") if isinstance(item, dict) else None
    where = f"{file}: rule {identifier}"
    check_keys(item, _RULE_KEYS, where)
    check_known("predicate", [item.get("predicate")], PREDICATES, where)
    predicate: Predicate = item["predicate"]
    identifier = check_id(identifier, language, str(predicate), where, seen)
    trigger = strings(item.get("trigger"), where, "trigger")
    check_known("trigger class", trigger, classes, where, "is not in triggers.yaml")
    chosen = strings(item.get("frames"), where, "frames")
    check_known("frame", chosen, frames, where, "is not in frames.yaml")
    types = {}
    for key in ("subject", "object"):
        types[key] = strings(item.get(key, list(MENTION_TYPES)), where, key)
        check_known("mention type", types[key], MENTION_TYPES, where)
    valence = strings(item.get("object_valence", []), where, "object_valence", empty=True)
    check_known("valence", valence, VALENCES, where)
    for key, allowed in (
        ("aspect", ASPECTS), ("sign", ("+", "-")), ("polarity", ("positive", "negated")),
        ("when", ("negated", "positive")), ("derived", ("co-change",)), ("status", STATUSES),
    ):  # fmt: skip
        if item.get(key) is not None:
            check_known(key, [item[key]], allowed, where)
    match, no_match = read_examples(item.get("examples"), where)
    aspects = strings(item.get("object_aspect", []), where, "object_aspect", empty=True)
    own = strings(item.get("subject_aspect", []), where, "subject_aspect", empty=True)
    hosts = strings(item.get("subject_host", []), where, "subject_host", empty=True)
    return Rule(
        identifier, predicate, frozenset(trigger), frozenset(chosen), frozenset(types["subject"]),
        frozenset(types["object"]), frozenset(hosts), frozenset(valence),
        frozenset(aspects), frozenset(own), item.get("aspect"), item.get("sign"),
        item.get("polarity"),
        item.get("when"), item.get("derived"), item.get("status", "active"),
        _number(item.get("confidence", 0.8), where), match, no_match,
    )  # fmt: skip


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RuleError(
            f"confidence {value!r} is not a number from 0 to 1", where=where,
            remedy="give a number such as 0.8",
        )  # fmt: skip
    return float(value)
