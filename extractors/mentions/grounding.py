"""Which concept a mention denotes: candidates with score and reason, the best first."""

from __future__ import annotations

from extractors.mentions.lexicon import Entry, Lexicon, TermMatch
from extractors.mentions.phrases import Found
from kg.model import Candidate, Language

# How far a name of each kind is to be believed.
SCOPE_SCORES = {
    "label": 1.0, "exact": 0.95, "abbreviation": 0.75, "related": 0.6, "narrow": 0.5, "broad": 0.4,
}  # fmt: skip
_MOST_CANDIDATES = 5
_INNER = 0.7  # so that an inner name of less than 5/7 of the phrase stays below a half
_AMBIGUOUS = 0.8
_OTHER_TYPE = 0.5


def ground(text: str, item: Found, language: Language, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """The concepts that a mention may denote, at most five.

    A listed name gives its concepts; a short form those of its long form; a phrase those of the
    listed name with which it ends, if the types agree, the less certain the more stands before it.
    """
    if item.method == "abbreviation" and item.match is not None:
        return _candidates(item.match.entries, item, "abbreviation of", 0.95)
    if item.method == "abbreviation" and item.stands_for:
        long = _last_name(item.stands_for, item, language, lexicon)
        if long is None:
            return ()
        share = _share(long, item.stands_for)
        return _candidates(long.entries, item, "abbreviation, ends with", share)
    entries = lexicon.lookup(text, language)
    if entries:
        return _candidates(entries, item, "name", 1.0)
    if item.match is not None:
        return _candidates(item.match.entries, item, "means", 0.9)
    inner = _last_name(text, item, language, lexicon)
    return _candidates(inner.entries, item, "ends with", _share(inner, text)) if inner else ()


def _share(inner: TermMatch, text: str) -> float:
    """How far the last words tell the whole: "lung cancer" is no mention of cancer as such."""
    return _INNER * len(inner.text) / len(text)


def _last_name(text: str, item: Found, language: Language, lexicon: Lexicon) -> TermMatch | None:
    ending = [
        match
        for match in lexicon.matches(text, language)
        if match.end == len(text) and match.entries[0].type == item.type
    ]
    return max(ending, key=lambda match: match.end - match.start, default=None)


def _candidates(
    entries: tuple[Entry, ...], item: Found, reason: str, weight: float
) -> tuple[Candidate, ...]:
    scored: dict[str, Candidate] = {}
    for entry in entries:
        score = SCOPE_SCORES[entry.scope] * weight
        if entry.type != item.type:
            score *= _OTHER_TYPE
        candidate = Candidate(
            entry.concept, round(score, 3), f"{reason} {entry.name} ({entry.scope})"
        )
        if score > getattr(scored.get(entry.concept), "score", 0.0):
            scored[entry.concept] = candidate
    ranked = sorted(scored.values(), key=lambda candidate: -candidate.score)
    if len(ranked) > 1 and ranked[1].score > ranked[0].score - 0.05:
        ranked[0] = Candidate(ranked[0].concept, round(ranked[0].score * _AMBIGUOUS, 3),
                              f"{ranked[0].reason}, ambiguous")  # fmt: skip
        ranked.sort(key=lambda candidate: -candidate.score)
    return tuple(ranked[:_MOST_CANDIDATES])
