"""INDRA Statements as edges: agents by their database references, evidence as records.

What a text reader of INDRA found and what a curated database states are told apart by the agent
type. Sentences are kept as the record's own words; they are no quotes of a document of the graph.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files.streams import open_chunks, peek
from kg.imports.indra_terms import (
    MEMBERS,
    OF_CONCEPTS,
    StatementKind,
    influence,
    namespaces,
    statement_kinds,
)
from kg.imports.jsonvalues import array_items
from kg.imports.parts import language_of
from kg.imports.values import End, Item, LeftOut, SourceEdge, bad_row
from kg.model import MentionType
from kg.terminology.identifiers import curie
from kg.terminology.importing.lines import text_lines

# The databases behind INDRA that people curate; what other sources give, programs read.
_CURATED = frozenset({
    "biopax", "bel", "signor", "biogrid", "trrust", "hprd", "phosphosite", "phosphoelm", "ctd",
    "drugbank", "dgi", "tas", "lincs_drug", "crog", "conib", "acsn", "minerva", "ubibrowser",
    "virhostnet", "creeds", "cbn", "pc11", "bel_lc",
})  # fmt: skip


def read(path: Path) -> Iterator[Item]:
    """One edge for each evidence of each statement; one without evidence is an edge as well."""
    for where, record in _statements(path):
        if isinstance(record, InputError):
            yield record
        else:
            yield from _edges(record, where)


def is_statement(value: Any) -> bool:
    """Whether a JSON value is an INDRA Statement."""
    return isinstance(value, dict) and value.get("type") in statement_kinds()


def _statements(path: Path) -> Iterator[tuple[str, Any]]:
    head, _ = peek(open_chunks(path))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from array_items(path)
        return
    for number, line in text_lines(path):
        where = f"{path}:{number}"
        if line.strip():
            try:
                yield where, json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                yield where, bad_row("not JSON", where, "repair or delete the line")


def _edges(record: Any, where: str) -> Iterator[Item]:
    if not is_statement(record):
        yield bad_row("not an INDRA statement", where, "give what stmts_to_json makes")
        return
    kind = statement_kinds()[record["type"]]
    if kind is None:
        yield LeftOut(f"statements of the type {record['type']}")
        return
    pairs = list(_pairs(record, kind))
    if not pairs:
        yield LeftOut("statements that name one agent only")
    told = record.get("evidence") or [{}]
    for one, other in pairs:
        ends = [_end(agent, record["type"]) for agent in (one, other)]
        if None in ends:
            agent = one if ends[0] is None else other
            yield bad_row(
                f"agent {agent.get('name')!r} has no identifier of a known vocabulary", where,
                "ground it in INDRA, or add its namespace to kg/imports/indra_names.tsv",
            )  # fmt: skip
            continue
        for evidence in told:
            if isinstance(evidence, dict):
                yield _edge(record, kind, ends[0], ends[1], evidence, where)  # type: ignore[arg-type]


def _edge(
    record: Mapping[str, Any], kind: StatementKind, subject: End, object_: End,
    evidence: Mapping[str, Any], where: str,
) -> SourceEdge:  # fmt: skip
    epistemics = _mapping(evidence.get("epistemics"))
    api = str(evidence.get("source_api") or "")
    proteins = object_.type == "Protein"
    text = str(evidence.get("text") or "").strip()
    return SourceEdge(
        subject,
        influence(record) or kind.predicate,
        object_,
        where,
        str(record["type"]),
        kind.aspect if proteins or kind.aspect != "activity" else None,
        polarity="negated" if epistemics.get("negated") else "positive",
        certainty="hypothesis" if epistemics.get("hypothesis") else "asserted",
        record=str(
            evidence.get("source_id") or evidence.get("source_hash") or record.get("id", "")
        ),
        publications=tuple(_publications(evidence)),
        quotes=(text,) if text else (),
        primary=f"infores:{api}" if api else "",
        agent_type=("manual_agent" if api in _CURATED else "text_mining_agent") if api else "",
    )


def _publications(evidence: Mapping[str, Any]) -> Iterator[str]:
    refs = _mapping(evidence.get("text_refs"))
    if pmid := evidence.get("pmid") or refs.get("PMID"):
        yield f"pubmed:{pmid}"
    elif refs.get("DOI"):
        yield f"doi:{refs['DOI']}"
    elif refs.get("PMCID"):
        yield f"pmc:{refs['PMCID']}"


def _pairs(
    record: Mapping[str, Any], kind: StatementKind
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    if kind.subject == MEMBERS:
        members = record.get(MEMBERS)
        agents = [_mapping(one) for one in members] if isinstance(members, list) else []
        yield from itertools.combinations(filter(None, agents), 2)
        return
    one, other = _mapping(record.get(kind.subject)), _mapping(record.get(kind.object))
    if one and other:
        yield one, other


def _end(agent: Mapping[str, Any], kind: str) -> End | None:
    """The end that an agent names; None where none of its references is known."""
    agent = _mapping(agent.get("concept")) or agent
    refs = _mapping(agent.get("db_refs"))
    other: MentionType = "Process" if kind in OF_CONCEPTS else "Protein"
    name = str(agent.get("name") or refs.get("TEXT") or "").strip()
    names = ((language_of(name), name),) if name else ()
    for namespace, type_ in namespaces().items():
        written = refs.get(namespace)
        if isinstance(written, str) and (found := curie(written, namespace)):
            return End(found, names, type_ or other)
    return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
