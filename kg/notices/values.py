"""What a notice says of a document, and how the document stands with all its notices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

# `notice`: the document is such a notice itself, and reports nothing of its own.
NoticeKind = Literal[
    "retraction", "partial-retraction", "concern", "correction", "update", "republication", "notice"
]
NOTICE_KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)

Standing = Literal[
    "retracted", "notice", "partly-retracted", "questioned", "corrected", "updated", "republished"
]
# The gravest first: how a document stands with several notices is told by the gravest.
STANDINGS: dict[NoticeKind, Standing] = {
    "retraction": "retracted",
    "notice": "notice",
    "partial-retraction": "partly-retracted",
    "concern": "questioned",
    "correction": "corrected",
    "update": "updated",
    "republication": "republished",
}
# What such documents report is kept, and counts neither for nor against a statement.
NOT_COUNTED: frozenset[Standing] = frozenset({"retracted", "notice"})


@dataclass(frozen=True, slots=True)
class Notice:
    """That a document is retracted, corrected or in doubt.

    `about` is the id of the document concerned (``pubmed:…`` or ``doi:…``), `by` that of the
    published notice where it is known, `citation` where that stands, `date` when it came
    (2024, 2024-05 or 2024-05-03), `reason` why.
    """

    kind: NoticeKind
    about: str
    by: str | None = None
    citation: str | None = None
    date: str | None = None
    reason: str | None = None


def notice_id(notice: Notice) -> str:
    """The 16 hexadecimal digits that identify a notice by its content.

    >>> len(notice_id(Notice("retraction", "pubmed:1")))
    16
    """
    content = [
        notice.kind, notice.about, notice.by, notice.citation, notice.date, notice.reason,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def standing_of(kinds: Iterable[str]) -> Standing | None:
    """How a document stands with notices of these kinds: by the gravest; None without any.

    >>> standing_of(["update", "retraction", "correction"]), standing_of([])
    ('retracted', None)
    """
    found = set(kinds)
    return next((standing for kind, standing in STANDINGS.items() if kind in found), None)
