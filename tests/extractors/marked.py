"""Sentences with marked mentions, ``<Drug>tacrolimus</Drug>``, as text and spans."""

from __future__ import annotations

import re

from kg.model import Document, Language, Mention, MentionType, Passage, Sentence

_MARK = re.compile(r"<(/?)([A-Z][a-z]+)>")


def unmarked(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain sentence and its (words, type) pairs in order."""
    plain, start, found = "", 0, []
    position = 0
    for mark in _MARK.finditer(text):
        plain += text[position : mark.start()]
        position = mark.end()
        if mark[1]:
            found.append((plain[start:], mark[2]))
        else:
            start = len(plain)
    return plain + text[position:], found


def marked_document(
    text: str, language: Language
) -> tuple[Document, tuple[Sentence, ...], tuple[Mention, ...]]:
    """A document of one sentence with its marked mentions."""
    plain, found = unmarked(text)
    mentions, position = [], 0
    for number, (words, kind) in enumerate(found, 1):
        position = plain.index(words, position)
        end = position + len(words)
        kind_: MentionType = kind  # type: ignore[assignment]
        mentions.append(Mention(f"m{number}", "p1", "s1", position, end, words, kind_))
        position = end
    document = Document("d", (Passage("p1", language, plain),))
    return document, (Sentence("s1", "p1", 0, len(plain)),), tuple(mentions)
