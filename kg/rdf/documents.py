"""The graph of one document: its texts, what was read in them, and the evidence they give."""

from __future__ import annotations

import re

from kg.assembly.alignments import mutual
from kg.assembly.circumstances import Circumstances
from kg.assembly.values import Assembled
from kg.model import (
    ArmValues,
    Cue,
    Discrepancy,
    Evidence,
    Extraction,
    Group,
    Language,
    Mention,
    Passage,
    Quantity,
    Rendition,
    Result,
    Sentence,
    Source,
)
from kg.notices.signals import notices_in
from kg.notices.values import notice_id
from kg.rdf.bearing import bearing_of
from kg.rdf.circumstances import CircumstanceWriter
from kg.rdf.notices import add_notice
from kg.rdf.provenance import add_provenance
from kg.rdf.values import Node
from kg.terms import IRI, Literal, Quad
from kg.vocab import (
    BIBO,
    DCTERMS,
    OA,
    PLX,
    RDF,
    RDFS,
    SKOS,
    XSD,
    concept_iri,
    document_graph,
    document_iri,
    part_iri,
    statement_iri,
    type_iri,
)

_HAN = re.compile(r"[\u3400-\u9fff]")


def document_quads(extraction: Extraction, assembled: Assembled) -> tuple[Quad, ...]:
    """All quads of the named graph of a document, each once, in a fixed order."""
    return tuple(dict.fromkeys(_DocumentGraph(extraction, assembled).quads()))


