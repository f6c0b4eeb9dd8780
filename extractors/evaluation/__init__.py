"""How well documents with known answers are read; `load_gold` and `score` are the door."""

from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import score

__all__ = ["load_gold", "score"]
