"""What a row may say: names made tidy, and those that no source can mean refused with a reason."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.files.encoding import unfit
from kg.terminology.identifiers import curie as known_curie
from kg.terminology.identifiers import vocabularies
from kg.terminology.rows import DefinitionRow, MappingRow, NameRow, ParentRow, Row, SkippedRow

LONGEST_NAME = 400
LONGEST_DEFINITION = 20_000
PREDICATES = frozenset(
    f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related")
)
_NUMBER = re.compile(r"[\d\s.,]+")


def checked(row: Row) -> Row:
    r"""The row with tidy text, or a `SkippedRow` that says why it cannot be used.

    >>> from kg.terminology.rows import Source
    >>> made = Source("made-up")
    >>> checked(NameRow("mesh:D990001", " serum\u3000 albumin", "en", "label", None, made)).text
    'serum albumin'
    >>> checked(NameRow("mesh:D990001", "1,25", "en", "exact", None, made))
    SkippedRow(record='mesh:D990001', reason='a name that is only a number')
    """
    match row:
        case NameRow(curie, text):
            tidy = " ".join(text.split())
            reason = fault_of(curie) or _name_fault(tidy)
            return SkippedRow(curie, reason) if reason else _with_text(row, tidy)
        case DefinitionRow(curie, text):
            tidy = " ".join(text.split())
            reason = fault_of(curie) or _definition_fault(tidy)
            return SkippedRow(curie, reason) if reason else _with_text(row, tidy)
        case MappingRow(subject, _, object_):
            reason = fault_of(subject) or fault_of(object_) or _mapping_fault(row)
            return SkippedRow(subject, f"mapping: {reason}") if reason else row
        case ParentRow(child, parent):
            reason = fault_of(child) or fault_of(parent) or _loop(child, parent)
            return SkippedRow(child, f"parent: {reason}") if reason else row
        case SkippedRow():
            return row


def fault_of(curie: str) -> str | None:
    """Why this cannot stand as an identifier of a row, or None.

    >>> fault_of("mesh:D016559"), fault_of("FMA:7101"), fault_of("mesh:7"), fault_of("x")
    (None, 'unknown prefix FMA', 'an identifier that mesh does not have', 'no identifier')
    """
    if known_curie(curie) == curie:
        return None
    prefix, colon, local = curie.partition(":")
    if not colon or not local:
        return "no identifier"
    known = vocabularies().get(prefix.casefold())
    if known is None:
        return f"unknown prefix {prefix[:24]}"
    return f"an identifier that {known.prefix} does not have"


def _with_text(row: NameRow | DefinitionRow, text: str) -> Row:
    return row if row.text == text else replace(row, text=text)


def _name_fault(text: str) -> str | None:
    if not text:
        return "an empty name"
    if len(text) > LONGEST_NAME:
        return f"a name of more than {LONGEST_NAME} characters"
    if _NUMBER.fullmatch(text):
        return "a name that is only a number"
    if not any(map(str.isalnum, text)):
        return "a name without letter or digit"
    return "a name with a control character" if unfit(text) else None


def _definition_fault(text: str) -> str | None:
    if not text:
        return "an empty definition"
    if len(text) > LONGEST_DEFINITION:
        return f"a definition of more than {LONGEST_DEFINITION} characters"
    return "a definition with a control character" if unfit(text) else None


def _mapping_fault(row: MappingRow) -> str | None:
    if row.predicate not in PREDICATES:
        return f"{row.predicate[:40]} is no mapping of SKOS"
    return _loop(row.subject, row.object)


def _loop(one: str, other: str) -> str | None:
    return "to itself" if one == other else None
