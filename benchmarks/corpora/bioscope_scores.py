"""Cues and scopes that the rules find, against those that BioScope marks.

A cue counts by its words and type, each marked stretch for itself. A scope counts where its cue and
both its ends are the same (*exact*), or by its words (*tokens*).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from benchmarks.corpora.bioscope import Annotated, Scope, Span
from benchmarks.corpora.bioscope_profile import load_profile
from extractors.context.cues import ContextCue
from extractors.context.features import Place
from extractors.context.finding import ContextReader, learnt_scope
from extractors.context.rules import Context
from extractors.evaluation.scores import Score
from extractors.nlp.words import cut, level

KINDS = {"negation": "negation", "speculation": "hypothesis"}
Words = tuple[str, Span, int]
ScopeKey = tuple[str, Span, Span]
CueKey = tuple[str, Span]
Things = Set[Words] | Set[ScopeKey] | Set[CueKey]
Measure = tuple[str, str]


def score_context(sentences: Iterable[Annotated], context: Context) -> Mapping[Measure, Score]:
    """The score of each (measure, type); the type *together* is both."""
    profile = load_profile()
    reader = ContextReader(context, weighed=profile.weighed if context.weights else ())
    totals: dict[Measure, Score] = defaultdict(Score)
    for sentence in sentences:
        found = [(cue, profile.types.get(cue.rule, "")) for cue in reader.find(sentence.text)]
        for measure, (mine, theirs) in _pairs(sentence, found, context).items():
            for kind in KINDS:
                score = _compare(mine, theirs, kind)
                totals[measure, kind] += score
                totals[measure, "together"] += score
    return totals


def _pairs(
    sentence: Annotated, found: list[tuple[ContextCue, str]], context: Context
) -> dict[str, tuple[Things, Things]]:
    """What is found and what is marked, by measure."""
    words = [(start, end) for start, end, _ in cut(sentence.text)]
    marked = {(s.type, s.parts[0], s.span) for s in sentence.scopes}
    own = {(kind, (cue.start, cue.end), cue.scope) for cue, kind in found}
    given = {(s.type, s.parts[0], given_scope(sentence, s, context)) for s in sentence.scopes}
    return {
        "cue": (
            {(kind, part) for cue, kind in found for part in ((cue.start, cue.end), *cue.more)},
            {(scope.type, part) for scope in sentence.scopes for part in scope.parts},
        ),
        "scope exact, own cues": (own, marked),
        "scope exact, given cues": (given, marked),
        "scope tokens, own cues": (_words(own, words), _words(marked, words)),
        "scope tokens, given cues": (_words(given, words), _words(marked, words)),
    }


def _compare(found: Things, marked: Things, kind: str) -> Score:
    mine = {thing for thing in found if thing[0] == kind}
    theirs = {thing for thing in marked if thing[0] == kind}
    right = len(mine & theirs)
    return Score(right, len(mine), right, len(theirs))


def _words(scopes: Set[ScopeKey], words: list[Span]) -> Set[Words]:
    """The words of each scope, with the cue that they belong to."""
    return {
        (kind, cue, start)
        for kind, cue, (low, high) in scopes
        for start, end in words
        if low <= start and end <= high
    }


def given_scope(sentence: Annotated, scope: Scope, context: Context) -> Span:
    """The scope that the weights give a cue which BioScope marks, the other cues being known."""
    tokens = cut(level(sentence.text, context.language))
    words = [word for _, _, word in tokens]
    parts = tuple(_place(part, tokens) for part in scope.parts)
    others = sorted(
        _place(part, tokens) for other in sentence.scopes if other is not scope
        for part in other.parts
    )  # fmt: skip
    classes = context.classes.of(words)
    found = learnt_scope(Place(words, parts, KINDS[scope.type], tuple(others), classes), context)
    first, last = found or (parts[0][0], len(words) - 1)
    return tokens[first][0], tokens[last][1]


def _place(part: Span, tokens: list[tuple[int, int, str]]) -> Span:
    inside = [n for n, (start, end, _) in enumerate(tokens) if start < part[1] and part[0] < end]
    return inside[0], inside[-1]
