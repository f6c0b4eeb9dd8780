"""What a name may denote by itself, before the document is asked.

The name is looked up as it stands and in its other ways of writing; where nothing is found, so are
the names that a slip of the keyboard leads to, the words at its end (a broader concept) and the
parts of a coordination ("breast and ovarian cancer"). Each candidate tells the chain of reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.grounding.misspelt import misspelt_entries
from extractors.grounding.unlisted import similar_entries
from extractors.grounding.variants import Variant, differences, variants
from extractors.grounding.weights import Weights, load_weights
from extractors.normalize import has_han, key
from kg.model import Language, MentionType

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Entry, Lexicon

# A name is looked up in other ways while their scores are not below this part of the best.
NEAR = 0.9
# A name that is listed as good as this is looked up in no other way unless the document asks.
_SURE = 0.93
# A thing of these types is meant only by a name as it stands where a mention is of another type.
_STRICT = ("Process", "Cell")
_AT_HOME = ("", "parallax")
_COORDINATION = re.compile(r"\s*(?:,?\s(?:and/or|and|or)\s|,\s|/|及其|以及|和|与|及|或|、)\s*")
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """A concept that a name may denote: by which of its names and for which reasons."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]

    @property
    def concept(self) -> str:
        """The CURIE."""
        return self.entry.concept

    def because(self, *reasons: str) -> Scored:
        """The same with more reasons in front, and their factors."""
        factor = load_weights().factor(*reasons)
        return replace(self, score=self.score * factor, reasons=(*reasons, *self.reasons))


@lru_cache(maxsize=1 << 15)
def find_candidates(
    text: str,
    language: Language,
    kind: MentionType | None,
    lexicon: Lexicon,
    *,
    near: float = NEAR,
) -> tuple[Scored, ...]:
    """The concepts that a name may denote, the best first, each once.

    Parameters
    ----------
    kind : the type of the mention, or None where it is unknown
    near : how far below the best a way of writing may be to be looked up, as a part of its score
    """
    found = list(_by_name(text, language, kind, lexicon, near))
    if not any(scored.score >= load_weights().threshold for scored in found):
        found.extend(_misspelt(text, language, kind, lexicon))
        found.extend(_similar(text, language, kind, lexicon))
        found.extend(_coordinated(text, language, kind, lexicon))
        found.extend(_broader(text, language, kind, lexicon))
    return ranked(found)


def ranked(found: Iterable[Scored]) -> tuple[Scored, ...]:
    """The best of each concept, the best first; ties by concept."""
    best: dict[str, Scored] = {}
    for scored in found:
        known = best.get(scored.concept)
        if known is None or scored.score > known.score:
            best[scored.concept] = scored
    return tuple(sorted(best.values(), key=lambda s: (-round(s.score, 6), s.concept)))


def _by_name(
    text: str,
    language: Language,
    kind: MentionType | None,
    lexicon: Lexicon,
    near: float = NEAR,
) -> Iterator[Scored]:
    best = 0.0
    for variant in variants(text, language, kind):
        if variant.score < best * near or (best >= _SURE and near == NEAR):
            return
        for scored in _looked_up(variant, text, language, kind, lexicon):
            best = max(best, scored.score)
            yield scored


