"""The notices that a document itself gives: in its record, its publication types and its titles.

The words are data, ``signals.tsv``; width, case and Hans or Hant make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import FormatError
from kg.model import Document
from kg.notices.values import NOTICE_KINDS, Notice, NoticeKind
from kg.search.folding import level

_FILE = "signals.tsv"
_AROUND = re.compile(r" ?([:\[\]【】]) ?")


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that tell a notice: as a publication type, or at the beginning of a title."""

    where: str
    words: str
    kind: NoticeKind


def notices_in(document: Document) -> tuple[Notice, ...]:
    """The notices that a document gives, about itself or about others, each once."""
    source = document.source
    about_itself = _signalled(document)
    told = {notice.kind for notice in source.notices if notice.about == document.id}
    own = (Notice(kind, document.id) for kind in about_itself if kind not in told)
    return tuple(dict.fromkeys((*source.notices, *own)))


def _signalled(document: Document) -> Iterator[NoticeKind]:
    source = document.source
    titles = [title for title in (source.title, source.vernacular_title) if title]
    titles += [passage.text for passage in document.passages if passage.section == "title"]
    types = {_key(kind) for kind in source.publication_types}
    keys = tuple(_key(title) for title in titles)
    for signal in signals():
        words = _key(signal.words)
        found = words in types if signal.where == "type" else any(k.startswith(words) for k in keys)
        if found:
            yield signal.kind


def _key(text: str) -> str:
    """A text as it is compared: levelled, and without the spaces that stand around signs."""
    return _AROUND.sub(r"\1", " ".join(level(text).split()))


@cache
def signals() -> tuple[Signal, ...]:
    """The rows of ``signals.tsv``."""
    lines = files("kg.notices").joinpath(_FILE).read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines[1:], 2):
        where, cells = f"{_FILE}:{number}", line.split("\t")
        if len(cells) != 4:
            raise FormatError(f"{len(cells)} columns", where=where, remedy="give 4")
        place, words, kind, _ = cells
        if place not in ("type", "title") or kind not in NOTICE_KINDS or not words:
            raise FormatError(
                f"{place!r}, {words!r}, {kind!r} do not fit", where=where,
                remedy=f"give type or title, the words, and one of {', '.join(NOTICE_KINDS)}",
            )  # fmt: skip
        found.append(Signal(place, words, kind))
    return tuple(found)
