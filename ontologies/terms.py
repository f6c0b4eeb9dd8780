"""The starter terminology: `ontologies/terms/<type>.tsv`, read strictly.

One name a row; the columns are ``curie``, ``text``, ``lang``, ``scope`` and ``source``. The rows of
a concept stand together: its English label, its Chinese label, then its other names. What a row may
say is described in ``ontologies/README.md``; a row that says anything else raises `TermFileError`
with file, line, problem and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal, get_args

from ontologies.files import TermFileError, data_path, prefixes, tsv_lines

TermType = Literal["Drug", "Protein", "Disease", "Outcome", "Process", "Cell", "Organism"]
Lang = Literal["en", "zh", "mul"]
Scope = Literal["label", "exact", "related", "broad", "narrow", "abbreviation"]

TERM_TYPES: tuple[TermType, ...] = get_args(TermType)
LANGS: tuple[Lang, ...] = get_args(Lang)
SCOPES: tuple[Scope, ...] = get_args(Scope)
COLUMNS = ("curie", "text", "lang", "scope", "source")

# The form of the part after the colon, where a typing slip can be told from an identifier.
LOCAL_IDS = {
    "mesh": r"[CD]\d{6,9}",
    "CHEBI": r"\d+",
    "HGNC": r"\d{1,5}",
    "FPLX": r"[A-Za-z0-9][A-Za-z0-9_]+",
    "drugbank": r"DB\d{5}",
    "GO": r"\d{7}",
    "HP": r"\d{7}",
    "MONDO": r"\d{7}",
    "DOID": r"\d+",
    "CL": r"\d{7}",
    "UBERON": r"\d{7}",
    "NCBITaxon": r"\d+",
    "NCBIGene": r"\d+",
    "mirbase": r"MI\d{7}",
}

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")


@dataclass(frozen=True, slots=True)
class TermRow:
    """One name of one concept: its identifier, the name, language, scope, source and type."""

    curie: str
    text: str
    lang: Lang
    scope: Scope
    source: str
    type: TermType


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with the place that it came from, for messages."""

    row: TermRow
    where: str


def load_terms(folder: Path | None = None) -> tuple[TermRow, ...]:
    """All rows of the term files of a folder (default: those delivered), types in a fixed order.

    Beyond what `read_term_file` checks of one file, a concept has one type: its identifier may
    stand in one file only.

    Raises
    ------
    TermFileError
        If a file has another name than a type, or a row breaks a rule of the format.

    Examples
    --------
    >>> rows = load_terms()
    >>> next(row.curie for row in rows if row.text == "他克莫司")
    'mesh:D016559'
    """
    return _delivered() if folder is None else _read_folder(folder)


@cache
def _delivered() -> tuple[TermRow, ...]:
    """The rows of the delivered files, which do not change while a process runs."""
    return _read_folder(data_path("terms"))


def _read_folder(folder: Path) -> tuple[TermRow, ...]:
    files = {f"{term_type.lower()}.tsv": term_type for term_type in TERM_TYPES}
    for path in sorted(folder.glob("*.tsv")):
        if path.name not in files:
            raise TermFileError(
                "a term file must be named after a type", where=path.name,
                remedy=f"name it one of {', '.join(files)}",
            )  # fmt: skip
    rows: list[TermRow] = []
    home: dict[str, TermType] = {}
    for name, term_type in files.items():
        if not (folder / name).exists():
            continue
        for row in read_term_file(folder / name, term_type):
            if home.setdefault(row.curie, term_type) != term_type:
                raise TermFileError(
                    f"{row.curie} is also a {home[row.curie]}", where=name,
                    remedy="keep the concept in one file, or find an identifier of the other sense",
                )  # fmt: skip
            rows.append(row)
    return tuple(rows)


def read_term_file(path: Path, term_type: TermType) -> tuple[TermRow, ...]:
    """The rows of one term file, all of them checked.

    Raises
    ------
    TermFileError
        At the first row that breaks a rule: columns, prefix, identifier, language, scope, empty or
        untrimmed text, script that does not fit the language, a name twice, labels missing or not
        first, rows of a concept apart, one label for two concepts.
    """
    lines = tuple(_read_rows(path, term_type))
    _check_concepts(lines)
    _check_labels(lines)
    return tuple(line.row for line in lines)


