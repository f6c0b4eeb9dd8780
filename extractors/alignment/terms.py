"""Which term of one language is which of the other, in one document.

A term is a concept, or the folded words of mentions without one. Pairs are scored by what they
are (same concept, same Latin spelling, composition of the names), by where they stand (in aligned
sentences, at about the same place) and by what is said of them (same role in the same predicate);
the best pairs are taken first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.alignment.sentences import Group
from extractors.alignment.side_by_side import SideBySide
from extractors.composition.model import Composition
from extractors.composition.parts import signs, words
from extractors.normalize import key as key_of
from kg.model import Extraction, Language, Mention

ACCEPT = 0.3  # least score of a pair in which both terms are still free
ATTACH = 0.62  # least score for a further name of a term that has its partner already
SAID = 0.4  # how far the words of that further name must lead to the term, where words are known
FAR = 0.6  # least score of a pair whose mentions are linked beyond aligned sentences
_LATIN = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class Term:
    """All mentions of one concept (or one unknown name) in one language of a document."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    groups: Counter[int] = field(default_factory=Counter)
    places: dict[int, list[float]] = field(default_factory=dict)
    roles: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    group_of: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> Mention:
        """The mention that stands for the term."""
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class TermPair:
    """Two terms that are taken for one, and how sure that is.

    `attached` tells that one of them has a better partner: it is a further name beside that.
    `whole` (0…1) is how far each name says all that the other does.
    """

    en: Term
    zh: Term
    score: float
    attached: bool = False
    whole: float = 0.0


def pair_terms(
    extraction: Extraction,
    groups: Sequence[Group],
    composition: Composition,
    pages: SideBySide | None = None,
) -> tuple[TermPair, ...]:
    """The pairs of terms that are translations of each other, best first."""
    en, zh = _terms(extraction, groups, "en"), _terms(extraction, groups, "zh")
    scored = []
    for e in en:
        for z in zh:
            said = _said(e, z, pages)
            score = _score(e, z, composition, said or 0.0)
            if score >= ACCEPT:
                scored.append((TermPair(e, z, score, whole=_wholeness(e, z, composition)), said))
    scored.sort(key=lambda row: (-row[0].score, row[0].en.first.start, row[0].zh.first.start))
    taken_en: set[str] = set()
    taken_zh: set[str] = set()
    pairs = []
    for pair, said in scored:
        free = pair.en.key not in taken_en and pair.zh.key not in taken_zh
        half = pair.en.key not in taken_en or pair.zh.key not in taken_zh
        told = said is None or said >= SAID
        if free or (half and told and pair.score >= ATTACH):
            pairs.append(replace(pair, attached=not free))
            taken_en.add(pair.en.key)
            taken_zh.add(pair.zh.key)
    return tuple(pairs)


def _terms(extraction: Extraction, groups: Sequence[Group], language: Language) -> tuple[Term, ...]:
    languages = {passage.id: passage.language for passage in extraction.document.passages}
    sentences = {sentence.id: sentence for sentence in extraction.sentences}
    group_of = {
        identifier: number
        for number, group in enumerate(groups)
        if group.en and group.zh
        for identifier in (*group.en, *group.zh)
    }
    spans = _group_spans(extraction, groups, language)
    terms: dict[str, Term] = {}
    owner: dict[str, Term] = {}
    for mention in extraction.mentions:
        if languages[mention.passage] != language:
            continue
        key = mention.concept or f"{mention.type} {key_of(mention.text, language)}"
        term = terms.setdefault(key, Term(key))
        term.mentions.append(mention)
        owner[mention.id] = term
        number = group_of.get(mention.sentence)
        if number is not None:
            term.groups[number] += 1
            term.group_of[mention.id] = number
            done, total = spans[mention.sentence]
            sentence = sentences[mention.sentence]
            place = (done + mention.start - sentence.start) / max(1, total)
            term.places.setdefault(number, []).append(place)
    for relation in extraction.relations:
        number = group_of.get(relation.sentence)
        if number is not None:
            for role, identifier in (("subject", relation.subject), ("object", relation.object)):
                if identifier in owner:
                    owner[identifier].roles[number, relation.predicate, role] += 1
    return tuple(terms.values())


