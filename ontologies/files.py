"""The data files of this package: where they are, their prefixes and their tables.

Works from a source tree and from an installed wheel.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


class TermFileError(ValueError):
    """A data file of the terminology is wrong; the text names file, line, problem and remedy.

    Examples
    --------
    >>> str(TermFileError("empty text", where="drug.tsv:7", remedy="delete the row"))
    'drug.tsv:7: empty text; delete the row'
    """

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(f"{where}: {what}; {remedy}")


def data_path(name: str) -> Path:
    """The path of a file or folder that is delivered in this package."""
    return Path(str(files("ontologies").joinpath(name)))


def ontology_path() -> Path:
    """The path of the vocabulary, `parallax.ttl`."""
    return data_path("parallax.ttl")


def shapes_path() -> Path:
    """The path of the SHACL shapes, `shapes.ttl`."""
    return data_path("shapes.ttl")


def context() -> dict[str, Any]:
    """The JSON-LD context of all data of Parallax, as a document: ``{"@context": {…}}``."""
    document: dict[str, Any] = json.loads(data_path("context.jsonld").read_text(encoding="utf-8"))
    return document


@cache
def _prefix_items() -> tuple[tuple[str, str], ...]:
    entries = context()["@context"].items()
    return tuple(
        (name, value if isinstance(value, str) else value["@id"])
        for name, value in entries
        if not name.startswith("@")
    )


def prefixes() -> dict[str, str]:
    """Prefix → IRI prefix, for every prefix that Parallax uses, in the order of the context.

    Examples
    --------
    >>> prefixes()["plx"], prefixes()["GO"]
    ('https://w3id.org/parallax/vocab#', 'http://purl.obolibrary.org/obo/GO_')
    """
    return dict(_prefix_items())


def tsv_lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``(file:line, cells)`` for every row of a TSV table that has exactly these columns.

    Lines that begin with ``#`` before the header are metadata and passed over. A line ends with
    LF or CRLF only, so that other separators inside a name are seen and refused.

    Raises
    ------
    TermFileError
        If the file is not UTF-8, its header is another, or a row has more or fewer cells.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TermFileError(
            f"not UTF-8 at byte {error.start}", where=path.name, remedy="save the file as UTF-8"
        ) from error
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    begin = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if begin == len(lines) or tuple(lines[begin].split("\t")) != columns:
        raise TermFileError(
            "wrong or missing header", where=f"{path.name}:{begin + 1}",
            remedy=f"begin with the columns {', '.join(columns)}, separated by tabs",
        )  # fmt: skip
    for number, line in enumerate(lines[begin + 1 :], start=begin + 2):
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns):
            raise TermFileError(
                f"{len(cells)} columns", where=f"{path.name}:{number}",
                remedy=f"a row has {len(columns)}: {', '.join(columns)}, separated by tabs",
            )  # fmt: skip
        yield f"{path.name}:{number}", cells