def _looked_up(
    variant: Variant, text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> Iterator[Scored]:
    weights = load_weights()
    for entry in lexicon.lookup(variant.text, "zh" if has_han(variant.text) else language):
        # A variant is written in plain words, so that only the name itself tells case and number.
        reasons = variant.reasons or differences(text, entry.name, language) or ("name",)
        score = weights.factor(*reasons) if not variant.reasons else variant.score
        if variant.reasons and kind not in (None, entry.type) and entry.type in _STRICT:
            score *= weights.other_type
        score *= _of_entry(entry, kind, weights) * _of_label(entry, language, lexicon, weights)
        yield Scored(entry, score, reasons)


def _of_entry(entry: Entry, kind: MentionType | None, weights: Weights) -> float:
    """How good a name of a concept is by its scope, type and vocabulary."""
    score = weights.scopes[entry.scope] * weights.of_types(kind, entry.type)
    if (
        kind not in (None, entry.type)
        and len(entry.name) <= weights.symbol
        and entry.name.isupper()
    ):
        score = min(score, weights.scopes[entry.scope] * weights.other_type)
    prefixes = weights.vocabularies.get(entry.type, ())
    prefix = entry.concept.partition(":")[0]
    if entry.source not in weights.own_sources.get(prefix, (entry.source,)) and (
        entry.source not in _AT_HOME
    ):
        score *= weights.foreign_source
    place = prefixes.index(prefix) if prefix in prefixes else len(prefixes)
    return score * (1 - weights.vocabulary_step * place)


def _of_label(entry: Entry, language: Language, lexicon: Lexicon, weights: Weights) -> float:
    """How near a name is to the label of its concept."""
    label = entry.name if entry.scope == "label" else lexicon.label(entry.concept, language)
    if label is None:
        return 1.0
    one, other = (frozenset(key(text, language).split()) for text in (entry.name, label))
    return 1 - weights.label_distance * (1 - len(one & other) / len(one | other))


def _broader(
    text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> Iterator[Scored]:
    """The listed name with which a name ends, less certain the more stands before it."""
    ending = [
        match
        for match in lexicon.matches(text, language)
        if match.end == len(text) and match.start > 0
        and load_weights().of_types(kind, match.entries[0].type) > load_weights().other_type
    ]  # fmt: skip
    if not ending:
        return
    longest = max(ending, key=lambda match: match.end - match.start)
    share = len(longest.text) / len(text)
    weights = load_weights()
    for entry in longest.entries:
        score = weights.factor("broader") * share * _of_entry(entry, kind, weights)
        yield Scored(entry, score, ("broader",))


def _misspelt(
    text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> Iterator[Scored]:
    """The one concept that a name leads to by a slip of the keyboard."""
    weights = load_weights()
    for entry in misspelt_entries(text, language, kind, lexicon):
        score = weights.factor("misspelt") * _of_entry(entry, kind, weights)
        yield Scored(entry, score, ("misspelt",))


def _similar(
    text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> Iterator[Scored]:
    """The listed name that the name is surely written like, by its chance."""
    for alike in similar_entries(text, language, lexicon, kind=kind):
        yield Scored(alike.entry, alike.chance, ("similar",))


def _coordinated(
    text: str, language: Language, kind: MentionType | None, lexicon: Lexicon
) -> Iterator[Scored]:
    """The things that are named together, where each of them is listed."""
    for names in split_coordination(text):
        parts = [ranked(_by_name(name, language, kind, lexicon))[:1] for name in names]
        if all(parts):
            yield from (part[0].because("part") for part in parts)
            return


def split_coordination(text: str) -> Iterator[tuple[str, ...]]:
    """The names that a coordination may stand for, the likeliest reading first.

    Examples
    --------
    >>> list(split_coordination("breast and ovarian cancer"))
    [('breast cancer', 'ovarian cancer'), ('breast', 'ovarian cancer')]
    >>> list(split_coordination("乳腺和卵巢癌"))[0]
    ('乳腺癌', '卵巢癌')
    """
    parts = tuple(part for part in _COORDINATION.split(text) if part.strip())
    if len(parts) < _LEAST_WORDS:
        return
    last = parts[-1]
    words = last.split(" ") if " " in last else list(last) if has_han(last) else [last]
    joint = " " if " " in last else ""
    # An English head may be of several words; a Chinese one is most often one character (癌, 炎).
    places = range(1, len(words))
    for at in reversed(places) if has_han(last) else places:
        head = joint + joint.join(words[at:])
        yield (*(part if part.endswith(head) else part + head for part in parts[:-1]), last)
    yield parts
