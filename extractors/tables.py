"""Data files of a language: tab-separated tables and YAML, checked where they are read.

The files of a language lie in ``extractors/languages/<language>/``; both languages have the same
file names and keys, so that a third language is a third folder.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.errors import FormatError
from kg.model import Language


def read_table(language: Language, name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a TSV file of a language; lines that start with ``# `` are comments.

    Raises
    ------
    FormatError
        where a row has another number of cells, or an empty one.
    """
    rows = []
    for number, line in enumerate(_text(language, name).splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) != columns or not all(cells):
            raise FormatError(
                f"{len(cells)} cells, not {columns}",
                where=f"extractors/languages/{language}/{name}:{number}",
                remedy="separate the cells by one tab and leave none empty",
            )
        rows.append(cells)
    return tuple(rows)


@cache
def read_set(language: Language, name: str) -> frozenset[str]:
    """The words in the first of the two columns of a TSV file; the second tells why."""
    return frozenset(word for word, _ in read_table(language, name, 2))


@cache
def read_words(language: Language, name: str) -> dict[str, frozenset[str]]:
    """A YAML file of named word lists: each value is words separated by white space or a list."""
    table = {}
    for heading, value in read_yaml(language, name).items():
        words = value.split() if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise FormatError(
                f"{heading}: neither text nor a list of text",
                where=f"extractors/languages/{language}/{name}",
                remedy="quote words that YAML reads as something else (no, on, yes)",
            )
        table[str(heading)] = frozenset(words)
    return table


def read_yaml(language: Language, name: str) -> dict[str, Any]:
    """The mapping that a YAML file of a language holds."""
    where = f"extractors/languages/{language}/{name}"
    try:
        value = yaml.safe_load(_text(language, name))
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise FormatError(f"not YAML ({reason})", where=where) from error
    if not isinstance(value, dict):
        raise FormatError("not a mapping", where=where, remedy="begin with `name:` lines")
    return value


def _text(language: Language, name: str) -> str:
    path = files("extractors").joinpath("languages", language, name)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(
            f"cannot be read ({error.__class__.__name__})",
            where=f"extractors/languages/{language}/{name}",
            remedy="restore the file as UTF-8 text",
        ) from error
