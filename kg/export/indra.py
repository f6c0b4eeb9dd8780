"""INDRA Statements as JSON, which ``stmts_from_json`` loads, and as a table for reading.

INDRA has no denied Statement: a denial is Evidence with ``epistemics.negated``, a hypothesis one
with ``epistemics.hypothesis``. A Statement that is only denied or supposed has no other Evidence,
so INDRA's own filters (``filter_no_negated``, ``filter_no_hypothesis``) and belief leave it out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from kg.export.evidence import read_evidence
from kg.export.selection import Selected
from kg.export.values import Cited, Edge
from kg.export.writing import array, row
from kg.model import Sign

_NAMESPACES = {
    "mesh": "MESH", "FPLX": "FPLX", "HGNC": "HGNC", "uniprot": "UP", "NCBIGene": "EGID",
    "NCBITaxon": "TAXONOMY", "drugbank": "DRUGBANK", "umls": "UMLS", "omim": "OMIM",
    "pubchem.compound": "PUBCHEM", "chembl.compound": "CHEMBL", "mirbase": "MIRBASE", "cas": "CAS",
    "hmdb": "HMDB", "interpro": "IP", "pfam": "PF", "ec": "ECCODE", "wikidata": "WIKIDATA",
}  # fmt: skip
# These keep their prefix in the identifier, as in {"CHEBI": "CHEBI:61049"}.
_PREFIXED = frozenset({"CHEBI", "GO", "HP", "DOID", "EFO", "MONDO", "CL", "UBERON"})
_AMOUNTS = frozenset({"expression", "level"})
_TYPES: dict[tuple[Sign | None, bool], str] = {
    ("+", True): "IncreaseAmount", ("-", True): "DecreaseAmount",
    ("+", False): "Activation", ("-", False): "Inhibition",
}  # fmt: skip
_POLARITY = {"+": 1, "-": -1}
COLUMNS = (
    "id", "type", "subject", "subject_zh", "subject_refs", "object", "object_zh", "object_refs",
    "status", "standing", "belief", "evidence", "negated", "hypothesis", "documents", "text_en",
    "text_zh",
)  # fmt: skip


def statements(selected: Selected) -> Iterator[str]:
    """The statements as a JSON array."""
    yield from array(
        statement(edge, tuple(read_evidence(selected.store, edge.id)), selected)
        for edge in _read(selected)
    )
    yield "\n"


def table(selected: Selected) -> Iterator[str]:
    """The statements as a TSV table, one a line, with the first quote in each language."""
    yield row(COLUMNS)
    for edge in _read(selected):
        cited = tuple(read_evidence(selected.store, edge.id))
        quotes = {quote.language: quote.text for one in reversed(cited) for quote in one.quotes}
        ends = []
        for curie in (edge.subject, edge.object):
            labels = selected.labels_of(curie)
            ends += [_name(curie, selected), labels.get("zh", ""), _refs_text(curie)]
        yield row([
            edge.id, type_of(edge), *ends, edge.status, edge.standing, str(edge.belief),
            str(len(cited)), str(sum(c.polarity == "negated" for c in cited)),
            str(sum(c.certainty == "hypothesis" for c in cited)), "|".join(edge.documents),
            quotes.get("en", ""), quotes.get("zh", ""),
        ])  # fmt: skip


def _read(selected: Selected) -> Iterator[Edge]:
    """The statements that documents bear on; what only a knowledge source says is not ours."""
    return (edge for edge in selected.edges() if edge.documents)


def type_of(edge: Edge) -> str:
    """The INDRA type of a statement, by predicate, direction and aspect."""
    if edge.predicate == "binds":
        return "Complex"
    if edge.predicate == "associated_with":
        return "Association"
    if edge.predicate in ("increases", "decreases", "restores") and edge.sign:
        return _TYPES[edge.sign, edge.aspect in _AMOUNTS]
    return "Influence"


def statement(edge: Edge, cited: tuple[Cited, ...], selected: Selected) -> dict[str, Any]:
    """A statement with its evidence, as INDRA writes it."""
    kind = type_of(edge)
    found: dict[str, Any] = {
        "id": str(uuid.UUID(hex=edge.id * 2)),
        "type": kind,
        "belief": edge.belief,
    }
    ends = (_agent(edge.subject, selected), _agent(edge.object, selected))
    if kind == "Complex":
        found["members"] = ends
    elif kind == "Association":
        found["members"] = [_event(ends[0], None), _event(ends[1], edge.sign)]
    elif kind == "Influence":
        sign: Sign | None = {"treats": "-", "causes": "+"}.get(edge.predicate, edge.sign)  # type: ignore[assignment]
        found |= {"subj": _event(ends[0], None), "obj": _event(ends[1], sign)}
    else:
        found |= {"subj": ends[0], "obj": ends[1]}
        if kind in ("Activation", "Inhibition"):
            found["obj_activity"] = "activity"
    return found | {"evidence": [_evidence(edge, one) for one in cited]}


def _evidence(edge: Edge, cited: Cited) -> dict[str, Any]:
    prefix, _, local = cited.document.partition(":")
    quotes = {quote.language: quote for quote in reversed(cited.quotes)}
    first = cited.quotes[0] if cited.quotes else None
    epistemics: dict[str, Any] = {}
    if cited.polarity == "negated":
        epistemics["negated"] = True
    if cited.certainty == "hypothesis":
        epistemics["hypothesis"] = True
    if cited.section:
        epistemics["section_type"] = cited.section
    annotations = {
        "predicate": edge.predicate, "statement": edge.id, "standing": edge.standing,
        "agreement": cited.agreement, "confidence": cited.confidence, "derived": cited.derived,
        "text_zh": quotes["zh"].text if "zh" in quotes else None,
        "rules": sorted({quote.rule for quote in cited.quotes}),
        "agents": {"raw_text": [first.subject_text, first.object_text],
                   "coords": [first.subject, first.object]} if first else None,
    }  # fmt: skip
    found = {
        "source_api": "parallax",
        "source_id": cited.iri,
        "pmid": local if prefix == "pubmed" else None,
        "text": first.text if first else None,
        "text_refs": {{"pubmed": "PMID", "doi": "DOI"}.get(prefix, "DOCUMENT"): local or prefix},
        "annotations": {key: value for key, value in annotations.items() if value is not None},
        "epistemics": epistemics,
    }
    return {key: value for key, value in found.items() if value is not None}


def _event(agent: dict[str, Any], sign: Sign | None) -> dict[str, Any]:
    polarity = _POLARITY[sign] if sign else None
    delta: dict[str, Any] = {"type": "QualitativeDelta", "polarity": polarity, "adjectives": []}
    return {"type": "Event", "concept": agent, "delta": delta}


def _agent(curie: str, selected: Selected) -> dict[str, Any]:
    return {"name": _name(curie, selected), "db_refs": _refs(curie)}


def _name(curie: str, selected: Selected) -> str:
    labels = selected.labels_of(curie)
    return labels.get("en") or labels.get("zh") or curie


def _refs(curie: str) -> dict[str, str]:
    prefix, _, local = curie.partition(":")
    return {prefix: curie} if prefix in _PREFIXED else {_NAMESPACES.get(prefix, prefix): local}


def _refs_text(curie: str) -> str:
    return "|".join(f"{namespace}:{local}" for namespace, local in _refs(curie).items())
