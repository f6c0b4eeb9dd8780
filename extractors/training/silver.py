"""Sentences labelled in our style: by the rules, completed by a network, masked where in doubt.

No corpus annotates all our types, nor draws the lines where we draw them (signs are outcomes,
inflammation is a process). The rules do, but miss what they have no word for. A network trained on
the corpora proposes drugs, proteins and diseases; where it and the rules contradict each other,
or it is in doubt, nothing is learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import Lexicon
from extractors.models.decoding import TokenSpan, decode, encode, without_overlaps
from extractors.models.features import TYPES, extractor_of, listed_names, token_spans
from extractors.models.network import Network
from extractors.models.shape import OUTSIDE, UNKNOWN, Features, Floats, Labels
from extractors.nlp.sentences import split_sentences
from extractors.training.english_corpora import Annotated
from extractors.training.examples import LONGEST, variants_of
from extractors.training.tagging import Example
from kg.model import Document, Language, Mention, Passage, Sentence

STYLE = "parallax"
PROPOSED = ("Drug", "Protein", "Disease")  # what the network may add to what the rules find
OURS = ("Outcome", "Process")  # lines between these and the proposed types are drawn by the rules
_SURE = 0.85  # of a proposal that is taken without a rule
_DOUBT = 0.2  # chance of a token of being in a mention from which on it is no negative
_ABSENT = 0.03  # chance of the same below which a mention of the rules is doubted
_TOGETHER = 64  # sentences that the network reads at once
TokenPlace = tuple[int, int, str]  # first token, the one behind the last, type
_Spans = list[TokenPlace]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A sentence with the mentions of the rules and those that a corpus marks, in tokens.

    Parameters
    ----------
    variants : features, the first as the network that proposes is to read them
    known : types of which all mentions are marked
    """

    variants: tuple[Features, ...]
    found: tuple[TokenPlace, ...]
    marked: tuple[TokenPlace, ...]
    known: frozenset[str]


def read_by_rules(
    given: Iterable[Annotated], language: Language, lexicons: Sequence[Lexicon]
) -> Iterator[Ruled]:
    """The sentences of texts as the rules read them, with the first of the lexicons."""
    extractor = extractor_of(language)
    for text in given:
        document = Document(text.id, (Passage("p1", language, text.text),))
        sentences = split_sentences(document)
        mentions = find_mentions(document, sentences, lexicons[0])
        for sentence in sentences:
            words = text.text[sentence.start : sentence.end]
            places = extractor.tokens(words)
            if 0 < len(places) <= LONGEST:
                names = (listed_names(lexicon.matches(words, language)) for lexicon in lexicons)
                yield Ruled(
                    variants_of(extractor, words, places, names),
                    tuple(token_spans(places, _inside(mentions, sentence))),
                    tuple(token_spans(places, _annotated(text, sentence))),
                    text.known,
                )


def silver_of(
    ruled: Iterable[Ruled], network: Network, *, proposing: str | None, style: int,
    weight: float = 1.0,
) -> Iterator[Example]:  # fmt: skip
    """The sentences with labels in our style.

    Parameters
    ----------
    network : that proposes drugs, proteins and diseases
    proposing : the style in which it reads
    style : number of our style
    """
    waiting = iter(ruled)
    while batch := list(islice(waiting, _TOGETHER)):
        scores = network.scores([one.variants[0] for one in batch], proposing)
        begin = 0
        for one in batch:
            end = begin + len(one.variants[0][0])
            labels = silver_labels(scores[begin:end], one.found, one.marked, one.known)
            yield Example(one.variants, labels, style, weight)
            begin = end


def silver_labels(
    scores: Floats, found: Sequence[TokenPlace], marked: Sequence[TokenPlace],
    known: frozenset[str],
) -> Labels:  # fmt: skip
    """The labels of a sentence.

    Parameters
    ----------
    scores : of the network, tokens × types × labels
    found : mentions of the rules, in tokens
    marked : annotated mentions, in tokens
    known : types of which all mentions are annotated
    """
    size = len(scores)
    inside = 1 - np.exp(scores[..., OUTSIDE])
    (read,) = decode(scores, [size], TYPES)
    proposals = [span for span in read if span.type in PROPOSED and span.type not in known]
    proposals += [TokenSpan(first, end, kind, 1.0) for first, end, kind in marked]
    proposals = without_overlaps(proposals)
    taken: _Spans = []
    doubted: _Spans = []
    for first, end, kind in found:
        rivals = [span for span in proposals if span.first < end and first < span.end]
        column = inside[first:end, TYPES.index(kind)]
        if not rivals:
            absent = kind in known or (kind in PROPOSED and column.max() < _ABSENT)
            (doubted if absent else taken).append((first, end, kind))
            continue
        _settle((first, end, kind), rivals, taken, doubted)
    for span in proposals:
        met = any(span.first < end and first < span.end for first, end, _ in found)
        if not met and span.type in PROPOSED:
            place = (span.first, span.end, span.type)
            (taken if span.score >= _SURE else doubted).append(place)
    labels = encode(taken, size, TYPES, TYPES)
    _mask(labels, inside, taken, doubted, known)
    return labels


def _settle(
    own: tuple[int, int, str], rivals: Sequence[TokenSpan], taken: _Spans, doubted: _Spans
) -> None:
    """Decide about a mention of the rules over which proposals lie."""
    first, end, kind = own
    same = [span for span in rivals if span.type == kind]
    if kind in OURS or (same and any((s.first, s.end) == (first, end) for s in same)):
        taken.append(own)
        return
    if same and len(rivals) == 1:
        other = same[0]
        if other.first <= first and end <= other.end and other.score >= _SURE:
            taken.append((other.first, other.end, kind))
        elif first <= other.first and other.end <= end and other.score < 1:
            taken.append(own)
        else:
            doubted.append((min(first, other.first), max(end, other.end), kind))
        return
    doubted.append(own)
    doubted.extend((span.first, span.end, span.type) for span in rivals)


def _mask(
    labels: Labels, inside: Floats, taken: _Spans, doubted: _Spans, known: frozenset[str]
) -> None:
    """Make unknown what is doubted, and what the network holds to be a mention that none took.

    Of the other types it has learned too few lines, or none, to be asked.
    """
    covered = np.zeros(len(labels), np.bool_)
    for first, end, _ in taken:
        covered[first:end] = True
    for column, kind in enumerate(TYPES):
        if kind in PROPOSED and kind not in known:
            doubtful = (inside[:, column] >= _DOUBT) & ~covered & (labels[:, column] == OUTSIDE)
            labels[doubtful, column] = UNKNOWN
    for first, end, kind in doubted:
        part = labels[first:end, TYPES.index(kind)]
        part[part == OUTSIDE] = UNKNOWN
        for other in OURS if kind == "Disease" else ():
            part = labels[first:end, TYPES.index(other)]
            part[part == OUTSIDE] = UNKNOWN


def _inside(mentions: Sequence[Mention], sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for mention in mentions:
        if mention.sentence == sentence.id:
            yield mention.start - sentence.start, mention.end - sentence.start, mention.type


def _annotated(given: Annotated, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for start, end, kind in given.spans:
        if sentence.start <= start and end <= sentence.end:
            yield start - sentence.start, end - sentence.start, kind
