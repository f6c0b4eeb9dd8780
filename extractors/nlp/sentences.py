"""Sentences of a passage: where they end, decided by what stands around each stop.

One procedure serves both scripts, since either may stand inside the other; what differs
(abbreviations, words that open a sentence) is data in ``languages/<language>/sentences.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.layout import sections_by_order
from extractors.nlp.sections import SectionFinder
from extractors.tables import read_words
from kg.model import LANGUAGES, Document, Language, Passage, Sentence

_STOP = re.compile(r"[。！？!?．.｡]+|\n\s*\n")
_CLOSERS = "\"'”’」』）)]】》〉"
_CITATION = re.compile(r"\s?(?:\[\d+(?:\s?[,，–-]\s?\d+)*\]|[⁰¹²³⁴-⁹]+(?:[,，–-][⁰¹²³⁴-⁹]+)*)")
_PAIRS = dict(zip("([{（［【《〈「『", ")]}）］】》〉」』", strict=True))
_WIDTH = str.maketrans("（）［］", "()[]")
_LONGEST_BRACKET = 400
_LONGEST_SENTENCE = 3000
_CONTEXT = 80
# "cathepsin L", "hepatitis B": a letter behind a long lower-case word is no initial of a name.
_LETTERED = re.compile(r"\b(?!against|between|within|towards?\b)[a-z]{6,} [A-Z]$")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_WORD_AFTER = re.compile(r"[\w-]+")
_LIST_NUMBER = re.compile(r"(?:^|[\s;；:：,，、。])\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class _Words:
    never: frozenset[str]  # abbreviations that always go on
    seldom: frozenset[str]  # abbreviations that may end a sentence
    openers: frozenset[str]  # words with which a sentence begins


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document in order, named s1, s2, …, each with its section.

    Offsets leave out the white space around a sentence; every other code point of a passage
    belongs to exactly one sentence.
    """
    found: list[Sentence] = []
    defaults = sections_by_order(document.passages)
    for passage in document.passages:
        finder = SectionFinder(passage, defaults.get(passage.id))
        for start, end in sentence_spans(passage):
            section = finder.section_of(passage.text[start:end])
            found.append(Sentence(f"s{len(found) + 1}", passage.id, start, end, section))
    return tuple(found)


def sentence_spans(passage: Passage) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a passage."""
    text, start = passage.text, 0
    for end in (*_ends(text), len(text)):
        while end - start > _LONGEST_SENTENCE:
            cut = _cut(text, start)
            yield from _trim(text, start, cut)
            start = cut
        yield from _trim(text, start, end)
        start = end


def _cut(text: str, start: int) -> int:
    """Where text without any stop is cut all the same: after a semicolon, a comma or a space."""
    limit = start + _LONGEST_SENTENCE
    for signs in ("；;", "，,、", " \t\n"):
        at = max(text.rfind(sign, start + 1, limit) for sign in signs)
        if at > start:
            return at + 1
    return limit


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _ends(text: str) -> Iterator[int]:
    brackets = _brackets(text)
    opened = [start for start, _ in brackets]
    last = 0
    for stop in _STOP.finditer(text):
        at = bisect_right(opened, stop.start()) - 1
        if at >= 0 and stop.end() <= brackets[at][1] and not stop[0].startswith("\n"):
            continue
        end = stop.end()
        while end < len(text) and text[end] in _CLOSERS and text[end] != "\n":
            end += 1
        citation = _CITATION.match(text, end)
        if citation:
            end = citation.end()
        if stop.start() >= last and _is_end(text, last, stop, end):
            yield end
            last = end


def _brackets(text: str) -> list[tuple[int, int]]:
    """Outermost bracketed stretches, (start, end), without those that are left open or are long."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for position, sign in enumerate(text):
        if sign in _PAIRS:
            stack.append((_PAIRS[sign].translate(_WIDTH), position))
        elif stack and sign.translate(_WIDTH) in {close for close, _ in stack[-3:]}:
            while stack:
                close, start = stack.pop()
                if close == sign.translate(_WIDTH):
                    pairs.append((start, position))
                    break
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if end - start <= _LONGEST_BRACKET and not (outer and start < outer[-1][1]):
            outer.append((start, end))
    return outer


def _is_end(text: str, last: int, stop: re.Match[str], end: int) -> bool:
    if stop[0].strip("\n ") == "" or any(sign in "。！？｡" for sign in stop[0]):
        return True
    before = text[max(last, stop.start() - _CONTEXT) : stop.start()]
    after = text[end : end + 40]
    follows = after.lstrip()
    if not follows:
        return True
    spaced = after[0].isspace() or end > stop.end()
    if not before.strip() or (follows[0] in ",;:，；：、。)）]%" and spaced):
        return False
    if stop[0] != ".":
        return spaced or bool(_HAN.match(follows)) or stop[0] == "．"
    if not spaced and not _HAN.match(after):
        return _is_glued_end(before, after)
    return _is_period_end(before, follows, text[end - 1])


def _is_glued_end(before: str, after: str) -> bool:
    """Whether a sentence ends in "…of therapy.The patients…", where the space is missing."""
    if _HAN.match(before[-1:]):
        return after[0].isupper()
    return bool(re.search(r"[a-z]{3}[)\]]?$|[)）%]$", before)) and bool(
        re.match(r"[A-Z][a-z]+\s|[A-Z]{3,}[:\s]|[A]\s", after)
    )


def _is_period_end(before: str, follows: str, closed_by: str) -> bool:
    words = _words()
    match = _WORD_BEFORE.search(before)
    word = match[0] if match else ""
    opens = _opens(follows, words)
    if closed_by in _CLOSERS:
        return opens
    if _LIST_NUMBER.search(before) and len(before.strip()) < 4:
        return False
    if word.lower() in words.never:
        return False
    if word.lower() in words.seldom:
        return opens and not follows[0].isdigit()
    if len(word) == 1 and word.isupper() and before[: -len(word)].endswith((" ", "(", "")):
        if _LETTERED.search(before) and follows[0].isupper():
            return True
        after = _WORD_AFTER.match(follows)
        glued = len(before) > 1 and not before[-2].isspace()
        return (
            glued or bool(_HAN.match(follows)) or (after is not None and after[0] in words.openers)
        )
    return opens


def _opens(follows: str, words: _Words) -> bool:
    """Whether a sentence can begin so: not with a plain lower-case word."""
    match = _WORD_AFTER.match(follows.lstrip("\"'“‘([（【「"))
    if match is None:
        return True
    word = match[0]
    if word[0].islower() and word[0].isascii():
        return any(sign.isupper() or sign.isdigit() for sign in word) or word in words.openers
    return True


@cache
def _words() -> _Words:
    tables = [read_words(language, "sentences.yaml") for language in _languages()]
    return _Words(*(frozenset().union(*(table[name] for table in tables))
                    for name in ("never", "seldom", "openers")))  # fmt: skip


def _languages() -> tuple[Language, ...]:
    return LANGUAGES
