"""The words of an evidence: quotes from the passages, with the spans of their parts."""

from __future__ import annotations

from collections.abc import Iterable

from kg.assembly.claims import Claim
from kg.errors import FormatError
from kg.model import (
    Extraction,
    Language,
    Mention,
    RelationMention,
    Rendition,
    Section,
    Span,
)

# Where a claim is best supported, when a document makes it in several sections.
_SECTION_RANK: tuple[Section, ...] = ("results", "conclusion", "title", "background", "methods")


class Places:
    """Where the parts of one extraction stand: look-ups by identifier."""

    def __init__(self, extraction: Extraction) -> None:
        self.document = extraction.document.id
        self.passages = {passage.id: passage for passage in extraction.document.passages}
        self.sentences = {sentence.id: sentence for sentence in extraction.sentences}
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.languages = {passage.language for passage in extraction.document.passages}
        self._passage_order = {name: number for number, name in enumerate(self.passages)}

    def language(self, relation: RelationMention) -> Language:
        """The language of the sentence that states a relation."""
        return self.passages[self.sentences[relation.sentence].passage].language

    def section(self, relation: RelationMention) -> Section | None:
        """The section of the sentence that states a relation."""
        sentence = self.sentences[relation.sentence]
        return sentence.section or self.passages[sentence.passage].section

    def reading_order(self, rendition: Rendition) -> tuple[str, int, int, int, int, str]:
        """A key that sorts renditions by language, then as a reader meets them."""
        return (
            rendition.language,
            self._passage_order[rendition.passage],
            rendition.quote_start,
            rendition.subject.start,
            rendition.object.start,
            rendition.relation,
        )


def render(claim: Claim, places: Places) -> Rendition:
    """The wording of a claim: its sentence, or all sentences from one argument to the other."""
    relation = claim.relation
    ends = (
        (relation.object, relation.subject)
        if claim.swapped
        else (
            relation.subject,
            relation.object,
        )
    )
    subject, object_ = (places.mentions[end] for end in ends)
    sentence = places.sentences[relation.sentence]
    if {subject.passage, object_.passage} != {sentence.passage}:
        raise FormatError(
            "subject, object and sentence stand in different passages",
            where=f"{places.document} {relation.id}",
            remedy="relate mentions of one passage",
        )
    inside = [sentence, places.sentences[subject.sentence], places.sentences[object_.sentence]]
    start = min(item.start for item in inside)
    end = max(item.end for item in inside)
    return Rendition(
        language=claim.language,
        passage=sentence.passage,
        sentence=sentence.id,
        quote=places.passages[sentence.passage].text[start:end],
        quote_start=start,
        relation=relation.id,
        subject=_span(subject),
        object=_span(object_),
        trigger=relation.trigger,
        rule=relation.rule,
        polarity=claim.polarity,
        certainty=claim.certainty,
        cues=relation.cues,
        confidence=round(relation.confidence, 4),
        context=relation.context,
    )


def best_section(sections: Iterable[Section | None]) -> Section | None:
    """The section that supports a claim best, of those in which it is made."""
    known = [section for section in sections if section is not None]
    return min(known, key=_SECTION_RANK.index) if known else None


def _span(mention: Mention) -> Span:
    return Span(mention.start, mention.end, mention.text)
