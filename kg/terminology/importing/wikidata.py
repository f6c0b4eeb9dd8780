"""Labels and identifiers from Wikidata: results of its query service as TSV, full or simple.

The full form keeps IRIs in angle brackets and language tags (``"lung"@en``); the simple one drops
both, so that its names take the language that is given, or that of their script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import needed_curie, vocabularies
from kg.terminology.importing.given import Given
from kg.terminology.importing.languages import language_of, language_of_tag
from kg.terminology.importing.lines import table
from kg.terminology.importing.records import Name, mapping_rows, name_rows
from kg.terminology.rows import NameLanguage, Row, Scope, SkippedRow

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<[^>]*>)?')
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a variable holds: the item, names of a scope, or identifiers of a vocabulary."""

    item: bool = False
    scope: Scope | None = None
    prefix: str | None = None


def read(path: Path, given: Given) -> Iterator[Row]:
    """Names of the items, and their identifiers as exact matches.

    ``?item`` is the concept; variables named ``label…`` or ``…Label`` hold labels, ``alias…``,
    ``altLabel``, ``synonym…`` other names; others are identifiers, where they are named after a
    prefix (``?mesh``, ``?drugbank``). An item stands in as many rows as it has values.

    Raises
    ------
    InputError
        with file and line, where there is no ?item, or a value is cut off.
    """
    columns: list[_Column | None] | None = None
    for where, cells in table(path):
        if columns is None:
            columns = [_column(cell) for cell in cells]
            if _Column(item=True) not in columns:
                raise InputError(
                    "no column ?item", where=where,
                    remedy="download a query of kg lexicon sources as TSV",
                )  # fmt: skip
            continue
        if len(cells) != len(columns):
            raise InputError(
                f"{len(cells)} cells, and the header has {len(columns)}", where=where,
                remedy="the answer was cut off (the service stops after a minute); ask for less",
            )  # fmt: skip
        yield from _item(where, cells, columns, given)
    if columns is None:
        raise InputError("the file is empty", where=str(path), remedy="fetch it again")


def _item(
    where: str, cells: list[str], columns: list[_Column | None], given: Given
) -> Iterator[Row]:
    concept, names, others = "", list[Name](), list[str]()
    for cell, column in zip(cells, columns, strict=True):
        if column is None or not cell.strip():
            continue
        text, tag = value_of(cell.strip(), where=where)
        if column.item:
            concept = needed_curie(text, prefix="wikidata", where=where)
        elif column.prefix is not None:
            others.append(text if "://" in text else f"{column.prefix}:{text}")
        elif column.scope is not None and (lang := _language(text, tag, given)):
            names.append((text, lang, column.scope))
    if not concept:
        raise InputError("no item", where=where, remedy="fetch the file again")
    # Without an English or Chinese label, the label service gives the number of the item.
    kept = [name for name in names if not re.fullmatch(r"Q\d+", name[0])]
    if names and not kept:
        yield SkippedRow(concept, "no label")
    yield from name_rows(concept, kept, given, None)
    yield from mapping_rows(concept, others, given)


def value_of(cell: str, *, where: str) -> tuple[str, str | None]:
    r"""(text, language tag) of a value in either form.

    >>> value_of('"a \\"b\\""@zh-hans', where=""), value_of("<http://a.org/Q1>", where="")
    (('a "b"', 'zh-hans'), ('http://a.org/Q1', None))
    >>> value_of("lung cancer", where="")
    ('lung cancer', None)
    """
    if cell.startswith("<") and cell.endswith(">"):
        return cell[1:-1], None
    if not cell.startswith('"'):
        return cell, None
    found = _LITERAL.fullmatch(cell)
    if found is None:
        raise InputError(
            f"a value that is cut off: {cell[:60]}", where=where, remedy="fetch the file again"
        )
    return _ESCAPED.sub(_unescaped, found[1]), found[2]


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPES.get(found[3], found[3])


def _column(variable: str) -> _Column | None:
    name = variable.strip().lstrip("?").strip('"')
    folded = name.casefold()
    if folded in ("item", "concept"):
        return _Column(item=True)
    if folded.startswith(("alias", "altlabel", "synonym")) or folded.endswith("altlabel"):
        return _Column(scope="exact")
    if folded.startswith("label") or folded.endswith("label"):
        return _Column(scope="label")
    vocabulary = vocabularies().get(folded)
    return _Column(prefix=vocabulary.prefix) if vocabulary else None


def _language(text: str, tag: str | None, given: Given) -> NameLanguage | None:
    return language_of(text, given.lang) if tag is None else language_of_tag(tag)
