"""Whose each number of a sentence is: of which arm, before or after treatment, at which time.

In this order: a row of numbers and a row of as many groups or time points go place by place
(*respectively*, 分别); the two values of a change are before and after (*from 3.2 to 1.1*,
由…降至…); a row of numbers behind a comparison goes to the groups compared; any other number is
of the group right beside it, else of the last one that its clause names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.nlp.words import level
from extractors.results.grammar import ResultGrammar
from extractors.results.groups import find_groups, phase_of
from extractors.results.series import Cell, cells_of, in_rows, rows_of_cells
from kg.model import Group, Mention, Phase, Quantity

_BESIDE = 30  # signs between a group and its number
_TIME_BESIDE = 12
_ROSTER_BEHIND = 40
_STOPS = ";。?"


@dataclass(frozen=True, slots=True)
class Share:
    """What a number belongs to; all None where the sentence does not tell.

    `moment` is the group that is a time before or after the treatment, as `phase` tells; `outcome`
    is the mention that stands in the same place of a row. `unnamed` is the place of the number in
    a row (of `total`) whose groups the sentence only counts (两组分别为).
    """

    group: Group | None = None
    moment: Group | None = None
    phase: Phase | None = None
    time: str | None = None
    outcome: str | None = None
    unnamed: int | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int
    group: Group
    phase: Phase | None


def share_numbers(
    text: str,
    quantities: Sequence[Quantity],
    groups: Sequence[Group],
    outcomes: Sequence[Mention],
    offset: int,
    grammar: ResultGrammar,
) -> Mapping[str, Share]:
    """The share of each measured number of a sentence, by the number's id.

    `groups` are those of `groups.find_groups`, `outcomes` what the sentence measures, in order;
    `text` is the sentence, `offset` its place.
    """
    plain = level(text, grammar.language)
    return _Sharing(plain, quantities, groups, outcomes, offset, grammar).shares()


def rows_of_groups(
    text: str, mentions: Sequence[Mention], offset: int, grammar: ResultGrammar
) -> list[tuple[Group, ...]]:
    """The arms of a sentence that stand in a row, with passage offsets: 观察组和对照组."""
    groups = find_groups(text, mentions, offset, grammar)
    sharing = _Sharing(level(text, grammar.language), (), groups, (), offset, grammar)
    return [tuple(p.group for p in row) for row in sharing.rosters if row[0].phase is None]


class _Sharing:
    def __init__(
        self,
        text: str,
        quantities: Sequence[Quantity],
        groups: Sequence[Group],
        outcomes: Sequence[Mention],
        offset: int,
        grammar: ResultGrammar,
    ) -> None:
        self.text, self.grammar = text, grammar
        placed = [
            _Placed(g.start - offset, g.end - offset, g, phase_of(g, grammar))
            for g in groups
            if g.start is not None and g.end is not None
        ]
        self.counted = [p for p in placed if p.group.role == "all"]
        self.groups = [p for p in placed if p.group.role != "all"]
        self.arms = [p for p in self.groups if p.phase is None]
        self.times = [
            (q.start - offset, q.end - offset, q.id) for q in quantities if q.kind == "time-point"
        ]
        self.outcomes = [(m.start - offset, m.end - offset, m.id) for m in outcomes]
        self.cells = cells_of(text, quantities, offset)
        self.rosters = [
            row
            for kind in (self.arms, [p for p in self.groups if p.phase is not None])
            for row in in_rows(text, kind, lambda p: (p.start, p.end), grammar, self._in_a_row)
            if len(row) > 1 and not self._follows_than(row[0])
        ]

    def shares(self) -> dict[str, Share]:
        shares: dict[str, Share] = {}
        for row in rows_of_cells(self.text, self.cells, self.grammar):
            for cell, share in zip(row, self._of_row(row), strict=True):
                shares |= {quantity.id: share for quantity in cell.quantities}
        for first, second in pairwise(self.cells):
            if self._falls(first, second):
                shares |= self._of_change(first, second, shares)
        return shares

    def _of_change(
        self, first: Cell, second: Cell, shares: Mapping[str, Share]
    ) -> dict[str, Share]:
        """The two ends of a change: of one arm, before and after."""
        arm = shares[first.head.id].group or shares[second.head.id].group
        phases: tuple[tuple[Cell, Phase], ...] = ((first, "before"), (second, "after"))
        return {
            quantity.id: replace(shares[quantity.id], group=arm, phase=phase)
            for cell, phase in phases
            for quantity in cell.quantities
        }

    def _of_row(self, row: Sequence[Cell]) -> list[Share]:
        shares = [Share(time=self._time(cell)) for cell in row]
        if len(row) > 1:
            times = self._row_of_times(row)
            if times is not None:
                shares = [replace(s, time=t) for s, t in zip(shares, times, strict=True)]
            members = self._roster(row)
            members = members or (None if times else self._compared(row))
            if members is not None:
                return [self._shared(s, m) for s, m in zip(shares, members, strict=True)]
            if times is None and self._is_counted(row):
                return [
                    replace(s, unnamed=n, total=len(row)) for n, s in enumerate(shares)
                ]  # fmt: skip
            if any(r[-1].end <= row[0].start for r in self.rosters):
                return shares  # two rows of different length: who has what is not told
        return [
            self._shared(share, self._beside(cell, row) or self._carried(cell))
            for share, cell in zip(shares, row, strict=True)
        ]

    def _shared(self, share: Share, placed: _Placed | None) -> Share:
        """A share with its group; a phase belongs to the last arm that is named before it."""
        if placed is None:
            return share
        if placed.phase is None:
            return replace(share, group=placed.group)
        arms = [
            p for p in self.arms if p.end <= placed.start and not self._parted(p.end, placed.start)
        ]
        arm = arms[-1].group if arms else None
        return replace(share, group=arm, moment=placed.group, phase=placed.phase)

    def _parted(self, low: int, high: int) -> bool:
        return any(sign in _STOPS for sign in self.text[low:high])

    def _in_a_row(self, one: _Placed, other: _Placed) -> bool:
        """Whether two groups are not parted by a number, as in 45% in A and 28% in B."""
        return not any(one.end <= c.start < other.start for c in self.cells if c.measures)

    def _roster(self, row: Sequence[Cell]) -> list[_Placed] | None:
        """The groups in a row, as many as the numbers: the last before them, else right behind."""
        low, high = row[0].start, row[-1].end
        fitting = [r for r in self.rosters if len(r) == len(row)]
        before = [r for r in fitting if r[-1].end <= low and not self._parted(r[-1].end, low)]
        if before:
            return max(before, key=lambda r: r[-1].end)
        behind = [r for r in fitting if 0 <= r[0].start - high <= _ROSTER_BEHIND
                  and not self._parted(high, r[0].start)]  # fmt: skip
        return min(behind, key=lambda r: r[0].start) if behind else None

    def _compared(self, row: Sequence[Cell]) -> list[_Placed] | None:
        """The two groups that are compared before two numbers, the comparator where it stands.

        Only where it opens the sentence (*Compared with placebo, losartan …*) it comes second.
        """
        if len(row) != 2:
            return None
        low = row[0].start
        begin = max((self.text.rfind(sign, 0, low) for sign in _STOPS), default=-1)
        earlier = [c.end for c in self.cells if c.end <= low and not self._joined(c, row[0])]
        begin = max(begin, *earlier) if earlier else begin
        named = [p for p in self.arms if begin < p.start and p.end <= low]
        if len(named) != 2:
            named = named[-2:] if len(named) > 2 and self._follows_than(named[-1]) else []
        if len(named) != 2:
            return None
        if self._follows_than(named[0]) and not self._follows_than(named[1]):
            named.reverse()
        return named

    def _joined(self, one: Cell, other: Cell) -> bool:
        return one.start == other.start

    def _follows_than(self, placed: _Placed) -> bool:
        head = self.text[: placed.start].rstrip().removesuffix("the").rstrip()
        return any(
            head.endswith(word)
            for word, kind in self.grammar.words.items()
            if kind in ("than", "than_open") and not (word.isascii() and len(word) < 3)
        )

    def _is_counted(self, row: Sequence[Cell]) -> bool:
        """Whether the clause counts its groups (两组, both groups) and names no others."""
        low = row[0].start
        near = [p for p in self.counted if p.end <= low and not self._parted(p.end, low)]
        return bool(near) and not any(near[-1].end <= p.start < low for p in self.arms)

    def _row_of_times(self, row: Sequence[Cell]) -> list[str] | None:
        """The time points that stand in a row, as many as the numbers."""
        rows = in_rows(self.text, self.times, lambda t: (t[0], t[1]), self.grammar)
        fitting = [r for r in rows if len(r) == len(row)]
        return [t[2] for t in fitting[0]] if len(fitting) == 1 else None

    def _row_of_outcomes(self, row: Sequence[Cell]) -> list[str] | None:
        """The outcomes that stand in a row before the numbers, as many as those."""
        low = row[0].start
        before = [m for m in self.outcomes if m[1] <= low and not self._parted(m[1], low)]
        rows = in_rows(self.text, before, lambda m: (m[0], m[1]), self.grammar)
        return [m[2] for m in rows[-1]] if rows and len(rows[-1]) == len(row) else None

    def _time(self, cell: Cell) -> str | None:
        """The time point right behind or before a number, or the only one of the sentence."""
        if len(self.times) == 1:
            return self.times[0][2]
        behind = [t for t in self.times if 0 <= t[0] - cell.end <= _TIME_BESIDE]
        if behind and not any(s in self.text[cell.end : behind[0][0]] for s in ",;"):
            return behind[0][2]
        before = [t for t in self.times if t[1] <= cell.start]
        return before[-1][2] if before and not self._parted(before[-1][1], cell.start) else None

    def _falls(self, first: Cell, second: Cell) -> bool:
        """Whether two numbers are the two ends of a change: from … to …, 由…降至…."""
        start, end = self.grammar.falls
        opened = self.text[: first.start].rstrip(" ([")
        return (
            first.head.kind == second.head.kind
            and start.search(opened) is not None
            and end.fullmatch(self.text[first.end : second.start].strip(" ()[]")) is not None
        )

    def _beside(self, cell: Cell, row: Sequence[Cell]) -> _Placed | None:
        """The nearest group with no comma or number between; "12% in A" before "A, 12%"."""
        ranked = []
        for placed in self.groups:
            behind = placed.start >= cell.end
            low, high = (cell.end, placed.start) if behind else (placed.end, cell.start)
            if low > high or high - low > _BESIDE:
                continue
            between = self.text[low:high]
            numbers = any(
                low <= c.start and c.end <= high for c in self.cells if c is not cell and c.measures
            )
            if numbers or re.search(r"[,;。?、]", between):
                continue
            if not behind and len(row) > 1 and re.search(r"[(\[]", between):
                continue
            linked = re.match(
                r"\s?(?:[(][^)]*[)]\s?)?(?:\w+ )?(?:in|of|for|with|among|on)\b", between
            )
            ranked.append((not (behind and linked), behind and not linked, high - low, placed))
        return min(ranked, key=lambda r: r[:3])[3] if ranked else None

    def _carried(self, cell: Cell) -> _Placed | None:
        """The last group that the clause names before a number."""
        named = [
            p for p in self.groups
            if p.end <= cell.start and not self._parted(p.end, cell.start)
            and not any(p.end <= c.start < cell.start for c in self.cells if c.measures)
        ]  # fmt: skip
        return named[-1] if named else None
