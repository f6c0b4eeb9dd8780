"""Learn ``extractors/rules/en/context.tsv`` from BioScope: which words are cues, where scopes end.

``python -m benchmarks.training.context`` reads four fifths of the BioScope abstracts (Vincze et
al. 2008, CC BY 2.0); the last fifth is never opened here. Three linear decisions are learnt by
stochastic gradient descent with per-feature rates (AdaGrad, Duchi et al. 2011): *cue* is logistic,
*left* and *right* choose one place of a sentence (softmax). Features that weigh little are dropped,
and the rest is learnt again.
With ``--check`` it learns on a part of the four fifths and prints how often the rest is met.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.corpora.bioscope import Annotated, Span, read_abstracts
from benchmarks.corpora.bioscope_profile import load_profile
from benchmarks.corpora.bioscope_scores import KINDS, score_context
from extractors.context.features import Place, cue_features, left_candidates, right_candidates
from extractors.context.finding import ContextReader, is_name, place_of
from extractors.context.rules import Context, load_context
from extractors.context.weights import Weights
from extractors.nlp.words import cut, level
from extractors.rule_files import ROOT

EPOCHS = 8
RATES = {"cue": 0.02, "left": 0.04, "right": 0.04}
DECAY = 1e-5
SEEN = 2  # how often a feature must stand in the text
KEPT = {"cue": 0.1, "left": 0.13, "right": 0.13}  # how much it must weigh, either way


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates with their features, and the place of the right one."""

    candidates: Sequence[Sequence[str]]
    right: int


class Decision:
    """Weights of one decision while they are learnt."""

    def __init__(self, choices: Sequence[Choice], names: Iterable[str], rate: float) -> None:
        self.rate = rate
        self.index = {name: number for number, name in enumerate(sorted(names))}
        self.weights = [0.0] * len(self.index)
        self.squares = [0.1] * len(self.index)
        self.rows = [
            ([[self.index[f] for f in row if f in self.index] for row in c.candidates], c.right)
            for c in choices
        ]

    def learn(self) -> None:
        """Pass over the choices `EPOCHS` times, each time in another order."""
        for epoch in range(EPOCHS):
            order = list(self.rows)
            random.Random(epoch).shuffle(order)  # noqa: S311 - reproducible, not secret
            for rows, right in order:
                for row, error in zip(rows, self._errors(rows, right), strict=True):
                    if abs(error) > 1e-3:
                        self._move(row, error)

    def _errors(self, rows: list[list[int]], right: int) -> list[float]:
        scores = [sum(self.weights[f] for f in row) for row in rows]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total - (n == right) for n, power in enumerate(powers)]

    def _move(self, row: list[int], error: float) -> None:
        for feature in row:
            slope = error + DECAY * self.weights[feature]
            self.squares[feature] += slope * slope
            self.weights[feature] -= self.rate * slope / math.sqrt(self.squares[feature])

    def table(self, least: float) -> dict[str, float]:
        """The features that weigh at least so much, with their weights."""
        return {
            name: round(self.weights[number], 2)
            for name, number in self.index.items()
            if abs(self.weights[number]) >= least
        }


def learn_decision(choices: Sequence[Choice], rate: float, least: float) -> dict[str, float]:
    """The weights of the telling features, learnt again without the others."""
    counts = Counter(f for choice in choices for row in choice.candidates for f in row)
    names: Iterable[str] = (name for name, count in counts.items() if count >= SEEN)
    for kept in (least, 0.01):
        decision = Decision(choices, names, rate)
        decision.learn()
        names = decision.table(kept)
    return decision.table(0.01)


def learn(sentences: Iterable[Annotated], context: Context) -> Weights:
    """The three decisions of a language's context, learnt from annotated sentences."""
    choices: dict[str, list[Choice]] = {"cue": [], "left": [], "right": []}
    for sentence in sentences:
        for decision, choice in examples(sentence, context):
            choices[decision].append(choice)
    return Weights(
        {name: learn_decision(c, RATES[name], KEPT[name]) for name, c in choices.items()}
    )


def examples(sentence: Annotated, context: Context) -> Iterator[tuple[str, Choice]]:
    """What a sentence teaches: (decision, choice); a cue is the choice of itself or of nothing."""
    tokens = cut(level(sentence.text, context.language))
    words = [word for _, _, word in tokens]
    starts = {start: n for n, (start, _, _) in enumerate(tokens)}
    ends = {end: n for n, (_, end, _) in enumerate(tokens)}

    def places(parts: Iterable[Span]) -> tuple[Span, ...]:
        return tuple((starts.get(low, -1), ends.get(high, -1)) for low, high in parts)

    gold = [(places(scope.parts), scope) for scope in sentence.scopes]
    marked = {(part, KINDS[scope.type]) for parts, scope in gold for part in parts}
    types = load_profile().types
    plain = ["" if is_name(sentence.text, a, b, ()) else word for a, b, word in tokens]
    hits = [h for h in ContextReader(context).hits(plain) if h.rule.id in types]
    for hit in hits:
        right = 0 if (hit.parts[0], hit.rule.kind) in marked else 1
        yield "cue", Choice([cue_features(place_of(hit, hits, words)), []], right)
    for parts, scope in gold:
        first, last = starts.get(scope.span[0], -1), ends.get(scope.span[1], -1)
        if min(first, last, *(n for part in parts for n in part)) < 0:
            continue
        others = tuple(sorted(p for other, s in gold if s is not scope for p in other))
        place = Place(words, parts, KINDS[scope.type], others)
        for name, made, target in (
            ("left", left_candidates(place, context.words), first),
            ("right", right_candidates(place, context.words), last),
        ):
            at, features = made
            if target in at:
                yield name, Choice(features, at.index(target))


def main(arguments: Sequence[str]) -> None:
    """Learn from all of the training part and write the table, or check on a part of it."""
    folder = ROOT / "en"
    context = load_context(folder)
    sentences = list(read_abstracts(test=False))
    if "--check" in arguments:
        _check(sentences, context)
        return
    weights = learn(sentences, context)
    path = folder / "context.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "# Weights of context decisions, learnt by python -m benchmarks.training.context\n"
        )
        out.write("# from four fifths of the BioScope abstracts (CC BY 2.0); see docs/context.md\n")
        for decision, table in weights.tables.items():
            for feature, weight in sorted(table.items()):
                out.write(f"{decision}\t{feature}\t{weight:g}\n")
    print(f"{path.name}: {sum(map(len, weights.tables.values()))} weights")


def _check(sentences: Sequence[Annotated], context: Context) -> None:
    held = {s.document for s in sentences if hashlib.md5(s.document.encode()).digest()[0] % 4 == 0}  # noqa: S324
    weights = learn((s for s in sentences if s.document not in held), context)
    learnt = replace(context, weights=weights)
    scores = score_context((s for s in sentences if s.document in held), learnt)
    for (measure, kind), score in scores.items():
        print(f"{measure}\t{kind}\t{score.precision:.3f}\t{score.recall:.3f}\t{score.f1:.3f}")
    print({name: len(table) for name, table in weights.tables.items()}, "weights")


if __name__ == "__main__":
    main(sys.argv[1:])
