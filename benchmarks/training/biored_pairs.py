"""A classifier of the pairs of entities of a whole abstract, trained on BioRED: a measuring rod.

It is no part of Parallax. Two logistic regressions on hashed features (how often and where the two
are named, what stands between them, what we read of them): which pairs are related, and how.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from benchmarks.corpora.biored import Pair
from benchmarks.corpora.biored_names import profile_of
from benchmarks.corpora.biored_reading import Read, Seat

BUCKETS = 1 << 17
_STEPS = (0, 1, 2, 3, 5, 8, 13, 25)
_WORDS = 12


def features(read: Read) -> Iterator[tuple[Pair, list[str]]]:
    """Each pair of an abstract with the features that hold of it."""
    by: defaultdict[str, list[Seat]] = defaultdict(list)
    for seat in read.seats:
        by[seat.name].append(seat)
    most = Counter(seat.kind for name in by for seat in by[name][:1])
    profile = profile_of(read.article.text)
    organism = max(profile, key=lambda name: profile[name])
    top = {kind: max(len(s) for s in by.values() if s[0].kind == kind) for kind in most}
    for pair in read.pairs():
        one, other = sorted((by[name] for name in pair), key=lambda s: (s[0].kind, s[0].start))
        kinds = f"{one[0].kind}-{other[0].kind}"
        found = [
            *_general(read, one, other, most, top), *_together(read, one, other),
            *_naming(one, other, organism),
        ]  # fmt: skip
        for label, times in read.told.get(pair, Counter()).items():
            found += [f"read={label}", f"read={label}*{min(times, 3)}"]
        if pair not in read.told:
            found.append("read=nothing")
        yield pair, [f"kinds={kinds}", *found, *(f"{kinds}:{name}" for name in found)]


def _general(
    read: Read, one: list[Seat], other: list[Seat], many: Counter[str], top: dict[str, int]
) -> Iterator[str]:
    least, most = sorted((len(one), len(other)))
    yield f"least={_step(least)}"
    yield f"most={_step(most)}"
    title = len(read.article.title)
    for side, seats in (("A", one), ("B", other)):
        kind = seats[0].kind
        yield f"{side}.times={_step(len(seats))}"
        yield f"{side}.top={len(seats) == top[kind]}"
        yield f"{side}.many={_step(many[kind])}"
        yield f"{side}.title={seats[0].start < title}"
        yield f"{side}.last={any(s.sentence >= len(read.sentences) - 2 for s in seats)}"
        for word in re.findall(r"\w+", read.article.text[seats[0].start : seats[0].end].lower()):
            yield f"{side}.name={word}"
    yield f"title={sum(s[0].start < title for s in (one, other))}"
    if least > 1 and all(s[0].start < title for s in (one, other)):
        yield "both in title and again"
    yield f"tops={len(one) == top[one[0].kind]}.{len(other) == top[other[0].kind]}"


def _naming(one: list[Seat], other: list[Seat], organism: str) -> Iterator[str]:
    """How surely the two are named, where they were: what is misnamed is never related."""
    for side, seats in (("A", one), ("B", other)):
        best = max(seats, key=lambda seat: seat.share)
        if best.source == "given":
            continue
        yield f"{side}.source={best.source}"
        yield f"{side}.source={best.source}.{organism}"
        yield f"{side}.share={best.source}.{round(best.share, 1)}"
        yield f"{side}.share={best.source}.{round(best.share, 1)}.{organism}"


def _together(read: Read, one: list[Seat], other: list[Seat]) -> Iterator[str]:
    text = read.article.text
    near = [(a, b) for a in one for b in other if a.sentence == b.sentence]
    yield f"together={_step(len({a.sentence for a, _ in near}))}"
    if not near:
        yield f"apart={_step(min(abs(a.sentence - b.sentence) for a in one for b in other))}"
        return
    closest = min(max(a.start, b.start) - min(a.end, b.end) for a, b in near)
    yield f"closest={_step(closest // 12)}"
    if any((b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)
           for a, b in near):  # fmt: skip
        yield "nested"
    seen: set[str] = set()
    for a, b in near:
        first, second = sorted((a, b), key=lambda s: s.start)
        way = "ab" if first is a else "ba"
        words = re.findall(r"\w+|[^\w\s]", text[first.end : second.start].lower())
        begin, end = read.sentences[a.sentence]
        if len(words) <= _WORDS:
            seen |= {f"{way}.between={word}" for word in words}
            seen |= {f"between={word}" for word in words}
            if len(words) <= 3:
                seen.add(f"{way}.path={' '.join(words)}")
        seen |= {f"in={w}" for w in re.findall(r"[a-z]{4,}", text[begin:end].lower())}
        before = re.findall(r"\w+", text[begin : first.start].lower())[-2:]
        behind = re.findall(r"\w+", text[second.end : end].lower())[:2]
        seen |= {f"before={w}" for w in before} | {f"behind={w}" for w in behind}
    yield from sorted(seen)


def _step(number: int) -> int:
    return sum(number > step for step in _STEPS)


def matrix(rows: Sequence[Sequence[str]]) -> Any:
    """Names of features as rows of a sparse matrix."""
    from scipy.sparse import csr_matrix

    hashed = [sorted({crc32(name.encode()) % BUCKETS for name in row}) for row in rows]
    starts = np.cumsum([0, *map(len, hashed)])
    columns = np.fromiter((n for row in hashed for n in row), np.int64, int(starts[-1]))
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), (len(rows), BUCKETS))


@dataclass(frozen=True, slots=True)
class Classifier:
    """Two fitted regressions, and from which chance on a pair is related."""

    related: Any
    label: Any
    threshold: float

    def chances(self, read: Read) -> list[tuple[Pair, float, str]]:
        """The chance of each pair of an abstract, and its likeliest label."""
        rows = list(features(read))
        if not rows:
            return []
        told = matrix([names for _, names in rows])
        chances = self.related.predict_proba(told)[:, 1]
        labels = self.label.predict(told)
        return [(p, float(c), str(n)) for (p, _), c, n in zip(rows, chances, labels, strict=True)]

    def __call__(self, read: Read) -> dict[Pair, str]:
        """The related pairs of an abstract with their labels."""
        return {pair: n for pair, chance, n in self.chances(read) if chance >= self.threshold}


def fit(reads: Sequence[Read], threshold: float) -> Classifier:
    """The classifier of some abstracts."""
    from sklearn.linear_model import LogisticRegression

    labels, told = _examples(reads)
    related = [n for n, label in enumerate(labels) if label is not None]
    many = LogisticRegression(C=0.08, solver="lbfgs", max_iter=60, tol=1e-3)
    many.fit(told[related], [labels[n] for n in related])
    return Classifier(_fit_related(labels, told), many, threshold)


def _examples(reads: Sequence[Read]) -> tuple[list[str | None], Any]:
    rows = [(read.article.relations.get(pair), f) for read in reads for pair, f in features(read)]
    return [label for label, _ in rows], matrix([names for _, names in rows])


def _fit_related(labels: Sequence[str | None], told: Any) -> Any:
    from sklearn.linear_model import LogisticRegression

    related = np.array([label is not None for label in labels])
    return LogisticRegression(C=0.02, solver="liblinear", random_state=0).fit(told, related)


def choose_threshold(reads: Sequence[Read], folds: int = 4) -> float:
    """The threshold whose pairs are best (F1) on abstracts that were not learnt from."""
    judged: list[tuple[float, bool]] = []
    gold = sum(len(read.article.relations) for read in reads)
    parts = [_examples(reads[fold::folds]) for fold in range(folds)]
    for fold, (labels, told) in enumerate(parts):
        rest = [part for n, part in enumerate(parts) if n != fold]
        model = _fit_related([one for known, _ in rest for one in known], _stacked(rest))
        chances = model.predict_proba(told)[:, 1]
        judged += [(float(c), n is not None) for c, n in zip(chances, labels, strict=True)]
    return best_threshold(judged, gold)


def _stacked(parts: Sequence[tuple[list[str | None], Any]]) -> Any:
    from scipy.sparse import vstack

    return vstack([told for _, told in parts]).tocsr()


def best_threshold(judged: Sequence[tuple[float, bool]], gold: int) -> float:
    """The chance from which on what is judged has the best F1, of so many that are right.

    What has the same chance is taken together or not at all.

    >>> best_threshold([(0.9, True), (0.8, True), (0.4, False), (0.3, True)], gold=3)
    0.3
    >>> best_threshold([(0.9, True), (0.1, True), (0.1, False), (0.1, False)], gold=2)
    0.9
    """
    best, right, threshold = 0.0, 0, 0.5
    ordered = sorted(judged, reverse=True)
    following = [chance for chance, _ in ordered[1:]]
    for count, ((chance, true), after) in enumerate(
        zip(ordered, [*following, None], strict=True), start=1
    ):
        right += true
        value = 2 * right / (count + gold)
        if chance != after and value > best:
            best, threshold = value, chance
    return threshold
