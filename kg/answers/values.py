"""The values of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.answers.language import Intent
from kg.network.values import Counter, Hop, Path

Verdict = Literal[
    "known", "yes", "no", "disputed", "hypothesis", "indirect", "unknown", "not-understood",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of the question and the concept that it was taken for; `role` is ``a`` or ``b``."""

    role: str
    text: str
    concept: str
    label: str


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that a document gives: its words, value and unit, and the sentence.

    `counterpart` is the sentence of the other language that gives the same dose, or ''.
    """

    document: str
    text: str
    low: float | None
    high: float | None
    unit: str | None
    sentence: str
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the graph answers.

    `sentence` says it in words, in `language`; `paths` are mechanisms, `claims` single claims with
    their evidence, `counter` what speaks against them; `understood` tells how the question was
    read and `notes` what else a reader has to know.
    """

    question: str
    language: str
    verdict: Verdict
    sentence: str
    intent: Intent | None = None
    verb: str | None = None
    understood: tuple[Understood, ...] = ()
    paths: tuple[Path, ...] = ()
    claims: tuple[Hop, ...] = ()
    counter: tuple[Counter, ...] = ()
    doses: tuple[Dose, ...] = ()
    notes: tuple[str, ...] = ()
