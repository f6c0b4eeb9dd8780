"""Mappings in SSSOM tables: metadata in YAML behind ``#``, then a TSV.

See https://mapping-commons.github.io/sssom/. The `sssom` library reads these through pandas and
LinkML (some hundred megabytes of libraries, the whole table in memory); a stream of rows needs
neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.lines import table, text_lines
from kg.terminology.importing.records import Name, name_rows
from kg.terminology.rows import MappingRow, Row, SkippedRow
from ontologies.files import prefixes

PREDICATES: Mapping[str, str] = {
    **{f"skos:{name}Match": f"skos:{name}Match" for name in
       ("exact", "close", "broad", "narrow", "related")},
    "owl:equivalentClass": "skos:exactMatch",
    "owl:sameAs": "skos:exactMatch",
    "rdfs:subClassOf": "skos:broadMatch",
    "oboInOwl:hasDbXref": "skos:closeMatch",
}  # fmt: skip
NEEDED = ("subject_id", "predicate_id", "object_id")


def read(path: Path, given: Given) -> Iterator[Row]:
    """The mappings, and the labels of both sides as names.

    What is said not to hold (``predicate_modifier`` Not), maps nothing (``sssom:NoTermFound``), or
    is of a vocabulary that we do not know, is skipped with its reason.

    Raises
    ------
    InputError
        with file and line, where the metadata are no YAML, or a column or cell is missing.
    """
    spelled = spelled_prefixes(metadata(path), str(path))
    names: list[str] | None = None
    labelled: set[str] = set()
    for where, cells in table(path):
        if names is None:
            if not cells[0].startswith("#"):
                names = header(where, cells)
            continue
        if len(cells) != len(names):
            raise InputError(
                f"{len(cells)} cells, and the header has {len(names)}", where=where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        row = dict(zip(names, map(str.strip, cells), strict=True))
        yield from _mapping(where, row, spelled, labelled, given)
    if names is None:
        raise InputError("there is no table in it", where=str(path), remedy="fetch it again")


def _mapping(
    where: str, row: dict[str, str], spelled: Mapping[str, str], labelled: set[str], given: Given
) -> Iterator[Row]:
    if empty := [name for name in NEEDED if not row[name]]:
        raise InputError(f"no {empty[0]}", where=where, remedy="fill it in or delete the row")
    predicate = PREDICATES.get(row["predicate_id"])
    sides = [_ours(row[f"{side}_id"], spelled) for side in ("subject", "object")]
    subject, other = sides
    if row.get("predicate_modifier", "").casefold() == "not":
        yield SkippedRow(row["subject_id"], "a mapping that does not hold")
    elif predicate is None:
        yield SkippedRow(row["subject_id"], f"predicate {row['predicate_id'][:40]}")
    elif subject is None or other is None:
        unknown = row["object_id"] if subject else row["subject_id"]
        yield SkippedRow(row["subject_id"], f"vocabulary {unknown.partition(':')[0][:40]}")
    else:
        yield MappingRow(subject, predicate, other, given.source)
        for concept, side in zip((subject, other), ("subject", "object"), strict=True):
            label = row.get(f"{side}_label", "")
            if label and concept not in labelled and not label.startswith("obsolete "):
                labelled.add(concept)
                names: list[Name] = [(label, given.lang or "en", "label")]
                yield from name_rows(concept, names, given, None)


def header(where: str, cells: list[str]) -> list[str]:
    """The names of the columns.

    Raises
    ------
    InputError
        where one is missing.
    """
    names = [name.strip() for name in cells]
    if absent := [name for name in NEEDED if name not in names]:
        raise InputError(
            f"no column {', '.join(absent)}", where=where,
            remedy="give an SSSOM table in its TSV form, with its header",
        )  # fmt: skip
    return names


def metadata(path: Path) -> dict[str, object]:
    """The metadata block; empty where there is none."""
    import yaml

    block: list[str] = []
    for _, line in text_lines(path):
        if not line.startswith("#"):
            break
        block.append(line[1:])
    try:
        value = yaml.safe_load("\n".join(line.removeprefix(" ") for line in block)) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "the metadata are no YAML", where=f"{path}:{mark.line + 1 if mark else 1}",
            remedy="repair the lines that begin with #",
        ) from error  # fmt: skip
    if not isinstance(value, dict):
        raise InputError(
            "the metadata are no mapping", where=str(path), remedy="write # key: value"
        )
    return value


def spelled_prefixes(told: Mapping[str, object], where: str) -> dict[str, str]:
    """The prefixes of the table's ``curie_map`` → ours, where the IRIs are the same."""
    declared = told.get("curie_map") or {}
    if not isinstance(declared, dict):
        raise InputError("the curie_map is no mapping", where=where, remedy="write prefix: IRI")
    ours = _prefix_of_iri()
    return {str(name): ours[str(iri)] for name, iri in declared.items() if str(iri) in ours}


@cache
def _prefix_of_iri() -> dict[str, str]:
    return {iri: name for name, iri in prefixes().items()}


def spelling(written: str, spelled: Mapping[str, str]) -> str:
    """An identifier in our spelling of its prefix; as it was where we do not know it."""
    return _ours(written, spelled) or written


def _ours(written: str, spelled: Mapping[str, str]) -> str | None:
    prefix, colon, local = written.partition(":")
    if colon and (ours := spelled.get(prefix)) and (found := curie(local, ours)):
        return found
    return curie(written)