def _read_rows(path: Path, term_type: TermType) -> Iterator[_Line]:
    known = prefixes()
    for where, cells in tsv_lines(path, COLUMNS):
        curie, text, lang, scope, source = cells
        _check_curie(curie, known, where)
        _check_text(text, lang, where)
        if scope not in SCOPES:
            raise TermFileError(
                f"unknown scope {scope!r}", where=where, remedy=f"use one of {', '.join(SCOPES)}"
            )
        if not source or source != source.strip():
            raise TermFileError(
                f"bad source {source!r}", where=where, remedy="write 'parallax' for a name of ours"
            )
        yield _Line(TermRow(curie, text, lang, scope, source, term_type), where)  # type: ignore[arg-type]


def _check_curie(curie: str, known: dict[str, str], where: str) -> None:
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in known:
        raise TermFileError(
            f"unknown prefix in {curie!r}", where=where,
            remedy="use a prefix of ontologies/context.jsonld, spelled as there",
        )  # fmt: skip
    form = LOCAL_IDS.get(prefix, r"\S+")
    if not re.fullmatch(form, local):
        raise TermFileError(
            f"{curie!r} is not an identifier of {prefix}", where=where,
            remedy=f"the part after the colon has the form {form}",
        )  # fmt: skip


def _check_text(text: str, lang: str, where: str) -> None:
    if not text:
        raise TermFileError("empty text", where=where, remedy="write a name or delete the row")
    if text != " ".join(text.split()):
        raise TermFileError(
            f"surplus white space in {text!r}", where=where,
            remedy="no space at either end, single spaces inside",
        )  # fmt: skip
    if lang not in LANGS:
        raise TermFileError(
            f"unknown language {lang!r}", where=where, remedy=f"use one of {', '.join(LANGS)}"
        )
    if (HAN.search(text) is not None) != (lang == "zh"):
        raise TermFileError(
            f"{text!r} does not look like {lang!r}", where=where,
            remedy="zh has Chinese characters, en has none, a symbol that both use is mul",
        )  # fmt: skip


def _check_concepts(lines: Iterable[_Line]) -> None:
    """Rows of a concept together, English label first, then the Chinese one, no name twice."""
    done: set[str] = set()
    for curie, group in groupby(lines, key=lambda line: line.row.curie):
        rows = tuple(group)
        if curie in done:
            raise TermFileError(
                f"{curie} stands in two places", where=rows[0].where,
                remedy="put all rows of a concept together",
            )  # fmt: skip
        done.add(curie)
        order = [line.row.lang for line in rows if line.row.scope == "label"]
        first = [line.row.scope for line in rows[:2]]
        if order != ["en", "zh"] or first != ["label", "label"]:
            raise TermFileError(
                f"{curie} has the labels {', '.join(order) or 'none'}", where=rows[0].where,
                remedy="begin with exactly one English and one Chinese label, in this order",
            )  # fmt: skip
        seen: set[str] = set()
        for line in rows:
            # Case tells an abbreviation from a word: "BAD" and "Bad" are names, "bad" is none.
            short = line.row.scope == "abbreviation"
            folded = line.row.text if short else line.row.text.casefold()
            if folded in seen:
                raise TermFileError(
                    f"{curie} has the name {line.row.text!r} twice", where=line.where,
                    remedy="delete one; case is folded by the matcher, 'mul' serves both languages",
                )  # fmt: skip
            seen.add(folded)


def _check_labels(lines: Iterable[_Line]) -> None:
    """No label belongs to two concepts of the type."""
    owner: dict[tuple[str, str], _Line] = {}
    for line in lines:
        if line.row.scope != "label":
            continue
        other = owner.setdefault((line.row.text.casefold(), line.row.lang), line)
        if other.row.curie != line.row.curie:
            raise TermFileError(
                f"label {line.row.text!r} is also that of {other.row.curie} ({other.where})",
                where=line.where, remedy="merge the concepts or label them apart",
            )  # fmt: skip
