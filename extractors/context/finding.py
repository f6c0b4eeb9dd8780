"""The cues of a sentence with their scopes; needs nothing but the sentence.

ConText (Harkema et al. 2009) with its lists as data, extended by scopes as BioScope (Vincze et al.
2008) draws them where a language has weights for their two ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from extractors.context.cues import ContextCue, Hit, find_hits, phrase_tables
from extractors.context.features import (
    SENTENCE_ENDS,
    Place,
    cue_features,
    left_candidates,
    right_candidates,
)
from extractors.context.rules import Context, CueRule, load_context
from extractors.nlp.words import cut, level
from extractors.rule_files import ROOT
from kg.model import Language

Token = tuple[int, int, str]
CueHit = Hit[CueRule]


class ContextReader:
    """The context rules of one language, ready to be looked up.

    The cues of gated rules, and of those named in `weighed`, count where the weights say so.
    """

    def __init__(self, context: Context, *, weighed: Collection[str] = ()) -> None:
        self.context = context
        self.weighed = {rule.id for rule in context.rules if rule.gated} | set(weighed)
        self._tables = phrase_tables(context)

    def find(self, text: str, named: Sequence[tuple[int, int]] = ()) -> list[ContextCue]:
        """The cues of a sentence, in order; words inside the `named` stretches are no cues.

        All offsets are the sentence's own.
        """
        tokens = cut(level(text, self.context.language))
        words = [word for _, _, word in tokens]
        plain = ["" if is_name(text, start, end, named) else word for start, end, word in tokens]
        hits = self.hits(plain)
        kept = [h for h in hits if h.rule.id not in self.weighed or self._is_cue(h, hits, words)]
        found = [self._cue(hit, kept, tokens, words, text) for hit in kept]
        return sorted(found, key=lambda cue: (cue.start, cue.end))

    def hits(self, words: Sequence[str]) -> list[CueHit]:
        """All places where a phrase of a rule stands, before any is weighed."""
        return [hit for table in self._tables for hit in find_hits(words, table)]

    def _is_cue(self, hit: CueHit, hits: list[CueHit], words: list[str]) -> bool:
        weights = self.context.weights
        if weights is None:
            return False
        return weights.score("cue", cue_features(place_of(hit, hits, words, self.context))) > 0

    def _cue(
        self,
        hit: CueHit,
        hits: list[CueHit],
        tokens: list[Token],
        words: list[str],
        text: str,
    ) -> ContextCue:
        parts = [(tokens[first][0], tokens[last][1]) for first, last in hit.parts]
        reach = _reach(hit, tokens, words)
        scope = None
        if hit.rule.kind != "aim":  # an aim has no scope but the words that it asks about
            scope = learnt_scope(place_of(hit, hits, words, self.context), self.context)
        first, last = scope or reach
        start, end = parts[0]
        return ContextCue(
            hit.rule.kind,
            hit.rule.id,
            start,
            end,
            text[start:end],
            (tokens[first][0], tokens[last][1]),
            (tokens[reach[0]][0], tokens[reach[1]][1]),
            tuple(parts[1:]),
            hit.rule.heeded,
        )


def learnt_scope(place: Place, context: Context) -> tuple[int, int] | None:
    """The first and the last word of a cue's scope by the language's weights, if it has any."""
    weights = context.weights
    if weights is None:
        return None
    starts, features = left_candidates(place, context.words)
    first = starts[weights.best("left", features)]
    ends, features = right_candidates(place, context.words)
    return first, ends[weights.best("right", features)]


def is_name(text: str, start: int, end: int, named: Sequence[tuple[int, int]]) -> bool:
    """Whether a word is part of a mention, or an abbreviation in capitals (NO for nitric oxide)."""
    if any(low <= start < high for low, high in named):
        return True
    word = text[start:end]
    return len(word) > 1 and word.isascii() and word.isupper() and not text.isupper()


def place_of(hit: CueHit, hits: Sequence[CueHit], words: Sequence[str], context: Context) -> Place:
    """A hit as the features see it, among the other hits that do not overlap it."""
    own = {n for first, last in hit.parts for n in range(first, last + 1)}
    others = {
        part
        for other in hits
        for part in other.parts
        if other.rule.kind != "aim" and not own & set(range(part[0], part[1] + 1))
    }
    classes = context.classes.of(words)
    return Place(words, hit.parts, hit.rule.kind, tuple(sorted(others)), classes, hit.rule.id)


def _reach(hit: CueHit, tokens: list[Token], words: list[str]) -> tuple[int, int]:
    """The words from the cue to the next stop on the rule's side, as token indexes."""
    ends = hit.rule.ends
    if hit.rule.scope == "onward":
        last = hit.last
        for at in range(hit.last + 1, len(words)):
            if _stands(words, at, ends):
                break
            if words[at] not in SENTENCE_ENDS:
                last = at
        return hit.first, last
    for at in range(hit.first - 1, -1, -1):
        length = _stands(words, at, ends)
        if length and at + length <= hit.first:
            return at + length, hit.last
    return 0, hit.last


def _stands(words: list[str], at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words of one of the phrases stand at a place, the most of them; 0 for none."""
    return max(
        (len(phrase) for phrase in phrases if tuple(words[at : at + len(phrase)]) == phrase),
        default=0,
    )


@cache
def _reader(language: Language) -> ContextReader:
    return ContextReader(load_context(ROOT / language))


def find_cues(
    sentence: str, language: Language, named: Sequence[tuple[int, int]] = ()
) -> list[ContextCue]:
    """The cues of one sentence by the rules that come with Parallax.

    >>> [(cue.kind, cue.text) for cue in find_cues("两组差异无统计学意义。", "zh")]
    [('negation', '无')]
    """
    return _reader(language).find(sentence, named)
