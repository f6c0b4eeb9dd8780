"""Mentions by structure: phrases with a typing head, typing endings, Latin symbols.

A head is found where the language's data name it; from there the left boundary is walked word by
word over modifiers until a word that cannot belong to a mention: a function word, a verb, a word of
study language, a bracket, or a listed name of a type that such a phrase does not take in. English
tells verbs by ending and list, Chinese by the part of speech in jieba's dictionary; both are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.mentions.lexicon import TermMatch
from extractors.mentions.patterns import Head, Patterns
from extractors.nlp.tokens import Token, degrees, word_tag
from extractors.normalize import fold_word, has_han
from kg.model import MentionType

_MOST_MODIFIERS = 5
_NEAR = 24
_LONGEST = 80
_GLUE = frozenset("-/–‐‑·")
_LATIN = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][A-Za-z0-9α-ωΑ-Ω*./'+-]*")
# A phrase of fewer characters whose head is one character is a word of its own: 产酶, 补药.
_SHORTEST_HAN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a sentence that looks like a mention, and why.

    `match` is the listed name that it is or contains, `stands_for` the long form of a short one.
    """

    start: int
    end: int
    type: MentionType
    method: str
    score: float
    match: TermMatch | None = None
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: tuple[Token, ...]
    keys: tuple[str, ...]
    names: tuple[Found, ...]
    patterns: Patterns


def find_phrases(
    text: str, words: tuple[Token, ...], names: Sequence[Found], patterns: Patterns
) -> tuple[Found, ...]:
    """Headed phrases and words with typing endings of one sentence.

    Parameters
    ----------
    names : the listed names of the sentence, which phrases may take in
    """
    keys = tuple(fold_word(word.norm) for word in words)
    sentence = _Sentence(text, words, keys, tuple(names), patterns)
    return (*_headed(sentence), *_with_endings(sentence))


def _headed(sentence: _Sentence) -> Iterator[Found]:
    finder = _suffix_heads if sentence.patterns.by_suffix else _word_heads
    earlier = list(sentence.names)
    for first, start, end, head in finder(sentence):
        if head.measure and not any(_measured(name, start) for name in earlier):
            continue
        if _governs(sentence, start, end):
            continue
        phrase = _phrase(replace(sentence, names=tuple(earlier)), first, start, end, head)
        if phrase is not None:
            earlier.append(phrase)
            yield phrase


