"""Chinese mentions without a concept, given the concepts whose English names they translate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.composition.building import COMPOSED
from extractors.composition.model import Composition
from extractors.composition.names import NameIndex
from extractors.mentions.lexicon import Lexicon
from kg.model import Candidate, Document, Mention

MOST = 5
LEAST = 0.5  # score of a candidate that is told
SURE = 0.8  # score at which a mention takes the concept
AHEAD = 0.05  # by which it must be better than the next concept
WEIGHT = 0.9  # of a composed name beside a listed one
REASON = "composed of the parts of"
_SHORTEST = 3  # code points of a mention; two characters are too few parts


def propose_concepts(
    document: Document, mentions: Sequence[Mention], names: NameIndex, composition: Composition,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:  # fmt: skip
    """The mentions, those in Chinese that have no concept with composed candidates.

    A mention takes the best of them as its concept where that is sure and ahead of the others.
    Only concepts of the type of the mention are candidates; diseases and outcomes count as one.
    """
    chinese = {passage.id for passage in document.passages if passage.language == "zh"}
    return tuple(
        _proposed(mention, names, composition, lexicon)
        if mention.passage in chinese and _is_open(mention)
        else mention
        for mention in mentions
    )


def _is_open(mention: Mention) -> bool:
    return (
        mention.concept is None and mention.type in COMPOSED and len(mention.text) >= _SHORTEST
    )  # fmt: skip


def _proposed(
    mention: Mention, names: NameIndex, composition: Composition, lexicon: Lexicon
) -> Mention:
    medical = ("Disease", "Outcome")
    types = medical if mention.type in medical else (mention.type,)
    found = names.propose(
        mention.text, composition, most=MOST,
        allowed=lambda concept: lexicon.type_of(concept) in types,
    )  # fmt: skip
    told = [proposal for proposal in found if proposal.score >= LEAST]
    if not told:
        return mention
    composed = tuple(
        Candidate(one.concept, round(WEIGHT * one.score, 3), f"{REASON} {one.name}") for one in told
    )
    known = {candidate.concept for candidate in composed}
    others = tuple(one for one in mention.candidates if one.concept not in known)
    ranked = tuple(sorted((*composed, *others), key=lambda one: -one.score))[:MOST]
    behind = told[1].score if len(told) > 1 else 0.0
    best = told[0]
    if best.score < SURE or best.score < behind + AHEAD:
        return replace(mention, candidates=ranked)
    return replace(
        mention, concept=best.concept, candidates=ranked, method="composed",
        score=min(mention.score, round(WEIGHT * best.score, 3)),
    )  # fmt: skip
