"""Terms of CMeIE texts, tagged character by character: a linear model and the best path of tags.

A measuring rod of ``benchmarks.cmeie``, no part of Parallax: what it learns from is for research.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.training.biored_pairs import matrix

Span = tuple[int, int, str]
_FAR = 4


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and the typed stretches in it."""

    text: str
    spans: tuple[Span, ...]


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


def tags_of(tagged: Tagged) -> list[str]:
    """A tag for each character: B- and I- with the type, or O."""
    tags = ["O"] * len(tagged.text)
    for start, end, kind in tagged.spans:
        tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return tags


def spans_of(tags: Sequence[str]) -> tuple[Span, ...]:
    """The stretches that tags tell.

    >>> spans_of(["O", "B-疾病", "I-疾病", "B-药物"])
    ((1, 3, '疾病'), (3, 4, '药物'))
    """
    spans: list[Span] = []
    for n, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((n, n + 1, tag[2:]))
        elif tag.startswith("I-"):
            start, _, kind = spans[-1]
            spans[-1] = (start, n + 1, kind)
    return tuple(spans)


def features(text: str, known: dict[str, str]) -> list[list[str]]:
    """The features of each character: those around it, and names of the training texts."""
    padded = f"{'^' * _FAR}{text}{'$' * _FAR}"
    told: list[list[str]] = [[] for _ in text]
    for start, end, kind in find_all(text, known):
        for n in range(start, end):
            seat = "B" if n == start else "E" if n == end - 1 else "I"
            told[n] += [f"known={kind}.{seat}", f"known={kind}.{seat}.{min(end - start, 5)}"]
    topic, _, _ = text.partition("@")
    places = find_all(text, {topic: "t"}) if 1 < len(topic) < len(text) else ()
    for start, end, _ in places:
        for n in range(start, end):
            told[n].append("topic=B" if n == start else "topic=I")
    for at, row in enumerate(told, start=_FAR):
        for size in (1, 2, 3):
            for place in range(-_FAR if size < 3 else -3, _FAR - size + 2):
                row.append(f"{size}.{place}={padded[at + place : at + place + size]}")
    return told


@dataclass(frozen=True, slots=True)
class Tagger:
    """Scores of tags, and the names that the training texts had."""

    model: Any
    known: dict[str, str]

    def spans(self, text: str) -> tuple[Span, ...]:
        """The typed stretches of a text."""
        if not text:
            return ()
        names = [str(name) for name in self.model.classes_]
        scores = np.log(self.model.predict_proba(matrix(features(text, self.known))) + 1e-9)
        return spans_of(best_path(scores, names))


def best_path(scores: Any, names: Sequence[str]) -> list[str]:
    """The likeliest tags of which none goes on with what has not begun."""
    allowed = np.array([[_follows(one, two) for two in names] for one in names])
    barred = np.where(allowed, 0.0, -1e9)
    first = np.array([0.0 if not name.startswith("I-") else -1e9 for name in names])
    total, back = scores[0] + first, []
    for row in scores[1:]:
        ways = total[:, None] + barred
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    at = [int(total.argmax())]
    for step in reversed(back):
        at.append(int(step[at[-1]]))
    return [names[n] for n in reversed(at)]


def _follows(one: str, two: str) -> bool:
    return not two.startswith("I-") or one[2:] == two[2:]


def fit_tagger(texts: Sequence[Tagged]) -> Tagger:
    """The tagger of some texts; half of them know the names of the other, as new texts will."""
    from sklearn.linear_model import SGDClassifier

    halves = texts[::2], texts[1::2]
    rows: list[list[str]] = []
    tags: list[str] = []
    for own, other in (halves, halves[::-1]):
        known = names_of(other)
        for text in own:
            rows += features(text.text, known)
            tags += tags_of(text)
    model = SGDClassifier(
        loss="log_loss", alpha=2e-6, max_iter=6, tol=None, average=True, random_state=0
    )
    return Tagger(model.fit(matrix(rows), tags), names_of(texts))


def names_of(texts: Sequence[Tagged]) -> dict[str, str]:
    """The names in some texts, of two characters or more, with their types."""
    return {
        text.text[start:end]: kind
        for text in texts for start, end, kind in text.spans if end - start > 1
    }  # fmt: skip
