"""Annotations of a corpus or a tool made a reading: its mentions and relations in our terms.

Relations of corpora such as BioRED hold for a whole document, between concepts. Each is placed in
the sentence that names both, where they stand nearest each other, once in each language; where no
sentence does, it is left out and counted, since no quote would show it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.external.placing import nearest, sentence_of, shown
from extractors.external.values import Reading
from extractors.nlp.sentences import split_sentences
from extractors.readers.records import Annotated
from kg.errors import InputError
from kg.imports.labels import TypeLabel, is_relation, meaning_of, type_labels
from kg.model import Document, Mention, RelationMention
from kg.terminology.identifiers import curie

_SEVERAL = re.compile(r"[|+,;]")
_NONE = ("", "-", "-1")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of a passage with a label, and identifiers as they were written.

    `prefix` is that of identifiers written without one, where the file tells it.
    """

    id: str
    passage: str
    start: int
    end: int
    text: str
    label: str
    identifiers: str = ""
    prefix: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The identifiers one by one, as relations write them."""
        parts = {self.identifiers, *_SEVERAL.split(self.identifiers)}
        return tuple(sorted(part.strip() for part in parts if part.strip() not in _NONE))


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as a file gives it, between ids of annotations or identifiers of concepts."""

    label: str
    arguments: tuple[str, ...]
    of_annotations: bool = False


def annotated(
    document: Document, annotations: Iterable[Annotation], links: Iterable[Link], name: str, *,
    where: str, pieces: int = 0,
) -> Iterator[Annotated | InputError]:  # fmt: skip
    """The annotated document, after an error for each annotation that does not fit its text.

    Parameters
    ----------
    name : under which mentions and relations are kept, such as ``bioc:BioRED``
    where : file, line and document for messages
    pieces : how many annotations were left out since they stand at several places at once
    """
    sentences = split_sentences(document)
    passages = {passage.id: passage for passage in document.passages}
    left_out = Counter({"annotations in several pieces": pieces} if pieces else {})
    mentions: list[tuple[Annotation, Mention]] = []
    for annotation in annotations:
        passage = passages[annotation.passage]
        found = passage.text[max(0, annotation.start) : annotation.end]
        if found != annotation.text or not found.strip():
            like = nearest(annotation.text, passage.text, passage.language)
            there = f"; the text has {shown(like)}" if like and like != annotation.text else ""
            yield InputError(
                f"annotation {annotation.id}: {shown(annotation.text)} is not what stands at "
                f"{annotation.start}…{annotation.end} of its passage{there}",
                where=where, remedy="count offsets in characters of the document's text",
            )  # fmt: skip
            continue
        label = type_labels().get(annotation.label.casefold())
        if label is None or label.type is None or label.type == "listed":
            left_out[f"annotations of the type {annotation.label or '(none)'}"] += 1
            continue
        sentence = sentence_of(passage.id, annotation.start, annotation.end, sentences)
        if sentence is None:
            left_out["annotations across two sentences"] += 1
            continue
        mention = Mention(
            f"a{len(mentions) + 1}", passage.id, sentence.id, annotation.start, annotation.end,
            annotation.text, label.type, _concept(annotation, label), method=name,
        )  # fmt: skip
        mentions.append((annotation, mention))
    languages = {passage.id: passage.language for passage in document.passages}
    relations = tuple(_relations(links, mentions, languages, name, left_out))
    reading = Reading(tuple(mention for _, mention in mentions), relations)
    yield Annotated(document, sentences, reading, tuple(sorted(left_out.items())))


def _concept(annotation: Annotation, label: TypeLabel) -> str | None:
    """The concept of an annotation, where it has one identifier that we know."""
    names = [name for name in annotation.names if not _SEVERAL.search(name)]
    if len(names) != 1:
        return None
    return curie(names[0], annotation.prefix) or curie(names[0], label.prefix)


def _relations(
    links: Iterable[Link],
    mentions: Sequence[tuple[Annotation, Mention]],
    languages: Mapping[str, str],
    name: str,
    left_out: Counter[str],
) -> Iterator[RelationMention]:
    number = itertools.count(1)
    for link in links:
        if not is_relation(link.label) or len(link.arguments) != _PAIR:
            left_out[f"relations of the type {link.label or '(none)'}"] += 1
            continue
        pairs = list(_pairs(link, mentions))
        if not pairs:
            left_out["relations that no one sentence holds"] += 1
            continue
        for language in sorted({languages[one.passage] for one, _ in pairs}):
            here = [pair for pair in pairs if languages[pair[0].passage] == language]
            subject, object_ = min(here, key=_distance)
            meaning = meaning_of(link.label, subject.type, object_.type)
            if meaning is None:
                left_out[f"relations of the type {link.label}"] += 1
                continue
            if meaning.swapped:
                subject, object_ = object_, subject
            yield RelationMention(
                f"a-r{next(number)}", subject.sentence, subject.id, meaning.predicate, object_.id,
                f"{name}/{link.label}", aspect=meaning.aspect, sign=meaning.sign,
            )  # fmt: skip


def _pairs(
    link: Link, mentions: Sequence[tuple[Annotation, Mention]]
) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of mentions of one sentence that a relation can be between."""
    sides = [
        [
            mention
            for annotation, mention in mentions
            if argument in ((annotation.id,) if link.of_annotations else annotation.names)
        ]
        for argument in link.arguments
    ]
    for one, other in itertools.product(*sides):
        if one.sentence == other.sentence and one != other:
            yield one, other


def _distance(pair: tuple[Mention, Mention]) -> tuple[int, int]:
    one, other = pair
    return max(one.start - other.end, other.start - one.end), min(one.start, other.start)