def _governs(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a head is a verb with its object here: 阻断 in 环孢素A阻断钙调神经磷酸酶."""
    verbal = sentence.text[start:end] in sentence.patterns.stop
    return verbal and any(name.start == end for name in sentence.names)


def _measured(name: Found, start: int) -> bool:
    """Whether a name is what a measure before `start` measures: "serum creatinine level"."""
    return name.type in ("Drug", "Outcome") and name.end <= start <= name.end + _NEAR


def _phrase(sentence: _Sentence, first: int, start: int, end: int, head: Head) -> Found | None:
    begin, modified = _walk(sentence, first, start, head)
    if not (head.free or modified):
        return None
    if not head.free and end - start == 1 and end - begin < _SHORTEST_HAN:
        return None if head.type != "Disease" else Found(begin, end, "Disease", "pattern", 0.5)
    if head.generic and head.type == "Protein" and begin < start:
        # "mimecan protein" is a mention of mimecan, "heat shock protein" one of the whole.
        inner = sentence.text[begin:start].rstrip(" -")
        if _LATIN.fullmatch(inner) and not inner.lower().endswith(sentence.patterns.adjectival):
            return Found(begin, begin + len(inner), head.type, "pattern", 0.6)
    kind = head.type
    before = [n for n in sentence.names if begin <= n.start and n.end <= start]
    if (head.follows_process or kind == "Disease") and not head.free and before:
        # A process that is disturbed stays a process: "autophagy dysfunction".
        nearest = max(before, key=lambda n: n.end)
        kind = "Process" if nearest.type == "Process" else kind
    against = sentence.patterns.against
    if kind in ("Disease", "Process") and against:
        prefix = next((p for p in against if sentence.text[:begin].lower().endswith(p)), None)
        if prefix:
            begin, kind = begin - len(prefix), "Process"
        elif sentence.text[begin:end].lower().startswith(against):
            kind = "Process"
    match = _listed_in(begin, start, end, kind, head, sentence)
    return Found(begin, end, kind, "pattern", 0.7 if modified else 0.6, match)


def _listed_in(
    begin: int, start: int, end: int, kind: MentionType, head: Head, sentence: _Sentence
) -> TermMatch | None:
    """The listed name that a phrase means: with qualifiers before it, or a generic head after it.

    "Transient proteinuria" means proteinuria, "tacrolimus therapy" tacrolimus.
    """
    for name in sentence.names:
        if name.match is None or name.type != kind:
            continue
        if (
            name.end == end
            and with_qualifiers(sentence.text, name, sentence.patterns).start <= begin
        ):
            return name.match
        between = sentence.text[name.end : max(name.end, start)].strip(" -")
        if head.generic and name.start == begin and name.end <= start and not between:
            return name.match
    return None


def _word_heads(sentence: _Sentence) -> Iterator[tuple[int, int, int, Head]]:
    """(index of its first word, start, end, head) where whole words are a head."""
    for index, word in enumerate(sentence.words):
        for length in (4, 3, 2, 1):
            phrase = sentence.keys[index : index + length]
            head = sentence.patterns.heads.get(" ".join(phrase))
            if head and len(phrase) == length:
                yield index, word.start, sentence.words[index + length - 1].end, head
                break


def _suffix_heads(sentence: _Sentence) -> Iterator[tuple[int, int, int, Head]]:
    """The same where the last characters of a word, or of several, are a head."""
    ends = {word.end: index for index, word in enumerate(sentence.words)}
    for end, index in ends.items():
        if not has_han(sentence.words[index].text[-1]):
            continue
        for length in range(min(sentence.patterns.longest_head, end), 0, -1):
            head = sentence.patterns.heads.get(sentence.text[end - length : end])
            start = end - length
            if head is None or sentence.text[max(start - 1, 0) : start + 1] in degrees():
                continue
            word = sentence.words[index].norm
            if word in sentence.patterns.stop and len(word) > length:
                break
            if sentence.text[end : end + 1] in sentence.patterns.not_before:
                break
            first = index
            while sentence.words[first].start > start:
                first -= 1
            yield first, start, end, head
            break


def _walk(sentence: _Sentence, first: int, start: int, head: Head) -> tuple[int, bool]:
    """Where the phrase of a head begins, and whether words stand before the head."""
    begin, index, taken = start, first, 0
    if sentence.words[first].start < start:
        begin, taken = sentence.words[first].start, 1
    index -= 1
    while index >= 0 and taken < _MOST_MODIFIERS:
        word = sentence.words[index]
        name = _name_at(sentence, word, head, start)
        if name is not None:
            if start - name.start > _LONGEST or not _takes_in(head, name, sentence, start):
                break
            begin, taken = min(begin, name.start), taken + 1
            while index >= 0 and sentence.words[index].start >= name.start:
                index -= 1
            continue
        if word.text in sentence.patterns.symbols.excluded:
            break
        if word.text in _GLUE:
            if not _is_glue(sentence, index):
                break
            index -= 1
            continue
        if not _is_modifier(sentence, index):
            break
        begin, taken = word.start, taken + 1
        index -= 1
    begin = _past_suffixes(sentence, begin, start)
    return begin, begin < start


def _past_suffixes(sentence: _Sentence, begin: int, start: int) -> int:
    """The beginning of a phrase without a suffix whose stem was left outside (性 of 粘连性)."""
    for word in sentence.words:
        if word.start == begin < start and word.norm in sentence.patterns.suffixes:
            begin = word.end
    return begin


def _name_at(sentence: _Sentence, word: Token, head: Head, start: int) -> Found | None:
    covering = [n for n in sentence.names if n.start <= word.start < n.end and n.end <= start]
    return max(covering, key=lambda n: n.end - n.start, default=None)


def _takes_in(head: Head, name: Found, sentence: _Sentence, start: int) -> bool:
    """Whether a phrase with this head may contain this name."""
    between = sentence.text[name.end : start].strip(" -/")
    text = sentence.text[name.start : name.end].lower()
    if name.type == "Organism" and text in sentence.patterns.stop:
        return False  # a virus names its vaccine, laboratory animals belong to no phrase
    if head.measure:
        return name.type in ("Drug", "Outcome", "Cell") and len(between) < _NEAR
    if head.type == "Process":
        if head.free and name.type == "Process" and name.end == start:
            return False  # 增殖凋亡 are two processes
        return name.type != "Disease" or not between
    if head.type in ("Cell", "Organism"):
        return name.type in ("Cell", "Organism")
    if head.type == "Protein":
        return name.type != "Outcome"
    if head.type == "Drug":
        return name.type != "Disease" or (head.takes_disease and not between)
    return True


def _is_glue(sentence: _Sentence, index: int) -> bool:
    words = sentence.words
    before, here, after = words[index - 1 : index], words[index], words[index + 1 : index + 2]
    return bool(before and after and before[0].end == here.start and here.end == after[0].start)


def _is_modifier(sentence: _Sentence, index: int) -> bool:
    word, key, patterns = sentence.words[index], sentence.keys[index], sentence.patterns
    before_hyphen = index + 1 < len(sentence.words) and sentence.words[index + 1].text in _GLUE
    glued = index > 0 and sentence.words[index - 1].text in _GLUE and _is_glue(sentence, index - 1)
    if glued and key in patterns.blocked_parts:
        return False
    if key in patterns.allow or word.norm in patterns.allow:
        return True
    if word.norm in patterns.stop or key in patterns.stop:
        return False
    if not any(sign.isalpha() for sign in word.text):
        # A number belongs to a phrase only as part of a name such as "IL-6" or "type 2".
        return word.text.isdigit() and (glued or _joins(sentence, index))
    if len(word.text) == 1 and word.text.isascii() and not (before_hyphen or glued):
        return word.text.isupper()
    if index > 0 and sentence.words[index - 1].norm in patterns.verb_marks:
        return False
    if index + 1 < len(sentence.words) and sentence.words[index + 1].norm in patterns.suffixes:
        return True
    if not has_han(word.text):
        return glued or not (
            word.text.islower() and len(key) > 4 and word.norm.endswith(patterns.blocked_endings)
        )
    return _is_nominal(word.norm, patterns)


def _joins(sentence: _Sentence, index: int) -> bool:
    before = sentence.words[index - 1 : index]
    return bool(before) and (
        before[0].end == sentence.words[index].start or before[0].text in ("type", "grade")
    )


def _is_nominal(word: str, patterns: Patterns) -> bool:
    if word.endswith(patterns.blocked_endings):
        return False
    tag = word_tag(word)
    if tag:
        return tag not in patterns.blocked_tags
    return not any(sign in patterns.stop for sign in word) or len(word) > 3


def _with_endings(sentence: _Sentence) -> Iterator[Found]:
    patterns = sentence.patterns
    for index, (word, key) in enumerate(zip(sentence.words, sentence.keys, strict=True)):
        if len(key) < 6 or not key.isalpha() or key in patterns.not_by_ending:
            continue
        if key in patterns.heads or key in patterns.stop or word.text.isupper():
            continue
        ending = next((key[-n:] for n in range(8, 2, -1) if key[-n:] in patterns.endings), None)
        if ending is None or len(key) < len(ending) + 3:
            continue
        kind = patterns.endings[ending]
        begin = word.start
        if kind in ("Disease", "Outcome", "Process"):
            begin, _ = _walk(sentence, index, word.start, Head(kind, free=True))
        yield Found(begin, word.end, kind, "pattern", 0.6)


def with_qualifiers(text: str, found: Found, patterns: Patterns) -> Found:
    """A disease or sign with the qualifiers that stand before it ("refractory")."""
    if found.type not in ("Disease", "Outcome"):
        return found
    begin = found.start
    while True:
        before = text[:begin].rstrip(" -")
        start = _qualifier_before(before, patterns)
        if start is None:
            return replace(found, start=begin)
        begin = start


def _qualifier_before(before: str, patterns: Patterns) -> int | None:
    for length in range(min(6, len(before)), 1, -1):
        if patterns.by_suffix and before[-length:] in patterns.qualifiers:
            return len(before) - length
    match = re.search(r"[A-Za-z][A-Za-z-]*$", before)
    return match.start() if match and match[0].lower() in patterns.qualifiers else None
