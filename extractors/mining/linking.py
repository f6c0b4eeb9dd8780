"""Pairs of names taken one to one, the best first, with what the terminology knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractors.composition.model import Composition
from extractors.mentions.lexicon import Lexicon
from extractors.mining.bitext import Unit
from extractors.mining.pairing import Counts, Evidence, count_pairs, score_pairs
from kg.model import LANGUAGES, Language, MentionType
from kg.vocab import local_concept

LEAST = 0.5  # score of a pair that is proposed
SCOPES = ("label", "exact", "abbreviation")  # of names by which a concept is known
Standing = Literal["known", "en known", "zh known", "conflict", "new"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair of names that is proposed, and the concept and type that it would have.

    `standing` tells what the terminology knows of it: both names as one concept, one of them, both
    as different concepts, or neither. A new pair has a local identifier.
    """

    en: str
    zh: str
    score: float
    count: int
    concept: str
    type: MentionType
    standing: Standing
    evidence: tuple[Evidence, ...]


def mine(
    units: Iterable[Unit], lexicon: Lexicon, composition: Composition, *, least: float = LEAST
) -> tuple[Proposal, ...]:
    """The pairs of names that stand for each other in aligned text, the surest first."""
    return link(count_pairs(units, lexicon, composition), lexicon, composition, least=least)


def link(
    counts: Counts, lexicon: Lexicon, composition: Composition, *, least: float = LEAST
) -> tuple[Proposal, ...]:
    """The best pairs of those counted: each name stands in one (competitive linking, Melamed 2000).

    Of pairs with the same score, that with the longer names comes first.
    """
    scored = [
        (features.score, key)
        for key, features in score_pairs(counts, composition)
        if features.score >= least
    ]
    scored.sort(key=lambda pair: (-pair[0], -len(pair[1][1]), -len(pair[1][0]), pair[1]))
    taken_en: set[tuple[str, ...]] = set()
    taken_zh: set[tuple[str, ...]] = set()
    found = []
    for score, key in scored:
        en, zh = key
        if en in taken_en or zh in taken_zh:
            continue
        taken_en.add(en)
        taken_zh.add(zh)
        found.append(_proposal(score, en, zh, counts, lexicon))
    return tuple(found)


def _proposal(
    score: float, en: tuple[str, ...], zh: tuple[str, ...], counts: Counts, lexicon: Lexicon
) -> Proposal:
    seen = counts.pairs[en, zh]
    names = {"en": _form(counts, en), "zh": _form(counts, zh)}
    known = {language: _concepts(names[language], language, lexicon) for language in LANGUAGES}
    shared = [concept for concept in known["en"] if concept in known["zh"]]
    read_as = counts.types.get(en) or counts.types[zh]  # one of the two is a mention
    if shared:
        standing: Standing = "known"
    elif known["en"] and known["zh"]:
        standing = "conflict"
    else:
        standing = "en known" if known["en"] else "zh known" if known["zh"] else "new"
    concept = next(iter((*shared, *known["en"], *known["zh"])), None)
    kind = (lexicon.type_of(concept) if concept else None) or read_as
    return Proposal(
        names["en"], names["zh"], round(score, 4), seen.count,
        concept or local_concept(kind, names["en"]), kind, standing, tuple(seen.evidence),
    )  # fmt: skip


def _form(counts: Counts, parts: tuple[str, ...]) -> str:
    """The way in which a name is written most often; small letters where as often as capitals."""
    forms = counts.forms[parts]
    return min(forms, key=lambda form: (-forms[form], sum(map(str.isupper, form)), form))


def _concepts(name: str, language: Language, lexicon: Lexicon) -> list[str]:
    return [e.concept for e in lexicon.lookup(name, language) if e.scope in SCOPES]
