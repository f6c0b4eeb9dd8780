"""What a network looks like and what goes into it, as plain values that are kept with its weights.

A token is described by numbers in groups: each group is a table of vectors, and a token takes some
rows of it, whose sum stands for that side of the token (its word, its affixes, what the
dictionary says). Row 0 is always nothing, and its vector is zero.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]  # tokens × slots of one group
Labels = npt.NDArray[np.int8]  # tokens × types; -1 where nothing is known
Floats = npt.NDArray[np.float32]
Features = tuple[Rows, ...]  # one array for each group, in order

LABELS = "OBIES"  # outside; begin, inside, end of a mention; a mention of one token
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(len(LABELS))
UNKNOWN = -1
# Whether the label in the column may follow that in the row, and whether a label may be the last.
LEGAL_NEXT: npt.NDArray[np.bool_] = np.array(
    [[to in ((OUTSIDE, BEGIN, SINGLE) if label in (OUTSIDE, END, SINGLE) else (INSIDE, END))
      for to in range(len(LABELS))] for label in range(len(LABELS))]
)  # fmt: skip
LEGAL_LAST: npt.NDArray[np.bool_] = np.isin(np.arange(len(LABELS)), (OUTSIDE, END, SINGLE))


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a token: a table of `rows` vectors of `width`, of which it takes `slots`.

    In training the group is blank for a token with the chance `dropped`, and for a whole sentence
    with the chance `forgotten`, so that the network can do without it.
    """

    name: str
    rows: int
    width: int
    slots: int
    dropped: float = 0.0
    forgotten: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A network: groups of features, types with a head each, styles of annotation, layers.

    Parameters
    ----------
    styles : names of annotation styles (corpora); a sentence may be read in any of them or in none
    width : of the hidden layers
    pieces : of each maxout unit
    dilations : one layer each; a layer sees the tokens that far to the left and right
    sequences : whether it learned whole sequences of labels, so that chances are shares of those
    """

    groups: tuple[Group, ...]
    types: tuple[str, ...]
    styles: tuple[str, ...]
    width: int = 128
    pieces: int = 2
    dilations: tuple[int, ...] = (1, 1, 1, 1)
    style_width: int = 16
    sequences: bool = False


def row_of(text: str, group: Group, seed: int = 0) -> int:
    """The row of a group that a text is hashed to; never row 0, the same on every machine.

    >>> row_of("calcineurin", Group("word", 1000, 8, 1)) == row_of(
    ...     "calcineurin", Group("word", 1000, 8, 1))
    True
    """
    return 1 + _hash(text, seed) % (group.rows - 1)


@functools.lru_cache(1 << 18)
def _hash(text: str, seed: int) -> int:
    salt = seed.to_bytes(8, "little")
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8, salt=salt).digest()
    return int.from_bytes(digest, "little")


def padded(rows: Sequence[int], slots: int) -> tuple[int, ...]:
    """Exactly `slots` rows: the first ones, or filled with row 0."""
    return (*rows[:slots], *(0,) * (slots - len(rows)))


def rows_array(rows: Sequence[Sequence[int]], slots: int) -> Rows:
    """Rows of all tokens of a sentence as an array, also where there are no tokens."""
    return np.array(rows, np.int32).reshape(len(rows), slots)
