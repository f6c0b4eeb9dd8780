"""The circumstances under which a claim is made: species, cell, disease, setting, dose, time.

They belong to the evidence and never to the statement, so that the same claim from rats and from
patients is one claim with two kinds of evidence. Names follow Biolink's context qualifiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QualifierKind = Literal["species", "cell", "disease", "setting", "dose", "time"]
QUALIFIER_KINDS: tuple[QualifierKind, ...] = (
    "species", "cell", "disease", "setting", "dose", "time",
)  # fmt: skip
Setting = Literal["in-vitro", "ex-vivo", "in-vivo", "clinical", "in-silico"]
SETTINGS: tuple[Setting, ...] = ("in-vitro", "ex-vivo", "in-vivo", "clinical", "in-silico")

# Where a qualifier was read: in the clause itself, elsewhere in its sentence, or elsewhere in the
# document (a title or the methods); nearest first.
Reach = Literal["clause", "sentence", "document"]
REACHES: tuple[Reach, ...] = ("clause", "sentence", "document")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One circumstance of a relation or result, and the words that tell it.

    `start`, `end` and `text` lie in `passage`, which is another than that of the relation where the
    qualifier was carried over from the `document`. What is told is a `mention`, the id of a mention
    in that sentence; a `quantity` likewise; a `concept` that no mention denotes (*patients*); or a
    `value`: one of `SETTINGS`, the level of a dose (``low``, ``medium``, ``high``), or the name of
    a cell line.
    """

    kind: QualifierKind
    passage: str
    sentence: str
    start: int
    end: int
    text: str
    rule: str
    reach: Reach = "clause"
    mention: str | None = None
    quantity: str | None = None
    concept: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance of one evidence, in whichever languages tell it.

    Exactly one of `concept` (CURIE), `value` and `quantity` (id in the document) is given; `reach`
    is the nearest of those with which it was read.
    """

    kind: QualifierKind
    reach: Reach
    concept: str | None = None
    value: str | None = None
    quantity: str | None = None
