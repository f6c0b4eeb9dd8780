"""From annotated sentences to what a network learns from: features by lexicon, labels, masks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from extractors.mentions.lexicon import Lexicon
from extractors.models.decoding import encode
from extractors.models.features import (
    TYPES,
    Extractor,
    Listed,
    extractor_of,
    listed_names,
    token_spans,
)
from extractors.models.shape import OUTSIDE, UNKNOWN, Features, Labels
from extractors.training.english_corpora import Annotated
from extractors.training.tagging import Example
from kg.model import Language

LONGEST = 200  # tokens; what is longer is no sentence


def example_of(
    given: Annotated, language: Language, lexicons: Sequence[Lexicon], styles: Sequence[str],
    *, weight: float = 1.0,
) -> Example | None:  # fmt: skip
    """The example of a sentence, with one variant of its features for each lexicon.

    None where there are no tokens, or too many.
    """
    extractor = extractor_of(language)
    places = extractor.tokens(given.text)
    if not 0 < len(places) <= LONGEST:
        return None
    variants = variants_of(extractor, given.text, places, _listed(given.text, language, lexicons))
    style = 1 + styles.index(given.corpus) if given.corpus in styles else 0
    return Example(variants, labels_of(given, places), style, weight)


def variants_of(
    extractor: Extractor, text: str, places: Sequence[tuple[int, int]],
    listed: Iterable[tuple[Listed, ...]],
) -> tuple[Features, ...]:  # fmt: skip
    """The features by each lexicon; arrays that are the same in all are kept once."""
    variants: list[Features] = []
    for names in listed:
        features = extractor.features(text, places, names)
        if variants:
            features = tuple(
                old if (old == new).all() else new
                for old, new in zip(variants[0], features, strict=True)
            )
        variants.append(features)
    return tuple(variants)


def labels_of(given: Annotated, places: Sequence[tuple[int, int]]) -> Labels:
    """The labels of a sentence: what is not annotated is unknown, marked mentions are known.

    Of a type of which only some mentions are marked, those are known and all else is not.
    """
    spans = token_spans(places, given.spans)
    marked = {kind for _, _, kind in spans}
    labels = encode(spans, len(places), TYPES, given.known | marked)
    for kind in marked - given.known:
        column = labels[:, TYPES.index(kind)]
        column[column == OUTSIDE] = UNKNOWN
    # A mention of one type is none of the others, but signs are diseases in some corpora.
    for first, end, kind in spans:
        for other in _APART.get(kind, ()):
            column = labels[first:end, TYPES.index(other)]
            column[column == UNKNOWN] = OUTSIDE
    return labels


_APART: dict[str, tuple[str, ...]] = {
    "Drug": ("Disease", "Organism", "Cell"),
    "Protein": ("Disease", "Organism", "Cell"),
    "Organism": ("Drug", "Protein", "Disease"),
    "Cell": ("Drug", "Disease"),
}


def examples_of(
    annotated: Iterable[Annotated], language: Language, lexicons: Sequence[Lexicon],
    styles: Collection[str], *, weight: float = 1.0,
) -> Iterator[Example]:  # fmt: skip
    """The examples of sentences, without those of no tokens and of too many."""
    order = tuple(styles)
    for given in annotated:
        example = example_of(given, language, lexicons, order, weight=weight)
        if example is not None:
            yield example


def _listed(
    text: str, language: Language, lexicons: Sequence[Lexicon]
) -> Iterator[tuple[Listed, ...]]:
    for lexicon in lexicons:
        yield listed_names(lexicon.matches(text, language))
