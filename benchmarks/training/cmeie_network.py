"""Triples of CMeIE texts by the network of the Chinese recogniser, taught to tell them at once.

A measuring rod of ``benchmarks.cmeie``, no part of Parallax: what it learns from is for research.
Nearly all texts speak of one or two diseases, so that the network is taught to see those
(`SUBJECT`), and every other term as what is said of them: a head for each predicate. It begins from
what it learned of medical texts. Which subject an object belongs to, and whether to believe it, is
then judged by a boosted regression, fitted on texts that the network has not learned from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.training.biored_pairs import best_threshold
from benchmarks.training.cmeie_pairs import Text, Triple, find_all
from extractors.mentions.lexicon import Lexicon
from extractors.models.decoding import decode, encode
from extractors.models.features import listed_names, token_spans
from extractors.models.keeping import Kept
from extractors.models.network import Network
from extractors.models.recognising import Recogniser
from extractors.models.shape import BEGIN, END, INSIDE, OUTSIDE, SINGLE, Floats
from extractors.training.tagging import Example, Schedule, train_tagger

SUBJECT = "subject"
STYLE = "cmeie"
SCHEDULE = Schedule(epochs=10, tokens=1000, rate=0.002, warm_up=60, dropout=0.3, styleless=0.0)
EAGERNESS = 2.5
_LEAST = 3  # triples of a predicate that is worth a head
_FEWEST = 0.2  # share of the texts on which triples are judged
_FAR = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A triple that may be said, and what speaks for it."""

    triple: Triple
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """A network that tells triples, and what judges them."""

    recogniser: Recogniser
    lexicon: Lexicon
    judge: Any = None
    threshold: float = 0.5

    def triples(self, text: str) -> frozenset[Triple]:
        """What is said in a text."""
        return frozenset(t for t, chance in self.judged(text) if chance >= self.threshold)

    def judged(self, text: str) -> list[tuple[Triple, float]]:
        """What may be said in a text, and how likely it is."""
        found = self.candidates(text)
        if not found:
            return []
        chances = self.judge.predict_proba(np.array([c.features for c in found]))[:, 1]
        return [(c.triple, float(chance)) for c, chance in zip(found, chances, strict=True)]

    def candidates(self, text: str) -> list[Candidate]:
        """Every object that the network sees some chance of, with every subject."""
        network = self.recogniser.kept.network
        places, features = self.recogniser.features(text, _listed(self.lexicon, text))
        if not places:
            return []
        types = network.shape.types
        scores = network.scores([features], STYLE)
        (spans,) = decode(scores, [len(places)], types, eagerness=EAGERNESS)
        own = types[types.index(SUBJECT) :]
        seen: dict[tuple[str, str], list[tuple[int, int, float]]] = {}
        for span in spans:
            if span.type in own:
                start, end = places[span.first][0], places[span.end - 1][1]
                odds = _odds(scores[span.first : span.end, types.index(span.type)])
                seen.setdefault((text[start:end], span.type), []).append((start, end, odds))
        return list(_joined(text, seen))


def _joined(
    text: str, seen: dict[tuple[str, str], list[tuple[int, int, float]]]
) -> Iterator[Candidate]:
    topic = text.partition("@")[0] if "@" in text else ""
    subjects = {name: at for (name, kind), at in seen.items() if kind == SUBJECT}
    if topic and topic not in subjects:
        subjects[topic] = [(0, len(topic), -EAGERNESS)]
    sure = {name: max(odds for _, _, odds in at) for name, at in subjects.items()}
    order = sorted(sure, key=lambda name: -sure[name])
    objects = [key for key in seen if key[1] != SUBJECT]
    predicates = Counter(kind for _, kind in objects)
    best: dict[str, float] = {}
    for name, kind in objects:
        best[name] = max(best.get(name, -99.0), max(odds for _, _, odds in seen[name, kind]))
    for name, kind in objects:
        places = seen[name, kind]
        odds = max(o for _, _, o in places)
        for subject in order:
            if subject == name:
                continue
            near = min(
                ((s, o) for s in subjects[subject] for o in places),
                key=lambda so: max(so[0][0], so[1][0]) - min(so[0][1], so[1][1]),
            )
            (a, b, _), (c, d, _) = near
            between = text[b:c] if b <= c else text[d:a]
            yield Candidate((subject, kind, name), (
                odds, sure[subject], odds - best[name], float(order.index(subject)),
                sure[order[0]] - sure[subject], float(len(order)), float(subject == topic),
                float(order[0] == topic), float(a < c), float(min(len(between), _FAR)),
                float(sum(between.count(sign) for sign in "。；;@")), float(len(name)),
                float(len(places)), float(predicates[kind]), float(len(objects)),
                sure.get(name, -9.0), float(len(text)),
            ))  # fmt: skip