def _group_spans(
    extraction: Extraction, groups: Sequence[Group], language: str
) -> dict[str, tuple[int, int]]:
    """For each sentence, the letters before it in its group and the letters of the group."""
    length = {sentence.id: sentence.end - sentence.start for sentence in extraction.sentences}
    spans: dict[str, tuple[int, int]] = {}
    for group in groups:
        members = group.en if language == "en" else group.zh
        total, done = sum(length[member] for member in members), 0
        for member in members:
            spans[member] = (done, total)
            done += length[member]
    return spans


def _together(en: Term, zh: Term) -> int:
    return sum(min(count, zh.groups[number]) for number, count in en.groups.items())


def _said(en: Term, zh: Term, pages: SideBySide | None) -> float | None:
    """How far the words of two terms lead to each other; None where no words were linked."""
    if pages is None:
        return None
    return max(pages.agreement(a, b) for a in en.mentions for b in zh.mentions)


def _score(en: Term, zh: Term, composition: Composition, said: float) -> float:
    if en.first.concept is not None and en.first.concept == zh.first.concept:
        return 2.0
    together = _together(en, zh)
    spelling = max(
        (_spelling(a.text, b.text) for a in en.mentions[:4] for b in zh.mentions[:4]), default=0.0
    )
    if not together:
        return 0.9 if spelling == 1.0 else 0.0
    if (
        en.first.concept
        and zh.first.concept
        and not spelling
        and _LATIN.search(key_of(zh.first.text, "zh"))
    ):
        return 0.0  # two known concepts, written in Latin letters that differ
    likeness = max(
        (composition.similarity(a.text, b.text) for a in en.mentions[:3] for b in zh.mentions[:3]),
        default=0.0,
    )
    dice = 2 * together / (sum(en.groups.values()) + sum(zh.groups.values()))
    shared = en.places.keys() & zh.places.keys()
    nearness = sum(max(1 - 4 * _distance(en, zh, n), 0.0) for n in shared) / len(shared)
    roles = sum((en.roles & zh.roles).values()) > 0
    name = max(spelling, likeness, said)
    score = 0.55 * name + 0.22 * dice + 0.2 * nearness + 0.12 * roles
    score += 0.08 if en.first.type == zh.first.type else -0.12
    if en.first.concept and zh.first.concept:
        score -= 0.12  # two dictionary entries: they need more to be one
    return score


def _wholeness(en: Term, zh: Term, composition: Composition) -> float:
    fits = (
        composition.fit(words(a.text), signs(b.text))
        for a in en.mentions[:3]
        for b in zh.mentions[:3]
    )
    return max((fit.weaker for fit in fits), default=0.0)


def _distance(en: Term, zh: Term, group: int) -> float:
    """How far apart the two stand in a group of sentences, each as a share of its length."""
    return min(abs(a - b) for a in en.places[group] for b in zh.places[group])


def _spelling(en: str, zh: str) -> float:
    """1 where the Chinese is the same Latin symbol, part of 1 where it contains parts of it."""
    a, b = key_of(en, "en"), key_of(zh, "zh")
    if a == b:
        return 1.0
    words_en = set(_LATIN.findall(a))
    words_zh = set(_LATIN.findall(b))
    if not words_zh <= words_en or all(word.isdigit() for word in words_zh):
        return 0.0
    return 0.5 + 0.3 * len(words_zh) / len(words_en)


def links(pairs: Sequence[TermPair]) -> dict[str, tuple[str, ...]]:
    """For each mention, its counterparts: those in aligned sentences, else the first one.

    A further name of a term has counterparts in aligned sentences alone. If one mention is the
    counterpart of another, the other is that of the one.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        sides = _by_group(pair.en), _by_group(pair.zh)
        for here, there, other in ((*sides, pair.zh), (*sides[::-1], pair.en)):
            elsewhere = [] if pair.attached or pair.score < FAR else other.mentions[:1]
            for number, mentions in here.items():
                partners = there.get(number, []) if number is not None else []
                for mention in mentions:
                    for partner in partners or elsewhere:
                        found[mention.id][partner.id] = None
                        found[partner.id][mention.id] = None
    return {key: tuple(values) for key, values in found.items()}


def _by_group(term: Term) -> dict[int | None, list[Mention]]:
    table: dict[int | None, list[Mention]] = defaultdict(list)
    for mention in term.mentions:
        table[term.group_of.get(mention.id)].append(mention)
    return table
