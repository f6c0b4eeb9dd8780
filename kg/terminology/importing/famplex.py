"""Protein families and complexes from FamPlex: its tables, which have no header.

Which table a file is tells its name: ``entities.csv``, ``grounding_map.csv``, ``equivalences.csv``,
``relations.csv``, ``descriptions.csv`` or ``hgnc_symbol_map.csv``. Relations name genes by symbol;
their numbers are in the last, beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.model import MentionType
from kg.terminology.identifiers import curie, needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import mapping_rows, name_rows
from kg.terminology.rows import DefinitionRow, Hierarchy, ParentRow, Row, SkippedRow

_RELATIONS: Mapping[str, Hierarchy] = {"isa": "is_a", "partof": "part_of"}
_TYPES: Mapping[str, MentionType] = {
    "FPLX": "Protein", "HGNC": "Protein", "uniprot": "Protein", "interpro": "Protein",
    "pfam": "Protein", "mirbase": "Protein", "CHEBI": "Drug", "pubchem.compound": "Drug",
    "chembl.compound": "Drug", "hmdb": "Drug", "GO": "Process",
}  # fmt: skip
_MAP = "hgnc_symbol_map.csv"


def read(path: Path, given: Given) -> Iterator[Row]:
    """The rows of the table that the file's name says it is.

    Raises
    ------
    InputError
        with file and line, where the name is another or a row has other cells.
    """
    name = path.name.removesuffix(".gz")
    if name not in _TABLES:
        raise InputError(
            "no table of FamPlex by its name", where=str(path),
            remedy=f"keep the names as published: {', '.join(_TABLES)}",
        )  # fmt: skip
    least, take = _TABLES[name]
    symbols = _symbols(path, needed=name == "relations.csv")
    for where, cells in table(path, ","):
        if len(cells) < least:
            raise InputError(
                f"{len(cells)} cells, and {name} has {least}", where=where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        yield from take(where, cells, given, symbols)


def _entity(where: str, cells: list[str], given: Given, _: dict[str, str]) -> Iterator[Row]:
    concept = needed_curie(cells[0], prefix="FPLX", where=where)
    label = cells[0].replace("_", " ")
    yield from name_rows(concept, [(label, "mul", "label")], given, "Protein")


def _grounding(
    where: str, cells: list[str], given: Given, symbols: dict[str, str]
) -> Iterator[Row]:
    """The text, for the first identifier; the others are of the same thing."""
    pairs = zip(cells[1::2], cells[2::2], strict=False)
    ends = (_end(prefix, local, symbols) for prefix, local in pairs if prefix)
    found = [known for known in ends if known]
    if not found:
        yield SkippedRow(cells[0][:80], f"vocabulary {cells[1][:40] or 'not given'}")
        return
    kind = _TYPES.get(found[0].partition(":")[0])
    yield from name_rows(found[0], [(cells[0], "en", "exact")], given, kind)
    same_kind = [other for other in found[1:] if _TYPES.get(other.partition(":")[0]) == kind]
    yield from mapping_rows(found[0], same_kind, given)


def _equivalence(where: str, cells: list[str], given: Given, _: dict[str, str]) -> Iterator[Row]:
    concept = needed_curie(cells[2], prefix="FPLX", where=where)
    other = curie(cells[1], cells[0])
    if other is None:
        yield SkippedRow(concept, f"vocabulary {cells[0][:40]}")
    else:
        yield from mapping_rows(concept, [other], given)


def _relation(where: str, cells: list[str], given: Given, symbols: dict[str, str]) -> Iterator[Row]:
    relation = _RELATIONS.get(cells[2])
    if relation is None:
        raise InputError(f"unknown relation {cells[2]!r}", where=where, remedy="use isa or partof")
    child, parent = _end(cells[0], cells[1], symbols), _end(cells[3], cells[4], symbols)
    if child is None or parent is None:
        yield SkippedRow(f"{cells[0]}:{cells[1]}", f"a gene symbol that {_MAP} does not have")
        return
    yield ParentRow(child, parent, relation, given.source)


def _description(where: str, cells: list[str], given: Given, _: dict[str, str]) -> Iterator[Row]:
    concept = needed_curie(cells[0], prefix="FPLX", where=where)
    if text := cells[2].strip():
        yield DefinitionRow(concept, text, "en", given.source)


def _symbol(where: str, cells: list[str], given: Given, _: dict[str, str]) -> Iterator[Row]:
    gene = needed_curie(cells[1], prefix="HGNC", where=where)
    yield from name_rows(gene, [(cells[0], "mul", "exact")], given, "Protein")


def _end(prefix: str, local: str, symbols: dict[str, str]) -> str | None:
    """The identifier of a thing that the tables name; genes go by their symbols."""
    return curie(symbols.get(local, "") if prefix == "HGNC" else local, prefix)


def _symbols(path: Path, *, needed: bool) -> dict[str, str]:
    """The numbers of genes by symbol, from the table beside this one."""
    beside = path.with_name(_MAP)
    if not beside.is_file() and not needed:
        return {}
    if not beside.is_file():
        raise InputError(f"there is no {_MAP} beside it", where=str(path), remedy="fetch it too")
    found: dict[str, str] = {}
    for where, cells in table(beside, ","):
        if len(cells) != 2:
            raise InputError("not a symbol and a number", where=where, remedy="fetch it again")
        found[cells[0]] = cells[1]
    return found


_Take = Callable[[str, list[str], Given, dict[str, str]], Iterator[Row]]
_TABLES: Mapping[str, tuple[int, _Take]] = {
    "entities.csv": (1, _entity),
    "grounding_map.csv": (3, _grounding),
    "equivalences.csv": (3, _equivalence),
    "relations.csv": (5, _relation),
    "descriptions.csv": (3, _description),
    _MAP: (2, _symbol),
}
