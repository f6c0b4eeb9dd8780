"""Quotes: each is an exact substring of its passage, with subject, object and trigger inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Violation
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.vocab import DOCUMENT_GRAPH_BASE, OA, PLX, RDF

_SPANS = (
    ("subject", "subjectStart", "subjectEnd", "subjectText"),
    ("object", "objectStart", "objectEnd", "objectText"),
    ("trigger", "triggerStart", "triggerEnd", "trigger"),
)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A thing with offsets into a passage: its IRI, values and the passage's text."""

    iri: str
    values: Values
    text: str


def check_quotes(store: Store) -> Iterator[Violation]:
    """The renditions, sentences and mentions of all documents whose words do not stand there."""
    for graph in sorted(store.graphs(), key=str):
        if graph.value.startswith(DOCUMENT_GRAPH_BASE):
            yield from check_document(store.quads(graph=graph))


def check_document(quads: Iterator[Quad]) -> Iterator[Violation]:
    """The violations among the quads of one document."""
    nodes: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for quad in quads:
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal):
            iri = quad.subject.value
            if quad.predicate != RDF.type:
                nodes.setdefault(iri, {})[quad.predicate.value] = quad.object.value
            elif quad.object.value.startswith(PLX.base):
                kinds[iri] = quad.object.value
    checks = {
        PLX.Rendition.value: _rendition,
        PLX.Sentence.value: _sentence,
        PLX.Mention.value: _mention,
        PLX.Quantity.value: _mention,
    }
    for iri, kind in sorted(kinds.items()):
        if kind in checks:
            passage = _passage_of(nodes, iri)
            if passage is None:
                yield _violation(iri, "inPassage", "", "stands in no passage")
            else:
                yield from checks[kind](_Part(iri, nodes[iri], passage))


def _passage_of(nodes: Mapping[str, Values], iri: str) -> str | None:
    """The text of the passage in which a thing stands, directly or through its sentence."""
    values = nodes.get(iri, {})
    sentence = nodes.get(values.get(PLX.inSentence.value, ""), {})
    passage = values.get(PLX.inPassage.value) or sentence.get(PLX.inPassage.value, "")
    return nodes.get(passage, {}).get(RDF.value.value)


def _rendition(part: _Part) -> Iterator[Violation]:
    quote = part.values.get(PLX.quote.value, "")
    start = _number(part, "quoteStart")
    if not quote or start is None or part.text[start : start + len(quote)] != quote:
        yield _violation(part.iri, "quote", quote, "the quote does not stand there in the passage")
        return
    for name, first, last, words in _SPANS:
        begin, end = _number(part, first), _number(part, last)
        if name == "trigger" and begin is None and end is None:
            continue
        if begin is None or end is None or not start <= begin < end <= start + len(quote):
            yield _violation(part.iri, first, str(begin), f"the {name} lies outside the quote")
        elif part.text[begin:end] != part.values.get(PLX[words].value):
            yield _violation(
                part.iri, words, part.values.get(PLX[words].value, ""),
                f"these are not the words of the {name}",
            )  # fmt: skip


def _sentence(part: _Part) -> Iterator[Violation]:
    yield from _words(part, RDF.value.value)


def _mention(part: _Part) -> Iterator[Violation]:
    yield from _words(part, OA.exact.value)


def _words(part: _Part, predicate: str) -> Iterator[Violation]:
    """A violation where the words of a thing are not what stands between its offsets."""
    words = part.values.get(predicate, "")
    start, end = _number(part, "start"), _number(part, "end")
    if not words or start is None or end is None or part.text[start:end] != words:
        yield Violation(
            "quote", "error", part.iri, predicate, words, "these words do not stand in the passage"
        )


def _number(part: _Part, name: str) -> int | None:
    text = part.values.get(PLX[name].value, "")
    return int(text) if text.isdecimal() else None


def _violation(iri: str, name: str, value: str, message: str) -> Violation:
    return Violation("quote", "error", iri, PLX[name].value, value, message)
