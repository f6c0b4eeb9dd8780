"""A model that finds the listed names of clinical texts, trained on pairs of texts and names.

Gradient-boosted trees on log loss (scikit-learn), twice: the second ranking is trained on chances
that the first gave to texts that it had not seen. The trees are written out and evaluated without
scikit-learn (`extractors.grounding.trees`), and checked to give the same chances.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.grounding.features import GENERIC, MEMORY, Compared, Matrix, afterwards, compare
from extractors.grounding.memory import Memory, Pair
from extractors.grounding.ranking import Chances, Model
from extractors.grounding.trees import Trees
from extractors.grounding.vocabulary import Vocabulary
from kg.errors import KgError

_FOLDS = 3
_THRESHOLDS = tuple(step / 100 for step in range(10, 71, 2))
_SURE = 0.8  # share of right ones among those that the model is sure of
_FEWEST = 20
Labels = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model gets: trees of each ranking, leaves of each tree, and the step."""

    trees: int = 100
    leaves: int = 15
    step: float = 0.12


@dataclass(frozen=True, slots=True)
class _Example:
    compared: Compared
    labels: Labels
    wanted: int  # how many names the text stands for, listed or not


def train_normaliser(
    pairs: Sequence[Pair], vocabulary: Vocabulary, *, with_memory: bool, size: Size | None = None,
    report: Callable[[str], None] = lambda message: None,
) -> Model:  # fmt: skip
    """A model from pairs; the same input gives the same model.

    Threshold and sureness are chosen on chances from three-fold cross-validation of both
    rankings.

    Raises
    ------
    KgError
        where scikit-learn is absent, or there are too few pairs.
    """
    if len(pairs) < _FEWEST:
        raise KgError(f"{len(pairs)} pairs are too few to train on",
                      remedy=f"give at least {_FEWEST}")  # fmt: skip
    numbers = {vocabulary.name(number): number for number in range(len(vocabulary))}
    memory = Memory(pairs, numbers, vocabulary.language) if with_memory else None
    examples = []
    for at, pair in enumerate(pairs):
        compared = compare(pair.text, vocabulary, memory, without=at if with_memory else None)
        right = {numbers[name] for name in pair.names if name in numbers}
        is_right = np.array([name in right for name in compared.names], np.bool_)
        examples.append(_Example(compared, is_right, len(set(pair.names))))
        if at % 500 == 0:
            report(f"compared {at} of {len(pairs)} texts")
    chosen = size or Size()
    rows = [example.compared.rows for example in examples]
    labels = [example.labels for example in examples]
    first_chances = _out_of_fold(rows, labels, chosen, report)
    more = [
        afterwards(example.compared, chances, vocabulary)
        for example, chances in zip(examples, first_chances, strict=True)
    ]
    second_chances = _out_of_fold(more, labels, chosen, report)
    first, second = _fit(rows, labels, chosen), _fit(more, labels, chosen)
    threshold = best_threshold(examples, second_chances)
    return Model(
        (*GENERIC, *MEMORY) if with_memory else GENERIC, first, second, threshold,
        sureness(examples, second_chances),
    )  # fmt: skip


def best_threshold(examples: Sequence[_Example], chances: Sequence[Chances]) -> float:
    """The threshold with the highest F1 over all texts, where each text gets at least one name."""

    def f1(threshold: float) -> float:
        right = given = 0
        for example, chance in zip(examples, chances, strict=True):
            if not len(chance):
                continue
            kept = chance >= threshold
            if not kept.any():
                kept = np.arange(len(chance)) == int(np.argmax(chance))
            right += int((kept & example.labels).sum())
            given += int(kept.sum())
        return 2 * right / max(given + sum(example.wanted for example in examples), 1)

    return max(_THRESHOLDS, key=f1)


def sureness(examples: Sequence[_Example], chances: Sequence[Chances]) -> float:
    """The least chance from which on four in five of the best names of texts are right."""
    best = sorted(
        ((float(chance.max()), bool(example.labels[int(np.argmax(chance))]))
         for example, chance in zip(examples, chances, strict=True) if len(chance)),
        reverse=True,
    )  # fmt: skip
    right, sure = 0, 1.0
    for number, (chance, is_right) in enumerate(best, 1):
        right += is_right
        if right >= _SURE * number:
            sure = chance
    return round(sure, 3)


def _out_of_fold(
    rows: Sequence[Matrix], labels: Sequence[Labels], size: Size, report: Callable[[str], None]
) -> list[Chances]:
    """The chances of each text from trees trained on the other folds."""
    found: list[Chances] = [np.zeros(0, np.float32)] * len(rows)
    for fold in range(_FOLDS):
        rest = [at for at in range(len(rows)) if at % _FOLDS != fold]
        trees = _fit([rows[at] for at in rest], [labels[at] for at in rest], size)
        for at in range(fold, len(rows), _FOLDS):
            if len(rows[at]):
                found[at] = trees.probabilities(rows[at])
        report(f"fold {fold + 1} of {_FOLDS}")
    return found


def _fit(rows: Sequence[Matrix], labels: Sequence[Labels], size: Size) -> Trees:
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise KgError(
            "scikit-learn is not installed", remedy="install it: pip install 'parallax-kg[train]'"
        ) from error
    features = np.concatenate(list(rows))
    wanted = np.concatenate(list(labels))
    if wanted.all() or not wanted.any():
        raise KgError("no candidate is right, or all are",
                      remedy="check that the names of the pairs stand in the list")  # fmt: skip
    classifier = HistGradientBoostingClassifier(
        max_iter=size.trees, learning_rate=size.step, max_leaf_nodes=size.leaves,
        min_samples_leaf=30, l2_regularization=1.0, early_stopping=False, random_state=0,
    ).fit(features, wanted)  # fmt: skip
    trees = _written_out(classifier)
    sample = features[:: max(len(features) // 2000, 1)]
    expected = classifier.predict_proba(sample)[:, 1]
    if not np.allclose(trees.probabilities(sample), expected, atol=1e-3):
        raise KgError("the trees of this scikit-learn cannot be written out",
                      remedy="install scikit-learn 1.4 to 1.9")  # fmt: skip
    return trees


def _written_out(classifier: Any) -> Trees:
    """The trees in flat arrays. scikit-learn has no public door to them, hence the check above."""
    nodes = [predictors[0].nodes for predictors in classifier._predictors]
    roots = np.cumsum([0, *(len(tree) for tree in nodes[:-1])])
    parts: dict[str, list[Any]] = {
        name: [] for name in ("feature", "threshold", "left", "right", "value")
    }
    for root, tree in zip(roots, nodes, strict=True):
        leaf = tree["is_leaf"].astype(bool)
        itself = root + np.arange(len(tree))
        parts["feature"].append(np.where(leaf, 0, tree["feature_idx"]))
        threshold = np.clip(np.where(leaf, 0, tree["num_threshold"]), -3e38, 3e38)
        # Features are of single precision, and what equals a threshold belongs to the left.
        parts["threshold"].append(threshold.astype(np.float32))
        parts["left"].append(np.where(leaf, itself, root + tree["left"].astype(np.int64)))
        parts["right"].append(np.where(leaf, itself, root + tree["right"].astype(np.int64)))
        parts["value"].append(np.where(leaf, tree["value"], 0))
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    return Trees(
        float(np.ravel(classifier._baseline_prediction)[0]),
        max(int(tree["depth"].max()) for tree in nodes), roots.astype(np.int32),
        joined["feature"].astype(np.int32), joined["threshold"],
        joined["left"].astype(np.int32), joined["right"].astype(np.int32),
        joined["value"].astype(np.float32),
    )  # fmt: skip
