"""One document with its mentions and relations, read from its graph for the formats of texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import CurieError
from kg.export.scanning import Properties, one, properties
from kg.export.selection import Selected
from kg.terms import IRI, Quad
from kg.vocab import (
    BIBO,
    DCTERMS,
    OA,
    PLX,
    RDF,
    compress,
    document_graph,
    document_iri,
    part_of,
)


@dataclass(frozen=True, slots=True)
class TextMention:
    """A mention with offsets into its passage; `concept` is a CURIE, or an IRI of no prefix."""

    id: str
    start: int
    end: int
    text: str
    type: str
    concept: str


@dataclass(frozen=True, slots=True)
class Text:
    """A passage with its mentions in their order."""

    id: str
    language: str
    section: str
    text: str
    mentions: tuple[TextMention, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as one language of the document states it; its ends are ids of mentions.

    `kind` is its predicate, with ``denied`` or ``hypothesized`` before it where it is that.
    """

    id: str
    kind: str
    statement: str
    subject: str
    object: str
    trigger: str
    polarity: str
    certainty: str
    agreement: str
    derived: str


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document as it is written out; the relations are those of selected statements."""

    id: str
    title: str
    doi: str
    pmid: str
    year: str
    journal: str
    texts: tuple[Text, ...]
    relations: tuple[Related, ...]


def read_documents(selected: Selected) -> Iterator[WholeDocument]:
    """The selected documents, one by one."""
    for document in selected.documents():
        yield _read(selected, document)


def _read(selected: Selected, document: str) -> WholeDocument:
    nodes: dict[str, Properties] = {}
    graph: dict[str, list[Quad]] = {}
    for quad in selected.store.quads(graph=document_graph(document)):
        graph.setdefault(str(quad.subject)[1:-1], []).append(quad)
    for iri, quads in sorted(graph.items()):
        nodes[iri] = properties(quads)
    about = nodes.get(document_iri(document).value, {})
    mentions = _mentions(nodes)
    passages = [iri for iri, values in nodes.items() if _is(values, PLX.Passage.value)]
    passages.sort(key=lambda iri: int(one(nodes[iri], PLX.order)))
    return WholeDocument(
        id=document,
        title=one(about, DCTERMS.title),
        doi=one(about, BIBO.doi),
        pmid=one(about, BIBO.pmid),
        year=one(about, DCTERMS.issued),
        journal=one(about, DCTERMS.source),
        texts=tuple(_text(iri, nodes[iri], mentions.get(iri, [])) for iri in passages),
        relations=tuple(_relations(selected, nodes)),
    )


def _is(values: Properties, kind: str) -> bool:
    return any(term.value == kind for term in values.get(RDF.type.value, ()))


def _text(iri: str, values: Properties, mentions: list[TextMention]) -> Text:
    return Text(
        part_of(iri),
        one(values, DCTERMS.language),
        one(values, PLX.section),
        one(values, RDF.value),
        tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.id))),
    )


def _mentions(nodes: dict[str, Properties]) -> dict[str, list[TextMention]]:
    """The mentions by the IRI of their passage."""
    found: dict[str, list[TextMention]] = {}
    for iri, values in nodes.items():
        if _is(values, PLX.Mention.value):
            sentence = nodes[one(values, PLX.inSentence)]
            found.setdefault(one(sentence, PLX.inPassage), []).append(
                TextMention(
                    part_of(iri),
                    int(one(values, PLX.start)),
                    int(one(values, PLX.end)),
                    one(values, OA.exact),
                    one(values, PLX.mentionType).removeprefix(PLX.base),
                    _curie(one(values, OA.hasBody)),
                )
            )
    return found


def _relations(selected: Selected, nodes: dict[str, Properties]) -> Iterator[Related]:
    for values in nodes.values():
        if not _is(values, PLX.Evidence.value):
            continue
        edge = selected.edge(IRI(one(values, PLX.statement)))
        if edge is None:
            continue
        for name in sorted(term.value for term in values.get(PLX.hasRendition.value, ())):
            rendition = nodes[name]
            polarity, certainty = one(rendition, PLX.polarity), one(rendition, PLX.certainty)
            before = "retracted: " if one(values, PLX.retractedOn) else ""
            before += "hypothesized: " if certainty == "hypothesis" else ""
            before += "denied: " if polarity == "negated" else ""
            if not before and one(values, PLX.derived):
                before = "derived: "
            elif not before and edge.standing == "disputed":
                before = "disputed: "
            yield Related(
                id=part_of(name),
                kind=before + edge.predicate,
                statement=edge.id,
                subject=part_of(one(rendition, PLX.subjectMention)),
                object=part_of(one(rendition, PLX.objectMention)),
                trigger=one(rendition, PLX.trigger),
                polarity=polarity,
                certainty=certainty,
                agreement=one(values, PLX.agreement),
                derived=one(values, PLX.derived),
            )


def _curie(iri: str) -> str:
    try:
        return compress(iri)
    except CurieError:
        return iri
