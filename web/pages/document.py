"""The page of a document: its two languages lined up, with everything that was read in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from kg import vocab
from kg.errors import NotFoundError
from kg.model import Language
from kg.terms import IRI
from web.pages.alignment import line_up
from web.pages.claims import load_claims, load_documents
from web.pages.numbers import QuantityView, load_quantities
from web.pages.outcomes import ResultView, load_results
from web.pages.reader import Reader, Row
from web.pages.values import Claim, ConceptRef, DocumentRef, Identifier, Mode, Names
from web.resolvers import page_of


@dataclass(frozen=True, slots=True)
class MentionView:
    """A mention in its sentence's own offsets; `aligned` are its counterparts' ids."""

    id: str
    start: int
    end: int
    type: str
    concept: ConceptRef
    aligned: tuple[str, ...] = ()
    differs: bool = False


@dataclass(frozen=True, slots=True)
class NumberMark:
    """Where a number stands in its sentence."""

    id: str
    start: int
    end: int
    kind: str
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the mentions and numbers in it."""

    id: str
    language: Language
    text: str
    section: str | None
    order: int
    aligned: tuple[str, ...] = ()
    mentions: tuple[MentionView, ...] = ()
    numbers: tuple[NumberMark, ...] = ()


@dataclass(frozen=True, slots=True)
class RowClaim:
    """A claim that a row states; `claim_mode` is what this document says, not what all say."""

    claim: Claim
    claim_mode: Mode
    agreement: str
    evidence: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Sentences that stand for each other, and the claims in them."""

    section: str | None
    en: tuple[SentenceView, ...]
    zh: tuple[SentenceView, ...]
    claims: tuple[RowClaim, ...] = ()

    def side(self, language: Language) -> tuple[SentenceView, ...]:
        """The sentences in one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """A place where the two languages differ, told in both."""

    id: str
    kind: str
    message: Names
    text: Names
    sentence: Names


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice that concerns the document, and the public identifier of where it stands."""

    kind: str
    by: Identifier | None
    citation: str | None
    date: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """How much was read in a document."""

    sentences: int
    mentions: int
    claims: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the page of a document knows."""

    document: DocumentRef
    iri: str
    identifiers: tuple[Identifier, ...]
    agreement_rate: float | None
    counts: DocumentCounts
    rows: tuple[DocumentRow, ...]
    quantities: tuple[QuantityView, ...] = ()
    results: tuple[ResultView, ...] = ()
    discrepancies: tuple[DiscrepancyView, ...] = ()
    designs: tuple[str, ...] = ()
    notices: tuple[NoticeView, ...] = ()

    def title_language(self, language: Language) -> str:
        """The language of the title that is shown first."""
        first = self.document.title.best(language, "")
        return "zh-Hans" if first and first == self.document.title.zh else "en"


def load_document_page(reader: Reader, identifier: str) -> DocumentPage:
    """The page of the document with that id.

    Raises
    ------
    NotFoundError
        where the graph has no such document.
    """
    iri = vocab.document_iri(identifier)
    document = load_documents(reader, [iri.value]).get(iri.value)
    if document is None:
        raise NotFoundError(
            "no such document in the graph",
            where=identifier,
            remedy="search for a word of its title",
        )
    aligned: dict[str, list[str]] = defaultdict(list)
    for row in reader.rows("document_alignments", document=iri):
        aligned[vocab.part_of(row.text("one"))].append(vocab.part_of(row.text("other")))
    discrepancies, differing = _discrepancies(reader, iri)
    quantities = [row.text("quantity") for row in reader.rows("document_quantities", document=iri)]
    sentences = _sentences(reader, iri, aligned, differing, quantities)
    claims = _claims(reader, iri)
    described = list(reader.gather("documents", "documents", [iri.value]))
    values = {row.text("property"): row.text("value") for row in described}
    design = vocab.PLX.studyDesign.value
    rate = values.get(vocab.PLX.agreementRate.value)
    return DocumentPage(
        document=document,
        iri=iri.value,
        identifiers=_identifiers(identifier, values),
        agreement_rate=float(rate) if rate else None,
        counts=DocumentCounts(
            len(sentences),
            sum(len(sentence.mentions) for sentence in sentences),
            len({item.claim.id for some in claims.values() for item in some}),
        ),
        rows=_rows(sentences, claims),
        quantities=load_quantities(reader, quantities),
        results=load_results(reader, iri),
        discrepancies=discrepancies,
        designs=tuple(r.text("value") for r in described if r.text("property") == design),
        notices=tuple(_notices(reader, iri)),
    )


def _notices(reader: Reader, iri: IRI) -> Iterator[NoticeView]:
    for row in reader.rows("document_notices", document=iri):
        by = vocab.document_of(row.text("by")) if row.some("by") else None
        where = Identifier(by, page_of(by)) if by else None
        told = (row.some("citation"), row.some("date"), row.some("reason"))
        yield NoticeView(row.text("kind"), where, *told)


