"""Claims, evidence and documents by their IRIs, read in batches for every page that shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from kg import vocab
from kg.model import Language
from web.pages.circumstances import load_circumstances
from web.pages.reader import Reader, Row
from web.pages.values import Claim, DocumentRef, EvidenceView, Mark, Mode, Names, RenditionView


def load_claims(reader: Reader, iris: Iterable[str]) -> tuple[Claim, ...]:
    """The claims of these IRIs, in their order; those that the graph does not have are left out."""
    wanted = tuple(dict.fromkeys(iris))
    rows = {row.text("statement"): row for row in reader.gather("claims", "statements", wanted)}
    via: dict[str, list[str]] = defaultdict(list)
    sources: dict[str, list[str]] = defaultdict(list)
    for row in reader.gather("claims_links", "statements", rows):
        if row.text("property") == vocab.PLX.via.value:
            via[row.text("statement")].append(row.text("other"))
        elif row.text("property") == vocab.PLX.supportingSource.value:
            name = vocab.source_of(vocab.document_of(row.text("other")))
            sources[row.text("statement")].append(name or row.text("other"))
    ends = [row.text(end) for row in rows.values() for end in ("subject", "object")]
    known = reader.concepts([*ends, *(iri for some in via.values() for iri in some)])
    return tuple(
        Claim(
            id=vocab.statement_of(iri),
            subject=known[row.text("subject")],
            predicate=vocab.snake(row.text("predicate").rpartition("#")[2]),
            object=known[row.text("object")],
            aspect=row.some("aspect"),
            sign=row.some("sign"),
            resolved_sign=row.some("resolved"),
            via=tuple(known[other] for other in via[iri]),
            status=cast(Mode, row.text("status")),
            belief=row.number("belief") or 0.0,
            supporting=row.integer("supporting"),
            opposing=row.integer("opposing"),
            hypothesizing=row.integer("hypothesizing"),
            cross_lingual=row.text("cross_lingual") or "monolingual",
            derived=row.some("derived"),
            sources=tuple(sources[iri]),
        )
        for iri in wanted
        for row in _present(rows.get(iri))
    )


def load_linked(reader: Reader, iri: str, properties: Sequence[str]) -> tuple[str, ...]:
    """The IRIs that a claim is connected with by one of these properties."""
    wanted = {vocab.PLX[name].value for name in properties}
    return tuple(
        row.text("other")
        for row in reader.gather("claims_links", "statements", [iri])
        if row.text("property") in wanted
    )


def load_documents(reader: Reader, iris: Iterable[str]) -> dict[str, DocumentRef]:
    """Documents by IRI."""
    values: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in reader.gather("documents", "documents", iris):
        values[row.text("document")][row.text("property")].append(row)
    return {iri: _document(iri, found) for iri, found in values.items()}


def _present(row: Row | None) -> tuple[Row, ...]:
    return () if row is None else (row,)


def _document(iri: str, found: dict[str, list[Row]]) -> DocumentRef:
    titles: dict[str, str] = {}
    for row in found.get(vocab.DCTERMS.title.value, []):
        titles.setdefault(row.language("value"), row.text("value"))
    year = next((r.text("value") for r in found.get(vocab.DCTERMS.issued.value, [])), "")
    journal = next((r.text("value") for r in found.get(vocab.DCTERMS.source.value, [])), None)
    return DocumentRef(
        vocab.document_of(iri),
        Names(titles.get("en") or titles.get(""), titles.get("zh")),
        int(year[:4]) if year[:4].isdigit() else None,
        journal,
        standing=next((r.text("value") for r in found.get(vocab.PLX.standing.value, [])), None),
    )


def load_evidence(reader: Reader, iris: Iterable[str]) -> tuple[EvidenceView, ...]:
    """The pieces of evidence of these IRIs, in their order, with their sentences."""
    return tuple(index_evidence(reader, iris).values())


def index_evidence(reader: Reader, iris: Iterable[str]) -> dict[str, EvidenceView]:
    """The pieces of evidence of these IRIs by IRI, in the order in which they are given."""
    wanted = tuple(dict.fromkeys(iris))
    units = {row.text("evidence"): row for row in reader.gather("evidence_units", "units", wanted)}
    told = load_circumstances(reader, wanted)
    cues: dict[str, list[Row]] = defaultdict(list)
    for row in reader.gather("evidence_cues", "units", wanted):
        cues[row.text("rendition")].append(row)
    renditions: dict[str, list[RenditionView]] = defaultdict(list)
    for row in reader.gather("evidence_renditions", "units", wanted):
        name = row.text("rendition")
        rendition = _rendition(row, cues[name], told.words.get(name, ()))
        renditions[row.text("evidence")].append(rendition)
    documents = load_documents(reader, (row.text("document") for row in units.values()))
    return {
        iri: EvidenceView(
            id=vocab.part_of(iri),
            statement=vocab.statement_of(row.text("statement")),
            document=documents[row.text("document")],
            polarity=row.text("polarity"),
            certainty=row.text("certainty"),
            agreement=row.text("agreement"),
            confidence=row.number("confidence") or 0.0,
            section=row.some("section"),
            derived=row.some("derived"),
            context=told.views.get(iri, ()),
            renditions=tuple(renditions[iri]),
        )
        for iri in wanted
        for row in _present(units.get(iri))
    }


def _rendition(row: Row, cues: Sequence[Row], context: Sequence[Row]) -> RenditionView:
    """A rendition with its marks moved from the passage's offsets to the quote's own."""
    start = row.integer("quote_start")
    marks = [
        Mark(row.integer(f"{role}_start") - start, row.integer(f"{role}_end") - start, role)
        for role in ("subject", "object", "trigger")
        if row.text(f"{role}_start")
    ]
    for role, words in (("cue", cues), ("context", context)):
        marks += [Mark(w.integer("start") - start, w.integer("end") - start, role) for w in words]
    return RenditionView(
        language=cast(Language, row.text("language")),
        sentence=vocab.part_of(row.text("sentence")),
        quote=row.text("quote"),
        marks=tuple(sorted(set(marks), key=lambda mark: (mark.start, mark.end, mark.role))),
        rule=row.text("rule"),
        polarity=row.text("polarity"),
        certainty=row.text("certainty"),
        confidence=row.number("confidence") or 0.0,
        cues=tuple(dict.fromkeys(cue.text("rule") for cue in cues)),
    )
