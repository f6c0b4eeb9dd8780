"""What one language brings to questions and answers: verbs, patterns and words, from one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from kg.errors import FormatError
from kg.model import LANGUAGES, MENTION_TYPES, PREDICATES, Predicate, Sign

# In the order in which their patterns are tried.
Intent = Literal["evidence", "effect", "between", "agents", "targets", "does", "dose", "about"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
_KEYS = (
    "language", "spaces", "openers", "asides", "fillers", "verbs", "passives", "types", "questions",
    "words",
)  # fmt: skip
# Spaces, or none next to punctuation; never the middle of a word.
_GAP = r"(?:(?<!\w)|(?!\w))\s*"
_SLOTS = ("a", "b", "verb", "passive", "type")


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb asks for: claims that answer it, and those worth showing where none does."""

    name: str
    predicates: tuple[Predicate, ...]
    near: tuple[Predicate, ...] = ()
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to ask: its intent, the expression with named slots, and a verb that it implies."""

    intent: Intent
    text: str
    expression: re.Pattern[str]
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """The contents of one language file, checked."""

    language: str
    spaces: bool
    openers: tuple[str, ...]
    asides: tuple[re.Pattern[str], ...]
    fillers: frozenset[str]
    patterns: tuple[Pattern, ...]
    verbs: Mapping[str, str]  # a form → the name of its verb
    types: Mapping[str, str]  # a word → the type of concept
    words: Mapping[str, Any]


@cache
def load_language(language: str) -> LanguageFile:
    """The file of a language (``en``, ``zh``).

    Raises
    ------
    FormatError
        with file, place, problem and remedy, where it is not what the others are.
    """
    name = f"{language}.yaml"
    return read_language(_yaml(f"languages/{name}"), name)


@cache
def load_verbs() -> Mapping[str, Verb]:
    """The meanings of the verbs, by name."""
    verbs = {}
    for name, entry in _yaml("verbs.yaml").items():
        where = f"verbs.yaml: {name}"
        unknown = set(entry) - {"predicates", "near", "sign"}
        named = [*entry.get("predicates", ()), *entry.get("near", ())]
        if unknown or not entry.get("predicates"):
            raise FormatError(
                "wrong keys", where=where, remedy="give predicates, and perhaps near and sign"
            )
        for predicate in named:
            if predicate not in PREDICATES:
                raise FormatError(
                    f"no predicate {predicate}", where=where, remedy=f"use {', '.join(PREDICATES)}"
                )
        verbs[name] = Verb(
            name, tuple(entry["predicates"]), tuple(entry.get("near", ())), entry.get("sign")
        )
    return verbs


def read_language(data: Mapping[str, Any], where: str) -> LanguageFile:
    """The language that a parsed file describes, checked against the verbs and the intents."""
    _same_keys(data, _KEYS, where)
    if data["language"] not in LANGUAGES:
        raise FormatError(
            f"unknown language {data['language']}", where=where, remedy=f"use {LANGUAGES}"
        )
    _same_keys(data["questions"], INTENTS, f"{where}: questions")
    _same_keys(data["types"], MENTION_TYPES, f"{where}: types")
    for part in ("verbs", "passives"):
        _same_keys(data[part], load_verbs(), f"{where}: {part}")
    forms = _forms(data["verbs"], f"{where}: verbs")
    passives = _forms(data["passives"], f"{where}: passives")
    types = _forms(data["types"], f"{where}: types")
    slots = {
        "a": "(?P<a>.+?)", "b": "(?P<b>.+?)", "verb": _slot("verb", forms),
        "passive": _slot("passive", passives), "type": _slot("type", types),
    }  # fmt: skip
    patterns = []
    for intent in INTENTS:
        for entry in data["questions"][intent]:
            patterns.append(_pattern(intent, entry, slots, data["spaces"], f"{where}: {intent}"))
    _leaves(data["words"])
    return LanguageFile(
        data["language"],
        data["spaces"],
        tuple(data["openers"]),
        tuple(
            re.compile(_expression(aside, {"any": ".{1,40}?"}, data["spaces"]))
            for aside in data["asides"]
        ),
        frozenset(data["fillers"]),
        tuple(patterns),
        {**passives, **forms},
        types,
        data["words"],
    )


def check_same_words(one: LanguageFile, other: LanguageFile) -> None:
    """Complain where two languages do not have words for the same things.

    Raises
    ------
    FormatError
        with the first key, or placeholder, that only one of them has.
    """
    _same_keys(_leaves(other.words), _leaves(one.words), f"{other.language}.yaml: words")
    for key, text in _leaves(one.words).items():
        theirs = _leaves(other.words)[key]
        if _fields(text) != _fields(theirs):
            raise FormatError(
                f"other placeholders than in {one.language}.yaml",
                where=f"{other.language}.yaml: words {key}",
                remedy=f"use {', '.join(sorted(_fields(text))) or 'none'}",
            )


def _yaml(name: str) -> Any:
    text = files("kg.answers").joinpath(name).read_text(encoding="utf-8")
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FormatError(f"not YAML ({error})", where=name, remedy="check the file") from error


def _same_keys(found: Any, wanted: Any, where: str) -> None:
    if not isinstance(found, Mapping):
        raise FormatError("not a mapping", where=where, remedy="give keys with values")
    odd = sorted(set(found) ^ set(wanted))
    if odd:
        problem = "unknown key" if odd[0] in found else "no key"
        raise FormatError(
            f"{problem} {odd[0]}", where=where, remedy=f"the keys are {', '.join(wanted)}"
        )


def _forms(lists: Mapping[str, list[str]], where: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for name, words in lists.items():
        for word in words:
            if forms.setdefault(word, name) != name:
                raise FormatError(
                    f"{word!r} stands under {forms[word]} and {name}", where=where,
                    remedy="keep one of them",
                )  # fmt: skip
    return forms


def _slot(name: str, forms: Mapping[str, str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(map(re.escape, longest_first))})"


def _pattern(
    intent: Intent, entry: Any, slots: Mapping[str, str], spaces: bool, where: str
) -> Pattern:
    text, verb = (entry, None) if isinstance(entry, str) else (entry["pattern"], entry["verb"])
    if verb is not None and verb not in load_verbs():
        raise FormatError(
            f"no verb {verb}", where=where, remedy=f"the verbs are {', '.join(load_verbs())}"
        )
    for slot in re.findall(r"\{(\w*)\}", text):
        if slot not in _SLOTS:
            raise FormatError(
                f"no slot {{{slot}}} in {text!r}", where=where, remedy=f"use {', '.join(_SLOTS)}"
            )
    try:
        return Pattern(intent, text, re.compile(_expression(text, slots, spaces)), verb)
    except (re.error, KeyError) as error:
        raise FormatError(
            f"{text!r} is no pattern ({error})", where=where, remedy="use words, (x|y), [x], {slot}"
        ) from error


def _expression(text: str, slots: Mapping[str, str], spaces: bool) -> str:
    """The regular expression of a pattern.

    >>> found = re.compile(_expression("what [can] treat {b}", {"b": "(?P<b>.+?)"}, True))
    >>> found.fullmatch("what treat gout")["b"], found.fullmatch("whattreat gout")
    ('gout', None)
    """
    out = []
    for piece in re.findall(r"\{\w+\}|[()\[\]|]|\s+|[^\s{}()\[\]|]+", text):
        if piece.startswith("{"):
            out.append(slots[piece[1:-1]])
        elif piece in "()[]|":
            out.append({"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}[piece])
        elif piece.isspace():
            out.append(_GAP if spaces else r"\s*")
        else:
            out.append(re.escape(piece))
    return "".join(out)


def _leaves(words: Mapping[str, Any], path: str = "") -> dict[str, str]:
    leaves: dict[str, str] = {}
    for key, value in words.items():
        if not isinstance(key, str):  # YAML reads a bare yes, no, on or off as a truth value
            raise FormatError(
                f"the key {key} is no text", where=f"words {path}", remedy="put it in quotes"
            )
        if isinstance(value, Mapping):
            leaves |= _leaves(value, f"{path}{key}.")
        elif isinstance(value, list):
            leaves[f"{path}{key} ({len(value)} forms)"] = " ".join(map(str, value))
        else:
            leaves[f"{path}{key}"] = str(value)
    return leaves


def _fields(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)\}", text))
