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

from extractors.lexicon import TermMatch
from extractors.nlp.tokens import Token, tokenize, word_tag
from extractors.normalize import fold_word, has_han
from extractors.patterns import Head, Patterns
from kg.model import Language, MentionType

_MOST_MODIFIERS = 5
_NEAR = 24
_GLUE = frozenset("-/–‐‑·")
_LATIN = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][A-Za-z0-9α-ωΑ-Ω*./'+-]*")
_ROMAN = re.compile(r"[IVXⅠ-Ⅻ]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a sentence that looks like a mention, and why."""

    start: int
    end: int
    type: MentionType
    method: str
    score: float
    match: TermMatch | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: tuple[Token, ...]
    keys: tuple[str, ...]
    names: tuple[Found, ...]
    patterns: Patterns
    language: Language


def find_phrases(
    text: str, language: Language, names: Sequence[Found], patterns: Patterns
) -> tuple[Found, ...]:
    """Headed phrases and words with typing endings of one sentence.

    Parameters
    ----------
    names : the listed names of the sentence, which phrases may take in
    """
    words = tokenize(text, language)
    keys = tuple(fold_word(word.norm) for word in words)
    sentence = _Sentence(text, words, keys, tuple(names), patterns, language)
    found = list(_headed(sentence))
    found.extend(_with_endings(sentence))
    found.extend(_qualified(sentence))
    return tuple(found)


def _headed(sentence: _Sentence) -> Iterator[Found]:
    finder = _suffix_heads if sentence.patterns.by_suffix else _word_heads
    earlier = list(sentence.names)
    for first, start, end, head in finder(sentence):
        if head.measure and not any(n.end <= start <= n.end + _NEAR for n in earlier):
            continue
        phrase = _phrase(replace(sentence, names=tuple(earlier)), first, start, end, head)
        if phrase is not None:
            earlier.append(phrase)
            yield phrase


def _phrase(sentence: _Sentence, first: int, start: int, end: int, head: Head) -> Found | None:
    begin, modified = _walk(sentence, first, start, head)
    if not (head.free or modified):
        return None
    if head.generic and begin < start:
        # "mimecan protein" is a mention of mimecan, "heat shock protein" one of the whole.
        inner = sentence.text[begin:start].rstrip(" -")
        if _LATIN.fullmatch(inner) and not inner.lower().endswith(sentence.patterns.adjectival):
            return Found(begin, begin + len(inner), head.type, "pattern", 0.6)
    kind = head.type
    before = [n for n in sentence.names if begin <= n.start and n.end <= start]
    if kind == "Disease" and not head.free and before:
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
    return Found(begin, end, kind, "pattern", 0.7 if modified else 0.6)


def _word_heads(sentence: _Sentence) -> Iterator[tuple[int, int, int, Head]]:
    """(index of its first word, start, end, head) where whole words are a head."""
    for index, word in enumerate(sentence.words):
        for length in (4, 3, 2, 1):
            phrase = " ".join(sentence.keys[index : index + length])
            head = sentence.patterns.heads.get(phrase)
            if head:
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
            if head is None:
                continue
            if sentence.keys[index] in sentence.patterns.stop:
                break
            start = end - length
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
            if not _takes_in(head, name, sentence, start):
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
    return begin, begin < start


def _name_at(sentence: _Sentence, word: Token, head: Head, start: int) -> Found | None:
    covering = [n for n in sentence.names if n.start <= word.start < n.end and n.end <= start]
    return max(covering, key=lambda n: n.end - n.start, default=None)


def _takes_in(head: Head, name: Found, sentence: _Sentence, start: int) -> bool:
    """Whether a phrase with this head may contain this name."""
    between = sentence.text[name.end : start].strip(" -/")
    if head.measure:
        return name.type in ("Drug", "Outcome", "Cell") and len(between) < _NEAR
    if head.type == "Process":
        return name.type != "Disease" or not between
    if head.type in ("Cell", "Organism"):
        return name.type in ("Cell", "Organism")
    if head.type == "Drug":
        return name.type != "Disease"
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
    if sentence.language == "en" or not has_han(word.text):
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
            begin, _ = _walk(sentence, index, word.start, Head(kind, True, False, False))
        yield Found(begin, word.end, kind, "pattern", 0.6)


def _qualified(sentence: _Sentence) -> Iterator[Found]:
    """Listed diseases, signs and the like with the qualifiers before them."""
    qualifiers = sentence.patterns.qualifiers
    for name in sentence.names:
        if name.type not in ("Disease", "Outcome"):
            continue
        begin = name.start
        while True:
            before = sentence.text[:begin].rstrip(" -")
            word = _qualifier_before(sentence, before, qualifiers)
            if word is None:
                break
            begin = word
        if begin < name.start:
            yield Found(begin, name.end, name.type, name.method, name.score * 0.9, name.match)


def _qualifier_before(sentence: _Sentence, before: str, qualifiers: frozenset[str]) -> int | None:
    if sentence.patterns.by_suffix:
        for length in range(6, 1, -1):
            if before[-length:] in qualifiers:
                return len(before) - length
        return None
    match = re.search(r"[A-Za-z][A-Za-z-]*$", before)
    if match and match[0].lower() in qualifiers:
        return match.start()
    return None


def find_symbols(
    text: str, language: Language, patterns: Patterns, known: frozenset[str]
) -> Iterator[Found]:
    """Latin symbols of genes, proteins and microRNAs in one sentence.

    Parameters
    ----------
    known : symbols that must not be taken for proteins (defined otherwise in the document)
    """
    symbols = patterns.symbols
    for run in _LATIN.finditer(text):
        for start, end in _symbol_parts(run, symbols.micro_rna):
            symbol = text[start:end]
            if symbol in symbols.excluded or symbol in known or _ROMAN.fullmatch(symbol):
                continue
            if symbols.micro_rna.fullmatch(symbol):
                yield Found(start, end, "Protein", "pattern", 0.9)
            elif symbols.strong.fullmatch(symbol):
                yield Found(start, end, "Protein", "pattern", 0.6)
            elif symbol.lower() in patterns.stop:
                continue
            elif symbols.weak.fullmatch(symbol) and _supported(text, start, end, patterns):
                yield Found(start, end, "Protein", "pattern", 0.5)


def _symbol_parts(run: re.Match[str], micro_rna: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    whole = run[0].rstrip(".'/-+")
    position = run.start()
    for piece in re.split(r"(/)", whole):
        if piece != "/":
            part = piece
            tail = re.search(r"-(?:[a-z]{3,}.*)$", part)
            if tail and not micro_rna.fullmatch(part):
                part = part[: tail.start()]
            if part:
                yield position, position + len(part)
        position += len(piece)


def _supported(text: str, start: int, end: int, patterns: Patterns) -> bool:
    symbols = patterns.symbols
    after = text[end : end + 24].lstrip(" -")
    before = text[max(0, start - 24) : start].rstrip(" -")
    if patterns.by_suffix and (
        any(after.startswith(word) for word in symbols.after)
        or any(before.endswith(word) for word in symbols.before)
    ):
        return True
    following = re.match(r"[A-Za-z]+", after)
    preceding = re.search(r"([A-Za-z]+)( of)?$", before)
    if following and fold_word(following[0].lower()) in symbols.after:
        return True
    if preceding is None:
        return False
    word = preceding[1].lower()
    if preceding[2]:
        return word in ("expression", "expressions", "overexpression", "knockdown", "silencing",
                        "transcription", "phosphorylation", "secretion", "mrna")  # fmt: skip
    return word in symbols.before
