"""How often readers err: the rates that are delivered, and those learned from curations in place.

``error_rates.tsv`` has priors for kinds of readers (the first row that fits counts), and
``agreement_factors.tsv`` how the other language of a document changes the random error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.errors import FormatError
from kg.model import AGREEMENTS

# A rendition that was read by help of the other language is no second, independent reading.
PROJECTED = "projected"
RateKind = Literal["rule", "derived"]


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How often readings of one kind are wrong: by chance, and always in the same way.

    `family` is the pattern of the row of the table that it stands in or was learned from: rules of
    one family share their systematic error.
    """

    kind: RateKind
    pattern: str
    random: float
    systematic: float
    family: str = ""


@dataclass(frozen=True)
class Rates:
    """Error rates: rows by pattern, in order; before them those learned for a rule or a row."""

    rows: tuple[ErrorRate, ...]
    learned: Mapping[str, ErrorRate] = field(default_factory=dict)
    _found: dict[tuple[str, str], ErrorRate] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of_rule(self, rule: str) -> ErrorRate:
        """The rate of a rule or model.

        >>> delivered_rates().of_rule("zh.treats.effective").family
        'zh.*'
        """
        return self._of("rule", rule)

    def of_derivation(self, derivation: str) -> ErrorRate:
        """The rate of what follows from a kind of statement without being stated."""
        return self._of("derived", derivation)

    def _of(self, kind: RateKind, name: str) -> ErrorRate:
        """The rate learned for a name, else for its family, else the row."""
        rate = self._found.get((kind, name))
        if rate is None:
            row = self.row(kind, name)
            own = self.learned.get(f"{kind} {name}")
            rate = own or self.learned.get(f"{kind} {row.pattern}", row)
            self._found[kind, name] = rate  # the same few rules are asked for again and again
        return rate

    def row(self, kind: RateKind, name: str) -> ErrorRate:
        """The first row that fits; the last one fits everything."""
        fitting = (r for r in self.rows if r.kind == kind and fnmatchcase(name, r.pattern))
        return next(fitting, self.rows[-1])


def with_learned(rates: Rates, learned: Mapping[str, ErrorRate]) -> Rates:
    """The rates with others for single rules and derivations (``rule NAME``, ``derived NAME``)."""
    return Rates(rates.rows, dict(learned))


@cache
def delivered_rates() -> Rates:
    """The rates of ``error_rates.tsv`` alone."""
    return Rates(error_rates())


@cache
def error_rates() -> tuple[ErrorRate, ...]:
    """The rows of ``error_rates.tsv``; the first that fits a reading counts."""
    rates = []
    for where, cells in _rows("error_rates.tsv", 5):
        kind, pattern, random, systematic, _ = cells
        if kind not in ("rule", "derived"):
            raise FormatError(f"unknown kind {kind!r}", where=where, remedy="use rule or derived")
        numbers = _number(random, where, 1), _number(systematic, where, 1)
        rates.append(ErrorRate("rule" if kind == "rule" else "derived", pattern, *numbers, pattern))
    if not rates or (rates[-1].kind, rates[-1].pattern) != ("rule", "*"):
        raise FormatError(
            "the last row must fit every rule", where="error_rates.tsv", remedy="end with rule *"
        )
    return tuple(rates)


@cache
def agreement_factors() -> dict[str, float]:
    """Agreement → the factor by which it changes the random error of an evidence."""
    factors = {
        cells[0]: _number(cells[1], where, 10) for where, cells in _rows("agreement_factors.tsv", 3)
    }
    known = (*AGREEMENTS, PROJECTED)
    if set(factors) != set(known):
        raise FormatError(
            "not one row for each agreement", where="agreement_factors.tsv",
            remedy=f"give {', '.join(known)}",
        )  # fmt: skip
    return factors


def _rows(name: str, columns: int) -> list[tuple[str, list[str]]]:
    text = files("kg.assembly").joinpath(name).read_text(encoding="utf-8")
    rows = []
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != columns:
            raise FormatError(
                f"{len(cells)} columns", where=f"{name}:{number}", remedy=f"give {columns}"
            )
        rows.append((f"{name}:{number}", cells))
    return rows


def _number(text: str, where: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise FormatError(f"{text!r} is not a number", where=where) from error
    if not 0 <= value <= most:
        raise FormatError(f"{text} lies outside 0…{most}", where=where)
    return value
