"""INDRA statements as JSON: each evidence sentence with the two agents that it relates.

Evidence is gathered by paper. Since only the sentences are known, the document is not the paper:
it is ``indra:pubmed:1``, so that the paper's own abstract is never replaced by it. Agents stand
where INDRA's reader marked them (``coords``), else where their words stand in the sentence; an
agent whose words are not in it is refused. What a curated database states without a sentence is
left out, as is what relates no two agents (``indra_types.tsv``).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.external.placing import nearest, places, sentence_of, shown
from extractors.external.values import Reading
from extractors.nlp.sentences import split_sentences
from extractors.readers.language import language_of
from extractors.readers.records import Annotated
from kg.errors import InputError, ReaderError
from kg.imports.indra_terms import (
    MEMBERS,
    OF_CONCEPTS,
    StatementKind,
    influence,
    namespaces,
    statement_kinds,
)
from kg.model import (
    Document,
    Mention,
    MentionType,
    Passage,
    Predicate,
    RelationMention,
    Source,
)
from kg.terminology.identifiers import curie


@dataclass(frozen=True, slots=True)
class _Claim:
    """One statement as one evidence gives it, with its agents and where it was found."""

    statement: Mapping[str, Any]
    evidence: Mapping[str, Any]
    kind: StatementKind
    where: str


@dataclass(slots=True)
class _Paper:
    """The claims of one paper."""

    id: str
    source: Source
    claims: list[_Claim] = field(default_factory=list)


def is_statement(record: Any) -> bool:
    """Whether a JSON value is an INDRA statement."""
    return (
        isinstance(record, dict)
        and isinstance(record.get("type"), str)
        and record["type"] in statement_kinds()
        and ("matches_hash" in record or "evidence" in record)
    )


def read_statements(
    records: Iterable[tuple[str, Any]],
) -> Iterator[Annotated | InputError | ReaderError]:
    """One document for each paper, after an error for each agent that is not in its sentence.

    Parameters
    ----------
    records : pairs of a place for messages and a statement
    """
    papers: dict[str, _Paper] = {}
    left_out: Counter[str] = Counter()
    for where, record in records:
        if not is_statement(record):
            yield InputError("not an INDRA statement", where=where,
                             remedy="give what indra.statements.stmts_to_json makes")  # fmt: skip
            continue
        kind = statement_kinds()[record["type"]]
        evidences = [one for one in record.get("evidence") or [] if isinstance(one, dict)]
        if kind is None:
            left_out[f"statements of the type {record['type']}"] += 1
            continue
        if not any(_text(one) for one in evidences):
            left_out["statements without a sentence"] += 1
        for evidence in evidences:
            if _text(evidence):
                paper = _paper(evidence)
                known = papers.setdefault(paper.id, paper)
                known.claims.append(_Claim(record, evidence, kind, where))
    for paper in papers.values():
        yield from _document(paper, left_out)
        left_out = Counter()
    if not papers:
        yield InputError(
            "no statement with an evidence sentence", remedy="give statements of text readers"
        )  # fmt: skip


def _document(paper: _Paper, left_out: Counter[str]) -> Iterator[Annotated | ReaderError]:
    passages: dict[str, Passage] = {}
    for claim in paper.claims:
        text = _text(claim.evidence)
        language = language_of(text)
        if language is not None and text not in passages:
            passages[text] = Passage(f"p{len(passages) + 1}", language, text)
    document = Document(paper.id, tuple(passages.values()), paper.source)
    sentences = split_sentences(document)
    mentions: dict[tuple[str, int, int], Mention] = {}
    relations: list[RelationMention] = []
    for claim in paper.claims:
        passage = passages.get(_text(claim.evidence))
        if passage is None:
            left_out["sentences in another language"] += 1
            continue
        pairs = list(_pairs(claim))
        if not pairs:
            left_out["statements that name one agent only"] += 1
        for one, other in pairs:
            try:
                sides = [_mention(agent, claim, passage) for agent in (one, other)]
            except ReaderError as refused:
                yield ReaderError(
                    refused.what, where=f"{claim.where}, document {paper.id}", remedy=refused.remedy
                )
                continue
            held = [sentence_of(passage.id, m.start, m.end, sentences) for m in sides]
            if held[0] is None or held[0] != held[1] or sides[0].start == sides[1].start:
                left_out["relations that no one sentence holds"] += 1
                continue
            placed = []
            for side in sides:
                key = (side.passage, side.start, side.end)
                name = f"i{len(mentions) + 1}"
                named = replace(side, id=name, sentence=held[0].id)
                placed.append(mentions.setdefault(key, named))
            relations.append(_relation(claim, placed[0], placed[1], len(relations) + 1))
    if document.passages:
        reading = Reading(tuple(mentions.values()), tuple(relations))
        yield Annotated(document, sentences, reading, tuple(sorted(left_out.items())))


def _relation(
    claim: _Claim, subject: Mention, object_: Mention, number: int
) -> RelationMention:  # fmt: skip
    known = claim.evidence.get("epistemics")
    epistemics = known if isinstance(known, dict) else {}
    proteins = object_.type == "Protein"
    return RelationMention(
        f"i-r{number}", subject.sentence, subject.id, _predicate(claim), object_.id,
        f"{_name(claim)}/{claim.statement['type']}",
        aspect=claim.kind.aspect if proteins or claim.kind.aspect != "activity" else None,
        polarity="negated" if epistemics.get("negated") else "positive",
        certainty="hypothesis" if epistemics.get("hypothesis") else "asserted",
    )  # fmt: skip


def _predicate(claim: _Claim) -> Predicate:
    """The predicate of a claim; that of an influence follows from what its two ends do."""
    return influence(claim.statement) or claim.kind.predicate


def _name(claim: _Claim) -> str:
    return f"indra:{claim.evidence.get('source_api') or 'unknown'}"


def _pairs(claim: _Claim) -> Iterator[tuple[tuple[int, Mapping[str, Any]], ...]]:
    """Pairs of agents of a claim, each behind its number among the agents of the statement."""
    statement, kind = claim.statement, claim.kind
    if kind.subject == MEMBERS:
        members = statement.get(MEMBERS)
        agents = list(enumerate(members if isinstance(members, list) else []))
        yield from itertools.combinations([pair for pair in agents if pair[1]], 2)
        return
    one, other = statement.get(kind.subject), statement.get(kind.object)
    if isinstance(one, dict) and isinstance(other, dict):
        yield (0, one), (1, other)


def _mention(numbered: tuple[int, Mapping[str, Any]], claim: _Claim, passage: Passage) -> Mention:
    """Where an agent stands in its sentence.

    Raises
    ------
    ReaderError
        where its words are not there.
    """
    number, given = numbered
    agent = given.get("concept", given) if isinstance(given.get("concept"), dict) else given
    known = agent.get("db_refs")
    refs: Mapping[str, Any] = known if isinstance(known, dict) else {}
    noted = claim.evidence.get("annotations")
    notes = noted.get("agents") if isinstance(noted, dict) else None
    notes = notes if isinstance(notes, dict) else {}
    raw = _at(notes.get("raw_text"), number)
    wordings = [str(w) for w in (raw, refs.get("TEXT"), agent.get("name")) if w]
    place = _marked(_at(notes.get("coords"), number), wordings, passage.text) or next(
        (
            (start, start + len(words))
            for words in dict.fromkeys(wordings)
            for start in places(words, passage.text, whole=True)
        ),
        None,
    )
    if place is None:
        words = wordings[0] if wordings else "?"
        like = nearest(words, passage.text, passage.language)
        told = f"; nearest is {shown(like)}" if like else ""
        raise ReaderError(
            f"agent {shown(words)} is not in {shown(passage.text)}{told}",
            remedy="give the words of the sentence as raw_text or TEXT of the agent",
        )
    concept, kind = _concept(refs, claim)
    return Mention(
        "", passage.id, "", *place, passage.text[slice(*place)], kind, concept, method=_name(claim)
    )


def _marked(coords: Any, wordings: list[str], text: str) -> tuple[int, int] | None:
    """The stretch that a reader marked, where it holds words of the agent."""
    if not (isinstance(coords, list) and len(coords) == 2):
        return None
    start, end = coords
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return None
    return (start, end) if text[start:end] in wordings else None


def _at(values: Any, number: int) -> Any:
    return values[number] if isinstance(values, list) and number < len(values) else None


def _concept(refs: Mapping[str, Any], claim: _Claim) -> tuple[str | None, MentionType]:
    """The identifier of an agent that is taken, and its type."""
    other: MentionType = "Process" if claim.statement["type"] in OF_CONCEPTS else "Protein"
    for namespace, kind in namespaces().items():
        written = refs.get(namespace)
        if isinstance(written, str) and (concept := curie(written, namespace)):
            return concept, kind or other
    return None, other


def _paper(evidence: Mapping[str, Any]) -> _Paper:
    known = evidence.get("text_refs")
    refs = known if isinstance(known, dict) else {}
    pmid, doi = evidence.get("pmid") or refs.get("PMID"), refs.get("DOI")
    if pmid:
        name = f"pubmed:{pmid}"
    elif doi:
        name = f"doi:{doi}"
    elif refs.get("PMCID"):
        name = f"pmc:{refs['PMCID']}"
    else:
        name = str(evidence.get("source_hash") or evidence.get("source_id") or "unknown")
    source = Source(
        pmid=str(pmid) if pmid else None, doi=str(doi) if doi else None,
        pmcid=str(refs["PMCID"]) if refs.get("PMCID") else None,
    )  # fmt: skip
    return _Paper(f"indra:{name}", source)


def _text(evidence: Mapping[str, Any]) -> str:
    text = evidence.get("text")
    return text if isinstance(text, str) and text.strip() else ""
