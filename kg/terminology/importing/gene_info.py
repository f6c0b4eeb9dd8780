"""Genes from NCBI's gene_info, by default those of humans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import mapping_rows, name_rows, several
from kg.terminology.rows import Row

# The columns have had these places since the file exists; later editions only add some at its end.
_TAXON, _GENE, _SYMBOL, _SYNONYMS, _XREFS, _NAME, _KIND = 0, 1, 2, 4, 5, 8, 9
_OFFICIAL_SYMBOL, _OFFICIAL_NAME, _DESIGNATIONS = 10, 11, 13
_LEAST = 14
_NO_GENES = frozenset({"biological-region"})
_SAME_GENE = ("HGNC:", "Ensembl:")


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names and identifiers of the genes of the organisms asked for (``Given.organisms``).

    Raises
    ------
    InputError
        with file and line, where a row has other columns; where no gene is of the organisms.
    """
    found = False
    for where, cells in table(path):
        if cells[0].startswith("#"):
            continue
        if len(cells) < _LEAST or not cells[_TAXON].isdecimal() or not cells[_GENE].isdecimal():
            raise InputError(
                f"no row of gene_info ({len(cells)} cells)", where=where,
                remedy="give gene_info as NCBI publishes it, or fetch it again if it was cut off",
            )  # fmt: skip
        if given.organisms and cells[_TAXON] not in given.organisms:
            continue
        found = True
        if cells[_SYMBOL] != "NEWENTRY" and cells[_KIND] not in _NO_GENES:
            yield from _gene(where, cells, given)
    if not found:
        raise InputError(
            f"no gene of the organisms {', '.join(sorted(given.organisms)) or 'asked for'}",
            where=str(path), remedy="name the taxa to keep, or all",
        )  # fmt: skip


def _gene(where: str, cells: list[str], given: Given) -> Iterator[Row]:
    gene = needed_curie(cells[_GENE], prefix="NCBIGene", where=where)
    symbol = next(iter(several(cells[_OFFICIAL_SYMBOL])), cells[_SYMBOL])
    yield from name_rows(
        gene,
        [
            (symbol, "mul", "label"),
            *((cells[place].strip("-"), "en", "exact") for place in (_OFFICIAL_NAME, _NAME)),
            (cells[_SYMBOL], "mul", "exact"),
            *((alias, "mul", "exact") for alias in several(cells[_SYNONYMS])),
            *((name, "en", "exact") for name in several(cells[_DESIGNATIONS])),
        ],
        given,
        "Protein",
    )
    xrefs = several(cells[_XREFS])
    same = [xref for xref in xrefs if xref.startswith(_SAME_GENE)]
    near = [xref for xref in xrefs if not xref.startswith(_SAME_GENE)]
    yield from mapping_rows(gene, same, given)
    yield from mapping_rows(gene, near, given, "skos:closeMatch")
