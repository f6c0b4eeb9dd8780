"""Numbers in a row, groups in a row: 45% (18/40) and 28% (11/40); A组、B组和C组.

What stands between the members of a row is a word of the lists ``listing`` and ``fillers`` of
``results.yaml``. A number in brackets right behind another of another kind is its companion, and
goes where that goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.results.grammar import ResultGrammar
from kg.model import Quantity, QuantityKind

MEASURED: tuple[QuantityKind, ...] = (
    "count", "fraction", "percentage", "rate", "measurement", "ratio", "fold-change", "duration",
    "dose", "interval",
)  # fmt: skip
GROUPED: tuple[QuantityKind, ...] = (*MEASURED, "group-size", "age")
_OPEN, _CLOSE = "([", ")]"
_MOST_BETWEEN = 45
Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its companions; `start` and `end` are the sentence's own, brackets included."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]

    @property
    def head(self) -> Quantity:
        """The number itself."""
        return self.quantities[0]

    @property
    def measures(self) -> bool:
        """Whether it tells an outcome, not a dose or how many there were."""
        return self.head.kind in MEASURED and self.head.kind != "dose"


def cells_of(text: str, quantities: Sequence[Quantity], offset: int) -> list[Cell]:
    """The measured numbers of a levelled sentence, each with what stands in brackets behind it."""
    cells: list[Cell] = []
    for quantity in quantities:
        if quantity.kind not in GROUPED:
            continue
        start, end = quantity.start - offset, quantity.end - offset
        last = cells[-1] if cells else None
        if last is not None and _accompanies(text, last, quantity, start, end):
            close = text[end : end + 3].lstrip()[:1]
            end += text[end : end + 3].find(close) + 1 if close and close in _CLOSE else 0
            cells[-1] = Cell(last.start, end, (*last.quantities, quantity))
        else:
            cells.append(Cell(start, end, (quantity,)))
    return cells


def _accompanies(text: str, last: Cell, quantity: Quantity, start: int, end: int) -> bool:
    between = text[last.end : start].strip()
    if between[:1] == "" or between.strip(",; =n") not in _OPEN:
        return False
    if between[0] not in _OPEN and len(last.quantities) == 1:
        return False
    if any(_alike(one, quantity) for one in last.quantities):
        return False
    close = min((at for sign in _CLOSE if (at := text.find(sign, end)) >= 0), default=-1)
    return close >= 0 and close - end <= 1


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and (one.unit == other.unit or None in (one.unit, other.unit))


def rows_of_cells(text: str, cells: Sequence[Cell], grammar: ResultGrammar) -> list[list[Cell]]:
    """The numbers of one kind and unit that stand in a row, in order."""
    return in_rows(
        text, cells, lambda c: (c.start, c.end), grammar, lambda a, b: _alike(a.head, b.head)
    )


def in_rows(
    text: str,
    members: Sequence[Member],
    place: Callable[[Member], tuple[int, int]],
    grammar: ResultGrammar,
    alike: Callable[[Member, Member], bool] = lambda a, b: True,
) -> list[list[Member]]:
    """The members (in order) put together where nothing but words of a list stands between."""
    rows: list[list[Member]] = []
    for member in members:
        if rows:
            low, high = place(rows[-1][-1])[1], place(member)[0]
            near = high - low <= _MOST_BETWEEN and alike(rows[-1][-1], member)
            if near and (low == high or grammar.between.fullmatch(text, low, high)):
                rows[-1].append(member)
                continue
        rows.append([member])
    return rows
