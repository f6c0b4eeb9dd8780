"""Retractions and corrections in PubMed XML: ``CommentsCorrectionsList``.

A record tells which notices concern it (``RetractionIn``), and the record of a notice which article
it concerns (``RetractionOf``); both give the same notice. A reference without a PMID is kept where
it concerns the record itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.files.xmlstream import text_of
from kg.notices.values import Notice, NoticeKind

if TYPE_CHECKING:
    from lxml.etree import _Element

# RefType of the PubMed DTD, in the record of the article that is concerned.
ABOUT_ITSELF: Mapping[str, NoticeKind] = {
    "RetractionIn": "retraction",
    "RetractedandRepublishedIn": "retraction",
    "PartialRetractionIn": "partial-retraction",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "UpdateIn": "update",
    "RepublishedIn": "republication",
}
# The same in the record of the notice, or of the article that takes the place of another.
ABOUT_OTHERS: Mapping[str, NoticeKind] = {
    "RetractionOf": "retraction",
    "RetractedandRepublishedFrom": "retraction",
    "PartialRetractionOf": "partial-retraction",
    "ExpressionOfConcernFor": "concern",
    "ErratumFor": "correction",
    "CorrectedandRepublishedFrom": "correction",
    "UpdateOf": "update",
    "RepublishedFrom": "republication",
}


def read_notices(citation: _Element, pmid: str) -> Iterator[Notice]:
    """The notices that a record tells, about itself and about others."""
    own = f"pubmed:{pmid}"
    for item in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = item.get("RefType", "")
        number = text_of(item.find("PMID"))
        other = f"pubmed:{number}" if number.isdigit() else None
        if kind in ABOUT_ITSELF:
            place = text_of(item.find("RefSource")) or None
            yield Notice(ABOUT_ITSELF[kind], own, other, place)
        elif kind in ABOUT_OTHERS and other is not None:
            yield Notice(ABOUT_OTHERS[kind], other, own)
