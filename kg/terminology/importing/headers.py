"""Tables whose columns have other names in each edition: cells by what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.terminology.importing.lines import table, text_lines

SEPARATORS = ("\t", ",", ";")
Spellings = Mapping[str, tuple[str, ...]]


def cells_by_field(
    path: Path,
    spellings: Spellings,
    needed: tuple[str, ...],
    separator: str = "\t",
    *,
    quoted: bool | None = None,
) -> Iterator[tuple[str, dict[str, str]]]:
    """(file:line, cell by field) of a table with a header; other columns are passed over.

    Parameters
    ----------
    spellings : names that the column of a field has in the editions of the table; case, "?" and
        "#" before a name do not count
    needed : fields without which the table is of no use

    Raises
    ------
    InputError
        where a needed column is absent, or a row has other cells than the header.
    """
    places: dict[str, int] | None = None
    width = 0
    for where, cells in table(path, separator, quoted=quoted):
        if places is None:
            places = found_columns(cells, spellings)
            if absent := [field for field in needed if field not in places]:
                if cells[0].startswith("#"):
                    places = None
                    continue
                columns = ", ".join(spellings[field][0] for field in absent)
                raise InputError(
                    f"no column {columns}", where=where,
                    remedy="give the table as its makers publish it, with its header",
                )  # fmt: skip
            width = len(cells)
            continue
        if len(cells) != width:
            raise InputError(
                f"{len(cells)} cells, and the header has {width}", where=where,
                remedy="the file may be cut off or use another separator; fetch it again",
            )  # fmt: skip
        yield where, {field: cells[place].strip() for field, place in places.items()}
    if places is None:
        raise InputError("there is no table in it", where=str(path), remedy="fetch it again")


def found_columns(header: list[str], spellings: Spellings) -> dict[str, int]:
    """Field → place of its column, for the fields that a header has.

    >>> found_columns(["#HGNC ID", "Symbol"], {"id": ("hgnc_id", "hgnc id"), "symbol": ("symbol",)})
    {'id': 0, 'symbol': 1}
    """
    names = [name.strip().strip('"').lstrip("#?").strip().casefold() for name in header]
    return {
        field: names.index(next(known for known in spelled if known in names))
        for field, spelled in spellings.items()
        if any(known in names for known in spelled)
    }


def separator_of(path: Path) -> str:
    """The separator of a table: of tab, comma and semicolon the one in its first line.

    A line with none is taken for a table of one column.
    """
    for _, line in text_lines(path):
        if line.strip() and not line.startswith("#"):
            return next((sign for sign in SEPARATORS if sign in line), "\t")
    raise InputError("the file is empty", where=str(path), remedy="fetch it again")
