"""The reading rules of one language, from `extractors/rules/<language>/`, checked strictly.

Four files a language, the same names and keys in each: ``triggers.yaml`` (words by meaning and by
grammar), ``frames.yaml`` (where a trigger finds its two arguments), ``relations.yaml`` (which
predicate a trigger class in a frame states, for which types) and ``context.yaml`` (negation,
hypothesis, aim). What the keys mean is told in ``extractors/rules/README.md``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from extractors.relations.vocabulary import Vocabulary, build_vocabulary
from kg.errors import RuleError
from kg.model import ASPECTS, LANGUAGES, MENTION_TYPES, PREDICATES, Aspect, Language, Predicate

ROOT = Path(__file__).parent.parent / "rules"
# The same safe loader, in C where it was built.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STATUSES = ("proposed", "active", "deprecated")
CUE_KINDS = ("negation", "hypothesis", "aim")
CUE_LISTS = ("pseudo", "preceding", "following", "terminations")
SIDES = ("left", "right", "any")
VALENCES = ("good", "bad", "neutral")
FORMS = (
    "finite", "passive", "participle", "infinitive", "gerund", "noun", "light", "copular",
    "adjective", "predicative", "comparative", "attributive", "mediating",
)  # fmt: skip

_RULE_KEYS = {
    "id", "predicate", "trigger", "frames", "subject", "object", "subject_host", "object_valence",
    "object_aspect", "aspect", "sign", "polarity", "when", "derived", "status", "confidence",
    "examples",
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
class CueRule:
    """The words of one kind of context: negation, hypothesis or aim."""

    id: str
    kind: str
    pseudo: tuple[str, ...]
    preceding: tuple[str, ...]
    following: tuple[str, ...]
    terminations: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is needed to read one language."""

    language: Language
    vocabulary: Vocabulary
    frames: tuple[Frame, ...]
    rules: tuple[Rule, ...]
    cues: tuple[CueRule, ...]
    valence: Mapping[str, tuple[str, ...]]
    index: Mapping[tuple[str, str], tuple[Rule, ...]] = field(default_factory=dict)
    co_change: Rule | None = None


@cache
def load_rules() -> Mapping[Language, Grammar]:
    """The grammars of all languages that come with Parallax."""
    return {language: load_grammar(ROOT / language) for language in LANGUAGES}


