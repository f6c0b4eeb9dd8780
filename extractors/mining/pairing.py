"""Which candidates of aligned sentences are the same term: counted, compared, linked one to one.

Each pair of candidates that stand in aligned sentences is described by how often they do so (Dice's
coefficient), how well their parts fit (`extractors.composition`), whether they stand at about the
same place, whether no word beside them belongs to them, and whether a bracket says that they are
the same: 蛋白尿（proteinuria）. A logistic function makes one score of these (`Features.score`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.composition.model import Composition
from extractors.composition.parts import signs, words
from extractors.mentions.abbreviations import find_definitions
from extractors.mentions.lexicon import Lexicon
from extractors.mining.bitext import Unit
from extractors.mining.candidates import Candidate, find_candidates
from kg.model import MentionType

# Logistic regression on 3,034 pairs that the starter terminology judges (half of them right); those
# of `whole` and `least` were set by hand, as names of the terminology are whole.
WEIGHTS = {
    "fit": 4.5, "fit_zh": 0.9, "latin": 1.9, "dice": 2.8, "often": 0.1, "nearness": 0.9,
    "same_type": 2.5, "bracket": 3.8, "whole": 5.0, "least": 4.0,
}  # fmt: skip
INTERCEPT = -15.8
MOST_EVIDENCE = 3
SURE_LINK = 0.4  # strength of parts that says that a word beside a name belongs to it
BESIDE = 40  # code points beside an English candidate in which the next word is looked for
NEXT = 6  # and beside a Chinese one
LEAST_LINK = 0.25  # strength of parts that lets two candidates be compared
SURE_DICE = 0.5  # two candidates without common parts are compared where they go together so often
SURE_COUNT = 3
_PAUSE = re.compile(r"[，。；：、,;:()（）]")
Key = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a pair, each 0…1; `WEIGHTS` says how much."""

    fit: float  # the lesser of the shares of both names that the other tells
    fit_zh: float
    least: float  # how far the worst told part of both is told
    latin: float
    dice: float
    often: float
    nearness: float
    same_type: float
    bracket: float
    whole: float  # the share of places where no word beside either name belongs to the pair

    @property
    def score(self) -> float:
        """The probability that the two names are one term."""
        weighted = sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return 1 / (1 + math.exp(-INTERCEPT - weighted))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two aligned sentences in which a pair stands, with the offsets of both names."""

    unit: Unit
    en: tuple[int, int]
    zh: tuple[int, int]


@dataclass(slots=True)
class _Seen:
    """What is known of a pair of candidates while sentences are read."""

    count: int = 0
    nearness: float = 0.0
    whole: int = 0
    bracket: bool = False
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """How often candidates and pairs of them stand in the sentences."""

    en: Counter[tuple[str, ...]] = field(default_factory=Counter)
    zh: Counter[tuple[str, ...]] = field(default_factory=Counter)
    pairs: dict[Key, _Seen] = field(default_factory=dict)
    forms: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    types: dict[tuple[str, ...], MentionType] = field(default_factory=dict)


def count_pairs(units: Iterable[Unit], lexicon: Lexicon, composition: Composition) -> Counts:
    """The candidates of all units and the pairs of them that may be one term."""
    counts = Counts()
    for unit in units:
        en = find_candidates(unit.en, "en", lexicon)
        zh = find_candidates(unit.zh, "zh", lexicon)
        for candidates, seen in ((en, counts.en), (zh, counts.zh)):
            seen.update({candidate.parts for candidate in candidates})
            for candidate in candidates:
                counts.forms.setdefault(candidate.parts, Counter())[candidate.text] += 1
                if candidate.type is not None:
                    counts.types.setdefault(candidate.parts, candidate.type)
        _count(unit, en, zh, composition, counts)
    return counts


def _count(
    unit: Unit, en: Sequence[Candidate], zh: Sequence[Candidate], composition: Composition,
    counts: Counts,
) -> None:  # fmt: skip
    links = composition.links(signs(unit.zh))
    joined = {candidate: "".join(candidate.parts) for candidate in zh}
    bracketed = set(_bracketed(unit.zh, zh, en, composition))
    done: set[Key] = set()
    for one in en:
        asked = {
            gram
            for word in one.parts
            for part in (word, *composition.pieces(word))
            for gram, strength in links.get(part, {}).items()
            if strength >= LEAST_LINK
        }
        beside = _grams_beside(unit.en, one, links, composition)
        for other in zh:
            if one.type is None and other.type is None:
                continue
            key = (one.parts, other.parts)
            bracket = key in bracketed
            known = counts.pairs.get(key)
            linked = bracket or any(gram in joined[other] for gram in asked)
            if (
                not linked and known is None and not (one.is_mention and other.is_mention)
            ) or key in done:
                continue
            done.add(key)
            seen = counts.pairs.setdefault(key, _Seen())
            seen.count += 1
            seen.nearness += max(0.0, 1 - 2 * abs(one.place - other.place))
            seen.bracket |= bracket
            seen.whole += not _goes_on(beside, other, joined[other], unit.zh)
            if len(seen.evidence) < MOST_EVIDENCE:
                places = (one.start, one.end), (other.start, other.end)
                seen.evidence.append(Evidence(unit, *places))


def _grams_beside(
    text: str, one: Candidate, links: Mapping[str, Mapping[str, float]], composition: Composition
) -> set[str]:
    """What the words on both sides of an English candidate are in the Chinese sentence.

    A preposition between counts as nothing, so that in "loss of vision" each is beside the other.
    """
    before = words(text[max(0, one.start - BESIDE) : one.start].rpartition(",")[2])[-1:]
    after = words(text[one.end : one.end + BESIDE].partition(",")[0])[:1]
    return {
        gram
        for word in (*before, *after)
        if word not in one.parts
        for part in (word, *composition.pieces(word))
        for gram, strength in links.get(part, {}).items()
        if strength >= SURE_LINK
    }


def _goes_on(beside: set[str], other: Candidate, joined: str, text: str) -> bool:
    """Whether a word beside the English candidate stands in the Chinese one, or next to it."""
    if not beside:
        return False
    before = "".join(signs(_PAUSE.split(text[: other.start])[-1][-NEXT:]))
    after = "".join(signs(_PAUSE.split(text[other.end :])[0][:NEXT]))
    return any(
        gram in joined or before.endswith(gram) or after.startswith(gram) for gram in beside
    )  # fmt: skip


def _bracketed(
    text: str, zh: Sequence[Candidate], en: Sequence[Candidate], composition: Composition
) -> Iterator[Key]:  # fmt: skip
    """The pairs of which a bracket in the Chinese sentence says that they are the same.

    Where the Chinese name begins, the bracket does not say: where it fits best, or is longest.
    """
    known = {candidate.parts for candidate in en}
    for definition in find_definitions(text):
        before = [c.parts for c in zh if c.end == definition.anchor and c.type is not None]
        for parts in {words(form.text) for form in definition.forms} & known:
            fits = {other: round(composition.fit(parts, other).weaker, 1) for other in before}
            if fits:
                yield parts, max(fits, key=lambda other: (fits[other], len(other)))


def score_pairs(counts: Counts, composition: Composition) -> Iterator[tuple[Key, Features]]:
    """Each pair that is worth it, with what speaks for it."""
    for key, seen in counts.pairs.items():
        en, zh = key
        dice = 2 * seen.count / (counts.en[en] + counts.zh[zh])
        fit = composition.fit(en, zh)
        often = dice >= SURE_DICE and seen.count >= SURE_COUNT
        if fit.weaker < LEAST_LINK and not seen.bracket and not often:
            continue
        types = [counts.types[parts] for parts in key if parts in counts.types]
        yield key, Features(
            fit=fit.weaker, fit_zh=fit.zh, least=fit.least, latin=fit.latin, dice=dice,
            often=1 - 1 / (1 + math.log(seen.count)) if seen.count > 1 else 0.0,
            nearness=seen.nearness / seen.count,
            same_type=float(len(types) == 2 and types[0] == types[1]),
            bracket=float(seen.bracket), whole=seen.whole / seen.count,
        )  # fmt: skip
