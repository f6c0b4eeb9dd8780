"""A whole document aligned: sentences, terms, mentions, relations, quantities, discrepancies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.alignment.grouping import groups_of, link_sentences
from extractors.alignment.quantities import align_quantities
from extractors.alignment.relations import (
    align_relations,
    entity_discrepancies,
    relation_discrepancies,
)
from extractors.alignment.resolution import resolve_terms
from extractors.alignment.results import align_results
from extractors.alignment.sentences import Group
from extractors.alignment.side_by_side import SideBySide
from extractors.alignment.terms import TermPair, links, pair_terms
from extractors.composition.building import load_composition
from extractors.composition.model import Composition
from kg.model import Discrepancy, Extraction, Mention, Side


def align(
    extraction: Extraction, *, composition: Composition | None = None,
    table: Composition | None = None,
) -> Extraction:  # fmt: skip
    """The extraction with everything that has a counterpart linked to it, and the differences.

    A document in one language comes back unchanged, and sentences that are linked already stay so
    (`extractors.alignment.grouping.link_sentences`). `composition`, by which names are
    compared, defaults to the one that comes with Parallax; `table`, by which the words of sentences
    are linked, may be left out.
    """
    languages = {p.id: p.language for p in extraction.document.passages}
    if len(set(languages.values())) < 2:
        return extraction
    sentences = link_sentences(extraction.document, extraction.sentences, extraction.mentions)
    groups = groups_of(extraction.document, sentences)
    pages = SideBySide(extraction.document, sentences, groups, table) if table else None
    pairs = pair_terms(extraction, groups, composition or load_composition(None), pages)
    linked = links(pairs)
    mentions, misleading = resolve_terms(
        [replace(m, aligned=linked.get(m.id, ())) for m in extraction.mentions], pairs
    )
    terms = _term_names(mentions, pairs)
    by_sentence = {sentence.id: sentence for sentence in sentences}
    sentence_language = {s.id: languages[s.passage] for s in sentences}
    by_id = {mention.id: mention for mention in mentions}
    relations, claims = align_relations(
        extraction.relations, by_sentence, terms, sentence_language, by_id
    )
    quantities, numbers = align_quantities(extraction.quantities, groups)
    results, directions = align_results(
        extraction.results, by_sentence, terms, sentence_language, {q.id: q for q in quantities}
    )
    told = {(d.en and d.en.refers_to, d.zh and d.zh.refers_to) for d in numbers}
    directions = tuple(
        d for d in directions
        if (d.en and d.en.refers_to, d.zh and d.zh.refers_to) not in told
    )  # fmt: skip
    discrepancies = (
        *misleading,
        *relation_discrepancies(claims),
        *entity_discrepancies(relations, by_sentence, terms, sentence_language, by_id),
        *numbers,
        *directions,
        *_missing(extraction, groups),
    )
    return replace(
        extraction, sentences=sentences, mentions=mentions, relations=relations,
        quantities=quantities, results=results,
        discrepancies=(*extraction.discrepancies, *discrepancies),
    )  # fmt: skip


def _term_names(mentions: Sequence[Mention], pairs: Sequence[TermPair]) -> dict[str, str]:
    """One name for each mention's term, the same for counterparts in the two languages."""
    names = {mention.id: mention.concept or f"{mention.id}" for mention in mentions}
    for pair in pairs:
        members = [m.id for m in (*pair.en.mentions, *pair.zh.mentions)]
        shared = names[members[0]]
        names |= dict.fromkeys(members, shared)
    return names


def _missing(extraction: Extraction, groups: Sequence[Group]) -> tuple[Discrepancy, ...]:
    """Sentences that say something in one language and have no counterpart in the other."""
    texts = {passage.id: passage.text for passage in extraction.document.passages}
    telling = {mention.sentence for mention in extraction.mentions}
    sentences = {sentence.id: sentence for sentence in extraction.sentences}
    reports = []
    for group in groups:
        if group.en and group.zh:
            continue
        for identifier in (*group.en, *group.zh):
            if identifier not in telling:
                continue
            sentence = sentences[identifier]
            side = Side(identifier, None, texts[sentence.passage][sentence.start : sentence.end])
            en, zh = (side, None) if group.en else (None, side)
            message = "the sentence has no counterpart in " + ("Chinese" if en else "English")
            message_zh = f"该句在{'中文' if en else '英文'}摘要中没有对应"
            reports.append(Discrepancy("missing", en, zh, message, message_zh))
    return tuple(reports)
