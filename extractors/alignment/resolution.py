"""Unknown and misleading names resolved through the other language.

A mention without a concept takes that of its counterpart. Where both have one and they differ
although everything else says that they are translations (突触蛋白, literally synapsin, for
synaptopodin), the Chinese name is read as the English concept and the term is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.alignment.terms import Term, TermPair
from kg.model import Candidate, Discrepancy, Mention, Side

SCORE = 0.9  # of a concept that a mention takes over from its counterpart
SURE = 0.5  # least score of a pair for an unknown name to take over a concept
OVERRULE = 0.45  # the same for a name with a dictionary sense, if nothing else speaks for that
WHOLE = 0.75  # least share that both names must tell of each other where their types differ


def resolve_terms(
    mentions: Sequence[Mention], pairs: Sequence[TermPair]
) -> tuple[tuple[Mention, ...], tuple[Discrepancy, ...]]:
    """The mentions with concepts and types taken over, and the terms that mislead."""
    givers: dict[str, Term] = {}
    reports = []
    concepts = {(pair.en.first.concept, pair.zh.first.concept) for pair in pairs}
    agreed = {en for en, zh in concepts if en is not None and en == zh}
    for pair in pairs:
        en, zh = pair.en.first.concept, pair.zh.first.concept
        if en == zh and en is not None:
            continue
        if en and zh and (en in agreed or zh in agreed):
            continue  # one of the two already has its true counterpart in this document
        if pair.score < (OVERRULE if en and zh else SURE):
            continue
        giver, taker = (pair.en, pair.zh) if en or not zh else (pair.zh, pair.en)
        if giver.first.type != taker.first.type and pair.whole < WHOLE:
            continue  # one says more, as the time of prothrombin is not prothrombin
        for mention in taker.mentions:
            givers.setdefault(mention.id, giver)
        if en and zh:
            reports.append(_report(pair))
    taken = (_taken_over(m, givers[m.id]) if m.id in givers else m for m in mentions)
    return tuple(taken), tuple(reports)


def _taken_over(mention: Mention, giver: Term) -> Mention:
    concept = giver.first.concept
    own = mention.concept
    candidates = mention.candidates
    if own and all(candidate.concept != own for candidate in candidates):
        candidates = (*candidates, Candidate(own, mention.score, "dictionary sense of the name"))
    if concept is None:
        return replace(mention, type=giver.first.type)
    return replace(
        mention, concept=concept, type=giver.first.type, score=min(SCORE, giver.first.score),
        method="alignment", candidates=candidates,
    )  # fmt: skip


def _report(pair: TermPair) -> Discrepancy:
    en, zh = pair.en.first, pair.zh.first
    return Discrepancy(
        "term",
        Side(en.sentence, en.id, en.text),
        Side(zh.sentence, zh.id, zh.text),
        f"“{zh.text}” ({zh.concept}) stands for “{en.text}” ({en.concept}); read as {en.concept}",
        f"“{zh.text}”（{zh.concept}）在此对应“{en.text}”（{en.concept}）；按 {en.concept} 理解",
    )
