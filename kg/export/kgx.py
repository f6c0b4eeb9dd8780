"""KGX: nodes and edges in the terms of the Biolink model, as TSV tables or as JSON Lines.

A denied claim carries ``negated``; a hypothesis, which KGX has no flag for, is written only when it
is asked for by ``--status``, and then as a prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import InputError
from kg.export import biolink
from kg.export.curated import KnownSources, read_records
from kg.export.selection import Selected
from kg.export.values import Edge
from kg.export.writing import compact, row
from kg.rdf.terminology import Concept

NODE_COLUMNS = (
    "id", "category", "name", "name_zh", "synonym", "xref", "equivalent_identifiers", "description",
    "provided_by",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "qualified_predicate",
    "object_aspect_qualifier", "object_direction_qualifier", "negated", "knowledge_level",
    "agent_type", "primary_knowledge_source", "publications", "has_confidence_score",
    "original_predicate", "standing", "mediator", "languages", "opposing_publications",
    "aggregator_knowledge_source", "source_record_urls",
)  # fmt: skip
_LISTS = frozenset({
    "category", "synonym", "xref", "equivalent_identifiers", "provided_by", "publications",
    "opposing_publications", "mediator", "aggregator_knowledge_source", "source_record_urls",
})  # fmt: skip


def node(concept: Concept) -> dict[str, Any]:
    """A concept as a node; empty fields are left out."""
    labels = dict(concept.labels)
    same = [biolink.biolink_curie(c) for p, c in concept.mappings if p == "skos:exactMatch"]
    names = (*concept.labels, *concept.synonyms)
    name = labels.get("en") or labels.get("zh") or concept.curie
    found = {
        "id": biolink.biolink_curie(concept.curie),
        "category": [biolink.CATEGORIES[concept.type]],
        "name": name,
        "name_zh": labels.get("zh"),
        "synonym": list(dict.fromkeys(text for _, text in names if text != name)),
        "xref": same,
        "equivalent_identifiers": same,
        "description": next((words for _, words in concept.definitions), None),
        "provided_by": [biolink.SOURCE],
    }
    return {key: value for key, value in found.items() if value}


def edge(statement: Edge) -> dict[str, Any]:
    """A statement as an edge; empty fields are left out."""
    relation = biolink.relation(statement.predicate, statement.sign, statement.aspect)
    found: dict[str, Any] = {
        "id": f"plx:{statement.id}",
        "subject": biolink.biolink_curie(statement.subject),
        "predicate": relation.predicate,
        "object": biolink.biolink_curie(statement.object),
        "category": [biolink.CATEGORY],
        "negated": statement.status == "denied",
        "knowledge_level": biolink.knowledge_level(statement.standing),
        "agent_type": biolink.AGENT,
        "primary_knowledge_source": biolink.SOURCE,
        "publications": list(map(biolink.biolink_curie, statement.publications)),
        "has_confidence_score": statement.belief,
        "original_predicate": f"plx:{statement.predicate}",
        "standing": statement.standing,
        "languages": statement.agreement,
    }
    if relation.qualified_predicate:
        found["qualified_predicate"] = relation.qualified_predicate
        found["object_direction_qualifier"] = relation.object_direction_qualifier
    if relation.object_aspect_qualifier:
        found["object_aspect_qualifier"] = relation.object_aspect_qualifier
    if statement.via:
        found["mediator"] = list(map(biolink.biolink_curie, statement.via))
    if opposing := _opposing(statement):
        found["opposing_publications"] = list(map(biolink.biolink_curie, opposing))
    return found


def _edges(selected: Selected) -> Iterator[Edge]:
    """The selected statements.

    Raises
    ------
    InputError
        where retracted ones are asked for, which would look like findings.
    """
    if "retracted" in selected.selection.statuses:
        raise InputError(
            "KGX has no flag for a retracted claim", where="--status retracted",
            remedy="use a format that tells it by its kind, such as graphml, neo4j or nquads",
        )  # fmt: skip
    return selected.edges(labelled=False)


def _opposing(statement: Edge) -> tuple[str, ...]:
    return statement.denying if statement.status == "asserted" else ()


def curated_edge(statement: Edge, selected: Selected, known: KnownSources) -> dict[str, Any]:
    """A statement as an edge; one that a knowledge source asserts names that source.

    Where documents state it as well, Parallax is the aggregator of both.
    """
    found = edge(statement)
    if not statement.sources:
        return found
    said = "negated" if statement.status == "denied" else "positive"
    records = [r for r in read_records(selected.store, statement.id) if r.polarity == said]
    if not records:
        return found
    first = records[0]
    cited = (name for record in records for name in record.publications)
    found["primary_knowledge_source"] = first.primary or known.get(first.source).infores
    found["aggregator_knowledge_source"] = [biolink.SOURCE]
    found["publications"] = list(
        dict.fromkeys([*found["publications"], *map(biolink.biolink_curie, cited)])
    )
    if urls := sorted({record.address for record in records if record.address}):
        found["source_record_urls"] = urls
    if not statement.documents:
        found["agent_type"] = first.agent_type or "not_provided"
        if statement.standing == "plain" or statement.standing == "denied":
            found["knowledge_level"] = first.knowledge_level or "not_provided"
    return found


def node_table(selected: Selected) -> Iterator[str]:
    """The table of nodes."""
    yield row(NODE_COLUMNS)
    for concept in selected.concepts():
        yield _line(node(concept), NODE_COLUMNS)


def edge_table(selected: Selected) -> Iterator[str]:
    """The table of edges."""
    yield row(EDGE_COLUMNS)
    known = KnownSources(selected.store)
    for statement in _edges(selected):
        if statement.sources:
            yield _line(curated_edge(statement, selected, known), EDGE_COLUMNS)
        else:
            yield row(edge_cells(statement))


def edge_cells(statement: Edge) -> tuple[str, ...]:
    """The cells of an edge in the order of the columns, the same as those of `edge`."""
    relation = biolink.relation(statement.predicate, statement.sign, statement.aspect)
    return (
        f"plx:{statement.id}",
        biolink.biolink_curie(statement.subject),
        relation.predicate,
        biolink.biolink_curie(statement.object),
        biolink.CATEGORY,
        relation.qualified_predicate,
        relation.object_aspect_qualifier,
        relation.object_direction_qualifier,
        "true" if statement.status == "denied" else "",
        biolink.knowledge_level(statement.standing),
        biolink.AGENT,
        biolink.SOURCE,
        _curies(statement.publications),
        str(statement.belief),
        f"plx:{statement.predicate}",
        statement.standing,
        _curies(statement.via),
        statement.agreement,
        _curies(_opposing(statement)),
        "",
        "",
    )


def _curies(listed: tuple[str, ...]) -> str:
    return _listed(map(biolink.biolink_curie, listed)) if listed else ""


def _listed(parts: Iterable[str]) -> str:
    return "|".join(part.replace("|", "/") for part in parts)


def node_lines(selected: Selected) -> Iterator[str]:
    """The nodes, one JSON object a line."""
    for concept in selected.concepts():
        yield compact(node(concept)) + "\n"


def edge_lines(selected: Selected) -> Iterator[str]:
    """The edges, one JSON object a line."""
    known = KnownSources(selected.store)
    for statement in _edges(selected):
        yield compact(curated_edge(statement, selected, known)) + "\n"


def _line(values: dict[str, Any], columns: tuple[str, ...]) -> str:
    return row([_cell(values.get(column), column) for column in columns])


def _cell(value: Any, column: str) -> str:
    if value is None or value is False:  # kgx takes any word of a yes-or-no column for yes
        return ""
    if value is True:
        return "true"
    if column in _LISTS:
        return _listed(value)
    return str(value)
