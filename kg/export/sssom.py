"""SSSOM: the mappings of concepts to other vocabularies, as one TSV with its metadata before it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.selection import Selected
from kg.export.writing import row
from kg.vocab import BASE
from ontologies.files import prefixes

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification",
    "subject_source", "comment",
)  # fmt: skip
# The mappings come from the terminologies themselves; how they were found is not recorded.
JUSTIFICATION = "semapv:UnspecifiedMatching"
# Prefixes that SSSOM itself defines may not be given other meanings.
_BUILT_IN = frozenset({"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd"})


def mappings(selected: Selected) -> Iterator[str]:
    """The table; the Chinese name of a concept stands in the comment."""
    yield f"#mapping_set_id: {BASE}mappings\n"
    yield "#mapping_set_title: Mappings of the concepts of Parallax\n"
    yield "#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
    yield "#curie_map:\n"
    for prefix, base in prefixes().items():
        if prefix not in _BUILT_IN:
            yield f'#  {prefix}: "{base}"\n'
    yield row(COLUMNS)
    for concept in selected.names():
        labels = dict(concept.labels)
        for predicate, other in concept.mappings:
            yield row([
                concept.curie, labels.get("en") or labels.get("zh", ""), predicate, other,
                JUSTIFICATION, "", f"zh: {labels['zh']}" if "zh" in labels else "",
            ])  # fmt: skip
