"""From the scores of labels to mentions: the likeliest legal labels of each type, then no overlaps.

The labels of a type are legal where a mention begins with B, ends with E and has I between, or is
one S. The score of a mention is the geometric mean of the chances of its labels.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.models.shape import (
    BEGIN,
    END,
    INSIDE,
    LABELS,
    LEGAL_LAST,
    LEGAL_NEXT,
    OUTSIDE,
    SINGLE,
    UNKNOWN,
    Floats,
    Labels,
)

_NEVER = np.float32(-1e9)
# Moves from the label in the row to that in the column cost nothing, or are impossible.
_MOVES: Floats = np.where(LEGAL_NEXT, np.float32(0), _NEVER)
_FIRST: Floats = _MOVES[OUTSIDE]
_LAST: Floats = np.where(LEGAL_LAST, np.float32(0), _NEVER)


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """A mention as tokens `first` to before `end`, with its type and how likely it is (0 to 1)."""

    first: int
    end: int
    type: str
    score: float


def encode(
    spans: Iterable[tuple[int, int, str]], size: int, types: Sequence[str], known: Iterable[str]
) -> Labels:
    """The labels of a sentence of `size` tokens, tokens × types.

    Parameters
    ----------
    spans : first token, the token behind the last, type; of overlapping ones the longest counts
    known : the types that were annotated; the labels of the others are `UNKNOWN`

    Examples
    --------
    >>> encode([(0, 2, "Drug"), (3, 4, "Drug")], 4, ["Drug", "Cell"], ["Drug"]).tolist()
    [[1, -1], [3, -1], [0, -1], [4, -1]]
    """
    labels = np.full((size, len(types)), UNKNOWN, np.int8)
    for kind in known:
        labels[:, types.index(kind)] = OUTSIDE
    for first, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        column = labels[:, types.index(kind)]
        if (column[first:end] > OUTSIDE).any():
            continue
        if end - first == 1:
            column[first] = SINGLE
        else:
            column[first:end] = INSIDE
            column[first], column[end - 1] = BEGIN, END
    return labels


def decode(
    scores: Floats, lengths: Sequence[int], types: Sequence[str], *, eagerness: float = 0.0
) -> list[list[TokenSpan]]:
    """The mentions of each sentence, in order; those of different types may overlap.

    Parameters
    ----------
    scores : log probabilities, tokens × types × labels, of sentences one behind the other
    eagerness : is taken off the score of being outside: more mentions, more of them wrong
    """
    if eagerness:
        scores = scores.copy()
        scores[..., OUTSIDE] -= eagerness
    ends = np.cumsum(np.array(lengths, np.int64))
    found: list[list[TokenSpan]] = []
    # Sentences of like length are decoded together.
    order = np.argsort(np.array(lengths), kind="stable")
    labels = np.zeros(scores.shape[:2], np.int8)
    for piece in range(0, len(order), 64):
        _best_labels(scores, labels, [(int(ends[at] - lengths[at]), int(ends[at]))
                                      for at in order[piece : piece + 64]])  # fmt: skip
    for end, length in zip(ends, lengths, strict=True):
        begin = int(end) - length
        sentence = labels[begin : int(end)]
        found.append(list(_spans(sentence, scores[begin : int(end)], types)))
    return found


def without_overlaps(spans: Iterable[TokenSpan], *, nested: bool = False) -> list[TokenSpan]:
    """The likeliest spans that do not overlap, in order; of equally likely ones the longer.

    Parameters
    ----------
    nested : let one span lie in another of another type, as some corpora have it

    Examples
    --------
    >>> sign, part = TokenSpan(0, 4, "Outcome", 0.9), TokenSpan(0, 2, "Anatomy", 0.8)
    >>> [s.type for s in without_overlaps([part, sign])]
    ['Outcome']
    >>> [s.type for s in without_overlaps([part, sign], nested=True)]
    ['Anatomy', 'Outcome']
    """
    taken: list[TokenSpan] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.first - s.end, s.first)):
        rivals = (s for s in taken if s.first < span.end and span.first < s.end)
        if all(nested and _is_nested(span, rival) for rival in rivals):
            insort(taken, span, key=lambda s: (s.first, s.end))
    return taken


def _is_nested(one: TokenSpan, other: TokenSpan) -> bool:
    inner, outer = sorted((one, other), key=lambda s: s.end - s.first)
    within = outer.first <= inner.first and inner.end <= outer.end
    return within and inner.end - inner.first < outer.end - outer.first


def _best_labels(scores: Floats, labels: Labels, places: Sequence[tuple[int, int]]) -> None:
    """Viterbi over sentences side by side, for all types at once; written into `labels`."""
    longest = max(end - begin for begin, end in places)
    if longest == 0:
        return
    count, kinds = len(places), scores.shape[1]
    board = np.zeros((longest, count, kinds, len(LABELS)), np.float32)
    board[..., 1:] = _NEVER  # behind the end of a sentence everything is outside
    for number, (begin, end) in enumerate(places):
        board[: end - begin, number] = scores[begin:end]
    back = np.zeros(board.shape, np.int8)
    total = board[0] + _FIRST
    for step in range(1, longest):
        options = total[..., :, None] + _MOVES
        back[step] = options.argmax(axis=-2)
        total = options.max(axis=-2) + board[step]
    best: npt.NDArray[np.int64] = (total + _LAST).argmax(axis=-1)
    for step in range(longest - 1, -1, -1):
        for number, (begin, end) in enumerate(places):
            if begin + step < end:
                labels[begin + step] = best[number]
        best = np.take_along_axis(back[step], best[..., None], axis=-1)[..., 0].astype(np.int64)


def _spans(labels: Labels, scores: Floats, types: Sequence[str]) -> Iterable[TokenSpan]:
    for column, kind in enumerate(types):
        own = labels[:, column]
        first = 0
        for place in np.flatnonzero(own):
            label = int(own[place])
            if label in (BEGIN, SINGLE):
                first = int(place)
            if label in (END, SINGLE):
                end = int(place) + 1
                taken = scores[np.arange(first, end), column, own[first:end]]
                yield TokenSpan(first, end, kind, math.exp(float(taken.mean())))
