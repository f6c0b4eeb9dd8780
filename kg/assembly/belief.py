"""How far a statement may be believed, as INDRA's belief engine reckons it (Gyori et al. 2017).

Each evidence has a chance of being a random misreading and its kind of reader a systematic error.
Random errors of independent readings multiply, the systematic error of a reader does not shrink:
``1 − Π over readers (systematic + Π over readings random)`` for the positive evidence (pp) and for
the negated (np); the belief is ``pp · (1 − np)``. Two languages of one document are one evidence:
their agreement lowers its random error and adds no document. What another reader finds in the same
evidence is a second reading, with an error of its own. The rates are `kg.assembly.rates`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from kg.assembly.rates import PROJECTED, ErrorRate, Rates, agreement_factors, delivered_rates
from kg.assembly.values import Finding

# A hypothesis says that its authors do not know: however many repeat it, even odds at best.
HYPOTHESIS_CEILING = 0.5
_MOST_RANDOM = 0.95


def belief(
    findings: Iterable[Finding],
    inherited: Iterable[Finding] = (),
    *,
    rates: Rates | None = None,
) -> float:
    """The belief, from 0 to 1, in a statement with these findings, rounded to 4 digits.

    Hypotheses count only where nothing is asserted, and then up to one half.

    Parameters
    ----------
    inherited : findings on more specific statements; those that assert them support this one too
    rates : how often readers err (default: as delivered)
    """
    rates = rates or delivered_rates()
    findings = tuple(findings)
    asserted = [f for f in findings if f.certainty == "asserted"]
    positive = [f for f in asserted if f.polarity == "positive"]
    positive += [f for f in inherited if f.certainty == "asserted" and f.polarity == "positive"]
    negated = [f for f in asserted if f.polarity == "negated"]
    supposed = [f for f in findings if (f.polarity, f.certainty) == ("positive", "hypothesis")]
    correct = max(_correct(positive, rates), HYPOTHESIS_CEILING * _correct(supposed, rates))
    return round(correct * (1 - _correct(negated, rates)), 4)


def _correct(findings: Iterable[Finding], rates: Rates) -> float:
    """The probability that at least one of these findings was read correctly."""
    readers: dict[str, list[tuple[float, float]]] = {}
    for finding in findings:
        for reader, error, systematic in readings(finding, rates):
            readers.setdefault(reader, []).append((error, systematic))
    wrong = []
    for errors in readers.values():
        # In the same way wrong are, at most, as many as of the rule that errs so least.
        systematic = min(systematic for _, systematic in errors)
        wrong.append(min(1.0, systematic + prod(sorted(random for random, _ in errors))))
    return 1 - prod(sorted(wrong)) if wrong else 0.0


def readings(finding: Finding, rates: Rates) -> list[tuple[str, float, float]]:
    """The readers that found it, each with its random error here and its systematic error."""
    return [
        (reader, _random_error(finding, rate), rate.systematic)
        for reader, rate in _readings(finding, rates).items()
    ]


def _random_error(finding: Finding, rate: ErrorRate) -> float:
    """The chance that a finding is misread: surer readings err less, agreement halves it."""
    if finding.verdict == "correct":
        return rate.random
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


def _readings(finding: Finding, rates: Rates) -> dict[str, ErrorRate]:
    """Reader → rate, for each reader that found this independently of the others.

    Of the rules of our own readers, in either language, the most reliable counts; what one reader
    from outside found besides is another reading. A derivation is one reading.
    """
    if finding.verdict == "correct":
        return {"curated": rates.of_rule("curated.correct")}
    if finding.derived:
        return {finding.derived: rates.of_derivation(finding.derived)}
    by_origin: dict[str, list[ErrorRate]] = {}
    for rule in finding.rules or ("",):
        by_origin.setdefault(origin_of(rule), []).append(rates.of_rule(rule))
    best = {
        origin: min(found, key=lambda r: (r.random, r.systematic, r.pattern))
        for origin, found in by_origin.items()
    }
    return {origin or rate.family: rate for origin, rate in best.items()}


def origin_of(rule: str) -> str:
    """The reader from outside that a rule's id names; empty for a rule or model of our own.

    >>> origin_of("reader:kinases@1.2/suffix"), origin_of("indra:reach"), origin_of("zh.treats.use")
    ('reader:kinases@1.2', 'indra:reach', '')
    >>> origin_of("model:relations-en@3"), origin_of("pubtator/BioRED")
    ('', 'pubtator')
    """
    name = rule.partition("/")[0]
    if "/" in rule and ":" not in name:
        return name
    kind, colon, _ = name.partition(":")
    return name if colon and kind != "model" and "." not in kind else ""
