"""English words cut into the pieces of which the words of a terminology are made.

A unigram model of pieces: each has a cost, a word is cut where the sum of the costs is least, and
the costs are learnt from the cuts that they make (hard expectation maximisation, as in Morfessor,
Creutz and Lagus 2002, and SentencePiece, Kudo 2018). "hypoalbuminemia" becomes hypo, albumin, emia.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 10  # letters of a piece
SHORTEST_WORD = 5  # shorter words are left whole
LEAST = 6  # words in which a piece stands
LETTER = 14.0  # cost of a letter that is in no piece
_ROUNDS = 6
_FEW = 3  # words in which a piece stands while the costs still change


def learn_morphemes(vocabulary: Iterable[str]) -> dict[str, float]:
    """The pieces of a set of words, each with its cost (negative logarithm of its share).

    Examples
    --------
    >>> roots = ("nephr", "hepat", "arthr", "dermat", "gastr", "myelo")
    >>> costs = learn_morphemes(root + end for root in roots for end in ("itis", "opathy"))
    >>> cut("bronchitis", costs)[-1]
    'itis'
    """
    words = sorted({word for word in vocabulary if _is_cut(word)})
    seeds: Counter[str] = Counter()
    for word in words:
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + LONGEST) + 1):
                seeds[word[start:end]] += 1
    counts = {piece: count * len(piece) for piece, count in seeds.items() if count >= LEAST}
    for number in range(_ROUNDS):
        costs = _costs(counts)
        found: Counter[str] = Counter()
        for word in words:
            found.update(cut(word, costs))
        least = LEAST if number >= _ROUNDS - 2 else _FEW
        counts = {p: count for p, count in found.items() if count >= least and len(p) > 1}
    return _costs(counts)


def cut(word: str, costs: Mapping[str, float]) -> tuple[str, ...]:
    """The pieces of a word, in order; joined they are the word."""
    length = len(word)
    best = [0.0] + [math.inf] * length
    back = [0] * (length + 1)
    for end in range(1, length + 1):
        for start in range(max(0, end - LONGEST), end):
            cost = costs.get(word[start:end])
            if cost is None:
                if end - start > 1:
                    continue
                cost = LETTER
            if best[start] + cost < best[end]:
                best[end], back[end] = best[start] + cost, start
    pieces, end = [], length
    while end:
        pieces.append(word[back[end] : end])
        end = back[end]
    return tuple(reversed(pieces))


def pieces(word: str, costs: Mapping[str, float]) -> tuple[str, ...]:
    """The pieces of two and more letters of a word; none where it is one piece or not to be cut."""
    if not _is_cut(word):
        return ()
    found = tuple(piece for piece in cut(word, costs) if len(piece) > 1)
    return () if found == (word,) else found


def _is_cut(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isascii() and word.isalpha()


def _costs(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {piece: -math.log(count / total) for piece, count in sorted(counts.items())}
