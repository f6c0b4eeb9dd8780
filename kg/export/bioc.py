"""BioC JSON: a collection of documents with annotations and relations, offsets in code points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.export.documents import Related, Text, WholeDocument, read_documents
from kg.export.selection import Selected
from kg.export.writing import array


def collection(selected: Selected) -> Iterator[str]:
    """The collection, document by document."""
    yield '{"source":"Parallax","date":"","key":"parallax.key","version":"1.0","infons":{},'
    yield '"documents":'
    yield from array(map(document, read_documents(selected)))
    yield "}\n"


def document(whole: WholeDocument) -> dict[str, Any]:
    """One document; the passages follow each other with one character between them."""
    infons = {
        "title": whole.title, "article-id_doi": whole.doi, "article-id_pmid": whole.pmid,
        "year": whole.year, "journal": whole.journal,
    }  # fmt: skip
    passages, offset = [], 0
    for text in whole.texts:
        passages.append(_passage(text, offset))
        offset += len(text.text) + 1
    return {
        "id": whole.pmid or whole.id,
        "infons": {key: value for key, value in infons.items() if value},
        "passages": passages,
        "annotations": [],
        "relations": [_relation(relation) for relation in whole.relations],
    }


def _passage(text: Text, offset: int) -> dict[str, Any]:
    return {
        "offset": offset,
        "infons": {"type": text.section or "abstract", "language": text.language, "id": text.id},
        "text": text.text,
        "sentences": [],
        "annotations": [
            {
                "id": mention.id,
                "infons": {"type": mention.type, "identifier": mention.concept},
                "text": mention.text,
                "locations": [
                    {"offset": offset + mention.start, "length": mention.end - mention.start}
                ],
            }
            for mention in text.mentions
        ],
        "relations": [],
    }


def _relation(relation: Related) -> dict[str, Any]:
    infons = {
        "type": relation.kind, "polarity": relation.polarity, "certainty": relation.certainty,
        "agreement": relation.agreement, "statement": relation.statement,
        "trigger": relation.trigger, "derived": relation.derived,
    }  # fmt: skip
    return {
        "id": relation.id,
        "infons": {key: value for key, value in infons.items() if value},
        "nodes": [
            {"refid": relation.subject, "role": "subject"},
            {"refid": relation.object, "role": "object"},
        ],
    }
