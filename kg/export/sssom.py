"""SSSOM: the mappings of concepts to other vocabularies, as one TSV with its metadata before it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.scanning import one, properties
from kg.export.selection import Selected
from kg.export.writing import row
from kg.terms import IRI
from kg.vocab import BASE, PLX, RDF, RDFS, compress
from ontologies.files import prefixes

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification",
    "subject_source", "confidence", "comment",
)  # fmt: skip
# The mappings come from the terminologies themselves; how they were found is not recorded.
JUSTIFICATION = "semapv:UnspecifiedMatching"
# Prefixes that SSSOM itself defines may not be given other meanings.
_BUILT_IN = frozenset({"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd"})


def _loaded(selected: Selected) -> Iterator[str]:
    """The mappings that knowledge sources gave, with their justification and confidence."""
    store = selected.store
    nodes = (quad.subject for quad in store.quads(None, RDF.type, PLX.Mapping))
    for node in sorted((node for node in nodes if isinstance(node, IRI)), key=_by_number):
        values = properties(store.quads(node))
        sides = [compress(one(values, part)) for part in (RDF.subject, RDF.object)]
        justification = one(values, PLX.mappingJustification)
        yield row([
            sides[0], one(values, PLX.subjectText),
            compress(one(values, PLX.mappingPredicate)), sides[1],
            compress(justification) if justification else JUSTIFICATION, "",
            one(values, PLX.confidence), one(values, RDFS.comment),
        ])  # fmt: skip


def _by_number(node: IRI) -> tuple[str, int, int]:
    """Source, part and number of a mapping, so that it comes in the order of its file."""
    name, _, number = node.value.partition("#x")
    source, _, part = name.rpartition("/")
    return source, int(part) if part.isdecimal() else 0, int(number or 0)


def mappings(selected: Selected) -> Iterator[str]:
    """The table; the Chinese name of a concept stands in the comment.

    After those of the terminologies come those that knowledge sources gave.
    """
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
                JUSTIFICATION, "", "", f"zh: {labels['zh']}" if "zh" in labels else "",
            ])  # fmt: skip
    if selected.selection.is_empty:
        yield from _loaded(selected)
