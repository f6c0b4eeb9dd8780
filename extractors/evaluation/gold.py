"""A bilingual gold standard: annotated documents, as a JSON array of objects.

Sentences of a language are joined to one passage, English by spaces, Chinese by nothing; offsets
count into that passage.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import FormatError, InputError
from kg.model import LANGUAGES, Document, Extraction, Language, Mention, MentionType, Passage

JOIN: Mapping[Language, str] = {"en": " ", "zh": ""}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated mention; `key` is the same for one concept in both languages."""

    language: Language
    start: int
    end: int
    text: str
    type: MentionType
    key: str
    sentence: int


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """An annotated relation between keys, and the sentences that state it in each language."""

    subject: str
    predicate: str
    object: str
    polarity: str
    sentences: Mapping[Language, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated document."""

    id: str
    texts: Mapping[Language, str]
    spans: Mapping[Language, Sequence[tuple[int, int]]]
    aligned_sentences: frozenset[tuple[int, int]]
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]

    def document(self) -> Document:
        """The document to extract: one passage a language."""
        return Document(
            self.id, tuple(Passage(language, language, self.texts[language]) for language in JOIN)
        )

    def with_mentions(self) -> Extraction:
        """The document with the annotated mentions given, for relations alone to be read."""
        return Extraction(
            self.document(),
            mentions=tuple(
                Mention(f"g{n}", m.language, "", m.start, m.end, m.text, m.type)
                for n, m in enumerate(self.mentions, start=1)
            ),
        )

    def sentences_at(self, language: Language, start: int, end: int) -> set[int]:
        """The numbers of the sentences that a stretch of a passage touches."""
        spans = enumerate(self.spans[language])
        return {number for number, (first, last) in spans if first < end and start < last}


def load_gold(path: Path) -> tuple[Gold, ...]:
    """The documents of a gold standard.

    Raises
    ------
    InputError
        where the file cannot be read as JSON.
    FormatError
        where an annotation does not fit its sentence, or a key is missing.
    """
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be read ({error})", where=str(path), remedy="give a gold standard in JSON"
        ) from error
    if not isinstance(records, list):
        raise FormatError("not a JSON array", where=str(path), remedy="give an array of documents")
    return tuple(_gold(record, f"{path}[{n}]") for n, record in enumerate(records))


def _gold(record: Any, where: str) -> Gold:
    try:
        sentences = {language: tuple(record[language]) for language in LANGUAGES}
        spans = {language: _spans(sentences[language], JOIN[language]) for language in LANGUAGES}
        return Gold(
            record["id"],
            {language: JOIN[language].join(sentences[language]) for language in LANGUAGES},
            spans,
            frozenset(
                (e, z) for english, chinese in record["sentence_alignment"]
                for e in english for z in chinese
            ),
            tuple(
                _mention(item, language, sentences[language], spans[language])
                for language in LANGUAGES for item in record["mentions"][language]
            ),
            tuple(_relation(item) for item in record["relations"]),
        )  # fmt: skip
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise FormatError(
            f"wrong annotation ({type(error).__name__}: {error})", where=where,
            remedy="see docs/input-formats.md",
        ) from error  # fmt: skip


def _spans(sentences: Sequence[str], join: str) -> tuple[tuple[int, int], ...]:
    spans, start = [], 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + len(join)
    return tuple(spans)


def _mention(
    item: Mapping[str, Any],
    language: Language,
    sentences: Sequence[str],
    spans: Sequence[tuple[int, int]],
) -> GoldMention:
    number, text = item["s"], item["text"]
    place = -1
    for _ in range(item.get("n", 1)):  # the n-th occurrence in the sentence
        place = sentences[number].index(text, place + 1)
    start = spans[number][0] + place
    return GoldMention(
        language, start, start + len(text), text, item["type"], item["key"], number
    )  # fmt: skip


def _relation(item: Mapping[str, Any]) -> GoldRelation:
    return GoldRelation(
        item["subject"], item["predicate"], item["object"], item["polarity"],
        {language: tuple(item[language]) for language in LANGUAGES},
    )  # fmt: skip
