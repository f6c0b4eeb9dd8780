"""Learnt weights of yes-or-no and of which-one decisions, one ``decision, feature, weight`` a line.

A decision is linear: the weights of the features that hold are added up. Features are words that a
reader understands (``next=but``), so that a choice can be explained by its largest terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.rule_files import file_name
from kg.errors import RuleError

DECISIONS = ("cue", "left", "right")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature in each decision; a feature that is not listed weighs nothing."""

    tables: Mapping[str, Mapping[str, float]]

    def score(self, decision: str, features: Sequence[str]) -> float:
        """The sum of the weights of the features; above zero means yes."""
        table = self.tables[decision]
        return sum(table.get(feature, 0.0) for feature in features)

    def best(self, decision: str, candidates: Sequence[Sequence[str]]) -> int:
        """The place of the candidate with the highest score, the first of equal ones."""
        scores = [self.score(decision, features) for features in candidates]
        return scores.index(max(scores))


def load_weights(path: Path) -> Weights | None:
    """The weights in a file, or None where a language has none.

    Raises
    ------
    RuleError
        naming the line that is no ``decision, feature, weight``.
    """
    if not path.exists():
        return None
    tables: dict[str, dict[str, float]] = {decision: {} for decision in DECISIONS}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        cells = line.split("\t")
        try:
            decision, feature, weight = cells
            tables[decision][feature] = float(weight)
        except (ValueError, KeyError) as error:
            raise RuleError(
                f"{line!r} is no line of weights",
                where=f"{file_name(path)}:{number}",
                remedy=f"give one of {', '.join(DECISIONS)}, a feature and a number, with tabs",
            ) from error
    return Weights(tables)
