"""Mentions of a document: listed names, phrases by structure, and what the document defines.

In five steps. Each sentence gives candidates: names of the terminology (longest match), headed
phrases, Latin symbols. Where they overlap, the longest stays. A learned network, where there is
one, adds to them and corrects them (`extractors.mentions.learned`). Definitions in brackets then
give short forms the type and concept of their long forms, and everything found once is found
wherever the same words stand in the document, in both languages. At last mentions are grounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from extractors.grounding.context import Context, read_context
from extractors.mentions.abbreviations import Definition, find_definitions
from extractors.mentions.admission import Named, admit, type_of
from extractors.mentions.grounding import chosen, ground_found
from extractors.mentions.lexicon import Lexicon, TermMatch, longest
from extractors.mentions.patterns import load_patterns
from extractors.mentions.phrases import Found, find_phrases, with_qualifiers
from extractors.mentions.roles import by_role
from extractors.mentions.symbols import find_symbols, masked_runs, with_affixes
from extractors.mentions.wordings import Wordings
from extractors.nlp.tokens import Token, degrees, tokenize
from extractors.normalize import has_han
from kg.model import Document, Language, Mention, MentionType, Passage, Sentence

if TYPE_CHECKING:
    from extractors.models.recognising import Reading, Recogniser

_SHORT_HAN = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its text and language, and what was found in it so far."""

    sentence: Sentence
    text: str
    language: Language
    words: tuple[Token, ...]
    definitions: tuple[Definition, ...]
    matches: tuple[TermMatch, ...]
    found: tuple[Found, ...] = ()


def find_mentions(
    document: Document, sentences: Sequence[Sentence], lexicon: Lexicon,
    recognisers: Mapping[Language, Recogniser] | None = None,
) -> tuple[Mention, ...]:  # fmt: skip
    """All mentions of a document in text order, named m1, m2, …, typed and grounded.

    Parameters
    ----------
    recognisers : learned networks that take part, by language
    """
    passages = {passage.id: passage for passage in document.passages}
    lines = [_line(sentence, passages[sentence.passage], lexicon) for sentence in sentences]
    named = admit([_named(line) for line in lines])
    lines = [_with_names(line, names) for line, names in zip(lines, named, strict=True)]
    undefined = _untyped_short_forms(lines, _learn(lines))
    lines = [_with_symbols(line, undefined) for line in lines]
    for language, recogniser in (recognisers or {}).items():
        lines = _with_learned(lines, language, recogniser)
    known = _known(lines)
    whole = [
        tuple(
            _completed(line, item)
            for item in by_role(line.text, _propagate(line, known), load_patterns(line.language))
        )
        for line in lines
    ]
    context = read_context((line.text for line in lines), whole)
    mentions: list[Mention] = []
    for line, items in zip(lines, whole, strict=True):
        for item in items:
            mentions.append(_mention(line, item, f"m{len(mentions) + 1}", lexicon, context))
    return tuple(mentions)


def find_seen(
    document: Document, sentences: Sequence[Sentence], lexicon: Lexicon, recogniser: Recogniser, *,
    style: str | None = None, types: Collection[str] | None = None,
) -> frozenset[tuple[str, int, int, str]]:  # fmt: skip
    """What a network alone sees in a document of one language, without the rules.

    Definitions and repetitions make it consistent over the sentences of the document, as they do
    for all mentions.

    Parameters
    ----------
    style, types : as for `Recogniser.read`

    Returns
    -------
    frozenset
        of passage, start, end and type
    """
    from extractors.models.features import listed_names

    passages = {passage.id: passage for passage in document.passages}
    lines = [_line(sentence, passages[sentence.passage], lexicon) for sentence in sentences]
    listed = [listed_names(line.matches) for line in lines]
    readings = recogniser.read([line.text for line in lines], listed, style=style, types=types)
    lines = [
        replace(line, found=tuple(
            Found(seen.start, seen.end, cast(MentionType, seen.type), recogniser.mark, seen.score)
            for seen in reading.found
        ))
        for line, reading in zip(lines, readings, strict=True)
    ]  # fmt: skip
    known = _known(lines) if len(lines) > 1 else Wordings()
    return frozenset(
        (line.sentence.passage, line.sentence.start + item.start, line.sentence.start + item.end,
         item.type)
        for line in lines
        for item in _propagate(line, known)
    )  # fmt: skip


def _line(sentence: Sentence, passage: Passage, lexicon: Lexicon) -> _Line:
    text, language = passage.text[sentence.start : sentence.end], passage.language
    words, matches = tokenize(text, language), lexicon.matches(text, language)
    return _Line(sentence, text, language, words, find_definitions(text), matches)


def _named(line: _Line) -> Named:
    masked = masked_runs(line.text, load_patterns(line.language).symbols)
    edges = {edge for word in line.words for edge in (word.start, word.end)}
    matches = (
        match
        for match in line.matches
        if not any(start <= match.start and match.end <= end for start, end in masked)
        and not _cuts_words(match, edges)
        and line.text[max(match.start - 1, 0) : match.start + 1] not in degrees()
    )
    return Named(line.text, line.language, tuple(matches))


