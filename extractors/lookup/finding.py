"""Which concepts a text may name, and for which reasons.

A text that is a name, as it stands or written in another way, is asked as a whole. Otherwise the
names in it are, and what it may mean as a whole stands first: parts of a coordination, a listed
name written like it, or English names that its Chinese parts translate. A text in Latin letters in
which nothing is found is read as pinyin, in full or by initials.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.composition.building import COMPOSED
from extractors.composition.model import Composition
from extractors.composition.names import NameIndex
from extractors.composition.proposing import LEAST, WEIGHT
from extractors.grounding.candidates import find_candidates
from extractors.grounding.weights import load_weights
from extractors.mentions.lexicon import Entry, Lexicon, TermMatch, longest
from extractors.mentions.pinyin import by_pinyin
from extractors.normalize import has_han
from kg.model import Language
from kg.search.folding import fold, spell

_LONGEST = 60  # code points of a text that may be one name
_SENTENCE = frozenset("。；！？;!?\n")
_INSIDE = frozenset(("broader", "compound"))  # reasons that say that only a part is known
_UNSURE = frozenset(("part", "similar")) | _INSIDE
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that a stretch of the text may name: by which of its names, how well, and why."""

    start: int
    end: int
    text: str
    entry: Entry
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """What names by their parts ask; absent where only the starter terminology is there."""

    names: NameIndex
    composition: Composition


def look_up(
    text: str, language: Language, lexicon: Lexicon, *, composed: Composed | None = None,
    every: bool = False,
) -> tuple[Hit, ...]:  # fmt: skip
    """The concepts that a text names or may name, by place, the best of each place first.

    Parameters
    ----------
    every : whether names inside longer ones are told too
    """
    begin = len(text) - len(text.lstrip())
    name = text.strip()
    one = 0 < len(name) <= _LONGEST and not _SENTENCE & set(name)
    whole = _as_name(name, begin, language, lexicon) if one else []
    sure = [hit for hit in whole if not _UNSURE & set(hit.reasons)]
    if any(hit.score >= load_weights().threshold for hit in sure) and not every:
        return tuple(sure)
    inside = list(_names_in(text, language, lexicon, every=every))
    if one:
        inside_of = {(hit.start, hit.end, hit.entry.concept) for hit in inside}
        ends = {hit.entry.concept for hit in inside}
        told = [
            hit
            for hit in whole
            if (hit.start, hit.end, hit.entry.concept) not in inside_of
            and not (_INSIDE & set(hit.reasons) and hit.entry.concept in ends)
        ]
        known = {hit.entry.concept for hit in told}
        if composed is not None and not sure:
            told += (
                hit
                for hit in _composed(name, begin, lexicon, composed)
                if hit.entry.concept not in known
            )
        inside = [*told, *inside]
    return tuple(inside) or tuple(_spelt(name, begin, lexicon))


def _as_name(text: str, begin: int, language: Language, lexicon: Lexicon) -> list[Hit]:
    return [
        Hit(begin, begin + len(text), text, scored.entry, round(scored.score, 3), scored.reasons)
        for scored in find_candidates(text, language, None, lexicon)
    ]


def _names_in(text: str, language: Language, lexicon: Lexicon, *, every: bool) -> Iterator[Hit]:
    matches = lexicon.matches(text, language)
    for match in matches if every else longest(matches):
        yield from _of_match(match, language, lexicon)


def _of_match(match: TermMatch, language: Language, lexicon: Lexicon) -> Iterator[Hit]:
    found = find_candidates(match.text, language, None, lexicon)
    told = {scored.concept for scored in found}
    for scored in found:
        if not _UNSURE & set(scored.reasons):
            yield Hit(match.start, match.end, match.text, scored.entry, round(scored.score, 3),
                      scored.reasons)  # fmt: skip
    weights = load_weights()
    for entry in match.entries:
        if entry.concept not in told:
            told.add(entry.concept)
            score = weights.scopes[entry.scope]
            yield Hit(match.start, match.end, match.text, entry, round(score, 3), ("name",))


def _composed(text: str, begin: int, lexicon: Lexicon, composed: Composed) -> Iterator[Hit]:
    if not has_han(text) or len(text) < _SHORTEST:
        return
    proposals = composed.names.propose(
        text, composed.composition, allowed=lambda concept: lexicon.type_of(concept) in COMPOSED
    )
    for proposal in proposals:
        entry = next(
            (e for e in lexicon.names(proposal.concept) if e.name == proposal.name), None
        )  # fmt: skip
        if entry is not None and proposal.score >= LEAST:
            score = round(WEIGHT * proposal.score, 3)
            yield Hit(begin, begin + len(text), text, entry, score, ("composed",))


def _spelt(text: str, begin: int, lexicon: Lexicon) -> Iterator[Hit]:
    weights, spelling = load_weights(), fold(text.replace("ü", "v"))
    for entry in by_pinyin(text, lexicon):
        reason = "pinyin" if spell(entry.name)[:1] == (spelling,) else "initials"
        score = weights.factor(reason) * weights.scopes[entry.scope]
        yield Hit(begin, begin + len(text), text, entry, round(score, 3), (reason,))
