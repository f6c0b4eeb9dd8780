"""A relation model fitted to examples: which pairs are related, and how.

Logistic regressions on hashed binary features (scikit-learn): one of two classes on all examples,
and one over labels on the related ones whose label is known. Weights near nothing are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from extractors.models.relation_weights import (
    BUCKETS,
    RelationModel,
    Thresholds,
    hashed,
)
from extractors.training.relation_texts import UNKNOWN, Example
from kg.errors import KgError

_LEAST = 0.01  # of a weight that is kept
_FEWEST = 100


@dataclass(frozen=True, slots=True)
class Strength:
    """How freely each of the two regressions may follow the examples (scikit-learn's C)."""

    related: float = 0.05
    label: float = 0.1


def matrix(examples: Sequence[Example]) -> Any:
    """The features of examples as rows of a sparse matrix."""
    from scipy.sparse import csr_matrix

    rows = [hashed(example.features) for example in examples]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.concatenate(rows)
    return csr_matrix(
        (np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), BUCKETS)
    )


def fit(
    name: str, examples: Sequence[Example], thresholds: Thresholds, strength: Strength | None = None
) -> RelationModel:
    """A model from examples, uncalibrated; the same examples give the same model.

    Raises
    ------
    KgError
        where scikit-learn is absent, or there are too few examples.
    """
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise KgError(
            "scikit-learn is not installed", remedy="install it: pip install 'parallax-kg[train]'"
        ) from error
    related = np.array([example.label is not None for example in examples])
    if related.sum() < _FEWEST or (~related).sum() < _FEWEST:
        raise KgError("too few examples", remedy=f"give {_FEWEST} that are related and as many "
                      "that are not")  # fmt: skip
    strength = strength or Strength()
    told = matrix(examples)
    trust = np.array([example.weight for example in examples])
    binary = LogisticRegression(C=strength.related, solver="liblinear", random_state=0)
    binary.fit(told, related, sample_weight=trust)
    known = [n for n, e in enumerate(examples) if e.label not in (None, UNKNOWN)]
    wanted = np.array([examples[n].label for n in known])
    many = LogisticRegression(C=strength.label, solver="lbfgs", max_iter=300)
    many.fit(told[known], wanted, sample_weight=trust[known])
    weights = np.concatenate([binary.coef_, many.coef_]).T.astype(np.float32)
    bias = np.concatenate([binary.intercept_, many.intercept_]).astype(np.float32)
    weights[np.abs(weights) < _LEAST] = 0
    rows = np.flatnonzero(np.abs(weights).max(axis=1)).astype(np.int64)
    return RelationModel(
        name, tuple(str(label) for label in many.classes_), rows, weights[rows], bias, 1.0, 0.0,
        thresholds,
    )  # fmt: skip


def calibrated(model: RelationModel, examples: Sequence[Example]) -> RelationModel:
    """The model with chances that hold on examples that it was not fitted to (Platt's scaling)."""
    from sklearn.linear_model import LogisticRegression

    chances, _ = model.score([example.features for example in examples])
    chances = np.clip(chances.astype(np.float64), 1e-6, 1 - 1e-6)
    raw = (np.log(chances / (1 - chances)) - model.shift) / model.scale
    truth = np.array([example.label is not None for example in examples])
    line = LogisticRegression(C=1e6).fit(raw.reshape(-1, 1), truth)
    scale, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
    given = model.thresholds
    moved = Thresholds(*(_moved(t, scale, shift) for t in (given.alone, given.helped)))
    return replace(model, scale=scale, shift=shift, thresholds=moved)


def _moved(threshold: float, scale: float, shift: float) -> float:
    """The calibrated chance that an uncalibrated one stands for."""
    score = scale * float(np.log(threshold / (1 - threshold))) + shift
    return float(1 / (1 + np.exp(-score)))
