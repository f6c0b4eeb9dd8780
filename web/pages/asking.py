"""The page of a question: its answer in words, the claims behind it, and how it was understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.answers.answering import answer
from kg.answers.values import Answer
from kg.model import Language
from kg.search.finding import Search
from web.pages.home import Pair
from web.pages.paths import HopView, PathView, counter_claims, view_hops, view_paths
from web.pages.reader import Reader, iri_of
from web.pages.values import Claim, ConceptRef

HOPS = 4


@dataclass(frozen=True, slots=True)
class UnderstoodView:
    """A part of a question and the concept that it was taken for."""

    role: str
    text: str
    concept: ConceptRef


@dataclass(frozen=True, slots=True)
class DoseView:
    """A dose that a document gives, with its sentence."""

    document: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """What the page of a question knows; `verdict` tells whether the graph can answer it."""

    question: str
    language: Language = "en"
    verdict: str = ""
    answer: tuple[str, ...] = ()
    understood: tuple[UnderstoodView, ...] = ()
    intent: str | None = None
    notes: tuple[str, ...] = ()
    paths: tuple[PathView, ...] = ()
    claims: tuple[HopView, ...] = ()
    counter: tuple[Claim, ...] = ()
    doses: tuple[DoseView, ...] = ()
    examples: tuple[Pair, ...] = ()


def load_ask_page(
    reader: Reader,
    search: Search | None,
    question: str,
    *,
    examples: Callable[[], tuple[Pair, ...]],
) -> AskPage:
    """The answer to a question in English or Chinese, in the language of the question."""
    if search is None or not question:
        return AskPage(question, examples=examples() if search is not None else ())
    found = answer(question, reader.store, search, max_hops=HOPS)
    unanswered = found.verdict in ("unknown", "not-understood")
    return AskPage(
        question=question,
        language="zh" if found.language == "zh" else "en",
        verdict=found.verdict,
        answer=tuple(line for line in found.sentence.splitlines() if line.strip()),
        understood=_understood(reader, found),
        intent=found.intent,
        notes=found.notes,
        paths=view_paths(reader, found.paths),
        claims=view_hops(reader, found.claims),
        counter=counter_claims(reader, found.counter),
        doses=tuple(DoseView(d.document, d.text, d.sentence) for d in found.doses),
        examples=examples() if unanswered else (),
    )


def _understood(reader: Reader, found: Answer) -> tuple[UnderstoodView, ...]:
    views = []
    for part in found.understood:
        iri = iri_of(part.concept)
        ref = reader.concept(iri.value) if iri is not None else ConceptRef(part.concept)
        views.append(UnderstoodView(part.role, part.text, ref))
    return tuple(views)
