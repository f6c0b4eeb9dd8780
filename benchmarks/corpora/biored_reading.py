"""Abstracts of BioRED as Parallax reads them: which entities stand where, and what they are told.

Either the entities are given, those of the corpus, or they are found and named here. A concept of
ours is the entity whose identifier is one of its own; one that has no identifier of MeSH, OMIM or
Entrez Gene is no entity of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from benchmarks.corpora.biored import (
    KINDS,
    VARIANT,
    Article,
    Entity,
    Pair,
    local,
    relation_of,
    variant_name,
)
from benchmarks.corpora.biored_names import Names
from extractors.mentions.finding import find_seen
from extractors.mentions.lexicon import Lexicon
from extractors.models.recognising import Recogniser
from extractors.nlp.sentences import split_sentences
from extractors.pipeline import Pipeline
from extractors.sequence_variants.finding import find_variants
from kg.model import Document, Extraction, Mention, MentionType, Passage, Sentence

# Between which kinds the corpus tells relations.
ASKED = frozenset(
    frozenset(kinds)
    for kinds in (
        ("Drug",), ("Protein",), ("Drug", "Disease"), ("Drug", "Protein"), ("Disease", "Protein"),
        (VARIANT,), ("Disease", VARIANT), ("Drug", VARIANT),
    )
)  # fmt: skip
OURS: dict[str, MentionType] = {"Drug": "Drug", "Disease": "Disease", "Protein": "Protein"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an entity is named: the number of the sentence, and places in the whole text.

    `source` and `share` tell how its identifier was found, and how surely (`biored_names`).
    """

    name: str
    kind: str
    sentence: int
    start: int
    end: int
    source: str = "given"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Finder:
    """What the recogniser sees in the style of the corpus."""

    lexicon: Lexicon
    recogniser: Recogniser

    def places(self, document: Document, offset: int) -> list[tuple[int, int, str]]:
        """Start, end and kind of the entities of a document, in the whole text."""
        sentences = split_sentences(document)
        seen = find_seen(document, sentences, self.lexicon, self.recogniser, style="biored")
        bases = {"p1": 0, "p2": offset}
        return sorted(
            (start + bases[passage], end + bases[passage], kind)
            for passage, start, end, kind in seen if kind in OURS
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """An abstract with the seats of its entities, and how often we read what of which pair."""

    article: Article
    sentences: tuple[tuple[int, int], ...]
    seats: tuple[Seat, ...]
    told: Mapping[Pair, Counter[str]]

    def pairs(self) -> Iterator[Pair]:
        """The pairs of entities of kinds between which the corpus tells relations."""
        kinds = {seat.name: seat.kind for seat in self.seats}
        for one, other in combinations(sorted(kinds), 2):
            if frozenset((kinds[one], kinds[other])) in ASKED:
                yield frozenset((one, other))

    def gold(self, *, variants: bool = True) -> dict[Pair, str]:
        """The relations of the corpus, of variants too or not."""
        kinds = self.article.kinds
        return {
            pair: label for pair, label in self.article.relations.items()
            if variants or all(kinds.get(name) != VARIANT for name in pair)
        }  # fmt: skip


def document_of(article: Article) -> Document:
    """The abstract as the readers give it."""
    return Document(
        f"pubmed:{article.id}",
        (Passage("p1", "en", article.title, "title"), Passage("p2", "en", article.abstract)),
    )


def read_given(article: Article, pipeline: Pipeline) -> Read:
    """The abstract with the entities of the corpus; we read what holds between them.

    Variants have seats, but are not shown to the pipeline, which has no type for them.
    """
    offset, mentions = len(article.title) + 1, []
    names: dict[str, tuple[str, ...]] = {}
    for number, entity in enumerate(article.entities):
        if entity.kind not in OURS or not entity.identifiers:
            continue
        passage, base = ("p1", 0) if entity.end <= len(article.title) else ("p2", offset)
        start, end = entity.start - base, entity.end - base
        text, kind = article.text[entity.start : entity.end], OURS[entity.kind]
        names[f"g{number}"] = entity.identifiers
        mentions.append(Mention(f"g{number}", passage, "", start, end, text, kind))
    extraction = pipeline.extract(Extraction(document_of(article), mentions=tuple(mentions)))
    spans = _spans(extraction, offset)
    seats = [
        Seat(name, entity.kind, _sentence_at(spans, entity.start), entity.start, entity.end)
        for entity in article.entities if entity.kind in (*OURS, VARIANT)
        for name in entity.identifiers
    ]  # fmt: skip
    return Read(article, spans, tuple(seats), told(extraction, names))


def read_own(
    article: Article, extraction: Extraction, lexicon: Lexicon, *, by_place: bool = False
) -> Read:
    """The abstract read from its text alone.

    Where `by_place` is set, a mention that overlaps one of the corpus of the same kind is taken for
    the same entity, whatever concept we gave it: what is found and read, naming set aside.
    """
    known, offset = set(article.kinds), len(article.title) + 1
    spans, seats = _spans(extraction, offset), []
    names: dict[str, tuple[str, ...]] = {}
    for mention in extraction.mentions:
        base = 0 if mention.passage == "p1" else offset
        start, end, kind = mention.start + base, mention.end + base, KINDS.get(mention.type)
        own = entity_of(mention, lexicon, known)
        names[mention.id] = (own,) if own is not None and kind is not None else ()
        if by_place and kind is not None:
            names[mention.id] = named_at(article, kind, start, end) or names[mention.id]
        seats += [
            Seat(name, article.kinds.get(name, kind or ""), _sentence_at(spans, start), start, end)
            for name in names[mention.id]
        ]
    return Read(article, spans, tuple(seats), told(extraction, names))


def read_found(article: Article, pipeline: Pipeline, finder: Finder, names: Names) -> Read:
    """The abstract with entities found in the style of the corpus and called as it calls them.

    The recogniser reads as the corpus was annotated, variants are found by their notation, and the
    pipeline reads what holds between them.
    """
    offset = len(article.title) + 1
    places = [Entity(*place, ()) for place in finder.places(document_of(article), offset)]
    called = names.call(article, places)
    variants = [
        Entity(v.start, v.end, VARIANT, (variant_name(v),)) for v in find_variants(article.text)
    ]
    mentions, known = [], {}
    for number, (place, call) in enumerate(zip(places, called, strict=True)):
        passage, base = ("p1", 0) if place.end <= len(article.title) else ("p2", offset)
        text = article.text[place.start : place.end]
        mentions.append(
            Mention(f"g{number}", passage, "", place.start - base, place.end - base, text,
                    OURS[place.kind])
        )  # fmt: skip
        known[f"g{number}"] = call.identifiers
    extraction = pipeline.extract(Extraction(document_of(article), mentions=tuple(mentions)))
    spans = _spans(extraction, offset)
    seats = [
        Seat(name, one.kind, _sentence_at(spans, one.start), one.start, one.end, source, share)
        for one, identifiers, source, share in (
            *((p, c.identifiers, c.source, c.share) for p, c in zip(places, called, strict=True)),
            *((v, v.identifiers, "notation", 1.0) for v in variants),
        )
        for name in identifiers
    ]
    return Read(article, spans, tuple(seats), told(extraction, known))


def named_at(article: Article, kind: str, start: int, end: int) -> tuple[str, ...]:
    """The identifiers of the corpus' entity of a kind that overlaps a stretch of the text most."""
    over = [
        (min(e.end, end) - max(e.start, start), e.identifiers)
        for e in article.entities if e.kind == kind and e.start < end and start < e.end
    ]  # fmt: skip
    return max(over)[1] if over else ()


def entity_of(mention: Mention, lexicon: Lexicon, known: set[str]) -> str | None:
    """The identifier of a mention's concept in the corpus' vocabularies.

    Of several that one concept has, the one that the abstract's annotators used.
    """
    if mention.concept is None:
        return None
    names = local(lexicon.identifiers(mention.concept) or (mention.concept,))
    return next((name for name in names if name in known), names[0] if names else None)


def told(extraction: Extraction, names: Mapping[str, tuple[str, ...]]) -> dict[Pair, Counter[str]]:
    """What was read of each pair of entities, in the words of the corpus; nothing denied."""
    mentions = {mention.id: mention for mention in extraction.mentions}
    found: defaultdict[Pair, Counter[str]] = defaultdict(Counter)
    for relation in extraction.relations:
        if relation.polarity == "negated":
            continue
        ends = mentions[relation.subject], mentions[relation.object]
        label = relation_of(relation, *ends)
        for one in names.get(relation.subject, ()):
            for other in names.get(relation.object, ()):
                if label is not None and one != other:
                    found[frozenset((one, other))][label] += 1
    return dict(found)


def _spans(extraction: Extraction, offset: int) -> tuple[tuple[int, int], ...]:
    def placed(sentence: Sentence) -> tuple[int, int]:
        base = 0 if sentence.passage == "p1" else offset
        return sentence.start + base, sentence.end + base

    return tuple(sorted(map(placed, extraction.sentences)))


def _sentence_at(spans: tuple[tuple[int, int], ...], start: int) -> int:
    return max((n for n, (first, _) in enumerate(spans) if first <= start), default=0)
