"""The rules by which a name is written in other ways, from `languages/<language>/variants.tsv`.

A rule takes a name to others, each for one reason. It knows nothing of what is in the terminology:
whether such a name exists is asked afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.grounding.weights import load_weights
from extractors.tables import read_table
from kg.errors import FormatError
from kg.model import MENTION_TYPES, Language, MentionType

FILE = "variants.tsv"
_LEAST_STEM = 3
_LATIN = "A-Za-z\u00c0-\u024f"
_NEVER = "(?!)"
_HEAD = "head"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A name that a rule makes, for which reason; a `last` one is not written in yet other ways."""

    text: str
    reason: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    before: str
    after: str
    reason: str


Rewrite = Callable[[str], Iterator[Rewritten]]


@cache
def load_rules(language: Language, kind: MentionType | None) -> tuple[Rewrite, ...]:
    """The rules for names of a type (None: those for all types): each takes a name to others.

    Raises
    ------
    FormatError
        where a row has an unknown place, way, reason or type, or a wrong regular expression.
    """
    rows: list[_Row] = []
    for cells in read_table(language, FILE, 6):
        row = _checked(cells, language)
        if cells[5] == "*" or kind in cells[5].split(","):
            rows.append(row)
            if cells[1] == "=":
                rows.append(_Row(row.place, row.after, row.before, row.reason))
    return tuple(
        make([row for row in rows if row.place in places]) for places, make in _MAKERS
    )  # fmt: skip


def _checked(cells: tuple[str, ...], language: Language) -> _Row:
    place, way, source, target, reason, types = cells
    known = {
        "place": (place, PLACES), "way": (way, (">", "=")),
        "reason": (reason, tuple(load_weights().reasons)),
    }  # fmt: skip
    for what, (value, allowed) in known.items():
        if value not in allowed:
            raise _wrong(f"unknown {what} {value!r}", language, cells, f"use {', '.join(allowed)}")
    if types != "*" and not set(types.split(",")) <= set(MENTION_TYPES):
        known_types = ", ".join(MENTION_TYPES)
        raise _wrong(f"unknown type in {types!r}", language, cells, f"use {known_types}")
    if place in ("regex", "last"):
        try:
            re.compile(source)
        except re.error as error:
            raise _wrong(str(error), language, cells, "mend the regular expression") from error
    if way == "=" and (place in ("regex", "last") or "-" in (source, target)):
        raise _wrong("cannot be read both ways", language, cells, "write one row for each way")
    if source == "-":
        raise _wrong("nothing to start from", language, cells, "give a text in `from`")
    return _Row(place, source, "" if target == "-" else target.replace("_", " "), reason)


def _wrong(what: str, language: Language, cells: tuple[str, ...], remedy: str) -> FormatError:
    where = f"extractors/languages/{language}/{FILE} ({' '.join(cells[:4])})"
    return FormatError(what, where=where, remedy=remedy)


def _words(rows: Sequence[_Row]) -> Rewrite:
    """Whole words anywhere; a Latin word ends where no Latin letter follows, Han words anywhere."""
    table: dict[str, list[_Row]] = {}
    for row in rows:
        table.setdefault(row.before.lower().replace("-", " "), []).append(row)
    longest_first = sorted(table, key=len, reverse=True)
    pattern = re.compile("|".join(map(_bounded, longest_first)) or _NEVER, re.IGNORECASE)

    def rewrite(text: str) -> Iterator[Rewritten]:
        for match in pattern.finditer(text):
            whole = len(match[0]) == len(text)
            for row in table[match[0].lower().replace("-", " ")]:
                if whole and row.reason == _HEAD:
                    continue  # "disease" alone is no syndrome
                yield Rewritten(text[: match.start()] + row.after + text[match.end() :], row.reason)

    return rewrite


def _bounded(word: str) -> str:
    left = rf"(?<![{_LATIN}])" if word[0].isascii() else ""
    right = rf"(?![{_LATIN}])" if word[-1].isascii() else ""
    return left + re.escape(word).replace(r"\ ", "[ -]") + right


def _starts(rows: Sequence[_Row]) -> Rewrite:
    return _edges(rows, lambda words: re.compile(f"^(?:{words})[ -]*", re.IGNORECASE))


def _ends(rows: Sequence[_Row]) -> Rewrite:
    return _edges(rows, lambda words: re.compile(f"[ -]*(?:{words})$", re.IGNORECASE))


def _edges(rows: Sequence[_Row], compiled: Callable[[str], re.Pattern[str]]) -> Rewrite:
    """Whole words at the start or end; of two that fit the longer counts."""
    table: dict[str, list[_Row]] = {}
    for row in rows:
        table.setdefault(row.before.lower().replace("-", " "), []).append(row)
    longest_first = sorted(table, key=len, reverse=True)
    pattern = compiled("|".join(map(_bounded, longest_first)) or _NEVER)

    def rewrite(text: str) -> Iterator[Rewritten]:
        match = pattern.search(text)
        if match is None:
            return
        for row in table[match[0].lower().strip(" -").replace("-", " ")]:
            glue = " " if row.after[:1].isascii() and row.after and match.start() else ""
            left, right = text[: match.start()], text[match.end() :]
            yield Rewritten(left + glue + row.after + right, row.reason)

    return rewrite


def _endings(rows: Sequence[_Row]) -> Rewrite:
    """Endings of the last word."""
    table: dict[str, list[_Row]] = {}
    for row in rows:
        table.setdefault(row.before, []).append(row)
    longest = max(map(len, table), default=0)

    def rewrite(text: str) -> Iterator[Rewritten]:
        for length in range(1, longest + 1):
            stem = text[:-length]
            if len(stem) < _LEAST_STEM or not stem[-_LEAST_STEM:].isalpha():
                return
            for row in table.get(text[-length:], ()):
                yield Rewritten(stem + row.after, row.reason)

    return rewrite


def _patterns(rows: Sequence[_Row]) -> Rewrite:
    patterns = [(re.compile(row.before), row) for row in rows]

    def rewrite(text: str) -> Iterator[Rewritten]:
        for pattern, row in patterns:
            if pattern.search(text):
                yield Rewritten(pattern.sub(row.after, text), row.reason, row.place == "last")

    return rewrite


_MAKERS: tuple[tuple[tuple[str, ...], Callable[[Sequence[_Row]], Rewrite]], ...] = (
    (("word",), _words), (("start",), _starts), (("end",), _ends), (("ending",), _endings),
    (("regex", "last"), _patterns),
)  # fmt: skip
PLACES = tuple(place for places, _ in _MAKERS for place in places)