def load_grammar(folder: Path) -> Grammar:
    """The grammar in a folder that is named by its language.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    language = cast(Language, folder.name)
    words = _read(folder / "triggers.yaml")
    vocabulary = build_vocabulary(words, where=_name(folder / "triggers.yaml"))
    frames = _load_frames(folder / "frames.yaml")
    where = _name(folder / "relations.yaml")
    items = _section(_read(folder / "relations.yaml"), "rules", list, where)
    seen: set[str] = set()
    classes = set(words.get("triggers", {}))
    rules = tuple(
        _load_rule(item, language, where, classes, {f.name for f in frames}, seen)
        for item in items
    )  # fmt: skip
    cues = _load_cues(folder / "context.yaml", language, seen)
    active = [rule for rule in rules if rule.status == "active" and rule.derived is None]
    index = {
        (trigger, frame.name): chosen
        for trigger in classes
        for frame in frames
        if (chosen := tuple(r for r in active if trigger in r.trigger and frame.name in r.frames))
    }
    valence = {name: tuple(values) for name, values in words.get("valence", {}).items()}
    co_change = next((r for r in rules if r.derived and r.status == "active"), None)
    return Grammar(language, vocabulary, frames, rules, cues, valence, index, co_change)


def _name(path: Path) -> str:
    return "/".join(path.parts[-4:])


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except OSError as error:
        raise RuleError("cannot be read", where=_name(path), remedy="restore the file") from error
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise RuleError(
            f"not YAML ({problem})", where=_name(path), remedy="mend the line"
        ) from error
    if not isinstance(data, dict):
        raise RuleError("not a mapping of keys", where=_name(path), remedy="see the rules' README")
    return data


def _section(data: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    unknown = set(data) - {key}
    if unknown:
        raise RuleError(
            _unknown("key", min(unknown), (key,)), where=where, remedy=f"keep only {key}"
        )
    value = data.get(key)
    if not isinstance(value, kind):
        raise RuleError(f"no {kind.__name__} under '{key}'", where=where, remedy="see the README")
    return value


def _load_frames(path: Path) -> tuple[Frame, ...]:
    frames = []
    for name, item in _section(_read(path), "frames", dict, _name(path)).items():
        where = f"{_name(path)}: frame {name}"
        _keys(item, {"forms", "subject", "object", "pair", "intransitive", "also"}, where)
        forms = _strings(item.get("forms"), where, "forms", empty=True)
        _known("form", forms, FORMS, where)
        places = {
            key: _strings(item.get(key), where, key, empty=True) for key in ("subject", "object")
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
            )
        )
    return tuple(frames)


def _load_rule(
    item: Any, language: str, file: str, classes: set[str], frames: set[str], seen: set[str]
) -> Rule:
    identifier = item.get("id") if isinstance(item, dict) else None
    where = f"{file}: rule {identifier}"
    _keys(item, _RULE_KEYS, where)
    _known("predicate", [item.get("predicate")], PREDICATES, where)
    predicate: Predicate = item["predicate"]
    identifier = _check_id(identifier, language, str(predicate), where, seen)
    trigger = _strings(item.get("trigger"), where, "trigger")
    _known("trigger class", trigger, classes, where, "is not in triggers.yaml")
    chosen = _strings(item.get("frames"), where, "frames")
    _known("frame", chosen, frames, where, "is not in frames.yaml")
    types = {}
    for key in ("subject", "object"):
        types[key] = _strings(item.get(key, list(MENTION_TYPES)), where, key)
        _known("mention type", types[key], MENTION_TYPES, where)
    valence = _strings(item.get("object_valence", []), where, "object_valence", empty=True)
    _known("valence", valence, VALENCES, where)
    for key, allowed in (
        ("aspect", ASPECTS), ("sign", ("+", "-")), ("polarity", ("positive", "negated")),
        ("when", ("negated", "positive")), ("derived", ("co-change",)), ("status", STATUSES),
    ):  # fmt: skip
        if item.get(key) is not None:
            _known(key, [item[key]], allowed, where)
    match, no_match = _examples(item.get("examples"), where)
    aspects = _strings(item.get("object_aspect", []), where, "object_aspect", empty=True)
    hosts = _strings(item.get("subject_host", []), where, "subject_host", empty=True)
    return Rule(
        identifier, predicate, frozenset(trigger), frozenset(chosen), frozenset(types["subject"]),
        frozenset(types["object"]), frozenset(hosts), frozenset(valence),
        frozenset(aspects), item.get("aspect"), item.get("sign"), item.get("polarity"),
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


def _load_cues(path: Path, language: str, seen: set[str]) -> tuple[CueRule, ...]:
    cues = []
    for item in _section(_read(path), "context", list, _name(path)):
        identifier = item.get("id") if isinstance(item, dict) else None
        where = f"{_name(path)}: rule {identifier}"
        _keys(item, {"id", "kind", *CUE_LISTS, "examples"}, where)
        _known("kind", [item.get("kind")], CUE_KINDS, where)
        identifier = _check_id(identifier, language, "context", where, seen)
        lists = [_strings(item.get(key, []), where, key, empty=True) for key in CUE_LISTS]
        match, no_match = _examples(item.get("examples"), where)
        pseudo, preceding, following, stops = lists
        kind = item["kind"]
        cues.append(CueRule(identifier, kind, pseudo, preceding, following, stops, match, no_match))
    return tuple(cues)


def _check_id(identifier: Any, language: str, middle: str, where: str, seen: set[str]) -> str:
    if not isinstance(identifier, str) or not re.fullmatch(
        r"[a-z]+\.[a-z_]+\.[a-z0-9-]+", identifier
    ):
        raise RuleError(
            f"id {identifier!r} is not of the form <language>.<predicate>.<gist>", where=where,
            remedy=f"write {language}.{middle}.some-gist",
        )  # fmt: skip
    if not identifier.startswith(f"{language}.{middle}."):
        raise RuleError(
            f"id {identifier} does not begin with {language}.{middle}.", where=where,
            remedy="begin it with the folder's language and the predicate",
        )  # fmt: skip
    if identifier in seen:
        raise RuleError(f"id {identifier} is used twice", where=where, remedy="choose another gist")
    seen.add(identifier)
    return identifier


def _examples(item: Any, where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    examples = item if isinstance(item, dict) else {}
    _keys(examples, {"match", "no_match"}, where)
    for key in ("match", "no_match"):
        if not examples.get(key):
            raise RuleError(
                f"no {key} example", where=where,
                remedy=f"give a marked-up sentence under examples.{key}",
            )  # fmt: skip
    return (
        _strings(examples["match"], where, "examples.match"),
        _strings(examples["no_match"], where, "examples.no_match"),
    )


def _keys(item: Any, allowed: set[str], where: str) -> None:
    if not isinstance(item, dict):
        raise RuleError("not a mapping of keys", where=where, remedy="see the rules' README")
    for key in item:
        if key not in allowed:
            raise RuleError(
                _unknown("key", str(key), allowed), where=where,
                remedy=f"keys are {', '.join(sorted(allowed))}",
            )  # fmt: skip


def _strings(value: Any, where: str, key: str, *, empty: bool = False) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise RuleError(
            f"'{key}' is not a word or a list of words",
            where=where,
            remedy="give [a, b]; quote words such as 'no' and 'on'",
        )
    if not values and not empty:
        raise RuleError(f"'{key}' is empty", where=where, remedy="name at least one")
    return tuple(values)


def _known(
    what: str, names: Iterable[Any], allowed: Iterable[str], where: str, is_not: str = "is unknown"
) -> None:
    known = list(allowed)
    for name in names:
        if name not in known:
            raise RuleError(
                _unknown(what, str(name), known, is_not), where=where,
                remedy=f"choose one of {', '.join(sorted(known))}",
            )  # fmt: skip


def _unknown(what: str, name: str, known: Iterable[str], is_not: str = "is unknown") -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{what} '{name}' {is_not}{hint}"
