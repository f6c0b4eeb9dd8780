"""Croissant: the KGX tables described column by column, for machine learning.

The two files are named as ``kg export kgx -o parallax`` names them, beside the description. Their
checksums are those of the tables that the same selection gives; so is the version, which names the
content, and the date, which is that of the newest document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from kg.export import kgx
from kg.export.formats import find_format
from kg.export.selection import Selected, date_of
from kg.export.void import ABOUT, TITLES
from kg.export.writing import Pieces
from kg.vocab import BASE
from kg.vocabulary.reading import read_about

_CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs",
    "column": "cr:column", "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex",
    "repeated": "cr:repeated", "replace": "cr:replace", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform",
}  # fmt: skip
_TYPES = {"has_confidence_score": "sc:Float", "negated": "sc:Boolean"}


def description(selected: Selected) -> Iterator[str]:
    """The description as JSON-LD."""
    known = find_format("kgx")
    tables: tuple[tuple[str, Pieces, tuple[str, ...]], ...] = (
        ("nodes", kgx.node_table, kgx.NODE_COLUMNS),
        ("edges", kgx.edge_table, kgx.EDGE_COLUMNS),
    )
    sums = {name: _checksum(selected, write) for name, write, _ in tables}
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "parallax",
        "alternateName": [TITLES["en"], TITLES["zh"]],
        "description": f"{ABOUT['en']} {ABOUT['zh']}",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "url": f"{BASE}dataset",
        "version": f"{read_about().version}+{_content(sums)}",
        **({"datePublished": date} if (date := newest(selected)) else {}),
        "citeAs": TITLES["en"],
        "inLanguage": ["en", "zh"],
        "distribution": [
            {
                "@type": "cr:FileObject", "@id": f"{name}.tsv",
                "name": f"{name}.tsv", "contentUrl": f"parallax{part.ending}",
                "encodingFormat": "text/tab-separated-values", "sha256": sums[name],
            }
            for (name, *_), part in zip(tables, known.parts, strict=True)
        ],
        "recordSet": [_records(name, columns) for name, _, columns in tables],
    }  # fmt: skip
    yield json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def newest(selected: Selected) -> str:
    """The date of the newest selected document, as a day; empty where none has a date.

    Of a year or a month that is not told further, the first day stands for all.
    """
    dates = (date_of(selected.store, document) for document in selected.documents())
    latest = max(dates, default="")
    return latest and latest + "-01-01"[len(latest) - 4 :]


def _content(sums: dict[str, str]) -> str:
    return hashlib.sha256("".join(sums.values()).encode()).hexdigest()[:12]


def _records(name: str, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": {"@id": f"{name}/id"},
        "field": [
            {
                "@type": "cr:Field", "@id": f"{name}/{column}", "name": f"{name}/{column}",
                "dataType": _TYPES.get(column, "sc:Text"),
                "source": {"fileObject": {"@id": f"{name}.tsv"}, "extract": {"column": column}},
            }
            for column in columns
        ],
    }  # fmt: skip


def _checksum(selected: Selected, pieces: Pieces) -> str:
    digest = hashlib.sha256()
    for piece in pieces(selected):
        digest.update(piece.encode())
    return digest.hexdigest()
