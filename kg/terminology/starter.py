"""The starter terminology as rows of the common form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version

from kg.terminology.rows import MappingRow, NameRow, ParentRow, Row, Source
from ontologies.files import data_path
from ontologies.hierarchy import load_hierarchy
from ontologies.mappings import load_mappings
from ontologies.terms import load_terms

NAME = "parallax"


def starter_source() -> Source:
    """The starter terminology as a source: its version is that of the software."""
    return Source(NAME, version("parallax-kg"), "Apache-2.0")


def starter_rows() -> Iterator[Row]:
    """The names, mappings and parents of the starter terminology.

    Raises
    ------
    ontologies.files.TermFileError
        where a term file has been changed and is wrong.
    """
    source = starter_source()
    for row in load_terms():
        yield NameRow(row.curie, row.text, row.lang, row.scope, row.type, source)
    for mapping in load_mappings():
        yield MappingRow(mapping.subject_id, mapping.predicate_id, mapping.object_id, source)
    for kind in load_hierarchy():
        yield ParentRow(kind.child, kind.parent, "is_a", source)


def starter_mark() -> str:
    """A hash of the files of the starter terminology, which changes when one of them does."""
    digest = hashlib.sha256()
    for path in (*sorted(data_path("terms").glob("*.tsv")), data_path("mappings.sssom.tsv"),
                 data_path("preferences.tsv"), data_path("hierarchy.tsv")):  # fmt: skip
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
