"""A small pipeline for tests: it finds listed words and relates them, and fails where told."""

from __future__ import annotations

import os
from collections.abc import Sequence

from extractors.pipeline import Pipeline, Steps
from kg.model import Document, Extraction, Mention, MentionType, RelationMention, Sentence

WORDS = {"sirolimus": "mesh:D020123", "creatinine": None, "西罗莫司": "mesh:D020123", "肌酐": None}
TYPES: tuple[MentionType, MentionType] = ("Drug", "Outcome")


def sentences(document: Document) -> tuple[Sentence, ...]:
    """One sentence a passage."""
    return tuple(
        Sentence(f"s{number}", passage.id, 0, len(passage.text), passage.section)
        for number, passage in enumerate(document.passages, start=1)
    )


def mentions(document: Document, given: Sequence[Sentence]) -> tuple[Mention, ...]:
    """The first occurrence of each listed word in each passage."""
    found: list[Mention] = []
    texts = {passage.id: passage.text for passage in document.passages}
    for sentence in given:
        text = texts[sentence.passage]
        if "CRASH" in text:
            raise ZeroDivisionError("told to")
        if "KILL" in text:
            os._exit(9)
        for word, concept in WORDS.items():
            start = text.lower().find(word)
            if start >= 0:
                end = start + len(word)
                number, kind = len(found) + 1, TYPES[concept is None]
                place = (sentence.passage, sentence.id, start, end, text[start:end])
                found.append(Mention(f"m{number}", *place, kind, concept))
    return tuple(found)


def relations(
    document: Document, given: Sequence[Sentence], found: Sequence[Mention]
) -> tuple[RelationMention, ...]:
    """The first mention of a sentence decreases the second."""
    out: list[RelationMention] = []
    for sentence in given:
        inside = [mention for mention in found if mention.sentence == sentence.id]
        if len(inside) > 1:
            out.append(
                RelationMention(
                    f"r{len(out) + 1}", sentence.id, inside[0].id, "decreases", inside[1].id, "fake"
                )
            )
    return tuple(out)


def align(extraction: Extraction) -> Extraction:
    """The extraction as it is."""
    return extraction


def pipeline() -> Pipeline:
    """A pipeline of the steps above."""
    return Pipeline(steps())


def steps() -> Steps:
    """The steps above, in place of the standard ones."""
    return Steps(sentences, mentions, lambda document, given, found: (), relations, align)
