"""How well a Chinese name composes from the parts of an English one, 0…1.

The parts are learnt from the names of the terminology itself: an English word (or its first five
letters) and a pair of Han characters that stand together in the names of one concept more often
than apart belong to each other (Dice's coefficient). So 肝细胞凋亡 is recognised as "liver cell
apoptosis" although neither is in the terminology.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_STOP = frozenset(("of", "the", "a", "an", "and", "or", "in", "with", "for", "to", "by", "on"))
STEM = 5
LEAST = 0.08  # association below which a part of a name is taken for chance


@dataclass(frozen=True, slots=True)
class Composition:
    """Associations between English stems and Han bigrams."""

    associations: Mapping[str, Mapping[str, float]]

    def similarity(self, en: str, zh: str) -> float:
        """The share of both names that finds its counterpart in the other."""
        stems, grams = _stems(en), _grams(zh)
        latin = set(_WORD.findall(_fold(zh)))
        if not stems or not (grams or latin):
            return 0.0
        words = _words(en)
        from_en = sum(
            1.0 if word in latin else self._best(stem, grams)
            for word, stem in zip(words, stems, strict=True)
        )
        covered = sum(
            max((self._link(stem, gram) for stem in stems), default=0.0) for gram in grams
        )
        shared = len(latin & set(words))
        share_zh = (covered + shared) / (len(grams) + len(latin))
        return (from_en / len(stems) + share_zh) / 2

    def _best(self, stem: str, grams: tuple[str, ...]) -> float:
        return max((self._link(stem, gram) for gram in grams), default=0.0)

    def _link(self, stem: str, gram: str) -> float:
        value = self.associations.get(stem, {}).get(gram, 0.0)
        return min(1.0, value * 2.5) if value >= LEAST else 0.0


def learn_composition(pairs: Iterable[tuple[str, str]]) -> Composition:
    """The associations of a list of (English name, Chinese name) pairs.

    >>> names = [("liver cancer", "肝癌"), ("liver injury", "肝损伤"), ("lung injury", "肺损伤")]
    >>> model = learn_composition(names)
    >>> model.similarity("lung injury", "肺损伤") > model.similarity("lung injury", "肝癌")
    True
    """
    joint: dict[str, Counter[str]] = defaultdict(Counter)
    stems_seen: Counter[str] = Counter()
    grams_seen: Counter[str] = Counter()
    for en, zh in pairs:
        stems, grams = set(_stems(en)), set(_grams(zh))
        stems_seen.update(stems)
        grams_seen.update(grams)
        for stem in stems:
            joint[stem].update(grams)
    return Composition(
        {
            stem: {
                gram: value
                for gram, count in grams.items()
                if (value := 2 * count / (stems_seen[stem] + grams_seen[gram])) >= LEAST
            }
            for stem, grams in joint.items()
        }
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(_fold(text)) if word not in _STOP)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(word[:STEM] for word in _words(text))


def _grams(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring Han characters, and a single character where a run has but one."""
    grams: list[str] = []
    for run in _HAN_RUN.findall(_fold(text)):
        grams.extend(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else grams.append(
            run
        )
    return tuple(grams)
