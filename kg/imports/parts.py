"""A part of a source as a named graph: evidence of its own kind, names of concepts, mappings.

No sentence is made up: a record is cited by its address, its publications and its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.assembly.values import Finding
from kg.imports.claims import SourceClaim
from kg.imports.grounding import Grounded
from kg.imports.publications import publication
from kg.imports.values import SourceMapping
from kg.model import Language
from kg.rdf.values import Node
from kg.reassembly import Content
from kg.store.reading import MentionNames
from kg.terms import IRI, Quad
from kg.vocab import (
    DCTERMS,
    OA,
    PLX,
    RDF,
    RDFS,
    SKOS,
    concept_iri,
    document_graph,
    is_curie,
    part_iri,
    source_iri,
    statement_iri,
    type_iri,
)

_HAN = re.compile(r"[\u3400-\u9fff]")
_ADDRESS = re.compile(r"https?://\S+")


def language_of(text: str) -> Language:
    """The language that a text is taken for."""
    return "zh" if _HAN.search(text) else "en"


def claims_content(part: str, source: str, claims: Iterable[SourceClaim]) -> Content:
    """The content of a part that holds claims; claims that say the same in one record are one."""
    quads: list[Quad] = []
    names = MentionNames()
    told: dict[tuple[str, str, str, str], SourceClaim] = {}
    for claim in claims:
        key = (claim.id, claim.finding.polarity, claim.finding.certainty, claim.edge.record)
        told.setdefault(key, claim)
    counts: dict[str, int] = {}
    findings: list[tuple[str, Finding]] = []
    called: dict[tuple[str, Language, str], Grounded] = {}
    for claim in told.values():
        name = f"e{claim.id}" + ("-not" if claim.finding.polarity == "negated" else "")
        counts[name] = counts.get(name, 0) + 1
        name = f"{name}-{counts[name]}"
        _evidence(part, name, source, claim, quads)
        evidence = part_iri(part, name).value
        findings.append((claim.id, replace(claim.finding, evidence=evidence)))
        for end in claim.ends:
            for language, text in end.names:
                called.setdefault((end.curie, language, text), end)
    for number, ((curie, language, text), end) in enumerate(
        sorted(called.items(), key=_by_name), 1
    ):
        names.add(curie, (language, text), end.type)
        node = Node(part_iri(part, f"n{number}"), document_graph(part), quads)
        node.add(RDF.type, PLX.SourceName).add(PLX.inSource, source_iri(source))
        node.add(OA.hasBody, concept_iri(curie)).add_text(OA.exact, text, language)
        node.add(PLX.mentionType, type_iri(end.type))
    statements = {claim.id: claim.statement for claim in told.values()}
    once = tuple(dict.fromkeys(quads))
    return Content(names, tuple(statements.values()), tuple(findings), once)


def mappings_content(
    part: str, source: str, mappings: Iterable[tuple[SourceMapping, str, str]]
) -> Content:
    """The content of a part that holds mappings, each behind the CURIEs of its two sides."""
    quads: list[Quad] = []
    graph = document_graph(part)
    for number, (mapping, one, other) in enumerate(mappings, 1):
        predicate = SKOS[mapping.predicate.removeprefix("skos:")]
        Node(concept_iri(one), graph, quads).add(predicate, concept_iri(other))
        node = Node(part_iri(part, f"x{number}"), graph, quads)
        node.add(RDF.type, PLX.Mapping).add(PLX.inSource, source_iri(source))
        node.add(RDF.subject, concept_iri(one)).add(RDF.object, concept_iri(other))
        node.add(PLX.mappingPredicate, predicate).add(PLX.confidence, mapping.confidence)
        if is_curie(mapping.justification):
            node.add(PLX.mappingJustification, concept_iri(mapping.justification))
        node.add(PLX.subjectText, mapping.subject_label or None)
        node.add(PLX.objectText, mapping.object_label or None)
        node.add(RDFS.comment, mapping.comment or None)
    return Content(MentionNames(), (), (), tuple(dict.fromkeys(quads)))


def _evidence(part: str, name: str, source: str, claim: SourceClaim, quads: list[Quad]) -> None:
    edge, finding, statement = claim.edge, claim.finding, statement_iri(claim.id)
    node = Node(part_iri(part, name), document_graph(part), quads)
    node.add(RDF.type, PLX.CuratedEvidence).add(PLX.inSource, source_iri(source))
    node.add(PLX.statement, statement).add(_bearing(claim), statement)
    node.add(PLX.polarity, finding.polarity).add(PLX.certainty, finding.certainty)
    node.add(PLX.agreement, edge.agreement).add(PLX.derived, finding.derived)
    node.add(PLX.confidence, finding.confidence).add_all(PLX.rule, finding.rules)
    node.add(PLX.record, edge.record or None)
    if address := publication(edge.address) if edge.address else None:
        node.add(RDFS.seeAlso, _iri(address))
    for cited in dict.fromkeys(map(publication, edge.publications)):
        if cited:
            node.add(DCTERMS.references, _iri(cited))
    for words in edge.quotes:
        node.add_text(PLX.quote, words, language_of(words))
    node.add(PLX.primarySource, edge.primary or None)
    node.add(PLX.knowledgeLevel, claim.knowledge_level or None)
    node.add(PLX.agentType, claim.agent_type or None)
    node.add(PLX.originalPredicate, edge.original or None)
    for predicate, end in ((PLX.originalSubject, edge.subject), (PLX.originalObject, edge.object)):
        ground = next(
            (g for g in claim.ends if g.names == end.names and g.written != g.curie), None
        )
        node.add(predicate, ground.written if ground else None)


def _bearing(claim: SourceClaim) -> IRI:
    if claim.finding.certainty == "hypothesis":
        return PLX.hypothesizesOn
    return PLX.supports if claim.finding.polarity == "positive" else PLX.denies


def _iri(curie: str) -> IRI:
    return IRI(curie) if _ADDRESS.fullmatch(curie) else concept_iri(curie)


def _by_name(item: tuple[tuple[str, Language, str], Grounded]) -> tuple[str, str, str]:
    return item[0]
