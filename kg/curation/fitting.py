"""Error rates of rules and readers, learned from the decisions of curators.

The model is that of INDRA's belief: a reader is wrong about a statement in the same way wherever it
finds it (systematic error), and else each of its readings by chance (random error). Which wrong
readings are of which kind is not seen; expectation maximisation weighs both, with Beta priors whose
means are the delivered rates, first for a family of rules, then for each rule with its family's
rates as prior. Nothing in it is random: the same decisions give the same rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.assembly.rates import ErrorRate, RateKind, Rates, agreement_factors, delivered_rates
from kg.curation.values import Curation
from kg.curation.verdicts import in_force

# How many judged readings a prior is worth.
STRENGTH = 20.0
_ROUNDS = 200
_CLOSE = 1e-9
_LEAST, _MOST = 0.005, 0.95


@dataclass
class _Judged:
    """The judged readings of one rule or family: by statement how many were right and wrong."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    # Sums of the factors by which agreement changes a random error, and of these with confidence.
    factors: float = 0.0
    weighted: float = 0.0

    def add(self, statement: str, curation: Curation, *, right: bool) -> None:
        (self.right if right else self.wrong)[statement] += 1
        factor = agreement_factors()[curation.agreement]
        self.factors += factor
        self.weighted += factor * curation.confidence

    @property
    def count(self) -> int:
        return self.right.total() + self.wrong.total()


@dataclass(frozen=True, slots=True)
class Learned:
    """A rate with what it was learned from: how many readings were judged right and wrong."""

    rate: ErrorRate
    prior: ErrorRate
    right: int
    wrong: int


def fit_rates(curations: Iterable[Curation], prior: Rates | None = None) -> tuple[ErrorRate, ...]:
    """The rates of every family and rule of which readings were judged, in a fixed order."""
    return tuple(learned.rate for learned in fit(curations, prior))


def fit(curations: Iterable[Curation], prior: Rates | None = None) -> tuple[Learned, ...]:
    """The rates that decisions teach, with the counts behind them: families before their rules.

    A decision that only parts the two languages tells nothing of how well they were read, and of
    one that curators disagree about the majority counts.
    """
    prior = prior or delivered_rates()
    families: dict[tuple[RateKind, str], _Judged] = {}
    rules: dict[tuple[RateKind, str], _Judged] = {}
    rows: dict[tuple[RateKind, str], ErrorRate] = {}
    for curation, right in _outcomes(curations):
        for name in curation.rules:
            kind, rule = _kind(name)
            row = prior.row(kind, rule)
            rows[kind, rule] = row
            # A rule's readings of a statement are its own: another rule errs in another way.
            families.setdefault((kind, row.pattern), _Judged()).add(
                f"{rule} {curation.statement}", curation, right=right
            )
            rules.setdefault((kind, rule), _Judged()).add(curation.statement, curation, right=right)
    found: dict[tuple[RateKind, str], Learned] = {}
    for (kind, pattern), judged in sorted(families.items()):
        row = next(r for r in prior.rows if (r.kind, r.pattern) == (kind, pattern))
        found[kind, pattern] = _learned(kind, pattern, judged, row)
    for (kind, rule), judged in sorted(rules.items()):
        if (kind, rule) not in found:
            family = found[kind, rows[kind, rule].pattern].rate
            found[kind, rule] = _learned(kind, rule, judged, family)
    return tuple(found.values())


def _outcomes(curations: Iterable[Curation]) -> list[tuple[Curation, bool]]:
    """One decision on each evidence that most curators agree about, and whether it was right."""
    by_evidence: dict[str, list[Curation]] = {}
    for one in in_force(curations):
        if one.verdict != "unpaired" and one.rules:
            by_evidence.setdefault(one.evidence, []).append(one)
    outcomes = []
    for _, decisions in sorted(by_evidence.items()):
        right = sum(one.verdict == "correct" for one in decisions)
        if 2 * right != len(decisions):
            outcomes.append((decisions[-1], 2 * right > len(decisions)))
    return outcomes


def _kind(name: str) -> tuple[RateKind, str]:
    kind, _, derivation = name.partition(" ")
    return ("derived", derivation) if kind == "derived" and derivation else ("rule", name)


def _learned(kind: RateKind, name: str, judged: _Judged, prior: ErrorRate) -> Learned:
    random, systematic = _maximise(judged.right, judged.wrong, prior)
    # The judged readings were less sure than the rule itself; what is left is the rule's own.
    base = (judged.count * random - judged.factors + judged.weighted) / max(judged.weighted, 1e-9)
    share = judged.count / (judged.count + STRENGTH)
    random = share * min(max(base, _LEAST), _MOST) + (1 - share) * random
    random = min(random, 1 - systematic)
    rate = ErrorRate(kind, name, round(random, 4), round(systematic, 4), prior.family)
    return Learned(rate, prior, judged.right.total(), judged.wrong.total())


def _maximise(
    right: Mapping[str, int], wrong: Mapping[str, int], prior: ErrorRate
) -> tuple[float, float]:
    """Random and systematic error that explain the judged readings best, given the prior."""
    random, systematic = prior.random, prior.systematic
    statements = sorted({*right, *wrong})
    for _ in range(_ROUNDS):
        always = judged = misread = 0.0
        for statement in statements:
            good, bad = right.get(statement, 0), wrong.get(statement, 0)
            by_chance = (1 - systematic) * random**bad
            share = 0.0 if good else systematic / max(systematic + by_chance, _CLOSE)
            always += share
            judged += (1 - share) * (good + bad)
            misread += (1 - share) * bad
        before = random, systematic
        random = (STRENGTH * prior.random + misread) / (STRENGTH + judged)
        systematic = (STRENGTH * prior.systematic + always) / (STRENGTH + len(statements))
        if max(abs(random - before[0]), abs(systematic - before[1])) < _CLOSE:
            break
    return random, systematic
