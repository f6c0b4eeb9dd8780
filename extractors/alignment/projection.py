"""The two languages read each other: a relation read in one is looked for in the other.

A relation that one language states and the other seems not to is looked for in the aligned
sentence: both arguments must have their counterparts there, a word that can state the predicate
must stand there, and nothing may deny it. What is found so is a rendition of the same claim and not
an independent reading, so it carries its own rule (``<lang>.projected.<rule it was read by>``) and
a lower confidence; assembly does not count it as agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from extractors.alignment.grouping import groups_of
from extractors.alignment.sharing import TYPES, in_text_order, project_mention
from extractors.alignment.side_by_side import SideBySide
from extractors.composition.model import Composition
from extractors.nlp.words import cut, level
from extractors.relations.grammar import Grammar
from extractors.relations.reading import find_heeded
from kg.assembly.rates import PROJECTED
from kg.model import Cue, Extraction, Language, Mention, RelationMention, Sentence, Span

CONFIDENCE = 0.75  # of a projected relation, as a share of that of the relation it stems from
_KINDS = ("verb", "noun", "adjective", "attributive", "linked", "after", "before")


def project_relations(
    extraction: Extraction, rules: Mapping[Language, Grammar], table: Composition | None = None
) -> Extraction:
    """The extraction with the relations that only one language was read to state, in both.

    Where one argument has no counterpart, its words are looked for in the aligned sentence by
    `table` (none without it); what is found becomes a mention.
    """
    reader = _Reader(extraction, rules, table)
    added: list[RelationMention] = []
    partner: dict[str, str] = {}
    for relation in extraction.relations:
        if relation.aligned or relation.derived:
            continue
        found = next(reader.counterparts(relation), None)
        if found is None:
            continue
        twin, mentions = found
        reader.take(mentions)
        twin = replace(twin, id=f"rx{len(added) + 1}")
        added.append(twin)
        partner[relation.id] = twin.id
    relations = tuple(
        replace(r, aligned=(partner[r.id],)) if r.id in partner else r for r in extraction.relations
    )
    known = in_text_order(extraction.document, reader.mentions.values())
    return replace(extraction, mentions=known, relations=(*relations, *added))


def _pages(extraction: Extraction, table: Composition | None) -> SideBySide | None:
    if table is None:
        return None
    groups = groups_of(extraction.document, extraction.sentences)
    return SideBySide(extraction.document, extraction.sentences, groups, table)


class _Reader:
    """Looks for one relation in the sentences aligned with its own."""

    def __init__(
        self, extraction: Extraction, rules: Mapping[Language, Grammar], table: Composition | None
    ) -> None:
        self.rules = rules
        self.pages = _pages(extraction, table)
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.sentences = {sentence.id: sentence for sentence in extraction.sentences}
        self.passages = {passage.id: passage for passage in extraction.document.passages}
        self.related = {
            (relation.sentence, frozenset((relation.subject, relation.object)))
            for relation in extraction.relations
        }
        # Translators keep the predicate more often than the verb: any word for it will do.
        self.classes: dict[str, frozenset[str]] = defaultdict(frozenset)
        for grammar in rules.values():
            for rule in grammar.rules:
                self.classes[rule.predicate] |= rule.trigger

    def take(self, mentions: Iterable[Mention]) -> None:
        """Count mentions that were found among the known, each linked to what it stands for."""
        for mention in mentions:
            self.mentions[mention.id] = mention
            for identifier in mention.aligned:
                source = self.mentions[identifier]
                linked = (*source.aligned, mention.id)
                self.mentions[identifier] = replace(source, aligned=linked)

    def counterparts(
        self, relation: RelationMention
    ) -> Iterator[tuple[RelationMention, tuple[Mention, ...]]]:
        """The relation as the aligned sentences state it, and its arguments that are new."""
        classes = self.classes[relation.predicate]
        for identifier in self.sentences[relation.sentence].aligned:
            sentence = self.sentences[identifier]
            subjects = self._there(relation.subject, sentence)
            objects = self._there(relation.object, sentence)
            if subjects or objects:  # of the two, one may be a mention only now
                subjects = subjects or self._seek(relation.subject, sentence)
                objects = objects or self._seek(relation.object, sentence)
            for subject in subjects:
                for object_ in objects:
                    if subject.id == object_.id or self._known(sentence, subject, object_):
                        continue
                    found = self._stated(relation, classes, sentence, subject, object_)
                    if found is not None:
                        ends = (subject, object_)
                        yield found, tuple(m for m in ends if m.id not in self.mentions)

    def _there(self, identifier: str, sentence: Sentence) -> list[Mention]:
        """The counterparts of a mention in a sentence: what is related, and no mere place of it."""
        source = self.mentions[identifier]
        return [
            mention
            for mention in map(self.mentions.__getitem__, source.aligned)
            if mention.sentence == sentence.id
            and (mention.type in TYPES or mention.type == source.type)
        ]

    def _seek(self, identifier: str, sentence: Sentence) -> list[Mention]:
        """The mention that stands in a sentence for one of the other language by its words."""
        if self.pages is None:
            return []
        known = list(self.mentions.values())
        found = project_mention(self.mentions[identifier], self.pages, known)
        return [replace(m, aligned=(identifier,)) for m in found if m.sentence == sentence.id]

    def _known(self, sentence: Sentence, subject: Mention, object_: Mention) -> bool:
        return (sentence.id, frozenset((subject.id, object_.id))) in self.related

    def _stated(
        self, relation: RelationMention, classes: frozenset[str], sentence: Sentence,
        subject: Mention, object_: Mention,
    ) -> RelationMention | None:  # fmt: skip
        passage = self.passages[sentence.passage]
        grammar = self.rules[passage.language]
        raw = passage.text[sentence.start : sentence.end]
        text = level(raw, passage.language)
        inside = [m for m in self.mentions.values() if m.sentence == sentence.id]
        inside += [m for m in (subject, object_) if m.id not in self.mentions]
        named = [(m.start - sentence.start, m.end - sentence.start) for m in inside]
        triggers = list(_triggers(text, grammar, classes, named))
        if not triggers:
            return None
        low, high = sorted((subject.start - sentence.start, object_.start - sentence.start))
        start, end = min(
            triggers, key=lambda t: (max(low - t[1], t[0] - high, 0), abs(t[0] - high))
        )
        cues = [cue.cue() for cue in find_heeded(raw, named, grammar) if cue.governs(start, end)]
        kinds = {cue.kind for cue in cues}
        if ("negation" in kinds) != (relation.polarity == "negated") or "aim" in kinds:
            return None
        offset = sentence.start
        trigger = Span(offset + start, offset + end, passage.text[offset + start : offset + end])
        return replace(
            relation,
            sentence=sentence.id,
            subject=subject.id,
            object=object_.id,
            rule=f"{passage.language}.{PROJECTED}.{relation.rule}",
            trigger=trigger,
            via=tuple(m.id for via in relation.via for m in self._there(via, sentence)[:1]),
            context=(),
            certainty="hypothesis" if "hypothesis" in kinds else relation.certainty,
            cues=tuple(_moved(cue, offset, passage.text) for cue in cues),
            confidence=round(relation.confidence * CONFIDENCE, 4),
            aligned=(relation.id,),
        )


def _triggers(
    text: str, grammar: Grammar, classes: frozenset[str], named: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Words of the trigger classes outside mentions, as (start, end) in the sentence."""
    tokens = cut(text)
    words = [word for _, _, word in tokens]
    at = 0
    while at < len(words):
        hit = grammar.vocabulary.longest(words, at)
        length, tags = hit if hit else (1, {})
        start, end = tokens[at][0], tokens[at + length - 1][1]
        inside = any(a <= start and end <= b for a, b in named)
        if not inside and any(classes & set(tags.get(kind, ())) for kind in _KINDS):
            yield start, end
        at += length


def _moved(cue: Cue, offset: int, text: str) -> Cue:
    start, end = offset + cue.start, offset + cue.end
    return replace(
        cue, start=start, end=end, text=text[start:end],
        scope_start=None if cue.scope_start is None else offset + cue.scope_start,
        scope_end=None if cue.scope_end is None else offset + cue.scope_end,
    )  # fmt: skip
