"""Proposed pairs as tables for a curator: Babelon, which an import takes back, and plain TSV.

A Babelon row says that the Chinese name is the translation of the English one; its status is
CANDIDATE until a curator writes OFFICIAL. Columns after those of Babelon tell what speaks for it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Literal, TextIO

from extractors.mining.linking import Proposal
from extractors.mining.pairing import Evidence

Format = Literal["babelon", "tsv"]
FORMATS: tuple[Format, ...] = ("babelon", "tsv")
STATUS = "CANDIDATE"
QUOTED = 300  # code points of a sentence that are quoted
_TOLD = ("type", "score", "count", "standing", "evidence_id", "evidence_en", "evidence_zh")
_BABELON = (
    "source_language", "translation_language", "subject_id", "predicate_id", "source_value",
    "translation_value", "translation_status",
)  # fmt: skip


def write_proposals(proposals: Iterable[Proposal], out: TextIO, form: Format) -> None:
    """Write a table with a header, one row for each pair."""
    row_of: Callable[[Proposal], dict[str, str]] = _babelon if form == "babelon" else _plain
    columns = (*_BABELON, *_TOLD) if form == "babelon" else ("en", "zh", "concept", *_TOLD)
    writer = csv.DictWriter(
        out, columns, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
    )
    writer.writeheader()
    for proposal in proposals:
        writer.writerow({name: _cell(text) for name, text in row_of(proposal).items()})


def quote(text: str, start: int, end: int) -> str:
    """The part of a sentence around a name: a substring of it that holds the name.

    Examples
    --------
    >>> quote("Renal stones recur.", 0, 12)
    'Renal stones recur.'
    """
    if len(text) <= QUOTED:
        return text
    spare = max(0, QUOTED - (end - start))
    begin = max(0, min(start - spare // 2, len(text) - QUOTED))
    return text[begin : max(end, begin + QUOTED)]


def _babelon(proposal: Proposal) -> dict[str, str]:
    new = proposal.standing in ("new", "zh known")
    return {
        "source_language": "en", "translation_language": "zh", "subject_id": proposal.concept,
        "predicate_id": "rdfs:label" if new else "skos:altLabel", "source_value": proposal.en,
        "translation_value": proposal.zh, "translation_status": STATUS,
    } | _told(proposal)  # fmt: skip


def _plain(proposal: Proposal) -> dict[str, str]:
    return {"en": proposal.en, "zh": proposal.zh, "concept": proposal.concept} | _told(proposal)


def _told(proposal: Proposal) -> dict[str, str]:
    def each(tell: Callable[[Evidence], str]) -> str:
        return " ‖ ".join(map(tell, proposal.evidence))

    return {
        "type": proposal.type, "score": f"{proposal.score:.3f}", "count": str(proposal.count),
        "standing": proposal.standing, "evidence_id": each(lambda e: e.unit.id),
        "evidence_en": each(lambda e: quote(e.unit.en, *e.en)),
        "evidence_zh": each(lambda e: quote(e.unit.zh, *e.zh)),
    }  # fmt: skip


def _cell(text: str) -> str:
    return " ".join(text.split())
