"""Boosted regression trees, read from JSON and evaluated with numpy alone.

All trees lie one after the other in flat arrays: a node asks whether a feature is at most a
threshold and leads on to one of two nodes; a leaf leads to itself. The probability is the logistic
of the base value and the values of the leaves (Friedman 2001).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import FormatError

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over rows of features."""

    base: float
    depth: int
    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]

    def probabilities(self, rows: Matrix) -> Matrix:
        """The probability of each row, shape (rows,)."""
        at = np.repeat(self.roots[None, :], len(rows), axis=0)
        number = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            low = rows[number, self.feature[at]] <= self.threshold[at]
            at = np.where(low, self.left[at], self.right[at])
        total = self.base + self.value[at].sum(axis=1, dtype=np.float64)
        return np.asarray(1 / (1 + np.exp(-total)), np.float32)

    def to_json(self) -> dict[str, Any]:
        """The trees as JSON values; four significant digits are kept of values of leaves."""
        record: dict[str, Any] = {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in asdict(self).items()
        }
        record["threshold"] = [float(f"{value:.7g}") for value in record["threshold"]]
        record["value"] = [float(f"{value:.4g}") for value in record["value"]]
        return record


def trees_from_json(record: dict[str, Any], *, features: int, where: str) -> Trees:
    """The trees that `Trees.to_json` wrote, checked against the number of features.

    Raises
    ------
    FormatError
        where a part is absent or leads outside of the arrays.
    """
    try:
        trees = Trees(
            float(record["base"]), int(record["depth"]), np.array(record["roots"], np.int32),
            np.array(record["feature"], np.int32), np.array(record["threshold"], np.float32),
            np.array(record["left"], np.int32), np.array(record["right"], np.int32),
            np.array(record["value"], np.float32),
        )  # fmt: skip
        nodes = len(trees.value)
        arrays = [getattr(trees, field.name) for field in fields(trees)[3:]]
        good = (
            all(len(array) == nodes for array in arrays)
            and all(_within(at, nodes) for at in (trees.roots, trees.left, trees.right))
            and _within(trees.feature, features)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"trees cannot be read ({error})", where=where,
                          remedy="train the model again") from error  # fmt: skip
    if not good:
        raise FormatError("trees lead outside of their arrays", where=where,
                          remedy="train the model again")  # fmt: skip
    return trees


def _within(numbers: npt.NDArray[np.int32], count: int) -> bool:
    return bool(((numbers >= 0) & (numbers < count)).all())
