"""Drugs from DrugBank: its open vocabulary (CSV), and the tables made of its full release.

The second are a TSV with ``drugbank_id`` and ``name``, and a JSON object of lists of aliases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import cells_by_field, separator_of
from kg.terminology.importing.json_objects import object_items, strings_of
from kg.terminology.importing.records import Name, mapping_rows, name_rows, several
from kg.terminology.rows import Row

COLUMNS = {
    "id": ("drugbank id", "drugbank_id"),
    "name": ("common name", "name"),
    "synonyms": ("synonyms",),
    "cas": ("cas", "cas_number"),
    "unii": ("unii",),
}
# What the vocabulary's accession numbers hold beside older DrugBank numbers is of no other use.


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names, and CAS and UNII numbers where the table has them.

    Raises
    ------
    InputError
        with file and line, where a column is absent or an identifier is none of DrugBank.
    """
    if path.suffix.casefold() == ".json":
        yield from _aliases(path, given)
        return
    separator = separator_of(path)
    for where, cells in cells_by_field(path, COLUMNS, ("id", "name"), separator, quoted=True):
        drug = needed_curie(cells["id"], prefix="drugbank", where=where)
        names: list[Name] = [(cells["name"], "en", "label")]
        names += [(name, "en", "exact") for name in several(cells.get("synonyms", ""))]
        yield from name_rows(drug, names, given, "Drug")
        others = [f"{field}:{cells[field]}" for field in ("cas", "unii") if cells.get(field)]
        yield from mapping_rows(drug, others, given)


def _aliases(path: Path, given: Given) -> Iterator[Row]:
    for where, key, value in object_items(path):
        drug = needed_curie(key, prefix="drugbank", where=where)
        names: list[Name] = [(name, "en", "exact") for name in strings_of(value, where)]
        yield from name_rows(drug, names, given, "Drug")
