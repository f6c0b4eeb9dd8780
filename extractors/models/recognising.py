"""Mentions that a learned network sees in sentences, and how likely it holds any place to be one.

The weights of a language are ``languages/<language>/recogniser.npz``, or before those the ones that
`kg train recogniser` wrote to the data directory; where there is no such file, there is no
recogniser and everything is read by rules.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from extractors.models.decoding import decode, without_overlaps
from extractors.models.features import Listed, Place, extractor_of, token_spans
from extractors.models.keeping import Kept, load_network
from extractors.models.shape import OUTSIDE, Features, Floats
from extractors.nlp.words import level
from kg.model import LANGUAGES, Language

FILE = "recogniser.npz"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of a sentence that the network holds to be a mention; `score` is its chance."""

    start: int
    end: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network sees in one sentence."""

    found: tuple[Recognised, ...]  # in order; without overlaps unless nested ones were asked for
    places: tuple[Place, ...]
    inside: Floats  # chance of each token to be in a mention of each type
    types: tuple[str, ...]

    def chance(self, start: int, end: int, kind: str | None = None) -> float:
        """The highest chance of a token of a stretch to be in a mention of a type, or of any."""
        spans = token_spans(self.places, [(start, end, "")])
        if not spans:
            return 0.0
        first, behind, _ = spans[0]
        chances = self.inside[first:behind]
        return float((chances if kind is None else chances[:, self.types.index(kind)]).max())


class Recogniser:
    """A network with the features of its language."""

    def __init__(self, kept: Kept, language: Language) -> None:
        self.kept, self.language = kept, language
        self._extractor = extractor_of(language)

    @property
    def mark(self) -> str:
        """The method of its mentions, as ``model:recogniser-en@1``."""
        return self.kept.mark

    def read(
        self, texts: Sequence[str], listed: Sequence[Sequence[Listed]], *,
        style: str | None = None, types: Collection[str] | None = None, eagerness: float = 0.0,
        nested: bool = False,
    ) -> list[Reading]:  # fmt: skip
        """What is seen in each sentence.

        Parameters
        ----------
        listed : the names of the lexicon that stand in each
        style : of annotation; that of the model where it is None
        types : that are asked for; all where it is None
        eagerness : above zero for more mentions, more of them wrong
        nested : let a mention lie in one of another type
        """
        known = self.kept.network.shape.types
        wanted = frozenset(known if types is None else types)
        described = [self.features(*pair) for pair in zip(texts, listed, strict=True)]
        places = [tokens for tokens, _ in described]
        some = [at for at, tokens in enumerate(places) if tokens]
        empty = np.zeros((0, len(known)), np.float32)
        readings = [Reading((), (), empty, known)] * len(texts)
        if not some:
            return readings
        features = [described[at][1] for at in some]
        scores = self.kept.network.scores(features, style or self.kept.style)
        lengths = [len(places[at]) for at in some]
        inside = 1 - np.exp(scores[..., OUTSIDE])
        begin = 0
        decoded = decode(scores, lengths, known, eagerness=eagerness)
        for at, spans, size in zip(some, decoded, lengths, strict=True):
            tokens = places[at]
            asked = (span for span in spans if span.type in wanted)
            found = tuple(
                Recognised(tokens[s.first][0], tokens[s.end - 1][1], s.type, s.score)
                for s in without_overlaps(asked, nested=nested)
            )
            readings[at] = Reading(found, tokens, inside[begin : begin + size], known)
            begin += size
        return readings

    def features(
        self, text: str, listed: Sequence[Listed]
    ) -> tuple[tuple[Place, ...], Features]:  # fmt: skip
        """The tokens of a sentence, and what the network is told of them."""
        places = self._extractor.tokens(text)
        features = self._extractor.features(text, places, listed)
        names = self.kept.names
        if names is None:
            return places, features
        folded = level(text, self.language)
        return places, (*features, names.rows(folded, places, names.known.__getitem__))


def trained_file(data: Path, language: Language) -> Path:
    """Where a recogniser that was trained here is kept in a data directory."""
    return data / "models" / f"recogniser-{language}.npz"


@cache
def load_recogniser(language: Language, data: Path | None = None) -> Recogniser | None:
    """The recogniser of a language; None where there is none.

    That is the one trained here, which a data directory keeps, before the one that comes with
    Parallax.

    Raises
    ------
    FormatError
        where its file is damaged.
    """
    if data is not None and (file := trained_file(data, language)).is_file():
        return Recogniser(load_network(file), language)
    resource = files("extractors").joinpath("languages", language, FILE)
    if not resource.is_file():
        return None
    with as_file(resource) as path:
        return Recogniser(load_network(path), language)


def load_recognisers(data: Path | None = None) -> Mapping[Language, Recogniser]:
    """The recognisers by language: those trained here, or else those that come with Parallax."""
    loaded = ((language, load_recogniser(language, data)) for language in LANGUAGES)
    return {language: one for language, one in loaded if one is not None}