def _identifiers(identifier: str, values: dict[str, str]) -> tuple[Identifier, ...]:
    known = [
        identifier if identifier.startswith(("pubmed:", "doi:", "pmc:")) else "",
        f"pubmed:{values[vocab.BIBO.pmid.value]}" if vocab.BIBO.pmid.value in values else "",
        f"doi:{values[vocab.BIBO.doi.value]}" if vocab.BIBO.doi.value in values else "",
        f"pmc:{values[vocab.PLX.pmcid.value]}" if vocab.PLX.pmcid.value in values else "",
    ]
    once = {curie.casefold(): curie for curie in reversed(known) if curie}  # DOIs ignore case
    return tuple(Identifier(curie, page_of(curie)) for curie in reversed(once.values()))


def _discrepancies(reader: Reader, iri: IRI) -> tuple[tuple[DiscrepancyView, ...], frozenset[str]]:
    """The discrepancies of a document, and the ids of the things that differ."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("document_discrepancies", document=iri):
        rows[row.text("discrepancy")].append(row)
    views = []
    things: set[str] = set()
    for node, found in rows.items():
        head = found[0]
        messages = {row.language("message"): row.text("message") for row in found}
        things |= {head.text("english_thing"), head.text("chinese_thing")} - {""}
        views.append(
            DiscrepancyView(
                vocab.part_of(node),
                head.text("kind"),
                Names(messages.get("en"), messages.get("zh")),
                Names(head.some("english_text"), head.some("chinese_text")),
                Names(
                    vocab.part_of(head.text("english_sentence")) or None,
                    vocab.part_of(head.text("chinese_sentence")) or None,
                ),
            )
        )
    return tuple(views), frozenset(map(vocab.part_of, things))


def _sentences(
    reader: Reader,
    iri: IRI,
    aligned: dict[str, list[str]],
    differing: frozenset[str],
    quantities: Sequence[str],
) -> tuple[SentenceView, ...]:
    rows = list(reader.rows("document_sentences", document=iri))
    starts = {vocab.part_of(row.text("sentence")): row.integer("start") for row in rows}
    found = list(reader.rows("document_mentions", document=iri))
    known = reader.concepts(row.text("concept") for row in found)
    mentions: dict[str, list[MentionView]] = defaultdict(list)
    for row in found:
        sentence, name = vocab.part_of(row.text("sentence")), vocab.part_of(row.text("mention"))
        start = starts.get(sentence, 0)
        mentions[sentence].append(
            MentionView(
                name, row.integer("start") - start, row.integer("end") - start,
                row.text("type").rpartition("#")[2], known[row.text("concept")],
                tuple(aligned.get(name, ())), name in differing,
            )
        )  # fmt: skip
    numbers: dict[str, list[NumberMark]] = defaultdict(list)
    placed = {
        row.text("quantity"): row for row in reader.gather("quantities", "quantities", quantities)
    }
    for node, row in placed.items():
        sentence, name = vocab.part_of(row.text("sentence")), vocab.part_of(node)
        start = starts.get(sentence, 0)
        numbers[sentence].append(
            NumberMark(
                name, row.integer("start") - start, row.integer("end") - start,
                row.text("kind"), tuple(aligned.get(name, ())),
            )
        )  # fmt: skip
    return tuple(
        SentenceView(
            id=(name := vocab.part_of(row.text("sentence"))),
            language=cast(Language, row.language("text") or "en"),
            text=row.text("text"),
            section=row.some("section"),
            order=row.integer("order"),
            aligned=tuple(aligned.get(name, ())),
            mentions=tuple(mentions[name]),
            numbers=tuple(numbers[name]),
        )
        for row in rows
    )


def _claims(reader: Reader, iri: IRI) -> dict[str, list[RowClaim]]:
    """The claims in each sentence."""
    rows = list(reader.rows("document_evidence", document=iri))
    wanted = dict.fromkeys(row.text("statement") for row in rows)
    known = {vocab.statement_iri(claim.id).value: claim for claim in load_claims(reader, wanted)}
    claims: dict[str, list[RowClaim]] = defaultdict(list)
    for row in rows:
        claim = known.get(row.text("statement"))
        if claim is not None:
            item = RowClaim(
                claim, mode_of(row.text("polarity"), row.text("certainty")), row.text("agreement"),
                vocab.part_of(row.text("evidence")),
            )  # fmt: skip
            claims[vocab.part_of(row.text("sentence"))].append(item)
    return claims


def mode_of(polarity: str, certainty: str) -> Mode:
    """What an evidence makes of its claim."""
    if certainty == "hypothesis":
        return "hypothesized"
    return "asserted" if polarity == "positive" else "denied"


def _rows(
    sentences: Sequence[SentenceView], claims: dict[str, list[RowClaim]]
) -> tuple[DocumentRow, ...]:
    rows = []
    for en, zh in line_up(sentences):
        both = (*en, *zh)
        found = dict.fromkeys(item for sentence in both for item in claims.get(sentence.id, ()))
        section = next((sentence.section for sentence in both if sentence.section), None)
        rows.append(DocumentRow(section, en, zh, tuple(found)))
    return tuple(rows)
