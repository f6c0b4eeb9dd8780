"""Words of a text: spaCy's rules for English, an own jieba tokenizer for Chinese.

Both are loaded on first use. The jieba tokenizer is an instance of ours with the Chinese names of
the terminology added; the module-wide one of jieba, which other programs may have changed, is
never touched, and no cache file is written.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.normalize import normalize
from extractors.tables import read_set, read_yaml
from kg.model import Language

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_OTHER_RUN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_\u3400-\u9fff][^\W_\u3400-\u9fff]*|[^\w\s]|_|\w")
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # which spaCy cannot encode
_WORD_FREQUENCY = 20_000
_TAGS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign; `norm` is its folded form (case, width, Greek, traditional)."""

    start: int
    end: int
    text: str
    norm: str


def tokenize(text: str, language: Language) -> tuple[Token, ...]:
    """The tokens of a text, without white space, with offsets into it.

    Examples
    --------
    >>> [token.text for token in tokenize("PAN-induced injury (P<0.05).", "en")]
    ['PAN', '-', 'induced', 'injury', '(', 'P<0.05', ')', '.']
    >>> [token.text for token in tokenize("他克莫司降低IL-6水平。", "zh")]
    ['他克莫司', '降低', 'IL', '-', '6', '水平', '。']
    """
    return tuple(
        Token(start, end, text[start:end], _norm(text[start:end], language))
        for start, end in _SPLITTERS[language](text)
    )


@lru_cache(maxsize=65536)
def _norm(text: str, language: Language) -> str:
    return normalize(text, language).text


def _split_english(text: str) -> Iterator[tuple[int, int]]:
    for token in _english()(_HALF_PAIR.sub("\ufffd", text)):
        if not token.text.isspace():
            yield token.idx, token.idx + len(token.text)


def _split_chinese(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for run in _HAN_RUN.finditer(text):
        yield from _split_other(text, position, run.start())
        position = run.start()
        for word in _with_degrees(_chinese().cut(normalize(run[0], "zh").text)):
            yield position, position + len(word)
            position += len(word)
    yield from _split_other(text, position, len(text))


def _with_degrees(words: Iterable[str]) -> Iterator[str]:
    """The words with 降低 whole, where the dictionary prefers 降 and the name 低血压."""
    before = ""
    for word in words:
        degree = before[-1:] + word[:1]
        if len(word) > 1 and degree in degrees():
            if len(before) > 1:
                yield before[:-1]
            yield degree
            before = word[1:]
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


@cache
def degrees() -> frozenset[str]:
    """Chinese words that end with 高 or 低, which then begin no name: 降低血压 is no 低血压."""
    return read_set("zh", "degrees.tsv")


def _split_other(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _OTHER_RUN.finditer(text, start, end):
        yield match.span()


_SPLITTERS: dict[Language, Callable[[str], Iterator[tuple[int, int]]]] = {
    "en": _split_english,
    "zh": _split_chinese,
}


@cache
def _english() -> Any:
    from spacy.lang.en import English

    return English().tokenizer


@cache
def _chinese() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has invalid escape sequences
        import jieba
    tokenizer = jieba.Tokenizer()
    # What `initialize` does, without its messages and its cache in the directory for temporary
    # files, and with the parts of speech, which it drops.
    with tokenizer.get_dict_file() as lines:
        cells = lines.read().decode("utf-8").split()
    words = cells[0::3]
    _TAGS.update(zip(words, cells[2::3], strict=True))
    frequencies = dict(zip(words, map(int, cells[1::3]), strict=True))
    # A short name must not break up common words: 预后 in 干预后.
    frequencies |= {
        word: _WORD_FREQUENCY if len(word) > 2 else frequencies.get(word, 1)
        for word in _own_words()
    }
    # jieba walks words character by character and needs every beginning of one to be a key.
    beginnings = {word[:end] for word in frequencies for end in range(1, len(word))}
    total = sum(frequencies.values())
    frequencies |= dict.fromkeys(beginnings - frequencies.keys(), 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer


def _own_words() -> Iterator[str]:
    """The Chinese names of the delivered terminology, and the words that our patterns know."""
    from ontologies.terms import load_terms

    for row in load_terms():
        if row.lang == "zh" and _HAN_RUN.fullmatch(row.text):
            yield row.text
    patterns = read_yaml("zh", "mentions.yaml")
    lists = [words for kinds in patterns["heads"].values() for words in kinds.values()]
    for words in (*lists, patterns["stop"]):
        yield from (word for word in words.split() if len(word) > 1)


def word_tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives a Chinese word; empty where unknown."""
    _chinese()
    return _TAGS.get(word, "")
