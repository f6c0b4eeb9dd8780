"""The aligned sentences of a document side by side, with the words that belong together.

Mentions are placed in the text of their group of sentences, and what is found there is placed back
in its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.alignment.seeking import seek
from extractors.alignment.sentences import Group
from extractors.alignment.word_links import WordLinks, link_words
from extractors.composition.model import Composition
from kg.model import Document, Language, Mention, Sentence


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a sentence; offsets are those of its passage.

    `score` (0…1) is how surely they are what was looked for.
    """

    sentence: Sentence
    start: int
    end: int
    text: str
    score: float


class SideBySide:
    """The groups of aligned sentences that a document has in both languages.

    Parameters
    ----------
    groups : of linked sentences; those of one language are left out
    table : learnt from aligned sentences, by which words are linked
    """

    def __init__(
        self, document: Document, sentences: Sequence[Sentence], groups: Sequence[Group],
        table: Composition,
    ) -> None:  # fmt: skip
        known = {sentence.id: sentence for sentence in sentences}
        texts = {passage.id: passage.text for passage in document.passages}
        self._language = {passage.id: passage.language for passage in document.passages}
        self._pair_of: dict[str, _Pair] = {}
        for group in groups:
            if group.en and group.zh:
                sides = [[known[one] for one in members] for members in (group.en, group.zh)]
                pair = _Pair(_side(sides[0], texts, " "), _side(sides[1], texts, ""), table)
                self._pair_of |= dict.fromkeys((*group.en, *group.zh), pair)

    def agreement(self, en: Mention, zh: Mention) -> float:
        """How far the words of two mentions of one group lead to each other and nowhere else."""
        pair = self._pair_of.get(en.sentence)
        if pair is None or pair is not self._pair_of.get(zh.sentence):
            return 0.0
        return pair.links.agreement(
            pair.links.inside("en", *pair.en.place(en)), pair.links.inside("zh", *pair.zh.place(zh))
        )

    def counterpart(self, mention: Mention) -> Stretch | None:
        """The words of the other language for a mention, None where there are none."""
        pair = self._pair_of.get(mention.sentence)
        if pair is None:
            return None
        language: Language = self._language[mention.passage]
        here, there = (pair.en, pair.zh) if language == "en" else (pair.zh, pair.en)
        found = seek(pair.links, language, *here.place(mention), there.text)
        return None if found is None else there.locate(found.start, found.end, found.score)


@dataclass(frozen=True, slots=True)
class _Side:
    """The sentences of a group in one language, joined, and where each begins in that text."""

    text: str
    begins: tuple[tuple[int, Sentence], ...]

    def place(self, mention: Mention) -> tuple[int, int]:
        """Start and end of a mention of these sentences in the joined text."""
        begin, sentence = next(pair for pair in self.begins if pair[1].id == mention.sentence)
        offset = begin - sentence.start
        return mention.start + offset, mention.end + offset

    def locate(self, start: int, end: int, score: float) -> Stretch | None:
        """The stretch in the sentence in which it lies; None where it lies in two."""
        for begin, sentence in self.begins:
            offset = sentence.start - begin
            if begin <= start and end + offset <= sentence.end:
                words = self.text[start:end]
                return Stretch(sentence, start + offset, end + offset, words, score)
        return None


class _Pair:
    """The sentences of one group, and how their words are linked: found out when first asked."""

    def __init__(self, en: _Side, zh: _Side, table: Composition) -> None:
        self.en = en
        self.zh = zh
        self._table = table

    @cached_property
    def links(self) -> WordLinks:
        """The words that belong together."""
        return link_words(self.en.text, self.zh.text, self._table)


def _side(sentences: Sequence[Sentence], texts: Mapping[str, str], joint: str) -> _Side:
    text, begins = "", []
    for sentence in sentences:
        text += joint if text else ""
        begins.append((len(text), sentence))
        text += texts[sentence.passage][sentence.start : sentence.end]
    return _Side(text, tuple(begins))
