"""What a file is that someone wants to load: by the end of its name, else by its content."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import InputError
from kg.files.kinds import RDF_ENDINGS, ending_of
from kg.files.streams import open_chunks, peek
from kg.imports.indra_terms import statement_kinds

FileFormat = Literal[
    "extractions", "rdf", "kgx-nodes", "kgx-edges", "sssom", "drugmechdb", "pubtator", "bioc-json",
    "bioc-xml", "indra",
]  # fmt: skip
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
# What ``--format`` takes; the parts of KGX and of BioC are told apart by content.
NAMES = ("extractions", "rdf", "kgx", "sssom", "drugmechdb", "pubtator", "bioc", "indra")
_KGX_EDGES, _KGX_NODES = {"subject", "predicate", "object"}, {"id", "category"}
_SSSOM = {"subject_id", "predicate_id", "object_id"}


def format_of(path: Path, wanted: str | None = None) -> FileFormat:
    """The format of a file; ``.gz`` may follow its name.

    Parameters
    ----------
    wanted : one of `NAMES`, where the user names it

    Raises
    ------
    InputError
        where it is something that cannot be loaded, or not what was named.
    """
    if wanted is None and ending_of(path) in RDF_ENDINGS:
        return "rdf"
    found = _by_content(path)
    if wanted is None:
        if found is None:
            raise InputError(
                "nothing that can be loaded", where=str(path),
                remedy="run kg build on texts; give extraction JSON Lines, RDF, KGX, SSSOM, "
                "DrugMechDB, PubTator, BioC or INDRA statements, or name the --format",
            )  # fmt: skip
        return found
    if wanted == "rdf":
        if ending_of(path) not in RDF_ENDINGS:
            raise InputError(
                "a name that tells no form of RDF", where=str(path),
                remedy=f"name it {', '.join(RDF_ENDINGS)}",
            )  # fmt: skip
        return "rdf"
    if wanted in ("kgx", "bioc"):
        if found is None or not found.startswith(wanted):
            raise InputError(
                f"no {wanted} file", where=str(path), remedy="see docs/imports.md for its form"
            )
        return found
    return next(known for known in FORMATS if known == wanted)


def _by_content(path: Path) -> FileFormat | None:
    data, _ = peek(open_chunks(path))
    head = data.decode("utf-8-sig", errors="replace").lstrip()
    if head.startswith("<"):
        return "bioc-xml" if "<collection" in head else None
    if head.startswith("["):
        return "indra" if _mentions_indra(head) else None
    if head.startswith("{"):
        return _json(head, path)
    if re.match(r"[^|\t\n]+\|[ta]\|", head):
        return "pubtator"
    if ending_of(path) in (".yaml", ".yml"):
        return "drugmechdb"
    return _table(head)


def _json(head: str, path: Path) -> FileFormat | None:
    """The format of a JSON object, or of the first of many, one a line."""
    first = head.partition("\n")[0]
    try:
        record: Any = json.loads(first)
    except json.JSONDecodeError:
        record = None
    if isinstance(record, dict) and "documents" not in record and "PubTator3" not in record:
        keys = set(record)
        if keys >= _KGX_EDGES:
            return "kgx-edges"
        if keys >= _KGX_NODES and "passages" not in keys:
            return "kgx-nodes"
        if record.get("type") in statement_kinds() and "passages" not in keys:
            return "indra"
    if re.search(r'"documents"\s*:\s*\[', head):
        return "bioc-json"
    return "extractions" if ending_of(path) in (".jsonl", ".ndjson") else None


def _table(head: str) -> FileFormat | None:
    lines = [line for line in head.splitlines() if line.strip() and not line.startswith("#")]
    columns = set(lines[0].split("\t")) if lines else set()
    if columns >= _SSSOM or (not lines and "mapping_set" in head) or "#curie_map" in head:
        return "sssom"
    if columns >= _KGX_EDGES:
        return "kgx-edges"
    return "kgx-nodes" if columns >= _KGX_NODES else None


def _mentions_indra(head: str) -> bool:
    found = re.search(r'"type"\s*:\s*"(\w+)"', head)
    return found is not None and found[1] in statement_kinds()
