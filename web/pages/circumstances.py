"""Under which circumstances pieces of evidence put their claim, and the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from kg import vocab
from kg.qualifiers import QUALIFIER_KINDS, QualifierKind
from web.pages.reader import Reader, Row
from web.pages.values import CircumstanceView, ConceptRef

_STATED = vocab.PLX.statesQualifier.value


@dataclass(frozen=True, slots=True)
class Told:
    """The circumstances of each evidence, and by rendition the rows of its own clause's words."""

    views: Mapping[str, tuple[CircumstanceView, ...]]
    words: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def load_circumstances(reader: Reader, units: Iterable[str]) -> Told:
    """The circumstances of pieces of evidence by IRI; of each kind the nearest that was read."""
    rows = list(reader.gather("evidence_circumstances", "units", tuple(units)))
    known = reader.concepts(row.text("concept") for row in rows if row.text("concept"))
    found: dict[str, list[Row]] = defaultdict(list)
    words: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.text("evidence")].append(row)
        if row.text("link") == _STATED and not _is_implied(row, rows):
            words[row.text("rendition")].append(row)
    return Told({unit: _views(some, known) for unit, some in found.items()}, words)


def _is_implied(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is a setting whose words are those of a species or cell, which imply it."""
    return row.text("kind") == "setting" and any(
        other.text("kind") != "setting"
        and other.text("rendition") == row.text("rendition")
        and other.integer("start") == row.integer("start")
        for other in rows
    )


def _views(
    rows: Sequence[Row], known: Mapping[str, ConceptRef]
) -> tuple[CircumstanceView, ...]:  # fmt: skip
    merged: dict[tuple[str, str], CircumstanceView] = {}
    stated = {row.text("kind") for row in rows if row.text("link") == _STATED}
    for row in rows:
        kind, own = row.text("kind"), row.text("link") == _STATED
        if kind in stated and not own:
            continue
        meaning = row.text("concept") or row.text("value") or row.text("words")
        concept = known[row.text("concept")] if row.text("concept") else None
        view = CircumstanceView(
            kind, concept, row.some("value"), row.text("words"), own,
            vocab.part_of(row.text("sentence")),
        )  # fmt: skip
        merged.setdefault((kind, meaning), view)
    order = {kind: number for number, kind in enumerate(QUALIFIER_KINDS)}
    return tuple(sorted(merged.values(), key=lambda view: order[cast(QualifierKind, view.kind)]))
