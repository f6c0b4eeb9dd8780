"""Human genes from HGNC: the complete set, and tables made with the custom download."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import cells_by_field
from kg.terminology.importing.records import mapping_rows, name_rows, several
from kg.terminology.rows import Row, SkippedRow

# The first of each is the name in hgnc_complete_set.txt, the others those of the custom download.
COLUMNS = {
    "id": ("hgnc_id", "hgnc id"),
    "symbol": ("symbol", "approved symbol"),
    "name": ("name", "approved name"),
    "status": ("status",),
    "aliases": ("alias_symbol", "alias symbols", "synonyms"),
    "alias_names": ("alias_name", "alias names", "name synonyms"),
    "previous": ("prev_symbol", "previous symbols"),
    "previous_names": ("prev_name", "previous name", "previous names"),
    "entrez": ("entrez_id", "ncbi gene id", "entrez gene id", "ncbi gene id(supplied by ncbi)",
               "entrez gene id(supplied by ncbi)"),
    "uniprot": ("uniprot_ids", "uniprot id(supplied by uniprot)"),
    "ensembl": ("ensembl_gene_id", "ensembl gene id", "ensembl id(supplied by ensembl)"),
    "mirbase": ("mirbase", "mirbase id"),
}  # fmt: skip


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names and identifiers of each approved gene: its symbol is the label in both languages.

    Raises
    ------
    InputError
        with file and line, where a column that is needed is absent or an identifier is none.
    """
    for where, cells in cells_by_field(path, COLUMNS, ("id", "symbol", "name")):
        gene = needed_curie(cells["id"], prefix="HGNC", where=where)
        if "withdrawn" in f"{cells.get('status')} {cells['symbol']}".casefold():
            yield SkippedRow(gene, "withdrawn")
            continue
        yield from name_rows(
            gene,
            [
                (cells["symbol"], "mul", "label"),
                (cells["name"], "en", "exact"),
                *((alias, "mul", "exact") for alias in _values(cells, "aliases")),
                *((name, "en", "exact") for name in _names(cells, "alias_names")),
                *((symbol, "mul", "exact") for symbol in _values(cells, "previous")),
                *((name, "en", "exact") for name in _names(cells, "previous_names")),
            ],
            given,
            "Protein",
        )
        others = [
            *(f"NCBIGene:{number}" for number in _values(cells, "entrez")),
            *(f"uniprot:{accession}" for accession in _values(cells, "uniprot")),
            *(f"ensembl:{number}" for number in _values(cells, "ensembl")),
            *(f"mirbase:{number}" for number in _values(cells, "mirbase")),
        ]
        yield from mapping_rows(gene, others, given)


def _values(cells: dict[str, str], field: str) -> list[str]:
    """Symbols or identifiers: separated by bars in the complete set, by commas in the others."""
    cell = cells.get(field, "")
    return several(cell, "|" if "|" in cell else ",")


def _names(cells: dict[str, str], field: str) -> list[str]:
    """Names: separated by bars; where the custom download has commas, each stands in quotes."""
    cell = cells.get(field, "")
    if '", "' in cell:
        return several(cell, '", "')
    return several(cell)
