"""The two languages read each other, for mentions: what one names is looked for in the other.

A mention that one language was read to have, and of which no counterpart was read in the aligned
sentence, is looked for there by its words (`extractors.alignment.seeking`). What is found becomes a
mention of the same type and concept with the method ``projected`` and a lower score; where
something else was read at the place already, that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.alignment.grouping import groups_of
from extractors.alignment.side_by_side import SideBySide
from extractors.alignment.terms import links, pair_terms
from extractors.composition.model import Composition
from kg.model import Candidate, Document, Extraction, Mention, MentionType, Sentence

METHOD = "projected"
LEAST = 0.38  # score of a counterpart that becomes a mention
REASON = "counterpart of"
# What is related; where and in whom is context, which readers leave out more often.
TYPES: frozenset[MentionType] = frozenset(("Drug", "Protein", "Disease", "Outcome", "Process"))


def share_mentions(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention],
    *, composition: Composition, table: Composition | None,
) -> tuple[Mention, ...]:  # fmt: skip
    """The mentions in text order, with those that only the other language was read to have.

    Looked for is what has a concept: of names without one, too many are no mentions.

    Parameters
    ----------
    sentences : linked (`extractors.alignment.grouping.link_sentences`)
    composition : of the lexicon, by which names are compared
    table : learnt from aligned sentences, by which words are; nothing is looked for without it
    """
    groups = groups_of(document, sentences)
    if table is None or not any(group.en and group.zh for group in groups):
        return tuple(mentions)
    pages = SideBySide(document, sentences, groups, table)
    given = Extraction(document, tuple(sentences), tuple(mentions))
    linked = links(pair_terms(given, groups, composition, pages))
    aligned = {sentence.id: sentence.aligned for sentence in sentences}
    sentence_of = {mention.id: mention.sentence for mention in mentions}
    found = list(mentions)
    for mention in mentions:
        partners = linked.get(mention.id, ())
        beside = any(sentence_of[other] in aligned[mention.sentence] for other in partners)
        if mention.concept is not None and not beside:
            found += project_mention(mention, pages, found)
    return in_text_order(document, found)


def project_mention(
    mention: Mention, pages: SideBySide, known: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The mention of the other language that says the same, if its words are there and free.

    It takes the next number among `known`.
    """
    if mention.type not in TYPES:
        return ()
    there = pages.counterpart(mention)
    if there is None or there.score < LEAST:
        return ()
    if any(
        other.sentence == there.sentence.id and other.start < there.end and there.start < other.end
        for other in known
    ):
        return ()
    score = round(mention.score * there.score, 3)
    concept = mention.concept
    candidates = (Candidate(concept, score, f"{REASON} {mention.text}"),) if concept else ()
    return (
        replace(
            mention, id=f"m{len(known) + 1}", passage=there.sentence.passage,
            sentence=there.sentence.id, start=there.start, end=there.end, text=there.text,
            score=score, method=METHOD, candidates=candidates, aligned=(),
        ),
    )  # fmt: skip


def in_text_order(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions by passage and place."""
    place = {passage.id: number for number, passage in enumerate(document.passages)}
    return tuple(sorted(mentions, key=lambda m: (place[m.passage], m.start)))
