"""The status that the context rules give a finding of CHIP-CDEE.

The corpus names a finding by a core that may be a standard name (体重改变 for 体重无明显变化). It
is looked for in the clause that shares most characters with its name, description and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.corpora.cdee import Finding
from extractors.context.finding import find_cues
from extractors.context.status import status_of

Span = tuple[int, int]
_SENTENCE = re.compile(r"[^。]+。?")
_CLAUSE = re.compile(r"[^，,。；;、]+")


def read_status(finding: Finding) -> str:
    """``affirmed``, ``denied`` or ``unsure``."""
    low, high = max(_clauses(finding.text), key=lambda span: _likeness(finding, span))
    sentence = next(m for m in _SENTENCE.finditer(finding.text) if m.end() >= high)
    offset = sentence.start()
    spans = [(start - offset, end - offset) for start, end in _places(finding, low, high)]
    status = status_of(spans, find_cues(sentence[0], "zh", spans[:1]))
    if status.certainty == "hypothesis":
        return "unsure"
    return "denied" if status.polarity == "negated" else "affirmed"


def _clauses(text: str) -> Iterator[Span]:
    for match in _CLAUSE.finditer(text):
        yield match.span()


def _likeness(finding: Finding, span: Span) -> float:
    """How well a clause fits: its name as a whole first, then shared characters."""
    clause = finding.text[slice(*span)]
    shared = len(set(finding.name) & set(clause)) / len(set(finding.name))
    around = "".join((*finding.described, *finding.places))
    beside = len(set(around) & set(clause)) / max(1, len(set(around)))
    return 2 * (finding.name in clause) + shared + beside


def _places(finding: Finding, low: int, high: int) -> list[Span]:
    """Where name and description stand in a clause; the clause where neither does."""
    clause = finding.text[low:high]
    found = []
    for words in (finding.name, *finding.described):
        at = clause.find(words)
        if at >= 0:
            found.append((low + at, low + at + len(words)))
    if finding.name in clause:
        return found
    shared = [n for n, character in enumerate(clause) if character in finding.name]
    if shared:
        return [(low + n, low + n + 1) for n in shared]
    return found or [(low, high)]
