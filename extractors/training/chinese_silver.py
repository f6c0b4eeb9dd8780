"""Chinese sentences labelled by our own reading, doubted where the English says otherwise.

The rules label a text in our style. Where it has an English rendition, both are read and aligned,
and what only the English was read to have is looked for by its words (`alignment.sharing`).
A phrase that the Chinese rules only guessed, which has no counterpart and whose type the English
sentence has no other mention of, is doubted; and where the English has a mention of a type that
found no counterpart, nothing in the Chinese sentence is held to be outside that type, because the
rules have missed it somewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.models.decoding import encode
from extractors.models.features import TYPES, Place, token_spans
from extractors.models.shape import OUTSIDE, UNKNOWN, Labels
from extractors.pipeline import Steps
from extractors.training.chinese_texts import Text
from kg.model import Document, Extraction, Mention, Passage, Sentence

_GUESSED = "pattern"
Spans = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A Chinese sentence as our reading labels it, in characters.

    Parameters
    ----------
    taken : mentions
    doubted : what may be one
    missed : types of which the English has a mention that was not found here
    """

    text: str
    taken: Spans
    doubted: Spans
    missed: frozenset[str]


def read_labelled(texts: Iterable[Text], steps: Steps) -> Iterator[Labelled]:
    """The Chinese sentences of texts, labelled by the steps of a pipeline."""
    for text in texts:
        if text.zh:
            yield from _labelled(_read(text, steps))


def silver_labels(labelled: Labelled, places: Sequence[Place], types: Sequence[str]) -> Labels:
    """The labels of the tokens of a sentence; types that are not ours are unknown."""
    taken = labelled.taken
    labels = encode(token_spans(places, taken), len(places), types, TYPES)
    covered = {at for first, end, _ in token_spans(places, taken) for at in range(first, end)}
    for kind in labelled.missed:
        column = labels[:, types.index(kind)]
        for at in range(len(places)):
            if at not in covered and column[at] == OUTSIDE:
                column[at] = UNKNOWN
    for first, end, _ in token_spans(places, labelled.doubted):
        part = labels[first:end]
        part[part == OUTSIDE] = UNKNOWN
    return labels


def _read(text: Text, steps: Steps) -> Extraction:
    passages = [Passage("zh", "zh", text.zh)]
    if text.en:
        passages.append(Passage("en", "en", text.en))
    document = Document(text.id, tuple(passages))
    sentences = steps.sentences(document)
    mentions = steps.mentions(document, sentences)
    sentences = steps.link(document, sentences, mentions)
    mentions = steps.share(document, sentences, mentions)
    return steps.align(Extraction(document, sentences, mentions))


def _labelled(extraction: Extraction) -> Iterator[Labelled]:
    by_sentence: dict[str, list[Mention]] = {s.id: [] for s in extraction.sentences}
    for mention in extraction.mentions:
        by_sentence[mention.sentence].append(mention)
    texts = {passage.id: passage.text for passage in extraction.document.passages}
    for sentence in extraction.sentences:
        if sentence.passage == "zh":
            text = texts["zh"][sentence.start : sentence.end]
            yield _sentence(text, sentence, by_sentence)


def _sentence(
    text: str, sentence: Sentence, by_sentence: Mapping[str, Sequence[Mention]]
) -> Labelled:
    own = by_sentence[sentence.id]
    there = [m for other in sentence.aligned for m in by_sentence[other]]
    waiting = Counter(m.type for m in there if not m.aligned)
    taken, doubted = [], []
    for mention in own:
        place = (mention.start - sentence.start, mention.end - sentence.start, mention.type)
        if mention.aligned or mention.method != _GUESSED or not sentence.aligned:
            taken.append(place)
        elif waiting[mention.type]:
            waiting[mention.type] -= 1
            taken.append(place)
        else:
            doubted.append(place)
    for mention in own:
        if not mention.aligned and mention.method != _GUESSED and waiting[mention.type]:
            waiting[mention.type] -= 1
    missed = frozenset(kind for kind, count in waiting.items() if count > 0)
    return Labelled(text, tuple(taken), tuple(doubted), missed)
