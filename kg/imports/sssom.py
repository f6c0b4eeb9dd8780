"""SSSOM tables: mappings with their justification and confidence; see mapping-commons.github.io."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.imports.sources import source_name
from kg.imports.values import Item, LeftOut, Source, SourceMapping, bad_row
from kg.terminology.importing import sssom
from kg.terminology.importing.lines import table


def read(path: Path) -> Iterator[Item]:
    """The mappings of a table.

    What is said not to hold, maps nothing or is of a predicate that is none of SKOS is left out.

    Raises
    ------
    InputError
        where the metadata are no YAML, or a column is missing.
    """
    spelled = sssom.spelled_prefixes(sssom.metadata(path), str(path))
    header: list[str] | None = None
    for where, cells in table(path):
        if header is None:
            if not cells[0].startswith("#"):
                header = sssom.header(where, cells)
        elif len(cells) != len(header):
            problem = f"{len(cells)} cells, and the header has {len(header)}"
            yield bad_row(problem, where, "repair or delete the row")
        else:
            yield _mapping(dict(zip(header, map(str.strip, cells), strict=True)), where, spelled)
    if header is None:
        yield bad_row("there is no table in it", str(path), "give an SSSOM table with its header")


def source(path: Path) -> Source:
    """What the metadata of a table tell of it."""
    told = sssom.metadata(path)
    title, address = _text(told, "mapping_set_title"), _text(told, "mapping_set_id")
    return Source(
        source_name(title or address.rpartition("/")[2] or path.name.partition(".")[0]),
        title=title,
        version=_text(told, "mapping_set_version"),
        licence=_text(told, "license"),
        iri=address,
    )


def _mapping(row: dict[str, str], where: str, spelled: dict[str, str]) -> Item:
    if empty := [name for name in sssom.NEEDED if not row[name]]:
        return bad_row(f"no {empty[0]}", where, "fill it in or delete the row")
    if row.get("predicate_modifier", "").casefold() == "not":
        return LeftOut("a mapping that does not hold")
    if "sssom:NoTermFound" in (row["subject_id"], row["object_id"]):
        return LeftOut("sssom:NoTermFound")
    predicate = sssom.PREDICATES.get(row["predicate_id"])
    if predicate is None:
        return LeftOut(row["predicate_id"])
    text = row.get("confidence", "")
    try:
        confidence = float(text) if text else None
    except ValueError:
        confidence = -1.0
    if confidence is not None and not 0 <= confidence <= 1:
        return bad_row(f"{text!r} is no confidence", where, "give a number from 0 to 1")
    return SourceMapping(
        sssom.spelling(row["subject_id"], spelled),
        predicate,
        sssom.spelling(row["object_id"], spelled),
        where,
        justification=row.get("mapping_justification", ""),
        confidence=confidence,
        subject_label=row.get("subject_label", ""),
        object_label=row.get("object_label", ""),
        comment=row.get("comment", ""),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return "" if value is None else str(value).strip()
