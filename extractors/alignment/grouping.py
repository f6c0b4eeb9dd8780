"""The sentences of a document side by side: which belong to which of the other language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.alignment.anchors import anchors, weight_of_length
from extractors.alignment.sentences import Group, align_sentences
from extractors.alignment.sentences import Side as SentenceSide
from kg.model import Document, Mention, Sentence


def link_sentences(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Sentence, ...]:
    """The sentences, each with its counterparts in the other language.

    Sentences of a document in one language, and those of which some are linked already, come back
    as they are.
    """
    languages = {passage.id: passage.language for passage in document.passages}
    known = any(sentence.aligned for sentence in sentences)
    if known or len(set(languages.values())) < 2:
        return tuple(sentences)
    texts = {passage.id: passage.text for passage in document.passages}
    concepts: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.concept:
            concepts[mention.sentence].append(mention.concept)
    sides: dict[str, list[SentenceSide]] = {"en": [], "zh": []}
    for sentence in sentences:
        language = languages[sentence.passage]
        text = texts[sentence.passage][sentence.start : sentence.end]
        found = anchors(text, language, concepts[sentence.id])
        if sentence.section:
            found[f"section:{sentence.section}"] = 1
        sides[language].append(SentenceSide(sentence.id, weight_of_length(text, language), found))
    partners: dict[str, tuple[str, ...]] = {}
    for group in align_sentences(sides["en"], sides["zh"]):
        partners |= dict.fromkeys(group.en, group.zh) | dict.fromkeys(group.zh, group.en)
    return tuple(replace(s, aligned=partners.get(s.id, ())) for s in sentences)


def groups_of(document: Document, sentences: Sequence[Sentence]) -> tuple[Group, ...]:
    """The groups of linked sentences in text order, those of one language alone included."""
    languages = {passage.id: passage.language for passage in document.passages}
    table = {sentence.id: sentence for sentence in sentences}
    groups: list[Group] = []
    done: set[str] = set()
    for first in sorted(sentences, key=lambda s: languages[s.passage] != "en"):
        if first.id in done:
            continue
        waiting, found = [first.id], set()
        while waiting:
            here = waiting.pop()
            if here in table and here not in found:
                found.add(here)
                waiting.extend(table[here].aligned)
        done |= found
        sides: dict[str, list[str]] = {"en": [], "zh": []}
        for sentence in sentences:
            if sentence.id in found:
                sides[languages[sentence.passage]].append(sentence.id)
        groups.append(Group(tuple(sides["en"]), tuple(sides["zh"])))
    return tuple(groups)