def _odds(scores: Floats) -> float:
    """How much likelier a stretch is this mention than none at all, as a logarithm."""
    if len(scores) == 1:
        return float(scores[0, SINGLE] - scores[0, OUTSIDE])
    inside = scores[0, BEGIN] + scores[1:-1, INSIDE].sum() + scores[-1, END]
    return float((inside - scores[:, OUTSIDE].sum()) / len(scores))


def fit_teller(
    texts: Sequence[Text], kept: Kept, lexicon: Lexicon, *, schedule: Schedule = SCHEDULE
) -> Teller:
    """The teller of some texts, beginning from a recogniser; a share of them fits the judge."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    size = int(len(texts) * _FEWEST)
    teller = Teller(Recogniser(_taught(texts[size:], kept, lexicon, schedule), "zh"), lexicon)
    found = [(text, teller.candidates(text.text)) for text in texts[:size]]

    def fitted(part: Sequence[tuple[Text, list[Candidate]]]) -> Any:
        rows = np.array([c.features for _, own in part for c in own])
        right = np.array([c.triple in text.triples for text, own in part for c in own])
        judge = HistGradientBoostingClassifier(
            max_iter=80, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=20,
            l2_regularization=1.0, random_state=0,
        )  # fmt: skip
        return judge.fit(rows, right)

    judged: list[tuple[float, bool]] = []
    for fold in range(5):
        judge = replace(teller, judge=fitted([f for n, f in enumerate(found) if n % 5 != fold]))
        for text, _ in found[fold::5]:
            judged += [(c, t in text.triples) for t, c in judge.judged(text.text)]
    threshold = best_threshold(judged, sum(len(text.triples) for text, _ in found))
    return replace(teller, judge=fitted(found), threshold=threshold)


def _taught(texts: Sequence[Text], kept: Kept, lexicon: Lexicon, schedule: Schedule) -> Kept:
    """The recogniser with heads for subjects and predicates, taught by some texts."""
    told = Counter(predicate for text in texts for _, predicate, _ in text.triples)
    heads = (SUBJECT, *sorted(p for p, count in told.items() if count >= _LEAST))
    shape = kept.network.shape
    network = Network(
        replace(shape, types=(*shape.types, *heads), styles=(*shape.styles, STYLE)), seed=1
    )
    network.set_parameters(_grown(kept.network, network))
    grown = replace(kept, network=network)
    recogniser = Recogniser(grown, "zh")
    examples = []
    for text in texts:
        places, features = recogniser.features(text.text, _listed(lexicon, text.text))
        spans = [
            (s, e, SUBJECT)
            for s, e, _ in find_all(
                text.text, dict.fromkeys((subject for subject, _, _ in text.triples), SUBJECT)
            )
        ]
        for head in heads[1:]:
            names = dict.fromkeys((o for _, p, o in sorted(text.triples) if p == head), head)
            spans += find_all(text.text, names)
        labels = encode(
            token_spans(places, spans), len(places), network.shape.types, heads
        )  # fmt: skip
        if len(places):
            examples.append(Example((features,), labels, len(network.shape.styles)))
    train_tagger(network, examples, schedule)
    return grown


def _grown(small: Network, large: Network) -> dict[str, Floats]:
    """The weights of a network with more types and styles, where the small one has them its own."""
    own, weights = small.parameters(), large.parameters()
    for name, values in own.items():
        place = weights[name] = weights[name].copy()
        place[tuple(slice(size) for size in values.shape)] = values
    return weights


def _listed(lexicon: Lexicon, text: str) -> tuple[Any, ...]:
    return listed_names(lexicon.matches(text, "zh"))
