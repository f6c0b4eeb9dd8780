"""What is said of a thing that a sentence names: that it is there, is not, or may be.

A finding, a disease or an outcome is denied by more than a claim is: *lack of X* denies X, while it
denies nothing that is said of it. So the cues that claims do not heed count here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.context.cues import ContextCue
from kg.model import Certainty, Polarity


@dataclass(frozen=True, slots=True)
class Status:
    """Polarity and certainty of a thing, and the cues that say so."""

    polarity: Polarity
    certainty: Certainty
    cues: tuple[ContextCue, ...]


def status_of(spans: Sequence[tuple[int, int]], cues: Iterable[ContextCue]) -> Status:
    """The status of what stands at `spans` of a sentence (a name, and what describes it).

    >>> from extractors.context.finding import find_cues
    >>> text = "无发热、咳嗽，考虑肺炎。"
    >>> status_of([(4, 6)], find_cues(text, "zh")).polarity
    'negated'
    >>> status_of([(9, 11)], find_cues(text, "zh")).certainty
    'hypothesis'
    """
    found = tuple(cue for cue in cues if any(_covers(cue, *span) for span in spans))
    kinds = {cue.kind for cue in found}
    return Status(
        "negated" if "negation" in kinds else "positive",
        "hypothesis" if "hypothesis" in kinds else "asserted",
        found,
    )


def _covers(cue: ContextCue, start: int, end: int) -> bool:
    inside = start <= cue.start and cue.end <= end
    return cue.governs(start, end) and not inside
