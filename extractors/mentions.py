"""Mentions of a document: listed names, phrases by structure, and what the document defines.

In four steps. Each sentence gives candidates: names of the terminology (longest match), headed
phrases, Latin symbols. Where they overlap, the longest stays. Definitions in brackets then give
short forms the type and concept of their long forms, and everything found once is found wherever
the same words stand in the document, in both languages. At last mentions are grounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.abbreviations import Definition, find_definitions
from extractors.grounding import ground
from extractors.lexicon import Lexicon, longest
from extractors.normalize import has_han, key
from extractors.patterns import load_patterns
from extractors.phrases import Found, find_phrases, find_symbols
from kg.model import Document, Language, Mention, Passage, Sentence


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its text and language, and what was found in it so far."""

    sentence: Sentence
    text: str
    language: Language
    definitions: tuple[Definition, ...]
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What a wording means in this document, and whether it was defined there."""

    model: Found
    defined: bool


def find_mentions(
    document: Document, sentences: Sequence[Sentence], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """All mentions of a document in text order, named m1, m2, …, typed and grounded."""
    passages = {passage.id: passage for passage in document.passages}
    lines = [_line(sentence, passages[sentence.passage]) for sentence in sentences]
    lines = [_with_names(line, lexicon) for line in lines]
    defined = _definitions(lines)
    undefined = _untyped_short_forms(lines, defined)
    lines = [_with_symbols(line, undefined) for line in lines]
    defined = _definitions(lines)
    known = _repeated(lines) | defined
    mentions: list[Mention] = []
    for line in lines:
        for item in _propagate(line, known):
            mentions.append(_mention(line, item, f"m{len(mentions) + 1}", lexicon))
    return tuple(mentions)


def _line(sentence: Sentence, passage: Passage) -> _Line:
    text = passage.text[sentence.start : sentence.end]
    return _Line(sentence, text, passage.language, find_definitions(text))


def _with_names(line: _Line, lexicon: Lexicon) -> _Line:
    names = tuple(
        Found(match.start, match.end, match.entries[0].type, "lexicon", 1.0, match)
        for match in longest(lexicon.matches(line.text, line.language))
    )
    patterns = load_patterns(line.language)
    phrases = find_phrases(line.text, line.language, names, patterns)
    return replace(line, found=_resolve((*names, *phrases)))


def _with_symbols(line: _Line, undefined: frozenset[str]) -> _Line:
    patterns = load_patterns(line.language)
    symbols = find_symbols(line.text, line.language, patterns, undefined)
    return replace(line, found=_resolve((*line.found, *symbols)))


def _resolve(items: Iterable[Found]) -> tuple[Found, ...]:
    """The longest items that do not overlap; of equal length the surest."""
    taken: list[Found] = []
    for item in sorted(items, key=lambda f: (f.start - f.end, -f.score, f.start)):
        if all(item.end <= other.start or other.end <= item.start for other in taken):
            taken.append(item)
    return tuple(sorted(taken, key=lambda f: f.start))


def _definitions(lines: Sequence[_Line]) -> dict[str, _Known]:
    """Folded wording → what it means, for all forms of the definitions whose meaning is known."""
    known: dict[str, _Known] = {}
    for line in lines:
        for definition in line.definitions:
            model = _meaning(line, definition)
            if model is None:
                continue
            wordings = [form.text for form in definition.forms]
            if definition.long:
                wordings.append(definition.long.text)
            for wording in wordings:
                known.setdefault(_fold(wording), _Known(model, True))
    return known


def _meaning(line: _Line, definition: Definition) -> Found | None:
    """The mention that ends where the defined words end, or else a form in the bracket."""
    ends = [definition.anchor]
    if definition.long:
        ends.append(definition.long.end)
    ends.extend(form.end for form in definition.forms)
    for end in ends:
        for item in line.found:
            if item.end == end:
                return item
    return None


def _untyped_short_forms(lines: Sequence[_Line], defined: dict[str, _Known]) -> frozenset[str]:
    """Short forms whose definition is of no type: they are not to be taken for symbols."""
    return frozenset(
        form.text
        for line in lines
        for definition in line.definitions
        for form in definition.forms
        if definition.long is not None and _fold(form.text) not in defined
    )


def _repeated(lines: Sequence[_Line]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for line in lines:
        for item in line.found:
            wording = line.text[item.start : item.end]
            if item.method != "propagated" and _worth_repeating(wording):
                known.setdefault(_fold(wording), _Known(item, False))
    return known


def _worth_repeating(wording: str) -> bool:
    return len(wording) >= (2 if has_han(wording) else 3)


def _fold(wording: str) -> str:
    return key(wording, "zh" if has_han(wording) else "en") if len(wording) > 4 else wording


def _propagate(line: _Line, known: dict[str, _Known]) -> tuple[Found, ...]:
    """What was found in the line, with defined forms put right and known wordings added."""
    items = []
    for item in line.found:
        entry = known.get(_fold(line.text[item.start : item.end]))
        if entry and entry.defined and item.match is not entry.model.match:
            items.append(
                replace(entry.model, start=item.start, end=item.end, method="abbreviation")
            )
        else:
            items.append(item)
    added = []
    for wording, entry in known.items():
        method = "abbreviation" if entry.defined else "propagated"
        for start, end in _occurrences(line.text, wording):
            if all(end <= item.start or item.end <= start for item in items):
                added.append(replace(entry.model, start=start, end=end, method=method,
                                     score=entry.model.score * 0.9))  # fmt: skip
    return _resolve((*items, *added))


def _occurrences(text: str, wording: str) -> Iterator[tuple[int, int]]:
    pieces = [re.escape(piece) for piece in wording.split()]
    if not pieces:
        return
    pattern = r"[\s-]?".join(pieces)
    flags = 0 if len(wording) <= 4 else re.IGNORECASE
    edge_left = r"(?<![A-Za-z0-9])" if wording[0].isascii() else ""
    edge_right = r"(?![A-Za-z0-9])" if pieces[-1][-1].isascii() else ""
    for match in re.finditer(f"{edge_left}{pattern}{edge_right}", text, flags):
        yield match.span()


def _mention(line: _Line, item: Found, identifier: str, lexicon: Lexicon) -> Mention:
    start, end = line.sentence.start + item.start, line.sentence.start + item.end
    text = line.text[item.start : item.end]
    candidates = ground(text, item, line.language, lexicon)
    best = candidates[0] if candidates and candidates[0].score >= 0.5 else None
    return Mention(
        identifier, line.sentence.passage, line.sentence.id, start, end, text, item.type,
        best.concept if best else None, round(item.score, 3), item.method, candidates,
    )  # fmt: skip
