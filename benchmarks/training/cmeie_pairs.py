"""Predicates between two terms of a CMeIE text: a linear model of characters around and between.

A measuring rod of ``benchmarks.cmeie``, no part of Parallax. In the corpus the heading of a text,
before ``@``, is what most of it speaks of, and so the subject of many relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.training.biored_pairs import best_threshold, matrix

NONE = "-"
SUBJECT = "疾病"  # the type of nearly all subjects
Span = tuple[int, int, str]
Triple = tuple[str, str, str]
_STEPS = (0, 2, 5, 10, 20, 40, 80)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its terms and what is said of them: subject, predicate, object."""

    text: str
    spans: tuple[Span, ...]
    triples: frozenset[Triple]


def find_all(text: str, names: dict[str, str]) -> tuple[Span, ...]:
    """Every place of the names in a text with their types; of overlapping ones the longest.

    >>> find_all("流感与流感病毒", {"流感": "疾病", "流感病毒": "其他"})
    ((0, 2, '疾病'), (3, 7, '其他'))
    """
    taken = [False] * len(text)
    found = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = text.find(name) if name else -1
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(name)
                found.append((start, end, names[name]))
            start = text.find(name, start + 1)
    return tuple(sorted(found))


def pairs(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str, list[str]]]:
    """Each subject and object that could be related, by name, with features of their places."""
    topic = text.partition("@")[0] if "@" in text else ""
    names: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        names.setdefault((text[span[0] : span[1]], span[2]), []).append(span)
    if topic and (topic, SUBJECT) not in names:
        names[topic, SUBJECT] = [(0, len(topic), SUBJECT)]
    subjects = [key for key in names if key[1] == SUBJECT]
    for subject in subjects or list(names)[:1]:
        for object_ in names:
            if subject[0] != object_[0]:
                found = _features(text, names[subject], names[object_], topic, len(subjects))
                yield subject[0], object_[0], list(found)


def _features(
    text: str, one: list[Span], other: list[Span], topic: str, subjects: int
) -> Iterator[str]:
    subject, object_ = min(
        ((a, b) for a in one for b in other), key=lambda ab: max(ab[0][0], ab[1][0])
        - min(ab[0][1], ab[1][1]) + (100 if ab[0][0] == 0 else 0),
    )  # fmt: skip
    left, right = sorted((subject, object_))
    way = "<" if subject is right else ">"
    between = text[left[1] : right[0]]
    kind, own = object_[2], text[object_[0] : object_[1]]
    name = text[subject[0] : subject[1]]
    general = [
        "bias", f"way={way}", f"topic={name == topic}", f"object topic={own == topic}",
        f"apart={way}{sum(len(between) > step for step in _STEPS)}",
        f"stops={min(sum(between.count(c) for c in '。；;@'), 3)}",
        f"subjects={min(subjects, 4)}", f"again={min(len(one), 3)}",
        f"heading={subject[0] == 0}.{name == topic}",
        f"inside={name in own}.{own in name}",
    ]  # fmt: skip
    if len(between) <= 24:
        general += [f"{way}b={gram}" for gram in _grams(between)]
    if len(between) <= 6:
        general.append(f"{way}path={between}")
    general += [f"{way}near={gram}" for gram in _grams(between[-8:])]
    for where, (start, end, _) in (("S", subject), ("O", object_)):
        general += [f"{where}.before={gram}" for gram in _grams(text[max(0, start - 5) : start])]
        general += [f"{where}.after={gram}" for gram in _grams(text[end : end + 5])]
    clause = re.split(r"[。；;@]", text[: object_[0]])[-1]
    general += [f"clause={gram}" for gram in _grams(clause[:24])]
    general += [f"own={own[:2]}", f"own={own[-2:]}", f"own={own[-1:]}", f"whole={own}"]
    yield from general
    yield from (f"{kind}:{feature}" for feature in general)


def _grams(text: str) -> set[str]:
    return {text[n : n + size] for size in (1, 2, 3) for n in range(len(text) - size + 1)}


@dataclass(frozen=True, slots=True)
class Relater:
    """Which pairs are related, and how; and from which chance on a pair counts."""

    related: Any
    label: Any
    threshold: float

    def judged(self, text: str, spans: Sequence[Span]) -> list[tuple[Triple, float]]:
        """The likeliest triple of each pair, with the chance that the two are related."""
        rows = list(pairs(text, spans))
        if not rows:
            return []
        told = matrix([features for _, _, features in rows])
        chances = self.related.predict_proba(told)[:, 1]
        labels = self.label.predict(told)
        return [
            ((subject, str(label), object_), float(chance))
            for (subject, object_, _), label, chance in zip(rows, labels, chances, strict=True)
        ]

    def triples(self, text: str, spans: Sequence[Span]) -> frozenset[Triple]:
        """What is said in a text of its terms."""
        return frozenset(t for t, chance in self.judged(text, spans) if chance >= self.threshold)


def fit_relater(texts: Sequence[Text], threshold: float = 0.5) -> Relater:
    """The model of some texts, with the terms that they are given."""
    rows, labels = [], []
    for text in texts:
        said = {(s, o): predicate for s, predicate, o in sorted(text.triples)}
        for subject, object_, found in pairs(text.text, text.spans):
            rows.append(found)
            labels.append(said.get((subject, object_), NONE))
    told, known = matrix(rows), np.array(labels)
    stated = np.flatnonzero(known != NONE)
    related = _regression().fit(told, known != NONE)
    return Relater(related, _regression().fit(told[stated], known[stated]), threshold)


def _regression() -> Any:
    from sklearn.linear_model import SGDClassifier

    return SGDClassifier(
        loss="log_loss", alpha=2e-5, max_iter=8, tol=None, average=True, random_state=0
    )


def choose_threshold(texts: Sequence[Text], folds: int = 3) -> float:
    """The threshold with the best F1 on texts that were not learnt from."""
    judged: list[tuple[float, bool]] = []
    gold = sum(len(text.triples) for text in texts)
    for fold in range(folds):
        model = fit_relater([text for n, text in enumerate(texts) if n % folds != fold])
        for text in texts[fold::folds]:
            judged += [(c, t in text.triples) for t, c in model.judged(text.text, text.spans)]
    return best_threshold(judged, gold)
