"""Numbers of documents, the two languages of one number put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from kg import vocab
from kg.model import Language
from web.pages.claims import load_documents
from web.pages.reader import Reader, Row
from web.pages.values import ConceptRef, DocumentRef


@dataclass(frozen=True, slots=True)
class NumberText:
    """How one language writes a number, and where."""

    id: str
    language: Language
    text: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuantityView:
    """A number with its unit, what it describes, and how each language writes it."""

    kind: str
    value: str
    low: float | None
    high: float | None
    total: float | None
    unit: str | None
    comparator: str | None
    center: float | None
    sd: float | None
    interval: str | None
    group: str | None
    of: ConceptRef | None
    document: DocumentRef
    texts: tuple[NumberText, ...]


def load_quantities(reader: Reader, iris: Iterable[str]) -> tuple[QuantityView, ...]:
    """The numbers of these IRIs with their counterparts, English first, each pair once."""
    wanted = tuple(dict.fromkeys(iris))
    rows: dict[str, Row] = {}
    aligned: dict[str, list[str]] = defaultdict(list)
    for row in reader.gather("quantities", "quantities", wanted):
        rows[row.text("quantity")] = row
        aligned[row.text("quantity")] += [row.text("aligned")] if row.text("aligned") else []
    strangers = {other for some in aligned.values() for other in some} - set(rows)
    for row in reader.gather("quantities", "quantities", sorted(strangers)):
        rows[row.text("quantity")] = row
    documents = load_documents(reader, (row.text("document") for row in rows.values()))
    known = reader.concepts(row.text("of") for row in rows.values() if row.text("of"))
    views: list[QuantityView] = []
    done: set[str] = set()
    for iri in sorted(wanted, key=lambda one: list(rows).index(one) if one in rows else 0):
        if iri in done or iri not in rows:
            continue
        members = [iri, *(other for other in aligned[iri] if other in rows)]
        done.update(members)
        members.sort(key=lambda member: rows[member].language("text"))
        head = rows[members[0]]
        of = next((rows[m].text("of") for m in members if rows[m].text("of")), "")
        views.append(
            QuantityView(
                kind=head.text("kind"),
                value=value_text(head),
                low=head.number("low"),
                high=head.number("high"),
                total=head.number("total"),
                unit=head.some("unit"),
                comparator=head.some("comparator"),
                center=head.number("value"),
                sd=head.number("sd"),
                interval=head.some("interval"),
                group=head.some("group"),
                of=known.get(of),
                document=documents[head.text("document")],
                texts=tuple(_text(member, rows[member]) for member in members),
            )
        )
    return tuple(views)


def _text(iri: str, row: Row) -> NumberText:
    return NumberText(
        vocab.part_of(iri), cast(Language, row.language("text") or "en"), row.text("text"),
        vocab.part_of(row.text("sentence")), row.integer("start"), row.integer("end"),
    )  # fmt: skip


def value_text(row: Row) -> str:
    """A number as a person reads it: ``0.05–0.1 mg/kg/d``, ``9 / 11``, ``1.5 (1.1–2.1)``."""
    low, high = row.text("low"), row.text("high")
    span = low if low == high else "–".join(part for part in (low, high) if part)
    comparator = row.text("comparator")
    if not comparator and low != high and not (low and high):
        comparator = "≥" if low else "≤"
    if row.text("value"):
        span = f"{row.text('value')} ({span})"
    if row.text("sd"):
        span = f"{span} ± {row.text('sd')}"
    parts = [
        comparator,
        span,
        f"/ {row.text('total')}" if row.text("total") else "",
        row.text("unit"),
    ]
    return " ".join(part for part in parts if part)
