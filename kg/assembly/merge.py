"""What the evidence of all documents makes of a statement: belief, counts, status, agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.assembly.belief import belief
from kg.assembly.rates import Rates
from kg.assembly.values import Finding, Status, Summary
from kg.model import Agreement, ConflictKind, Evidence
from kg.vocab import part_iri

# A reading that the other language contradicts in one of these supports no plain triple.
_DISQUALIFYING: frozenset[ConflictKind] = frozenset({"polarity", "direction", "entity"})


def finding_of(evidence: Evidence) -> Finding:
    """What of an evidence counts for belief."""
    return Finding(
        evidence.document,
        evidence.polarity,
        evidence.certainty,
        evidence.agreement,
        evidence.conflicts,
        evidence.derived,
        evidence.confidence,
        tuple(sorted({rendition.rule for rendition in evidence.renditions})),
        evidence.resolved_sign,
        evidence=part_iri(evidence.document, evidence.id).value,
    )


def merge(evidence: Iterable[Evidence]) -> dict[str, Summary]:
    """Statement id → summary, for the evidence of any number of documents."""
    findings: dict[str, list[Finding]] = {}
    for item in evidence:
        findings.setdefault(item.statement, []).append(finding_of(item))
    return {statement: summarize(found) for statement, found in sorted(findings.items())}


def judged(finding: Finding) -> Finding | None:
    """A finding as far as curators let it count; None where they judged it to be misread."""
    if finding.verdict == "wrong":
        return None
    if finding.verdict == "hypothesis":
        return replace(finding, certainty="hypothesis")
    if finding.verdict == "unpaired" and finding.agreement in ("agrees", "conflict"):
        return replace(finding, agreement="one-sided", conflicts=())
    return finding


def summarize(
    findings: Iterable[Finding],
    inherited: Iterable[Finding] = (),
    *,
    rates: Rates | None = None,
) -> Summary:
    """The summary of one statement; the order of findings does not matter.

    A claim is asserted where one document asserts it, else denied where one asserts that it is not
    so or nothing but denial is voiced, else hypothesized. Documents are counted once, however many
    sentences or languages repeat the claim; knowledge sources are named and not counted with them.
    What retracted documents say is left out; a claim of
    which nothing else speaks is retracted. What curators judged to be misread does not count
    either; a claim of which nothing else is left is rejected.

    Parameters
    ----------
    inherited : findings on more specific statements; they change the belief alone
    rates : how often readers err (default: as delivered)
    """
    known = tuple(findings)
    everything = tuple(finding for finding in known if finding.counted)
    retracted = len({finding.document for finding in known if not finding.counted})
    if retracted and not everything:
        return _without_any("retracted", known, retracted)
    findings = tuple(found for one in everything if (found := judged(one)) is not None)
    if not findings:
        return _without_any("rejected", everything, retracted)
    inherited = (one for one in inherited if one.counted)
    inherited = tuple(found for one in inherited if (found := judged(one)) is not None)
    positive = [f for f in findings if f.polarity == "positive"]
    supporting = [f for f in positive if f.certainty == "asserted"]
    opposing = [f for f in findings if f.polarity == "negated" and f.certainty == "asserted"]
    tentative = [f for f in findings if f.certainty == "hypothesis"]
    signs = {f.resolved_sign for f in positive} - {None}
    derivations = {f.derived for f in findings}
    return Summary(
        status=_status(supporting, opposing, positive),
        belief=belief(findings, inherited, rates=rates),
        supporting=_documents(supporting),
        opposing=_documents(opposing),
        hypothesizing=_documents(tentative),
        cross_lingual=_cross_lingual(findings),
        derived=None if None in derivations else min(d for d in derivations if d),
        resolved_sign=signs.pop() if len(signs) == 1 else None,
        plain=any(f.derived is None and not _is_disputed(f) for f in supporting),
        hypothesized=any(f.polarity == "positive" for f in tentative),
        supporting_sources=_sources(supporting),
        opposing_sources=_sources(opposing),
        hypothesizing_sources=_sources(tentative),
        retracted=retracted,
    )


def _without_any(status: Status, findings: tuple[Finding, ...], retracted: int) -> Summary:
    """The summary of a statement of whose findings none counts."""
    derivations = {f.derived for f in findings}
    return Summary(
        status=status,
        belief=0.0,
        supporting=0,
        opposing=0,
        hypothesizing=0,
        cross_lingual=_cross_lingual(findings),
        derived=None if None in derivations else min((d for d in derivations if d), default=None),
        resolved_sign=None,
        plain=False,
        hypothesized=False,
        retracted=retracted,
    )


def _is_disputed(finding: Finding) -> bool:
    """Whether the reading is contradicted; a source may tell so without telling in what."""
    if finding.agreement == "conflict" and not finding.conflicts:
        return True
    return bool(_DISQUALIFYING & set(finding.conflicts))


def _documents(findings: list[Finding]) -> int:
    return len({f.document for f in findings if f.source is None})


def _sources(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(sorted({f.source for f in findings if f.source is not None}))


def _status(supporting: list[Finding], opposing: list[Finding], positive: list[Finding]) -> Status:
    if supporting:
        return "asserted"
    return "denied" if opposing or not positive else "hypothesized"


def _cross_lingual(findings: Iterable[Finding]) -> Agreement:
    """A conflict anywhere is reported; else agreement anywhere; else what remains."""
    found = {finding.agreement for finding in findings}
    order: tuple[Agreement, ...] = ("conflict", "agrees", "one-sided", "monolingual")
    return next(agreement for agreement in order if agreement in found)
