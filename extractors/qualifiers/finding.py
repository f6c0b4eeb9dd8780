"""The phrases of a sentence that tell a circumstance, whatever they may belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.context.cues import find_hits
from extractors.nlp.words import cut, level
from extractors.qualifiers.rules import QualifierGrammar, QualifierRule
from kg.model import Mention, Quantity, Sentence
from kg.qualifiers import QualifierKind, Setting

_DENIED_WITHIN = 3  # words before a phrase
_CULTURED_WITHIN = 3  # words behind a species
# The name of a cell line has two capitals or digits at least: HK-2, MCF-7, HeLa, SH-SY5Y.
_SYMBOL = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*(?=[ -]?$)")
_JOINED = re.compile(r"[-‐‑]([A-Za-z]+)")
_MARKED = re.compile(r"[A-Z0-9]")

Token = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a sentence that tell a circumstance, in offsets of the passage.

    `setting` is what they imply of the setting.
    """

    kind: QualifierKind
    rule: str
    start: int
    end: int
    mention: Mention | None = None
    quantity: Quantity | None = None
    concept: str | None = None
    value: str | None = None
    setting: Setting | None = None

    @property
    def meaning(self) -> str:
        """What is told, as far as it can be compared: the concept, the value or the words."""
        named = self.mention.concept or self.mention.text if self.mention else None
        return self.concept or self.value or named or (self.quantity.text if self.quantity else "")


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence as rules see it: its tokens, their words, its mentions and quantities."""

    sentence: Sentence
    raw: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]

    @property
    def words(self) -> list[str]:
        """The words of the tokens."""
        return [word for _, _, word in self.tokens]

    def at(self, place: int) -> int:
        """The number of the first token that ends behind a place in the passage."""
        place -= self.sentence.start
        return next((n for n, t in enumerate(self.tokens) if t[1] > place), len(self.tokens))


def read_text(
    sentence: Sentence,
    passage: str,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    grammar: QualifierGrammar,
) -> SentenceText:
    """A sentence of a passage, with the mentions and quantities in it."""
    raw = passage[sentence.start : sentence.end]
    tokens = tuple(cut(level(raw, grammar.language)))
    return SentenceText(sentence, raw, tokens, tuple(mentions), tuple(quantities))


def find_phrases(text: SentenceText, grammar: QualifierGrammar) -> tuple[Phrase, ...]:
    """The phrases of a sentence from left to right, each place and kind once."""
    found = [*_named(text, grammar)]
    for rule in grammar.rules:
        if rule.types:
            found += _mentioned(text, rule, grammar)
        elif rule.symbols:
            found += _lines(text, rule, grammar)
        elif rule.quantities:
            found += [
                Phrase(rule.kind, rule.id, q.start, q.end, quantity=q)
                for q in text.quantities
                if q.kind in rule.quantities
            ]
    kept: list[Phrase] = []
    for phrase in sorted(found, key=lambda p: (p.start, -p.end)):
        if _is_denied(text, phrase, grammar):
            continue
        same = [n for n, k in enumerate(kept) if k.kind == phrase.kind and phrase.start < k.end]
        if not same:
            kept.append(phrase)
        elif kept[same[0]].setting is None:  # "Wistar rats" is named, and implies what "rats" does
            kept[same[0]] = replace(kept[same[0]], setting=phrase.setting)
    return tuple(kept)


def breaks(text: SentenceText, grammar: QualifierGrammar) -> tuple[int, ...]:
    """Where in the passage another clause of the sentence begins."""
    return tuple(
        text.sentence.start + text.tokens[hit.first][0]
        for hit in find_hits(text.words, grammar.breaks)
    )


def _named(text: SentenceText, grammar: QualifierGrammar) -> Iterator[Phrase]:
    """The words that rules list."""
    start = text.sentence.start
    for hit in find_hits(text.words, grammar.named):
        rule = hit.rule
        for first, last in hit.parts:
            low, high = start + text.tokens[first][0], start + text.tokens[last][1]
            setting = None if _is_source(text, last, grammar) else rule.setting
            yield Phrase(
                rule.kind, rule.id, low, high, None, None, rule.concept, rule.value, setting
            )


def _is_source(text: SentenceText, last: int, grammar: QualifierGrammar) -> bool:
    """Whether cells of a species are told, and not the living animal."""
    behind = text.words[last + 1 : last + 1 + _CULTURED_WITHIN]
    joined = "".join(text.words[last + 1 : last + 1 + 3 * _CULTURED_WITHIN])
    cultured = grammar.lists["cultured"]
    return any(word in cultured for word in behind) or any(
        word in joined for word in cultured if not word.isascii()
    )


def _mentioned(
    text: SentenceText, rule: QualifierRule, grammar: QualifierGrammar
) -> Iterator[Phrase]:
    """The mentions that stand where a rule wants them, with those listed behind them."""
    listed = False
    end = -1
    for mention in sorted(text.mentions, key=lambda m: m.start):
        if mention.type not in rule.types or _is_any(mention, grammar):
            continue
        stands = _stands(text, mention, rule, grammar)
        if stands or (listed and _is_joined(text, end, mention.start, grammar)):
            listed, end = True, mention.end
            yield Phrase(rule.kind, rule.id, mention.start, mention.end, mention)
        else:
            listed = False


def _is_any(mention: Mention, grammar: QualifierGrammar) -> bool:
    """Whether a mention says no more than *cells* or *virus*."""
    if mention.type == "Organism" and mention.concept is None:
        return True
    return any(mention.text.lower() in rule.symbols for rule in grammar.rules)


def _stands(
    text: SentenceText, mention: Mention, rule: QualifierRule, grammar: QualifierGrammar
) -> bool:
    words, first, after = text.words, text.at(mention.start), text.at(mention.end)
    if _is_part(text, mention, grammar):
        return False
    if rule.before and not _begins(words, first, rule, grammar):
        return False
    if rule.adjacent and any(other.start == mention.end for other in text.mentions):
        return True
    if not rule.behind:
        return True
    return any(tuple(words[after : after + len(s)]) == s for s in rule.behind)


def _is_part(text: SentenceText, mention: Mention, grammar: QualifierGrammar) -> bool:
    """Whether a hyphen makes a mention the part of a word that is no place (*breast-fed*)."""
    rest = text.raw[mention.end - text.sentence.start :]
    joined = _JOINED.match(rest)
    return joined is not None and joined[1].lower() not in grammar.lists["attached"]


def _begins(words: list[str], first: int, rule: QualifierRule, grammar: QualifierGrammar) -> bool:
    """Whether one of the words before stands before a place, with no stop between."""
    for at in range(first, max(-1, first - rule.gap - 1), -1):
        if any(at >= len(s) and tuple(words[at - len(s) : at]) == s for s in rule.before):
            return True
        if at and words[at - 1] in grammar.lists["stops"]:
            return False
    return False


def _is_joined(text: SentenceText, end: int, start: int, grammar: QualifierGrammar) -> bool:
    between = text.words[text.at(end) : text.at(start)]
    joints = grammar.lists["joints"]
    return bool(between) and between[0] in joints and sum(w not in joints for w in between) <= 1


def _lines(text: SentenceText, rule: QualifierRule, grammar: QualifierGrammar) -> Iterator[Phrase]:
    """The symbols that stand right before words such as *cells*."""
    start = text.sentence.start
    for number, (low, _, _) in enumerate(text.tokens):
        rest = tuple(text.words[number : number + 2])
        if not any(rest[: len(cut(s))] == tuple(w for _, _, w in cut(s)) for s in rule.symbols):
            continue
        symbol = _SYMBOL.search(text.raw[:low])
        if symbol is None or len(_MARKED.findall(symbol[0])) < 2:
            continue
        place = start + symbol.start(), start + symbol.end()
        covered = any(
            m.type in ("Cell", "Disease", "Organism") and m.start < place[1] and place[0] < m.end
            for m in text.mentions
        )
        if symbol[0] not in grammar.lists["cell_types"] and not covered:
            yield Phrase(rule.kind, rule.id, *place, value=symbol[0], setting=rule.setting)


def _is_denied(text: SentenceText, phrase: Phrase, grammar: QualifierGrammar) -> bool:
    """Whether words before a phrase say that it does not hold there (*but not in mice*)."""
    if phrase.kind in ("dose", "time"):
        return False
    first = text.at(phrase.start)
    denied = grammar.lists["denied"]
    if first < len(text.tokens):
        low, _, word = text.tokens[first]
        if low < phrase.start - text.sentence.start and re.split("[-‐‑]", word)[0] in denied:
            return True
    before = text.words[max(0, first - _DENIED_WITHIN) : first]
    for word in reversed(before):
        if word in (",", ";"):
            return False
        if word in denied:
            return True
    return False
