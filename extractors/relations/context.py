"""Cues of negation, hypothesis and aim in a sentence, each with its scope.

ConText (Harkema et al. 2009) with its lists as data: a *pseudo* cue hides the cue inside it, a
*preceding* cue governs what follows it and a *following* cue what stands before it, up to the next
termination. The longest phrase at a place wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.relations.grammar import CUE_LISTS, CueRule
from extractors.relations.vocabulary import cut
from kg.model import Cue, CueKind

Table = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int
    kind: str


class ContextReader:
    """The cue rules of one language, ready to be looked up."""

    def __init__(self, rules: tuple[CueRule, ...]) -> None:
        self._tables = [(rule, _table(rule)) for rule in rules]

    def find(self, text: str, named: Sequence[tuple[int, int]] = ()) -> list[Cue]:
        """The cues of a sentence, in order; words inside the `named` stretches are no cues.

        All offsets are the sentence's own.
        """
        tokens = [
            (start, end, "" if any(low <= start < high for low, high in named) else word)
            for start, end, word in cut(text)
        ]
        words = [word for _, _, word in tokens]
        cues: list[Cue] = []
        for rule, table in self._tables:
            hits = _hits(words, table)
            stops = [hit for hit in hits if hit.kind == "terminations"]
            for hit in hits:
                if hit.kind not in ("preceding", "following"):
                    continue
                start, end = tokens[hit.first][0], tokens[hit.last][1]
                if hit.kind == "preceding":
                    low = start
                    high = min(
                        (tokens[s.first][0] for s in stops if s.first > hit.last), default=len(text)
                    )
                else:
                    low = max((tokens[s.last][1] for s in stops if s.last < hit.first), default=0)
                    high = end
                kind: CueKind = rule.kind  # type: ignore[assignment]
                cues.append(Cue(kind, start, end, text[start:end], rule.id, low, high))
        return sorted(cues, key=lambda cue: (cue.start, cue.end))


def governs(cue: Cue, start: int, end: int) -> bool:
    """Whether a stretch lies in the scope of a cue."""
    low = cue.start if cue.scope_start is None else cue.scope_start
    high = cue.end if cue.scope_end is None else cue.scope_end
    return low <= start and end <= high


def _table(rule: CueRule) -> Table:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in CUE_LISTS:
        for phrase in getattr(rule, kind):
            words = tuple(word for _, _, word in cut(phrase))
            table.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in table.items()}


def _hits(words: list[str], table: Table) -> list[_Hit]:
    hits: list[_Hit] = []
    at = 0
    while at < len(words):
        for phrase, kind in table.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                hits.append(_Hit(at, at + len(phrase) - 1, kind))
                at += len(phrase)
                break
        else:
            at += 1
    return hits
