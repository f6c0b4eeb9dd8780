"""The rules of one language that tell circumstances, from ``qualifiers.yaml``.

A rule names words (``in vitro``, ``patients``), types of mentions with the words that must stand
before or behind them (``in … podocytes``, ``肾组织…中``), names of cell lines before a word such as
``cells``, or kinds of quantities. What the keys mean is told in ``docs/circumstances.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from extractors.context.cues import Table, phrase_table
from extractors.context.rules import Phrase, read_phrase
from extractors.rule_files import (
    ROOT,
    check_id,
    check_keys,
    check_known,
    file_name,
    read_examples,
    read_rules,
    strings,
)
from kg.errors import RuleError
from kg.model import MENTION_TYPES, QUANTITY_KINDS, Language, MentionType, QuantityKind
from kg.qualifiers import QUALIFIER_KINDS, SETTINGS, QualifierKind, Setting

WORDS = ("denied", "stops", "joints", "cultured", "cell_types", "attached")
LEVELS = ("low", "medium", "high")
_KEYS = (
    "id", "kind", "words", "pseudo", "concept", "value", "setting", "types", "before", "behind",
    "adjacent", "gap", "symbols", "quantities", "examples",
)  # fmt: skip
_WAYS = ("words", "types", "symbols", "quantities")
_GAP = 4  # words that may stand between a mention and the words that its rule wants before it


@dataclass(frozen=True, slots=True)
class QualifierRule:
    """One way in which a language tells one kind of circumstance.

    Exactly one of these tells it: `words`; mentions of `types`, where one of `before` stands up to
    `gap` words before them and one of `behind` right behind them, as far as these are given (or,
    where it is `adjacent`, another mention right behind them); names of cell lines right before
    one of the words `symbols`; or `quantities` of some kinds. `setting` is what the words imply of
    the setting where nothing else tells it.
    """

    id: str
    kind: QualifierKind
    words: tuple[Phrase, ...] = ()
    pseudo: tuple[Phrase, ...] = ()
    concept: str | None = None
    value: str | None = None
    setting: Setting | None = None
    types: tuple[MentionType, ...] = ()
    before: tuple[tuple[str, ...], ...] = ()
    behind: tuple[tuple[str, ...], ...] = ()
    adjacent: bool = False
    gap: int = _GAP
    symbols: tuple[str, ...] = ()
    quantities: tuple[QuantityKind, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class QualifierGrammar:
    """The rules of a language with its word lists.

    `lists` holds ``denied`` (words before a phrase after which it is no circumstance), ``stops``
    (words that a phrase does not reach over), ``joints`` (words between members of a list),
    ``cultured`` (words behind a species that make it the source of cells), ``cell_types`` (symbols
    that are no cell lines) and ``attached`` (words that a hyphen may join to a place).
    `breaks` finds the words at which another clause begins.
    """

    language: Language
    rules: tuple[QualifierRule, ...]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    breaks: Table[str] = field(default_factory=dict)
    named: Table[QualifierRule] = field(default_factory=dict)


@cache
def qualifier_grammar(language: Language) -> QualifierGrammar:
    """The grammar of a language, read once."""
    return load_qualifiers(ROOT / language)


def load_qualifiers(folder: Path) -> QualifierGrammar:
    """The rules in a folder that is named by its language.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    path = folder / "qualifiers.yaml"
    file = file_name(path)
    data = read_rules(path)
    check_keys(data, {"lists", "breaks", "unbroken", "qualifiers"}, file)
    items = data.get("qualifiers")
    if not isinstance(items, list):
        raise RuleError(
            "no list under 'qualifiers'", where=file, remedy="see docs/circumstances.md"
        )
    check_keys(data.get("lists", {}), WORDS, f"{file}: lists")
    lists = {
        name: frozenset(strings(data["lists"].get(name, []), file, name, empty=True))
        for name in WORDS
    }
    seen: set[str] = set()
    rules = tuple(_rule(item, folder.name, file, seen) for item in items)
    breaks = [(read_phrase(w, file), "break") for w in strings(data.get("breaks"), file, "breaks")]
    unbroken = strings(data.get("unbroken", []), file, "unbroken", empty=True)
    named = [(phrase, rule) for rule in rules for phrase in rule.words]
    hidden = [(phrase, None) for rule in rules for phrase in rule.pseudo]
    return QualifierGrammar(
        cast(Language, folder.name),
        rules,
        lists,
        phrase_table([*breaks, *((read_phrase(w, file), None) for w in unbroken)]),
        phrase_table([*named, *hidden]),
    )


