"""Where a violation is: the document, the sentence, and where its words begin in the passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import CurieError
from kg.model import Violation
from kg.store.base import Store
from kg.terms import IRI, Literal
from kg.vocab import OA, PLX, RDF, document_of, part_of

# From a thing to the sentence that it stands in, step by step; a step against the arrow begins ^.
_WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("inSentence",),
    ("hasRendition", "inSentence"),
    ("^hasCue", "inSentence"),
    ("^hasArm", "inSentence"),
    ("englishSentence",),
    ("chineseSentence",),
    ("^statement", "hasRendition", "inSentence"),
    ("^body", "inSentence"),
    ("^inPassage",),
)
_WORDS = (PLX.quote, OA.exact, RDF.value)
_STARTS = (PLX.quoteStart, PLX.start)


@dataclass(frozen=True, slots=True)
class Place:
    """The document and sentence of a thing; `start` counts code points of the passage.

    The quote is that of the thing itself, or else its sentence; empty where nothing is quoted.
    """

    document: str = ""
    sentence: str = ""
    language: str = ""
    quote: str = ""
    start: int | None = None


def place_of(store: Store, violation: Violation) -> Place:
    """Where the thing stands that a violation is about; an empty place where in no document."""
    if violation.entity.startswith("_:"):
        return Place()
    entity = IRI(violation.entity)
    document, sentence = _document(entity), None
    for way in _WAYS:
        sentence = next(_follow(store, entity, way), None)
        if sentence is not None:
            break
    if sentence is None:
        return Place(document)
    quote, language, start = _words(store, entity)
    if not quote:
        quote, language, start = _words(store, sentence)
    return Place(document or _document(sentence), part_of(sentence.value), language, quote, start)


def _follow(store: Store, node: IRI, way: tuple[str, ...]) -> Iterator[IRI]:
    """The sentences at the end of a way."""
    if not way:
        if next(store.quads(node, RDF.type, PLX.Sentence), None):
            yield node
        return
    name, rest = way[0].removeprefix("^"), way[1:]
    predicate = OA.hasBody if name == "body" else PLX[name]
    if way[0].startswith("^"):
        found = (quad.subject for quad in store.quads(None, predicate, node))
    else:
        found = (quad.object for quad in store.quads(node, predicate))  # type: ignore[misc]
    for step in sorted(term.value for term in found if isinstance(term, IRI)):
        yield from _follow(store, IRI(step), rest)


def _words(store: Store, node: IRI) -> tuple[str, str, int | None]:
    values = {quad.predicate: quad.object for quad in store.quads(node)}
    words = next((values[name] for name in _WORDS if name in values), None)
    start = next((values[name] for name in _STARTS if name in values), None)
    if not isinstance(words, Literal):
        return "", "", None
    at = start.value if isinstance(start, Literal) else ""
    return words.value, words.language or "", int(at) if at.isdecimal() else None


def _document(node: IRI) -> str:
    try:
        return document_of(node.value)
    except CurieError:
        return ""
