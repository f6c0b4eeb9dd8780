"""Chances of labels under the rule that only legal sequences of them exist, by forward-backward.

A softmax of each token by itself knows nothing of the labels beside it. Here the chance of a label
is the share of all legal sequences of a sentence that have it there, each as likely as the product
of its scores; known labels leave only the sequences that agree with them. All types and sentences
of a batch are read at once, token by token.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.models.shape import LABELS, LEGAL_LAST, LEGAL_NEXT, OUTSIDE, UNKNOWN, Floats, Labels

_Board = npt.NDArray[np.float64]  # longest sentence × sentences × types × labels


def label_chances(
    scores: Floats, lengths: Sequence[int], known: Labels | None = None
) -> tuple[Floats, float]:
    """The chances of labels, and the logarithm of the sum over all legal sequences.

    Parameters
    ----------
    scores : tokens × types × labels, of sentences one behind the other; any zero point
    known : labels that are known (tokens × types), `UNKNOWN` elsewhere

    Examples
    --------
    >>> chances, _ = label_chances(np.zeros((1, 1, 5), np.float32), [1])
    >>> chances[0, 0].tolist()  # one token is outside, or a mention by itself
    [0.5, 0.0, 0.0, 0.0, 0.5]
    """
    allowed: npt.NDArray[np.bool_] = np.ones(scores.shape, np.bool_)
    if known is not None:
        allowed = (known == UNKNOWN)[..., None] | (known[..., None] == np.arange(len(LABELS)))
    highest = np.where(allowed, scores, -np.inf).max(axis=-1, keepdims=True)
    weights = np.where(allowed, np.exp(scores - highest, dtype=np.float64), 0.0)
    order = _places(lengths)
    board = np.zeros((max(lengths, default=0), len(lengths), *scores.shape[1:]))
    board[..., OUTSIDE] = 1.0  # behind its end a sentence is outside, at no cost
    board[order] = weights
    chances, total = _forward_backward(board)
    floats: Floats = chances[order].astype(np.float32)
    return floats, total + float(highest.sum())


def log_chances(scores: Floats, lengths: Sequence[int]) -> Floats:
    """The logarithms of the chances; what is impossible is far below anything else."""
    chances, _ = label_chances(scores, lengths)
    logs: Floats = np.log(np.maximum(chances, np.float32(1e-30)))
    return logs


def _forward_backward(board: _Board) -> tuple[_Board, float]:
    steps, shape = len(board), board.shape[1:]
    moves, backwards = LEGAL_NEXT.astype(np.float64), LEGAL_NEXT.T.astype(np.float64)
    before, total = np.empty_like(board), 0.0
    state = np.broadcast_to(moves[OUTSIDE], shape)
    for step in range(steps):
        state = state * board[step]
        if step == steps - 1:
            state = state * LEGAL_LAST
        size = state.sum(axis=-1, keepdims=True)
        total += float(np.log(size).sum())
        before[step] = state = state / size
        state = state @ moves
    behind: _Board = np.broadcast_to(LEGAL_LAST.astype(np.float64), shape)
    for step in range(steps - 1, -1, -1):
        here = before[step] * behind
        before[step] = here / here.sum(axis=-1, keepdims=True)
        behind = (behind * board[step]) @ backwards
        behind = behind / behind.max(axis=-1, keepdims=True)
    return before, total


def _places(lengths: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column on the board of each token."""
    sizes = np.array(lengths, np.int64)
    starts = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - np.repeat(starts, sizes), np.repeat(
        np.arange(len(sizes)), sizes
    )
