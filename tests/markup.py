"""Build an `Extraction` from marked-up sentences, so that tests read as examples.

A mention is ``[name|Type|curie]words[/]``; relations are listed by the names. Both are ordinary
text, so that a linguist can add a case without knowing Python.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from kg.model import (
    Certainty,
    Cue,
    Document,
    Extraction,
    Language,
    Mention,
    MentionType,
    Passage,
    Polarity,
    Predicate,
    RelationMention,
    Section,
    Sentence,
    Source,
    Span,
)

_MARK = re.compile(r"\[([^|\]]+)\|(\w+)\|([^\]]*)\](.+?)\[/\]")


@dataclass(frozen=True)
class Edge:
    """A relation between two marked mentions of one sentence, and the words that trigger it."""

    subject: str
    predicate: Predicate
    object: str
    trigger: str
    polarity: Polarity = "positive"
    certainty: Certainty = "asserted"
    cue: str = ""
    extra: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Line:
    """A marked-up sentence in one language with its relations."""

    language: Language
    section: Section
    text: str
    edges: tuple[Edge, ...] = ()


def build_extraction(
    identifier: str, pairs: Sequence[tuple[Line | None, Line | None]], source: Source | None = None
) -> Extraction:
    """An aligned extraction: each pair holds the English and the Chinese line of one sentence."""
    passages, sentences, mentions, relations = [], [], [], []
    names: dict[tuple[int, str, str], str] = {}
    edges: dict[tuple[int, str, str, str], str] = {}
    for number, pair in enumerate(pairs):
        for line in filter(None, pair):
            key = f"{line.language}{number}"
            plain, marks = _plain(line.text)
            passages.append(Passage(f"p-{key}", line.language, plain, line.section))
            sentences.append(Sentence(f"s-{key}", f"p-{key}", 0, len(plain), line.section))
            for count, (name, kind, concept, start, end) in enumerate(marks):
                mention = Mention(
                    f"m-{key}-{count}", f"p-{key}", f"s-{key}", start, end, plain[start:end],
                    cast(MentionType, kind), concept or None,
                )  # fmt: skip
                mentions.append(mention)
                names.setdefault((number, line.language, name), mention.id)
            for count, edge in enumerate(line.edges):
                relation = _relation(f"r-{key}-{count}", number, line, plain, edge, names)
                relations.append(relation)
                edges[number, line.language, edge.subject, edge.object] = relation.id
    document = Document(identifier, tuple(passages), source or Source())
    other = {"en": "zh", "zh": "en"}

    def twin(table: dict[Any, str], value_id: str) -> tuple[str, ...]:
        key = next((k for k, v in table.items() if v == value_id), None)
        return () if key is None else _present(table.get((key[0], other[key[1]], *key[2:])))

    ids = {sentence.id for sentence in sentences}
    return Extraction(
        document,
        tuple(
            replace(
                s, aligned=_present(_twin_sentence(s.id) if _twin_sentence(s.id) in ids else None)
            )
            for s in sentences
        ),
        tuple(replace(m, aligned=twin(names, m.id)) for m in mentions),
        tuple(replace(r, aligned=twin(edges, r.id)) for r in relations),
    )


def _present(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _twin_sentence(identifier: str) -> str:
    return (
        identifier.replace("-en", "-zh")
        if "-en" in identifier
        else identifier.replace("-zh", "-en")
    )


def _plain(marked: str) -> tuple[str, list[tuple[str, str, str, int, int]]]:
    plain, marks, position = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[position : match.start()]
        marks.append((match[1], match[2], match[3], len(plain), len(plain) + len(match[4])))
        plain += match[4]
        position = match.end()
    return plain + marked[position:], marks


def _relation(
    identifier: str,
    number: int,
    line: Line,
    plain: str,
    edge: Edge,
    names: dict[tuple[int, str, str], str],
) -> RelationMention:
    start = plain.index(edge.trigger)
    cues: tuple[Cue, ...] = ()
    if edge.cue:
        at = plain.index(edge.cue)
        kind: Any = "negation" if edge.polarity == "negated" else "hypothesis"
        cues = (
            Cue(
                kind,
                at,
                at + len(edge.cue),
                edge.cue,
                f"{line.language}.context.test",
                0,
                len(plain),
            ),
        )
    return RelationMention(
        id=identifier,
        sentence=f"s-{line.language}{number}",
        subject=names[number, line.language, edge.subject],
        predicate=edge.predicate,
        object=names[number, line.language, edge.object],
        rule=f"{line.language}.{edge.predicate}.test",
        trigger=Span(start, start + len(edge.trigger), edge.trigger),
        polarity=edge.polarity,
        certainty=edge.certainty,
        confidence=0.9,
        **({"cues": cues} | dict(edge.extra)),
    )
