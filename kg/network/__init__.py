"""The signed network of claims and the mechanism paths in it."""

from kg.network.paths import find_counter_evidence, find_paths
from kg.network.values import Claim, Counter, Hop, Path, Quote, Support

__all__ = [
    "Claim",
    "Counter",
    "Hop",
    "Path",
    "Quote",
    "Support",
    "find_counter_evidence",
    "find_paths",
]
