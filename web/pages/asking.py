"""The page of a question: its answer in words, the claims behind it, and how it was understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Language
from kg.search.finding import Search
from web.pages.home import Pair
from web.pages.paths import PathView
from web.pages.reader import Reader
from web.pages.values import Claim, ConceptRef


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of how a question was understood: its role, and the concept or the words."""

    label: str
    text: str
    concept: ConceptRef | None = None


@dataclass(frozen=True, slots=True)
class AskPage:
    """What the page of a question knows."""

    question: str
    language: Language = "en"
    answer: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    unknown: tuple[str, ...] = ()
    paths: tuple[PathView, ...] = ()
    claims: tuple[Claim, ...] = ()
    counter: tuple[Claim, ...] = ()
    examples: tuple[Pair, ...] = ()


def load_ask_page(
    reader: Reader,
    search: Search | None,
    question: str,
    *,
    examples: Callable[[], tuple[Pair, ...]],
) -> AskPage:
    """The answer to a question in English or Chinese."""
    if search is None or not question:
        return AskPage(question, examples=examples() if search is not None else ())
    return AskPage(question)
