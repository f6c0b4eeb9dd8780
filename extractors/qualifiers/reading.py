"""Relations and results with the circumstances under which their sentence, or document, puts them.

What the clause tells counts before the rest of the sentence, and that before what the title or the
methods tell of the whole study; each qualifier keeps the words that say so and how far they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.qualifiers.attaching import Stated, attach
from extractors.qualifiers.carrying import CARRIED, Carried, carried
from extractors.qualifiers.comparing import compare
from extractors.qualifiers.finding import Phrase, SentenceText, breaks, find_phrases, read_text
from extractors.qualifiers.rules import qualifier_grammar
from kg.model import Extraction, Language, Mention, RelationMention, Result, Sentence
from kg.qualifiers import QUALIFIER_KINDS, Qualifier, QualifierKind, Reach

Told = TypeVar("Told", RelationMention, Result)


def qualify(extraction: Extraction) -> Extraction:
    """The extraction with the context of its relations and results, and where languages differ.

    Needs nothing but the extraction; relations that have a context already keep it.
    """
    reader = _Reader(extraction)
    relations = tuple(r if r.context else reader.qualified(r) for r in extraction.relations)
    results = tuple(r if r.context else reader.qualified(r) for r in extraction.results)
    qualified = replace(extraction, relations=relations, results=results)
    return replace(
        qualified, discrepancies=(*qualified.discrepancies, *compare(qualified))
    )  # fmt: skip


class _Reader:
    """The sentences of a document as they are read, and what it tells of all its findings."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.passages = {passage.id: passage for passage in extraction.document.passages}
        self.sentences = {sentence.id: sentence for sentence in extraction.sentences}
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.texts = dict(self._texts())
        self.phrases = {
            name: find_phrases(text, qualifier_grammar(self.language(text.sentence)))
            for name, text in self.texts.items()
        }
        self.stated: dict[str, list[Stated]] = defaultdict(list)
        for relation in extraction.relations:
            self.stated[relation.sentence].append(self._stated(relation))
        for result in extraction.results:
            self.stated[result.sentence].append(self._stated(result))
        self.carried = carried(
            [
                (sentence, self.language(sentence), self.phrases[sentence.id])
                for sentence in extraction.sentences
            ],
            extraction.designs,
        )

    def language(self, sentence: Sentence) -> Language:
        """The language of a sentence."""
        return self.passages[sentence.passage].language

    def _texts(self) -> Iterator[tuple[str, SentenceText]]:
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.extraction.mentions:
            mentions[mention.sentence].append(mention)
        for sentence in self.extraction.sentences:
            quantities = [q for q in self.extraction.quantities if q.sentence == sentence.id]
            passage = self.passages[sentence.passage]
            grammar = qualifier_grammar(passage.language)
            yield (
                sentence.id,
                read_text(sentence, passage.text, mentions[sentence.id], quantities, grammar),
            )

    def _stated(self, told: RelationMention | Result) -> Stated:
        subject, arguments = _arguments(told, self.mentions)
        here = [m for m in arguments if m.sentence == told.sentence]
        sentence = self.sentences[told.sentence]
        spans = [(m.start, m.end) for m in here]
        if told.trigger is not None:
            spans.append((told.trigger.start, told.trigger.end))
        low, high = (
            min((s for s, _ in spans), default=sentence.start),
            max((e for _, e in spans), default=sentence.end),
        )
        drugs = {m.id for m in self.mentions.values() if subject and _is_same(m, subject)}
        inside = subject is not None and subject.sentence == told.sentence
        return Stated(
            told.trigger.start if told.trigger else low,
            low,
            high,
            (subject.concept or subject.text) if subject else "",
            (subject.start, subject.end) if inside and subject else None,
            frozenset(m.concept or m.text for m in arguments),
            frozenset(m.id for m in arguments),
            frozenset(drugs),
        )

    def qualified(self, told: Told) -> Told:
        """A relation or result with its context."""
        stated = self._stated(told)
        sentence = self.sentences[told.sentence]
        text, phrases = self.texts[sentence.id], self.phrases[sentence.id]
        grammar = qualifier_grammar(self.language(sentence))
        ends = breaks(text, grammar)
        others = [other for other in self.stated[sentence.id] if other != stated]
        found: dict[QualifierKind, tuple[tuple[Phrase, ...], Reach]] = {
            kind: attach(stated, kind, phrases, others, ends, text) for kind in QUALIFIER_KINDS
        }
        if not found["setting"][0]:
            found["setting"] = _implied(found)
        if any(phrase.value == "in-vitro" for phrase in found["setting"][0]):
            found |= {kind: ((), "clause") for kind, (_, r) in found.items() if r == "sentence"}
        context = [
            self._qualifier(phrase, sentence, reach)
            for found_phrases, reach in found.values()
            for phrase in found_phrases
        ]
        context += [
            self._qualifier(one.phrase, one.sentence, "document")
            for one in self._of_document(found, stated, sentence)
        ]
        return replace(told, context=tuple(sorted(context, key=_order)))

    def _of_document(
        self,
        found: Mapping[QualifierKind, tuple[Sequence[Phrase], Reach]],
        stated: Stated,
        sentence: Sentence,
    ) -> Iterator[Carried]:
        """What the document tells of the kinds on which the sentence is silent."""
        section = sentence.section or self.passages[sentence.passage].section
        if section == "background":
            return
        in_a_dish = any(phrase.value == "in-vitro" for phrase in found["setting"][0])
        for kind in CARRIED:
            one = self.carried.get((self.language(sentence), kind))
            if one is None or found[kind][0] or one.phrase.meaning in stated.ends:
                continue
            if section is None and not self._is_after(sentence, one.sentence):
                continue
            if in_a_dish and kind in ("species", "disease"):
                continue
            yield one

    def _is_after(self, sentence: Sentence, told: Sentence) -> bool:
        """Whether a sentence of no known section is about the study that another tells of.

        What stands before the methods is background.
        """
        if told.section == "title":
            return True
        return sentence.passage == told.passage and sentence.start > told.start

    def _qualifier(self, phrase: Phrase, sentence: Sentence, reach: Reach) -> Qualifier:
        passage = self.passages[sentence.passage]
        return Qualifier(
            phrase.kind,
            passage.id,
            sentence.id,
            phrase.start,
            phrase.end,
            passage.text[phrase.start : phrase.end],
            phrase.rule,
            reach,
            phrase.mention.id if phrase.mention else None,
            phrase.quantity.id if phrase.quantity else None,
            phrase.concept,
            phrase.value,
        )


