"""Proteins from UniProt: flat text (.dat), and tables (TSV) with entry and protein names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.headers import cells_by_field
from kg.terminology.importing.lines import text_lines
from kg.terminology.importing.records import Name, mapping_rows, name_rows, several
from kg.terminology.rows import Row, SkippedRow

COLUMNS = {
    "entry": ("entry", "accession"),
    "names": ("protein names",),
    "genes": ("gene names", "gene names (primary)"),
    "organism": ("organism (id)", "organism id"),
    "hgnc": ("hgnc", "cross-reference (hgnc)"),
    "entrez": ("geneid", "cross-reference (geneid)"),
}
_NAMED = re.compile(r"(Full|Short|EC|INN|Biotech|Allergen|CD_antigen)=(.*)", re.DOTALL)
_EVIDENCE = re.compile(r"\s*\{ECO:[^}]*\}")
_TAXON = re.compile(r"NCBI_TaxID=(\d+)")
_EC = re.compile(r"EC \d")
_OTHER_PARTS = (" [Cleaved into:", " [Includes:")


@dataclass(slots=True)
class _Entry:
    """What the lines of one entry say, while they are read."""

    where: str
    accession: str = ""
    taxon: str = ""
    description: list[str] = field(default_factory=list)
    genes: list[str] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names, gene symbols and identifiers of the proteins of the organisms asked for.

    Raises
    ------
    InputError
        with file and line, at an entry that is broken off or a table without the needed columns;
        where no protein is of the organisms.
    """
    first = next((line for _, line in text_lines(path)), "")
    entries = _flat(path) if first.startswith("ID   ") else _table(path)
    found = False
    for entry in entries:
        if given.organisms and entry.taxon and entry.taxon not in given.organisms:
            continue
        found = True
        yield from _rows(entry, given)
    if not found:
        raise InputError(
            "no protein of the organisms asked for", where=str(path),
            remedy="name the taxa to keep, or all",
        )  # fmt: skip


def _rows(entry: _Entry, given: Given) -> Iterator[Row]:
    protein = needed_curie(entry.accession, prefix="uniprot", where=entry.where)
    names: list[Name] = [(name, "en", "exact") for name in entry.description]
    if not names:
        yield SkippedRow(protein, "no protein name")
        return
    names[0] = (names[0][0], "en", "label")
    names += [(gene, "mul", "exact") for gene in entry.genes]
    yield from name_rows(protein, names, given, "Protein")
    yield from mapping_rows(protein, entry.xrefs, given)


def _table(path: Path) -> Iterator[_Entry]:
    for where, cells in cells_by_field(path, COLUMNS, ("entry", "names")):
        yield _Entry(
            where, cells["entry"], cells.get("organism", ""),
            names_of_cell(cells["names"]), cells.get("genes", "").replace(";", " ").split(),
            [*(f"HGNC:{number}" for number in several(cells.get("hgnc", ""), ";")),
             *(f"NCBIGene:{number}" for number in several(cells.get("entrez", ""), ";"))],
        )  # fmt: skip


def names_of_cell(cell: str) -> list[str]:
    """The names of a protein: the first, then those that follow in parentheses of their own.

    >>> names_of_cell("Cytochrome P450 3A4 (EC 1.14.14.1) (Quinine 3-monooxygenase)")
    ['Cytochrome P450 3A4', 'Quinine 3-monooxygenase']
    >>> names_of_cell("Tubulin (alpha) kinase (TK(1)) [Cleaved into: Peptide A]")
    ['Tubulin (alpha) kinase', 'TK(1)']
    """
    text = cell
    for part in _OTHER_PARTS:
        text = text.partition(part)[0]
    text = text.strip()
    names: list[str] = []
    while text.endswith(")"):
        depth, place = 0, len(text)
        for place in range(len(text) - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(text[place], 0)
            if depth == 0:
                break
        if depth or place == 0 or text[place - 1] != " ":
            break
        names.insert(0, text[place + 1 : -1].strip())
        text = text[:place].rstrip()
    return [name for name in [text, *names] if name and not _EC.match(name)]


def _flat(path: Path) -> Iterator[_Entry]:
    entry: _Entry | None = None
    in_part = False
    for number, line in text_lines(path):
        code, rest = line[:2], line[5:].rstrip()
        if code == "ID":
            if entry is not None:
                raise _broken(entry)
            entry, in_part = _Entry(f"{path}:{number}"), False
        elif entry is None:
            if line.strip():
                raise InputError(
                    "a line before the first ID", where=f"{path}:{number}",
                    remedy="give UniProt's flat text or a TSV download",
                )  # fmt: skip
        elif code == "//":
            yield entry
            entry = None
        elif code == "DE":
            in_part = in_part or rest.startswith(("Includes:", "Contains:"))
            if not in_part:
                _take_name(entry, rest)
        else:
            _take(entry, code, rest)
    if entry is not None:
        raise _broken(entry)


def _take_name(entry: _Entry, rest: str) -> None:
    text = rest.strip().removeprefix("RecName:").removeprefix("AltName:").removeprefix("SubName:")
    if (found := _NAMED.match(text.strip())) and found[1] != "EC":
        entry.description.append(_EVIDENCE.sub("", found[2]).rstrip(";").strip())


def _take(entry: _Entry, code: str, rest: str) -> None:
    if code == "AC" and not entry.accession:
        entry.accession = rest.partition(";")[0].strip()
    elif code == "OX" and (found := _TAXON.search(rest)):
        entry.taxon = found[1]
    elif code == "GN":
        for part in _EVIDENCE.sub("", rest).split(";"):
            kind, _, symbols = part.strip().partition("=")
            if kind in ("Name", "Synonyms"):
                entry.genes += [symbol for name in symbols.split(",") if (symbol := name.strip())]
    elif code == "DR":
        database, _, ids = rest.partition(";")
        if database in ("HGNC", "GeneID"):
            entry.xrefs.append(f"{database}:{ids.partition(';')[0].strip()}")


def _broken(entry: _Entry) -> InputError:
    return InputError(
        "an entry without its end (//)", where=entry.where,
        remedy="the file was cut off; fetch it again",
    )  # fmt: skip
