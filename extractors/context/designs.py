"""The designs of study that a document names as its own: randomised trial, cohort, in vitro.

Words of ``rules/<language>/designs.yaml`` count in titles, methods and results. In a background
they tell of other studies, and in a conclusion of studies to come; there they count only where an
aim names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.context.cues import Entry, Table, find_hits, phrase_table
from extractors.context.finding import find_cues
from extractors.context.rules import Phrase, read_phrase
from extractors.nlp.words import cut, level
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
from kg.model import DESIGN_KINDS, DesignKind, Document, Language, Sentence, StudyDesign

# Sections that speak of other studies, unless an aim does.
_OTHERS = ("background", "conclusion")
_KEYS = ("id", "design", "words", "pseudo", "examples")


@dataclass(frozen=True, slots=True)
class DesignRule:
    """Words that name one design, and longer ones that hide them."""

    id: str
    design: DesignKind
    words: tuple[Phrase, ...]
    pseudo: tuple[Phrase, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def find_designs(document: Document, sentences: Sequence[Sentence]) -> tuple[StudyDesign, ...]:
    """The designs of a document, each once in each language, where they are first named."""
    passages = {passage.id: passage for passage in document.passages}
    found: dict[tuple[Language, DesignKind], StudyDesign] = {}
    for sentence in sentences:
        passage = passages[sentence.passage]
        text = passage.text[sentence.start : sentence.end]
        for rule, low, high in named_designs(text, passage.language):
            if _is_own(sentence, text, passage.language, low, high):
                start, end = sentence.start + low, sentence.start + high
                design = StudyDesign(
                    f"y{len(found) + 1}", rule.design, passage.id, sentence.id, start, end,
                    passage.text[start:end], rule.id,
                )  # fmt: skip
                found.setdefault((passage.language, rule.design), design)
    return tuple(found.values())


def _is_own(sentence: Sentence, text: str, language: Language, low: int, high: int) -> bool:
    if sentence.section not in _OTHERS:
        return True
    return any(cue.kind == "aim" and cue.governs(low, high) for cue in find_cues(text, language))


def named_designs(sentence: str, language: Language) -> Iterator[tuple[DesignRule, int, int]]:
    """The rules whose words stand in a sentence, with start and end of the words.

    >>> [rule.design for rule, _, _ in named_designs("This randomized trial took a year.", "en")]
    ['randomized-trial']
    """
    tokens = cut(level(sentence, language))
    words = [word for _, _, word in tokens]
    for hit in find_hits(words, _table(language)):
        for first, last in hit.parts:
            yield hit.rule, tokens[first][0], tokens[last][1]


@cache
def _table(language: Language) -> Table[DesignRule]:
    entries: list[Entry[DesignRule]] = []
    for rule in load_designs(ROOT / language):
        entries += [(phrase, rule) for phrase in rule.words]
        entries += [(phrase, None) for phrase in rule.pseudo]
    return phrase_table(entries)


def load_designs(folder: Path) -> tuple[DesignRule, ...]:
    """The rules in a folder that is named by its language.

    Raises
    ------
    RuleError
        naming the file, the rule, the problem and the remedy.
    """
    path = folder / "designs.yaml"
    file = file_name(path)
    seen: set[str] = set()
    return tuple(
        _rule(item, folder.name, file, seen)
        for item in read_section(read_rules(path), "designs", list, file)
    )


def _rule(item: object, language: str, file: str, seen: set[str]) -> DesignRule:
    data = item if isinstance(item, dict) else {}
    where = f"{file}: rule {data.get('id')}"
    check_keys(item, _KEYS, where)
    check_known("design", [data.get("design")], DESIGN_KINDS, where)
    identifier = check_id(data.get("id"), language, "design", where, seen)
    match, no_match = read_examples(data.get("examples"), where)
    words, pseudo = (
        tuple(read_phrase(text, where) for text in strings(data.get(key, []), where, key, empty=e))
        for key, e in (("words", False), ("pseudo", True))
    )
    return DesignRule(identifier, data["design"], words, pseudo, match, no_match)
