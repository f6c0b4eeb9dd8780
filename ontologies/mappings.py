"""Which other identifiers mean the same as ours: `mappings.sssom.tsv`, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ontologies.files import TermFileError, data_path, prefixes, tsv_lines

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "mapping_justification",
)  # fmt: skip
PREDICATES = (
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch",
    "skos:relatedMatch",
)  # fmt: skip
JUSTIFICATIONS = ("semapv:ManualMappingCuration", "semapv:LexicalMatching", "semapv:MappingReview")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One SSSOM mapping: our concept, how it relates, the other identifier, and why we say so."""

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str


def load_mappings(path: Path | None = None) -> tuple[Mapping, ...]:
    """All mappings of an SSSOM table (default: the delivered one), in the order of the file.

    Raises
    ------
    TermFileError
        If a prefix, predicate or justification is unknown, a label is empty, a concept is mapped to
        itself or a mapping stands twice.

    Examples
    --------
    >>> [m.object_id for m in load_mappings() if m.subject_id == "mesh:D016559"][0]
    'CHEBI:61049'
    """
    known = prefixes()
    seen: set[tuple[str, str]] = set()
    mappings: list[Mapping] = []
    for where, cells in tsv_lines(path or data_path("mappings.sssom.tsv"), COLUMNS):
        mapping = Mapping(*cells)
        pair = (mapping.subject_id, mapping.object_id)
        problem, remedy = _problem(mapping, known)
        if pair in seen:
            problem, remedy = "this pair stands twice", "delete one of the rows"
        if problem:
            raise TermFileError(problem, where=where, remedy=remedy)
        seen.add(pair)
        mappings.append(mapping)
    return tuple(mappings)


def _problem(mapping: Mapping, known: dict[str, str]) -> tuple[str, str]:
    """What is wrong with a mapping, and the remedy; two empty strings where nothing is."""
    for curie in (mapping.subject_id, mapping.object_id):
        prefix, colon, local = curie.partition(":")
        if not (colon and local) or prefix not in known:
            return f"unknown prefix in {curie!r}", "use a prefix of ontologies/context.jsonld"
    if mapping.subject_id == mapping.object_id:
        return "a concept is mapped to itself", "delete the row"
    if mapping.predicate_id not in PREDICATES:
        return f"unknown predicate {mapping.predicate_id!r}", f"use one of {', '.join(PREDICATES)}"
    if mapping.mapping_justification not in JUSTIFICATIONS:
        return (
            f"unknown justification {mapping.mapping_justification!r}",
            f"use one of {', '.join(JUSTIFICATIONS)}",
        )
    if not mapping.subject_label.strip() or not mapping.object_label.strip():
        return "a label is missing", "give the English label of both sides"
    return "", ""
