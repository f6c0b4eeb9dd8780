"""Annotated texts in one shape, whatever corpus they come from, and the tables that map them.

``relation_types.tsv`` maps the types of mentions, ``relation_labels.tsv`` the relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extractors.models.relation_features import Pair, pairs_of
from extractors.nlp.sentences import split_sentences
from extractors.relations.grammar import load_rules
from extractors.relations.reading import places
from kg.errors import FormatError
from kg.model import MENTION_TYPES, PREDICATES, Document, Language, Mention, MentionType, Passage

UNKNOWN = "?"  # related, and how is not told in words of ours


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its mentions and what is stated of them.

    `stated` maps (subject id, object id) to our predicate, or to `UNKNOWN`. Pairs that it does not
    hold are not related, where their types are in `asked` (any, where that is None) and, where
    `judged` is given, where they are in it. `trust` is the weight of what the text tells.
    """

    corpus: str
    id: str
    language: Language
    text: str
    mentions: tuple[Mention, ...]
    stated: Mapping[tuple[str, str], str]
    asked: frozenset[MentionType] | None = None
    judged: frozenset[frozenset[str]] | None = None
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A pair with what is known of it: the label is None where it is not related.

    A label is a predicate with its direction: ``>`` where the left one is the subject, ``<`` where
    the right one is, nothing where the predicate has none; `UNKNOWN` where only that is known.
    """

    corpus: str
    document: str
    features: tuple[str, ...]
    label: str | None
    weight: float = 1.0
    about: str = field(default="", compare=False)


def examples(texts: Sequence[Annotated]) -> Iterator[Example]:
    """The pairs of the sentences of annotated texts, as the reader sees them, with their labels."""
    rules = load_rules()
    for text in texts:
        document = Document(text.id, (Passage("p1", text.language, text.text),))
        sentences = split_sentences(document)
        inside = tuple(
            Mention(m.id, "p1", s.id, m.start, m.end, m.text, m.type, m.concept)
            for s in sentences
            for m in text.mentions
            if s.start <= m.start and m.end <= s.end
        )
        for place in places(document, sentences, inside, rules):
            for pair in pairs_of(place, place.read()):
                if (known := _known(text, pair)) is not None:
                    yield Example(
                        text.corpus, text.id, pair.features, known or None, text.trust,
                        f"{pair.left.text} | {pair.right.text}",
                    )  # fmt: skip


def _known(text: Annotated, pair: Pair) -> str | None:
    """The label of a pair; empty where it is not related, None where nothing is known."""
    left, right = pair.left, pair.right
    for key, way in (((left.id, right.id), ">"), ((right.id, left.id), "<")):
        if predicate := text.stated.get(key):
            return label_of(predicate, way)
    if text.judged is not None and frozenset((left.id, right.id)) not in text.judged:
        return None
    if text.asked is not None and frozenset((left.type, right.type)) != text.asked:
        return None
    return ""


def label_of(predicate: str, way: str) -> str:
    """A predicate with its direction, where it has one.

    >>> label_of("treats", ">"), label_of("binds", "<")
    ('treats>', 'binds')
    """
    return predicate if predicate in ("associated_with", "binds", UNKNOWN) else predicate + way


@cache
def _table(name: str) -> dict[tuple[str, str], str]:
    path = Path(__file__).with_name(name)
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    allowed = (*MENTION_TYPES, *PREDICATES, UNKNOWN)
    table = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3 or cells[2] not in allowed:
            raise FormatError(f"not a row of three cells: {line!r}", where=f"{name}:{number}",
                              remedy=f"end it with one of {', '.join(allowed)}")  # fmt: skip
        table[cells[0], cells[1]] = cells[2]
    return table


def type_of(corpus: str, name: str) -> MentionType | None:
    """Our type for a corpus' own; None where it is not read."""
    known: dict[str, MentionType] = {kind: kind for kind in MENTION_TYPES}
    return known.get(_table("relation_types.tsv").get((corpus, name), ""))


def predicate_of(corpus: str, name: str) -> str | None:
    """Our predicate for a corpus' own relation, or `UNKNOWN`; None where it is none of ours."""
    return _table("relation_labels.tsv").get((corpus, name))
