"""Learn ``extractors/rules/en/context.tsv`` from BioScope: which words are cues, where scopes end.

``python -m benchmarks.training.context`` reads four fifths of the BioScope abstracts (Vincze et
al. 2008, CC BY 2.0); the last fifth is never opened here. Three linear decisions are learnt by
penalised maximum likelihood: *cue* is logistic, *left* and *right* choose one place of a sentence
(softmax). Features that weigh little are dropped, and the rest is learnt again.

The documents that were annotated first follow other conventions (`in_first_batch`). While *cue* is
learnt, features of its own take up that difference; they are dropped afterwards, so that what is
left is the convention of the larger part, and no document's number is looked at when text is read.

With ``--check`` it learns on a part of the four fifths and prints how often the rest is met.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.corpora.bioscope import Annotated, Span, in_first_batch, read_abstracts
from benchmarks.corpora.bioscope_profile import load_profile
from benchmarks.corpora.bioscope_scores import KINDS, score_context
from extractors.context.features import Place, cue_features, left_candidates, right_candidates
from extractors.context.finding import ContextReader, is_name, place_of
from extractors.context.rules import Context, load_context
from extractors.context.weights import Weights
from extractors.nlp.words import cut, level
from extractors.rule_files import ROOT

STEPS = 60
STRENGTHS = {"cue": 0.1, "left": 1.0, "right": 1.0}  # variance that a weight is expected to have
SEEN = 2  # how often a feature must stand in the text
KEPT = {"cue": 0.02, "left": 0.06, "right": 0.06}  # how much it must weigh, either way
BATCH = "batch|"
Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates with their features, and the place of the right one."""

    candidates: Sequence[Sequence[str]]
    right: int


class Decision:
    """Weights of one decision, learnt as a softmax over the candidates of each choice."""

    def __init__(self, choices: Sequence[Choice], names: Iterable[str], strength: float) -> None:
        self.strength = strength
        self.index = {name: number for number, name in enumerate(sorted(names))}
        sizes = [len(choice.candidates) for choice in choices]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.of = np.repeat(np.arange(len(choices)), sizes)
        self.right = self.starts + np.array([choice.right for choice in choices])
        rows = [
            sorted({self.index[f] for f in row if f in self.index})
            for choice in choices for row in choice.candidates
        ]  # fmt: skip
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.fromiter((f for row in rows for f in row), dtype=np.int64, count=ends[-1])
        shape = (len(rows), len(self.index))
        self.rows = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
        self.weights = np.zeros(len(self.index))

    def learn(self) -> None:
        """Find the weights by L-BFGS, in `STEPS` steps at most."""
        columns = self.rows.T.tocsr()

        def loss(weights: Numbers) -> tuple[float, Numbers]:
            scores = self.rows @ weights
            scores -= np.maximum.reduceat(scores, self.starts)[self.of]
            powers = np.exp(scores)
            totals = np.add.reduceat(powers, self.starts)
            error = powers / totals[self.of]
            error[self.right] -= 1
            missed = float(np.log(totals).sum() - scores[self.right].sum())
            cost = missed + float(weights @ weights) / (2 * self.strength)
            return cost, columns @ error + weights / self.strength

        options = {"maxiter": STEPS}
        found = minimize(loss, self.weights, jac=True, method="L-BFGS-B", options=options)
        self.weights = found.x

    def table(self, least: float) -> dict[str, float]:
        """The features that weigh at least so much, with their weights."""
        return {
            name: round(float(self.weights[number]), 3)
            for name, number in self.index.items()
            if abs(self.weights[number]) >= least
        }


def learn_decision(choices: Sequence[Choice], strength: float, least: float) -> dict[str, float]:
    """The weights of the telling features, learnt again without the others."""
    counts = Counter(f for choice in choices for row in choice.candidates for f in row)
    names: Iterable[str] = (name for name, count in counts.items() if count >= SEEN)
    for kept in (least, 0.01):
        decision = Decision(choices, names, strength)
        decision.learn()
        names = decision.table(kept)
    kept_table = decision.table(0.01)
    return {name: w for name, w in kept_table.items() if not name.startswith(BATCH)}


def learn(sentences: Iterable[Annotated], context: Context) -> Weights:
    """The three decisions of a language's context, learnt from annotated sentences."""
    choices: dict[str, list[Choice]] = {"cue": [], "left": [], "right": []}
    for sentence in sentences:
        for decision, choice in examples(sentence, context):
            choices[decision].append(choice)
    return Weights(
        {name: learn_decision(c, STRENGTHS[name], KEPT[name]) for name, c in choices.items()}
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
    classes = context.classes.of(words)
    plain = ["" if is_name(sentence.text, a, b, ()) else word for a, b, word in tokens]
    hits = [h for h in ContextReader(context).hits(plain) if h.rule.id in types]
    for hit in hits:
        right = 0 if (hit.parts[0], hit.rule.kind) in marked else 1
        place = place_of(hit, hits, words, context)
        told = cue_features(place)
        if in_first_batch(sentence.document):
            told += batch_features(place)
        yield "cue", Choice([told, []], right)
    for parts, scope in gold:
        first, last = starts.get(scope.span[0], -1), ends.get(scope.span[1], -1)
        if min(first, last, *(n for part in parts for n in part)) < 0:
            continue
        others = tuple(sorted(p for other, s in gold if s is not scope for p in other))
        place = Place(words, parts, KINDS[scope.type], others, classes)
        for name, made, target in (
            ("left", left_candidates(place, context.words), first),
            ("right", right_candidates(place, context.words), last),
        ):
            at, features = made
            if target in at:
                yield name, Choice(features, at.index(target))


def batch_features(place: Place) -> list[str]:
    """What is peculiar to the documents that were annotated first."""
    (first, last), cue = place.parts[0], place.cue
    told = [
        cue, f"rule={place.rule}", place.kind, "", f"{cue}|-1={place.word(first - 1)}",
        f"{cue}|+1={place.word(last + 1)}", f"{cue}|class-1={place.word_class(first - 1)}",
        f"{cue}|class+1={place.word_class(last + 1)}",
    ]  # fmt: skip
    return [f"{BATCH}{each}" for each in told]


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
