"""Decisions as a table (TSV), which curators read, edit and exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.curation.values import Curation, checked, today
from kg.errors import FormatError
from kg.model import AGREEMENTS, LANGUAGES, Agreement

COLUMNS = (
    "id", "date", "curator", "tag", "evidence", "claim", *(f"quote_{x}" for x in LANGUAGES), "note",
    "value", "rules", "agreement", "confidence", "withdraws",
)  # fmt: skip
HEADER = "\t".join(COLUMNS)
NEEDED = ("evidence", "tag", "curator")
_BETWEEN = "|"  # between several sentences or rules in one cell
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p"}
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPES)))
_ESCAPED = re.compile(r"\\([\\tnrp])")
_PLAIN = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "p": "|"}


def write_table(curations: Iterable[Curation]) -> str:
    """The table of decisions, with its header."""
    return "".join(f"{line}\n" for line in (HEADER, *map(row_of, curations)))


def row_of(curation: Curation) -> str:
    """One decision as a line."""
    cells = {
        "id": curation.id, "date": curation.date, "curator": curation.curator, "tag": curation.tag,
        "evidence": curation.evidence, "claim": curation.claim, "note": curation.note,
        "value": curation.value, "agreement": curation.agreement,
        "confidence": f"{curation.confidence:g}", "withdraws": curation.withdraws,
    }  # fmt: skip
    lists = {"rules": curation.rules} | {
        f"quote_{x}": tuple(text for language, text in curation.quotes if language == x)
        for x in LANGUAGES
    }
    written = {name: _escaped(text) for name, text in cells.items()}
    written |= {name: _BETWEEN.join(map(_escaped, items)) for name, items in lists.items()}
    return "\t".join(written[name] for name in COLUMNS)


def parse_rows(text: str, *, where: str) -> Iterator[Curation]:
    """The decisions of a table; columns are known by their names and most may be absent.

    Raises
    ------
    FormatError
        where a column is missing or unknown, or a line is no decision, by its number.
    """
    lines = [line.removesuffix("\r") for line in text.lstrip("\ufeff").split("\n")]
    names = lines[0].split("\t")
    missing, unknown = set(NEEDED) - set(names), set(names) - set(COLUMNS)
    if missing or unknown:
        told = f"unknown column {min(unknown)!r}" if unknown else f"no column {min(missing)!r}"
        raise FormatError(told, where=f"{where}:1", remedy=f"use {', '.join(COLUMNS)}")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(names):
            raise FormatError(
                f"{len(cells)} columns", where=f"{where}:{number}", remedy=f"give {len(names)}"
            )
        yield curation_of(dict(zip(names, cells, strict=False)), where=f"{where}:{number}")


def curation_of(cells: Mapping[str, str], *, where: str, note: str | None = None) -> Curation:
    """A decision from the cells of its line; one without a date is made now."""
    found = Curation(
        evidence=cells["evidence"].strip(),
        tag=cells["tag"].strip(),
        curator=cells["curator"],
        date=cells.get("date") or today(),
        note=_unescaped(cells.get("note", "")) if note is None else note,
        value=_unescaped(cells.get("value", "")),
        claim=_unescaped(cells.get("claim", "")),
        quotes=tuple((x, text) for x in LANGUAGES for text in _list(cells.get(f"quote_{x}", ""))),
        rules=_list(cells.get("rules", "")),
        agreement=_agreement(cells.get("agreement", ""), where),
        confidence=_confidence(cells.get("confidence", ""), where),
        withdraws=cells.get("withdraws", ""),
    )
    found = checked(found, where=where)
    if cells.get("id") and cells["id"] != found.id:
        raise FormatError(
            "was changed: its id does not fit", where=where,
            remedy="leave the id empty for a new decision, and keep the line of the old one",
        )  # fmt: skip
    return found


def _agreement(text: str, where: str) -> Agreement:
    if text and text not in AGREEMENTS:
        raise FormatError(f"unknown agreement {text!r}", where=where,
                          remedy=f"use one of {', '.join(AGREEMENTS)}")  # fmt: skip
    return text or "monolingual"


def _confidence(text: str, where: str) -> float:
    try:
        value = float(text or 1)
    except ValueError as error:
        raise FormatError(f"{text!r} is not a number", where=where) from error
    if not 0 <= value <= 1:
        raise FormatError(f"confidence {text} lies outside 0…1", where=where)
    return value


def _list(cell: str) -> tuple[str, ...]:
    return tuple(_unescaped(part) for part in cell.split(_BETWEEN)) if cell else ()


def _escaped(text: str) -> str:
    """The text in one cell: without tabs, line ends and the bar between items."""
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], text)


def _unescaped(cell: str) -> str:
    return _ESCAPED.sub(lambda match: _PLAIN[match[1]], cell)
