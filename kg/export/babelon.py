"""Babelon: what each concept is called in English and in Chinese, as a table of translations."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.selection import Selected
from kg.export.writing import row

COLUMNS = (
    "source_language", "translation_language", "subject_id", "predicate_id", "source_value",
    "translation_value", "translation_status",
)  # fmt: skip
# A local concept is named by the words of documents, which nobody has reviewed.
_LOCAL = "plxc:"


def translations(selected: Selected) -> Iterator[str]:
    """The labels and, after them, the Chinese names beside the English label."""
    yield row(COLUMNS)
    for concept in selected.names():
        labels = dict(concept.labels)
        if "en" not in labels:
            continue
        status = "CANDIDATE" if concept.curie.startswith(_LOCAL) else "OFFICIAL"
        others = [
            ("skos:altLabel", name) for language, name in concept.synonyms if language == "zh"
        ]
        if "zh" in labels:
            others.insert(0, ("rdfs:label", labels["zh"]))
        for predicate, name in others:
            yield row(["en", "zh", concept.curie, predicate, labels["en"], name, status])
