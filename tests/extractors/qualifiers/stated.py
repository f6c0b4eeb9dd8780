"""Sentences with a marked relation and marked circumstances, as an `Extraction` and what to find.

``<subject>``, ``<trigger>`` and ``<object>`` make the relation; a tag with a capital is a mention
of that type and, where it has a qualifier's name behind a dot (``<Cell.cell>``), expected as that;
``<species>`` and the like are words that are expected, ``<not>`` words that are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from kg.model import (
    Document,
    Extraction,
    Language,
    Mention,
    MentionType,
    Passage,
    Quantity,
    RelationMention,
    Sentence,
    Span,
)
from kg.qualifiers import QUALIFIER_KINDS

_MARK = re.compile(r"<(/?)([A-Za-z.]+)>")


@dataclass(frozen=True)
class Marked:
    """A sentence with its relation, and the (kind, words) that are expected of it."""

    extraction: Extraction
    expected: frozenset[tuple[str, str]]
    forbidden: frozenset[str]


def marked(text: str, language: Language, *, quantity: str | None = None) -> Marked:
    """The extraction of a marked sentence; ``<dose>`` and ``<time>`` are numbers if they have one."""
    plain, places = _plain(text)
    mentions: list[Mention] = []
    quantities: list[Quantity] = []
    expected: set[tuple[str, str]] = set()
    forbidden: set[str] = set()
    trigger = None
    for tag, start, end in places:
        words = plain[start:end]
        type_, _, kind = tag.partition(".")
        if tag == "trigger":
            trigger = Span(start, end, words)
        elif tag == "not":
            forbidden.add(words)
        elif tag in ("subject", "object") or tag[0].isupper():
            kind_ = {"subject": "Drug", "object": "Outcome"}.get(tag, type_)
            mentions.append(
                Mention(
                    tag if tag in ("subject", "object") else f"m{len(mentions)}", "p1", "s1",
                    start, end, words, cast(MentionType, kind_), f"test:{words}",
                )
            )  # fmt: skip
            if kind:
                expected.add((kind, words))
        else:
            expected.add((tag, words))
        number = re.search(r"[\d一二三四五六七八九]", words) is not None
        if quantity or (tag in ("dose", "time", "not") and number):
            stated = quantity or {"dose": "dose", "time": "time-point"}.get(tag, "dose")
            if tag in ("dose", "time", "not"):
                of = "subject" if tag == "dose" else None
                quantities.append(
                    Quantity(
                        f"q{len(quantities)}", "p1", "s1", start, end, words, stated, of=of  # type: ignore[arg-type]
                    )
                )  # fmt: skip
    document = Document("d", (Passage("p1", language, plain, "results"),))
    relation = RelationMention(
        "r1", "s1", "subject", "decreases", "object", f"{language}.decreases.test", trigger
    )
    sentence = Sentence("s1", "p1", 0, len(plain), "results")
    return Marked(
        Extraction(
            document, (sentence,), tuple(mentions), (relation,), tuple(quantities)
        ),
        frozenset(expected),
        frozenset(forbidden),
    )  # fmt: skip


def _plain(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    plain, position, start = "", 0, 0
    places = []
    for mark in _MARK.finditer(text):
        plain += text[position : mark.start()]
        position = mark.end()
        if mark[1]:
            places.append((mark[2], start, len(plain)))
        else:
            start = len(plain)
    return plain + text[position:], places


def told(extraction: Extraction) -> set[tuple[str, str]]:
    """Kind and words of the qualifiers of the first relation; implied settings are left out."""
    (relation, *_) = extraction.relations
    return {
        (q.kind, q.text)
        for q in relation.context
        if not (q.kind == "setting" and ".setting." not in q.rule)
    }


KINDS = frozenset(QUALIFIER_KINDS)