def _with_names(line: _Line, matches: Sequence[TermMatch]) -> _Line:
    patterns = load_patterns(line.language)
    names = tuple(
        Found(match.start, match.end, type_of(match, line.language), "lexicon", 1.0, match)
        for match in longest(matches)
    )
    phrases = find_phrases(line.text, line.words, names, patterns)
    return replace(line, found=_resolve((*names, *phrases)))


def _cuts_words(match: TermMatch, edges: set[int]) -> bool:
    """Whether a name of two Han characters is only a part of other words: 复发 in 反复发作."""
    short = len(match.text) <= _SHORT_HAN and has_han(match.text)
    return short and not {match.start, match.end} <= edges


def _with_symbols(line: _Line, undefined: frozenset[str]) -> _Line:
    patterns = load_patterns(line.language)
    found = [f for f in line.found if line.text[f.start : f.end] not in undefined]
    symbols = find_symbols(line.text, found, patterns, undefined)
    return replace(line, found=_resolve((*found, *symbols)))


def _with_learned(
    lines: Sequence[_Line], language: Language, recogniser: Recogniser
) -> list[_Line]:
    """The lines, those of one language with what a network makes of them."""
    from extractors.mentions.learned import join, load_joining
    from extractors.models.features import TYPES, listed_names

    own = [line for line in lines if line.language == language]
    listed = [listed_names(line.matches) for line in own]
    readings = iter(recogniser.read([line.text for line in own], listed, types=TYPES))
    joining = load_joining(language)

    def joined(line: _Line, reading: Reading) -> _Line:
        return replace(line, found=_resolve(join(line.found, reading, recogniser.mark, joining)))

    return [joined(line, next(readings)) if line.language == language else line for line in lines]


def _resolve(items: Iterable[Found]) -> tuple[Found, ...]:
    """The longest items that do not overlap; of equal length the later one, then the surest."""
    taken: list[tuple[int, Found]] = []
    for item in sorted(items, key=lambda f: (f.start - f.end, -f.end, -f.score)):
        at = bisect_left(taken, item.start, key=lambda pair: pair[0])
        free_before = at == 0 or taken[at - 1][1].end <= item.start
        if free_before and (at == len(taken) or item.end <= taken[at][0]):
            taken.insert(at, (item.start, item))
    return tuple(item for _, item in taken)


def _learn(lines: Sequence[_Line]) -> Wordings:
    """What the definitions of a document say, and the phrases found in it."""
    known = Wordings()
    for line in lines:
        for definition in line.definitions:
            model = _meaning(line, definition)
            if model is not None:
                for wording in _wordings(definition):
                    known.define(wording, model)
    return known


def _known(lines: Sequence[_Line]) -> Wordings:
    """The same, and what was found once and may come again."""
    known = _learn(lines)
    for line in lines:
        for item in line.found:
            known.repeat(line.text[item.start : item.end], item)
    return known


def _wordings(definition: Definition) -> list[str]:
    long = [definition.long.text] if definition.long else []
    return [form.text for form in definition.forms] + long


def _meaning(line: _Line, definition: Definition) -> Found | None:
    """The mention that ends where the defined words end, or else a long form in the bracket."""
    ends = [definition.long.end if definition.long else definition.anchor]
    if definition.long is None:
        ends.extend(form.end for form in definition.forms)
    for end in ends:
        for item in line.found:
            if item.end == end:
                return replace(item, stands_for=line.text[item.start : item.end])
    return None


def _untyped_short_forms(lines: Sequence[_Line], known: Wordings) -> frozenset[str]:
    """Short forms whose definition is of no type: they are not to be taken for symbols."""
    return frozenset(
        form.text
        for line in lines
        for definition in line.definitions
        for form in definition.forms
        if definition.long is not None and known.get(form.text) is None
    )


def _propagate(line: _Line, known: Wordings) -> tuple[Found, ...]:
    """What was found in the line, with defined forms put right and known wordings added."""
    items = [_put_right(line, item, known) for item in line.found]
    added = [
        replace(found, score=found.score * 0.9)
        for found in known.occurrences(line.text, line.language)
        if all(found.end <= item.start or item.end <= found.start for item in items)
    ]
    return _resolve((*items, *added))


def _put_right(line: _Line, item: Found, known: Wordings) -> Found:
    """A defined short form with the meaning that the definition gives it."""
    wording = known.get(line.text[item.start : item.end])
    if wording is None or not wording.defined or item.match is wording.model.match:
        return item
    return wording.at(item.start, item.end)


def _completed(line: _Line, item: Found) -> Found:
    """The item with the qualifiers or affixes that belong to it."""
    patterns = load_patterns(line.language)
    return with_affixes(line.text, with_qualifiers(line.text, item, patterns), patterns)


def _mention(
    line: _Line, item: Found, identifier: str, lexicon: Lexicon, context: Context
) -> Mention:
    start, end = line.sentence.start + item.start, line.sentence.start + item.end
    text = line.text[item.start : item.end]
    candidates = ground_found(text, item, line.language, lexicon, context)
    return Mention(
        identifier, line.sentence.passage, line.sentence.id, start, end, text, item.type,
        chosen(candidates), round(item.score, 3), item.method, candidates,
    )  # fmt: skip