class _DocumentGraph:
    """The state that the parts of one document share while they are written."""

    def __init__(self, extraction: Extraction, assembled: Assembled) -> None:
        self.extraction = extraction
        self.assembled = assembled
        self.id = extraction.document.id
        self.concepts = dict(assembled.concepts)
        self.passages = {passage.id: passage for passage in extraction.document.passages}
        self.relations = {relation.id: relation for relation in extraction.relations}
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        placed: tuple[Sentence | Mention | Quantity | Result, ...] = (
            *extraction.sentences, *extraction.mentions, *extraction.quantities,
            *extraction.results,
        )  # fmt: skip
        self.aligned = mutual(placed)
        self.graph = document_graph(self.id)
        self._written = {part.id: part.id for part in placed}
        self._quads: list[Quad] = []
        self._meanings = Circumstances(extraction, self.concepts)
        self._context = CircumstanceWriter(
            self._meanings, self.passages, self._part, self._iri
        )  # fmt: skip

    def quads(self) -> list[Quad]:
        self._document(self.extraction.document.source)
        for number, passage in enumerate(self.extraction.document.passages, 1):
            self._passage(number, passage)
        for number, sentence in enumerate(self.extraction.sentences, 1):
            self._sentence(number, sentence)
        for mention in self.extraction.mentions:
            self._mention(mention)
        for quantity in self.extraction.quantities:
            self._quantity(quantity)
        for result in self.extraction.results:
            self._result(result)
        for evidence in self.assembled.evidence:
            self._evidence(evidence)
        for number, discrepancy in enumerate(self.extraction.discrepancies, 1):
            self._discrepancy(number, discrepancy)
        for notice in notices_in(self.extraction.document):
            add_notice(self._part(f"notice-{notice_id(notice)}", PLX.Notice), notice)
        return self._quads

    def _node(self, part: str | None = None) -> Node:
        subject = document_iri(self.id) if part is None else part_iri(self.id, part)
        return Node(subject, self.graph, self._quads)

    def _part(self, part: str, kind: IRI) -> Node:
        node = self._node(part).add(RDF.type, kind)
        return node.add(PLX.inDocument, document_iri(self.id))

    def _iri(self, part: str) -> IRI:
        return part_iri(self.id, part)

    def _language(self, passage: str) -> Language:
        return self.passages[passage].language

    def _align(self, node: Node, part: str) -> None:
        node.add_all(PLX.alignedWith, map(self._iri, self.aligned.get(part, ())))

    def _document(self, source: Source) -> None:
        node = self._node().add(RDF.type, PLX.Document).add(DCTERMS.identifier, self.id)
        node.add_text(DCTERMS.title, source.title, _language_of(source.title))
        node.add_text(DCTERMS.title, source.vernacular_title, _language_of(source.vernacular_title))
        # Case makes no difference in a DOI, and notices find documents by it.
        node.add(BIBO.doi, source.doi.lower() if source.doi else None)
        node.add(BIBO.pmid, source.pmid).add(PLX.pmcid, source.pmcid)
        if source.year is not None:
            node.add(DCTERMS.issued, Literal(f"{source.year:04}", datatype=XSD.gYear))
        node.add(PLX.date, source.date)
        node.add(DCTERMS.source, source.journal)
        node.add(DCTERMS.bibliographicCitation, source.citation)
        node.add(PLX.affiliation, source.affiliation)
        node.add_all(PLX.meshHeading, source.mesh)
        node.add_all(PLX.publicationType, source.publication_types)
        if self.extraction.provenance is not None:
            add_provenance(node, self.graph, self.extraction.provenance, self._quads)
        designs = {design.kind for design in self.extraction.designs}
        node.add_all(PLX.studyDesign, sorted(designs))
        node.add_all(DCTERMS.language, sorted({p.language for p in self.passages.values()}))
        units = [e for e in self.assembled.evidence if e.agreement != "monolingual"]
        if units:
            agreeing = sum(e.agreement == "agrees" for e in units)
            node.add(PLX.agreementRate, round(agreeing / len(units), 4))

    def _passage(self, number: int, passage: Passage) -> None:
        node = self._part(passage.id, PLX.Passage).add(PLX.order, number)
        node.add(DCTERMS.language, passage.language)
        node.add(PLX.section, passage.section).add(PLX.label, passage.label)
        node.add_text(RDF.value, passage.text, passage.language)

    def _sentence(self, number: int, sentence: Sentence) -> None:
        passage = self.passages[sentence.passage]
        node = self._part(sentence.id, PLX.Sentence).add(PLX.inPassage, self._iri(passage.id))
        node.add(PLX.order, number).add(PLX.start, sentence.start).add(PLX.end, sentence.end)
        node.add(PLX.section, sentence.section or passage.section)
        node.add(DCTERMS.language, passage.language)
        node.add_text(RDF.value, passage.text[sentence.start : sentence.end], passage.language)
        self._align(node, sentence.id)

    def _mention(self, mention: Mention) -> None:
        node = self._part(mention.id, PLX.Mention).add(RDF.type, OA.Annotation)
        node.add(PLX.inSentence, self._iri(mention.sentence))
        node.add(PLX.start, mention.start).add(PLX.end, mention.end)
        node.add_text(OA.exact, mention.text, self._language(mention.passage))
        node.add(OA.hasBody, concept_iri(self.concepts[mention.id]))
        node.add(PLX.mentionType, type_iri(mention.type))
        node.add(PLX.score, round(mention.score, 4)).add(PLX.method, mention.method)
        self._align(node, mention.id)
        if (above := self.assembled.broader.get(mention.id)) is not None:
            local = Node(concept_iri(self.concepts[mention.id]), self.graph, self._quads)
            local.add(SKOS.broader, concept_iri(above))

    def _quantity(self, quantity: Quantity) -> None:
        node = self._part(quantity.id, PLX.Quantity)
        node.add(PLX.inSentence, self._iri(quantity.sentence)).add(PLX.kind, quantity.kind)
        node.add(PLX.start, quantity.start).add(PLX.end, quantity.end)
        node.add_text(OA.exact, quantity.text, self._language(quantity.passage))
        low, high = quantity.low, quantity.high
        if low is not None and high is not None:  # a fall is written "from 164 to 122"
            low, high = min(low, high), max(low, high)
        node.add(PLX.low, low).add(PLX.high, high)
        node.add(PLX.total, quantity.total).add(PLX.unit, quantity.unit)
        node.add(PLX.comparator, quantity.comparator)
        node.add(PLX.value, quantity.value).add(PLX.sd, quantity.sd)
        node.add(PLX.interval, quantity.interval).add(PLX.rule, quantity.rule)
        if quantity.group is not None:
            node.add(PLX.groupStart, quantity.group.start).add(PLX.groupEnd, quantity.group.end)
            node.add_text(PLX.groupText, quantity.group.text, self._language(quantity.passage))
        if quantity.time is not None:
            node.add(PLX.atTime, self._iri(quantity.time))
        if quantity.of is not None:
            node.add(PLX.describes, self._iri(quantity.of))
            node.add(PLX.describesConcept, concept_iri(self.concepts[quantity.of]))
        self._align(node, quantity.id)

    def _result(self, result: Result) -> None:
        language = self._language(self.mentions[result.outcome].passage)
        node = self._part(result.id, PLX.Result).add(PLX.inSentence, self._iri(result.sentence))
        node.add(PLX.outcome, self._iri(result.outcome)).add(PLX.direction, result.direction)
        node.add(PLX.outcomeConcept, concept_iri(self.concepts[result.outcome]))
        for role, group in (("arm", result.arm), ("comparator", result.comparator)):
            if group is not None:
                self._group(node, role, group, language)
        for predicate, numbers in (
            (PLX.armValue, result.arm_values),
            (PLX.comparatorValue, result.comparator_values),
            (PLX.effect, (result.effect,)),
            (PLX.pValue, (result.p_value,)),
            (PLX.atTime, (result.time,)),
        ):
            node.add_all(predicate, (self._iri(number) for number in numbers if number))
        if result.trigger is not None:
            node.add(PLX.triggerStart, result.trigger.start)
            node.add(PLX.triggerEnd, result.trigger.end)
            node.add_text(PLX.trigger, result.trigger.text, language)
        node.add(PLX.significance, result.significance).add(PLX.rule, result.rule)
        node.add(PLX.polarity, result.polarity).add(PLX.certainty, result.certainty)
        node.add(PLX.confidence, result.confidence)
        # The time of a result is told by its numbers, where they tell one.
        circumstances = self._meanings.of(result.context)
        self._context.add(
            node, (c for c in circumstances if not (c.kind == "time" and result.time))
        )
        self._context.add_words(node, result.context)
        for number, cue in enumerate(result.cues, 1):
            node.add(PLX.hasCue, self._iri(f"{result.id}-c{number}"))
            self._cue(f"{result.id}-c{number}", cue, language)
        for order, arm in enumerate(result.values, 1):
            node.add(PLX.hasArm, self._iri(f"{result.id}-a{order}"))
            self._arm(f"{result.id}-a{order}", order, arm, language)
        self._align(node, result.id)

    def _arm(self, name: str, order: int, arm: ArmValues, language: Language) -> None:
        node = self._part(name, PLX.ResultArm).add(PLX.order, order).add(PLX.phase, arm.phase)
        node.add_all(PLX.armValue, map(self._iri, arm.values))
        if arm.time is not None:
            node.add(PLX.atTime, self._iri(arm.time))
        if arm.group is not None:
            self._group(node, "arm", arm.group, language)

    def _group(self, node: Node, role: str, group: Group, language: Language) -> None:
        node.add(PLX[f"{role}Role"], group.role)
        node.add(PLX[f"{role}Start"], group.start).add(PLX[f"{role}End"], group.end)
        node.add_text(PLX[f"{role}Text"], group.text, language)
        if group.mention is not None:
            node.add(PLX[f"{role}Mention"], self._iri(group.mention))
            node.add(PLX[f"{role}Concept"], concept_iri(self.concepts[group.mention]))

    def _evidence(self, evidence: Evidence) -> None:
        statement = statement_iri(evidence.statement)
        node = self._part(evidence.id, PLX.Evidence).add(PLX.statement, statement)
        node.add(bearing_of(evidence.certainty, evidence.polarity), statement)
        node.add(PLX.polarity, evidence.polarity).add(PLX.certainty, evidence.certainty)
        node.add(PLX.agreement, evidence.agreement)
        node.add_all(PLX.conflictKind, evidence.conflicts)
        node.add(PLX.section, evidence.section).add(PLX.derived, evidence.derived)
        node.add(PLX.confidence, evidence.confidence)
        node.add(PLX.resolvedSign, evidence.resolved_sign)
        node.add_all(PLX.perturbedBy, map(concept_iri, evidence.perturbed_by))
        self._context.add(node, evidence.context)
        node.add_all(PLX.rule, sorted({rendition.rule for rendition in evidence.renditions}))
        counts: dict[Language, int] = {}
        for rendition in evidence.renditions:
            count = counts[rendition.language] = counts.get(rendition.language, 0) + 1
            name = f"{evidence.id}-{rendition.language}" + (f"-{count}" if count > 1 else "")
            node.add(PLX.hasRendition, self._iri(name))
            self._written[rendition.relation] = name
            self._rendition(name, rendition)

    def _rendition(self, name: str, rendition: Rendition) -> None:
        relation = self.relations[rendition.relation]
        arguments = (self.mentions[relation.subject], self.mentions[relation.object])
        ends = {(mention.start, mention.end): mention.id for mention in arguments}
        language = rendition.language
        node = self._part(name, PLX.Rendition).add(DCTERMS.language, language)
        node.add(PLX.inSentence, self._iri(rendition.sentence))
        node.add(PLX.inPassage, self._iri(rendition.passage))
        node.add_text(PLX.quote, rendition.quote, language)
        node.add(PLX.quoteStart, rendition.quote_start)
        for role, span in (("subject", rendition.subject), ("object", rendition.object)):
            node.add(PLX[f"{role}Start"], span.start).add(PLX[f"{role}End"], span.end)
            node.add_text(PLX[f"{role}Text"], span.text, language)
            node.add(PLX[f"{role}Mention"], self._iri(ends[span.start, span.end]))
        if rendition.trigger is not None:
            node.add(PLX.triggerStart, rendition.trigger.start)
            node.add(PLX.triggerEnd, rendition.trigger.end)
            node.add_text(PLX.trigger, rendition.trigger.text, language)
        node.add(PLX.rule, rendition.rule).add(PLX.polarity, rendition.polarity)
        node.add(PLX.certainty, rendition.certainty).add(PLX.confidence, rendition.confidence)
        self._context.add_words(node, rendition.context)
        for number, cue in enumerate(rendition.cues, 1):
            node.add(PLX.hasCue, self._iri(f"{name}-c{number}"))
            self._cue(f"{name}-c{number}", cue, language)

    def _cue(self, name: str, cue: Cue, language: Language) -> None:
        node = self._part(name, PLX.Cue).add(PLX.kind, cue.kind)
        node.add_text(OA.exact, cue.text, language)
        node.add(PLX.start, cue.start).add(PLX.end, cue.end)
        node.add(PLX.scopeStart, cue.scope_start).add(PLX.scopeEnd, cue.scope_end)
        node.add(PLX.rule, cue.rule)

    def _discrepancy(self, number: int, discrepancy: Discrepancy) -> None:
        node = self._part(f"d{number}", PLX.Discrepancy).add(PLX.kind, discrepancy.kind)
        node.add_text(RDFS.comment, discrepancy.message, "en")
        node.add_text(RDFS.comment, discrepancy.message_zh, "zh")
        for side, words, language in (
            (discrepancy.en, "english", "en"),
            (discrepancy.zh, "chinese", "zh"),
        ):
            if side is None:
                continue
            if side.sentence is not None:
                node.add(PLX[f"{words}Sentence"], self._iri(side.sentence))
            if side.refers_to in self._written:
                node.add(PLX[f"{words}RefersTo"], self._iri(self._written[side.refers_to]))
            node.add_text(PLX[f"{words}Text"], side.text, "en" if language == "en" else "zh")


def _language_of(title: str | None) -> Language:
    return "zh" if title and _HAN.search(title) else "en"