def _arguments(
    told: RelationMention | Result, mentions: Mapping[str, Mention]
) -> tuple[Mention | None, tuple[Mention, ...]]:
    """The subject (the drug of the arm), and all arguments."""
    if isinstance(told, RelationMention):
        return mentions[told.subject], (mentions[told.subject], mentions[told.object])
    arm = mentions[told.arm.mention] if told.arm and told.arm.mention else None
    return arm, (mentions[told.outcome], *((arm,) if arm else ()))


def _is_same(one: Mention, other: Mention) -> bool:
    if one.id == other.id:
        return True
    same = one.concept == other.concept if one.concept else one.text == other.text
    return same and one.sentence == other.sentence


def _implied(
    found: Mapping[QualifierKind, tuple[Sequence[Phrase], Reach]],
) -> tuple[tuple[Phrase, ...], Reach]:
    """The setting that the other circumstances imply, where they imply one and agree."""
    telling = [
        (replace(p, kind="setting", mention=None, concept=None, value=p.setting), reach)
        for phrases, reach in found.values()
        for p in phrases
        if p.setting is not None and (reach == "clause" or not _is_lab(found))
    ]
    if len({phrase.value for phrase, _ in telling}) != 1:
        return (), "clause"
    return (telling[0][0],), telling[0][1]


def _is_lab(found: Mapping[QualifierKind, tuple[Sequence[Phrase], Reach]]) -> bool:
    """Whether the clause itself names cells in a dish."""
    return any(
        p.setting == "in-vitro" and r == "clause" for some, r in found.values() for p in some
    )


def _order(qualifier: Qualifier) -> tuple[int, str, int]:
    return QUALIFIER_KINDS.index(qualifier.kind), qualifier.passage, qualifier.start
