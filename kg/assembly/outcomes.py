"""What became of a hypothesis: which later documents confirm or refute it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.assembly.merge import judged
from kg.assembly.values import Finding

Fate = Literal["open", "confirmed", "refuted", "disputed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what a document supposed; the evidence (IRIs) that later ones give for it."""

    fate: Fate
    confirmed_by: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()


def is_later(date: str, other: str) -> bool:
    """Whether a date is surely later than another, as far as both are known.

    >>> is_later("2014", "2012-05"), is_later("2012-06", "2012-05-31"), is_later("2012-06", "2012")
    (True, True, False)
    >>> is_later("2014", "")
    False
    """
    known = min(len(date), len(other))
    return known >= 4 and date[:known] > other[:known]


def find_outcome(
    findings: Iterable[Finding], inherited: Iterable[Finding], dates: Mapping[str, str]
) -> Outcome | None:
    """What became of the hypothesis on a statement; None where no document only supposes it.

    A later document confirms it by asserting it, or something more specific; it refutes it by
    denying it. Documents without a date tell nothing.

    Parameters
    ----------
    inherited : findings on more specific statements
    dates : document → when it appeared
    """
    own = [found for one in findings if one.counted and (found := judged(one)) is not None]
    supposed = [f for f in own if (f.certainty, f.polarity) == ("hypothesis", "positive")]
    if not supposed:
        return None
    first = [date for f in supposed if (date := dates.get(f.document, ""))]

    def is_after(finding: Finding) -> bool:
        date = dates.get(finding.document, "")
        asserted = finding.certainty == "asserted" and finding.derived is None
        return asserted and any(is_later(date, earlier) for earlier in first)

    specific = [found for one in inherited if one.counted and (found := judged(one)) is not None]
    for_it = {f.evidence for f in (*own, *specific) if f.polarity == "positive" and is_after(f)}
    against = {f.evidence for f in own if f.polarity == "negated" and is_after(f)}
    fates: dict[tuple[bool, bool], Fate] = {
        (False, False): "open", (True, False): "confirmed", (False, True): "refuted",
        (True, True): "disputed",
    }  # fmt: skip
    fate = fates[bool(for_it), bool(against)]
    return Outcome(fate, tuple(sorted(for_it)), tuple(sorted(against)))


def needs_dates(findings: Iterable[Finding]) -> bool:
    """Whether some document only supposes it, so that dates matter."""
    return any("hypothesis" in (f.certainty, f.verdict) for f in findings)