def _rule(item: Any, language: str, file: str, seen: set[str]) -> QualifierRule:
    data = item if isinstance(item, dict) else {}
    where = f"{file}: rule {data.get('id')}"
    check_keys(item, _KEYS, where)
    kind = data.get("kind")
    check_known("kind", [kind], QUALIFIER_KINDS, where)
    identifier = check_id(data.get("id"), language, str(kind), where, seen)
    ways = [way for way in _WAYS if way in data]
    if len(ways) != 1:
        raise RuleError(
            f"{' and '.join(ways) or 'nothing'} to look for", where=where,
            remedy=f"give exactly one of {', '.join(_WAYS)}",
        )  # fmt: skip
    told = {way: strings(data[way], where, way) for way in ways}
    check_known("type", told.get("types", ()), MENTION_TYPES, where)
    check_known("kind of quantity", told.get("quantities", ()), QUANTITY_KINDS, where)
    if "setting" in data:
        check_known("setting", [data["setting"]], SETTINGS, where)
    match, no_match = read_examples(data.get("examples"), where)
    return QualifierRule(
        identifier,
        cast(QualifierKind, kind),
        tuple(read_phrase(text, where) for text in told.get("words", ())),
        tuple(
            read_phrase(text, where)
            for text in strings(data.get("pseudo", []), where, "pseudo", empty=True)
        ),
        *_meaning(data, str(kind), ways[0], where),
        data.get("setting"),
        cast(tuple[MentionType, ...], told.get("types", ())),
        _sequences(data, "before", where),
        _sequences(data, "behind", where),
        _flag(data, "adjacent", where),
        _gap(data, where),
        told.get("symbols", ()),
        cast(tuple[QuantityKind, ...], told.get("quantities", ())),
        match,
        no_match,
    )


def _meaning(data: Mapping[str, Any], kind: str, way: str, where: str) -> tuple[Any, Any]:
    """The concept and the value that the words of a rule stand for."""
    concept, value = data.get("concept"), data.get("value")
    if way != "words":
        if concept is not None or value is not None:
            raise RuleError(
                f"a concept or value beside {way}", where=where,
                remedy="give it only with words; the others tell it themselves",
            )  # fmt: skip
        return None, None
    if (concept is None) == (value is None):
        raise RuleError(
            "words that stand for nothing, or for two things", where=where,
            remedy="give either concept (a CURIE) or value",
        )  # fmt: skip
    if concept is not None and (not isinstance(concept, str) or ":" not in concept):
        raise RuleError(
            f"concept {concept!r} is no CURIE", where=where, remedy="write it as in NCBITaxon:9606"
        )
    if value is not None:
        allowed = {"setting": SETTINGS, "dose": LEVELS}.get(kind, ())
        check_known("value", [value], allowed, where)
    return concept, value


def _sequences(data: Mapping[str, Any], key: str, where: str) -> tuple[tuple[str, ...], ...]:
    phrases = (
        read_phrase(text, where) for text in strings(data.get(key, []), where, key, empty=True)
    )
    return tuple(phrase.segments[0].words for phrase in phrases)


def _flag(data: Mapping[str, Any], key: str, where: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise RuleError(
            f"{key} {value!r} is neither true nor false", where=where, remedy="write true or false"
        )
    return value


def _gap(data: Mapping[str, Any], where: str) -> int:
    gap = data.get("gap", _GAP)
    if type(gap) is not int or gap < 0:
        raise RuleError(
            f"gap {gap!r} is no number of words", where=where, remedy="write 0, 1, 2, …"
        )
    return gap
