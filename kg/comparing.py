"""What two graphs do not share: triples, and statements with what changed of them.

Both come as sorted lines of N-Quads, so that little of them is ever in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.vocab import PLX, RDFS, STATEMENT_BASE

Sign = Literal["-", "+", "="]
Change = Literal["new", "gone", "changed"]
_LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|("(?:[^"\\]|\\.)*")(?:@(\S+)|\^\^\S+)?)')
FACTS: Mapping[str, str] = {
    PLX.status.value: "status",
    PLX.belief.value: "belief",
    PLX.supportingDocuments.value: "supporting",
    PLX.opposingDocuments.value: "opposing",
    PLX.hypothesizingDocuments.value: "hypothesizing",
    PLX.retractedDocuments.value: "retracted",
    PLX.crossLingualStatus.value: "cross_lingual",
}


@dataclass(slots=True)
class Facts:
    """What one graph says of a statement: values by name, and its label in each language."""

    values: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that is new, gone or changed; `changed` pairs values before and after."""

    id: str
    change: Change
    labels: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]

    @property
    def changed(self) -> dict[str, tuple[str, str]]:
        """The values that differ, by name."""
        names = [name for name in FACTS.values() if self.before.get(name) != self.after.get(name)]
        return {name: (self.before.get(name, ""), self.after.get(name, "")) for name in names}


def merged(before: Iterable[str], after: Iterable[str]) -> Iterator[tuple[Sign, str]]:
    """The lines of both with "-" (only before), "+" (only after) or "=" (in both), in order.

    >>> list(merged(["a", "b"], ["b", "c"]))
    [('-', 'a'), ('=', 'b'), ('+', 'c')]
    """
    left, right = iter(before), iter(after)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            yield "-", one or ""
            one = next(left, None)
        elif one is None or other < one:
            yield "+", other
            other = next(right, None)
        else:
            yield "=", one
            one, other = next(left, None), next(right, None)


class StatementChanges:
    """Gathers statements from merged lines, which come by subject."""

    def __init__(self) -> None:
        self.found: list[StatementChange] = []
        self._subject = ""
        self._differs = False
        self._sides = (Facts(), Facts())

    def add(self, sign: Sign, line: str) -> None:
        """Take in one line."""
        if not line.startswith(f"<{STATEMENT_BASE}"):
            return
        found = _LINE.match(line)
        if found is None:
            return
        subject, predicate, iri, literal, language = found.groups()
        if subject != self._subject:
            self.finish()
            self._subject = subject
        self._differs |= sign != "="
        for side, signs in zip(self._sides, ("-=", "+="), strict=True):
            if sign not in signs:
                continue
            value = iri if iri is not None else json.loads(literal, strict=False)
            if predicate == RDFS.label.value:
                side.labels[language or ""] = value
            elif predicate in FACTS:
                side.values[FACTS[predicate]] = value

    def finish(self) -> None:
        """Close the statement that came last."""
        before, after = self._sides
        if self._subject and self._differs:
            labels = after.labels or before.labels
            change: Change = (
                "changed" if before.values and after.values else "new" if after.values else "gone"
            )
            name = self._subject.removeprefix(STATEMENT_BASE)
            item = StatementChange(name, change, labels, before.values, after.values)
            if change != "changed" or item.changed or before.labels != after.labels:
                self.found.append(item)
        self._subject, self._differs, self._sides = "", False, (Facts(), Facts())
