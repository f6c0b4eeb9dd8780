"""What others call types and relations, in our terms: ``types.tsv`` and ``relations.tsv``.

>>> type_of("SIMPLE_CHEMICAL"), type_of("sym"), type_of("CARDINAL"), type_of("no such label")
('Drug', 'Outcome', None, None)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import FormatError
from kg.model import ASPECTS, MENTION_TYPES, PREDICATES, Aspect, MentionType, Predicate, Sign
from ontologies.files import TermFileError, tsv_lines

Listed = Literal["listed"]
UNREAD = "-"
_ANY = "*"
_BACKWARDS = "<"  # the label reads from the object to the subject, as in "caused by"
_SIGNS: tuple[Sign | None, ...] = (None, *get_args(Sign))


@dataclass(frozen=True, slots=True)
class TypeLabel:
    """The type that a label stands for (None: none of ours), and the prefix of bare identifiers."""

    type: MentionType | Listed | None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label of a relation means; `swapped`: from the second argument to the first."""

    predicate: Predicate
    aspect: Aspect | None = None
    sign: Sign | None = None
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    subject: str
    object: str
    meaning: Meaning | None

    def fits(self, subject: MentionType, object_: MentionType) -> bool:
        return self.subject in (_ANY, subject) and self.object in (_ANY, object_)


def type_labels(given: Path | None = None) -> dict[str, TypeLabel]:
    """Label, in lower case → what it stands for; the rows of a file of one's own come first.

    Parameters
    ----------
    given : a TSV table with the columns label and type

    Raises
    ------
    FormatError
        where a row is wrong.
    """
    known = _delivered()
    if given is None:
        return known
    try:
        rows = list(tsv_lines(given, ("label", "type")))
    except (OSError, TermFileError) as error:
        raise FormatError(
            str(error), where=str(given), remedy="give a table with the columns label and type"
        ) from error
    return known | {label.casefold(): _type(name, "", where) for where, (label, name) in rows}


def type_of(label: str) -> MentionType | None:
    """The type that a delivered label stands for; None where it is unknown or none of ours."""
    found = _delivered().get(label.casefold())
    return found.type if found and found.type != "listed" else None


def meaning_of(label: str, subject: MentionType, object_: MentionType) -> Meaning | None:
    """What a relation with a label means between two mentions; None where it is none of ours.

    >>> meaning_of("CID", "Disease", "Drug")
    Meaning(predicate='causes', aspect=None, sign=None, swapped=True)
    >>> meaning_of("Positive_Correlation", "Protein", "Disease").sign
    '+'
    """
    for row in _relations().get(_folded(label), ()):
        if row.fits(subject, object_):
            return row.meaning
        if row.fits(object_, subject):
            return row.meaning and replace(row.meaning, swapped=not row.meaning.swapped)
    return None


def stated_meaning(label: str, subject: MentionType, object_: MentionType) -> Meaning | None:
    """What an edge with a label means, from its subject to its object as it is given.

    >>> stated_meaning("biolink:caused_by", "Disease", "Organism")
    Meaning(predicate='causes', aspect=None, sign=None, swapped=True)
    """
    for row in _relations().get(_folded(label.removeprefix("biolink:")), ()):
        if row.fits(subject, object_):
            return row.meaning
    return None


def is_relation(label: str) -> bool:
    """Whether a label of a relation is known, also where it is none of ours."""
    return _folded(label.removeprefix("biolink:")) in _relations()


def _folded(label: str) -> str:
    return re.sub(r"[\W_]+", "", label.casefold())


@cache
def _delivered() -> dict[str, TypeLabel]:
    columns = ("label", "type", "prefix", "used by")
    found = {}
    for where, (label, name, prefix, _) in tsv_lines(_path("types.tsv"), columns):
        found[label.casefold()] = _type(name, prefix, where)
    return found


@cache
def _relations() -> dict[str, tuple[_Row, ...]]:
    columns = ("label", "subject", "object", "predicate", "aspect", "sign", "way", "used by")
    found: dict[str, tuple[_Row, ...]] = {}
    for where, cells in tsv_lines(_path("relations.tsv"), columns):
        label, subject, object_, predicate, aspect, sign, way, _ = cells
        known = (
            {subject, object_} <= {_ANY, *MENTION_TYPES}
            and predicate in (UNREAD, *PREDICATES)
            and (aspect or None) in (None, *ASPECTS)
            and (sign or None) in _SIGNS
            and way in ("", _BACKWARDS)
        )
        if not known:
            raise FormatError(
                f"{label}: an unknown type, predicate, aspect, sign or way", where=where,
                remedy="use those of kg.model, * or -; the way is empty or <",
            )  # fmt: skip
        meaning = None if predicate == UNREAD else Meaning(
            cast(Predicate, predicate), cast(Aspect | None, aspect or None),
            cast(Sign | None, sign or None), swapped=way == _BACKWARDS,
        )  # fmt: skip
        row = _Row(subject, object_, meaning)
        found[_folded(label)] = (*found.get(_folded(label), ()), row)
    return found


def _type(name: str, prefix: str, where: str) -> TypeLabel:
    if name not in (UNREAD, "listed", *MENTION_TYPES):
        raise FormatError(
            f"unknown type {name!r}", where=where,
            remedy=f"use {', '.join(MENTION_TYPES)}, listed or {UNREAD}",
        )  # fmt: skip
    kind = None if name == UNREAD else cast(MentionType | Listed, name)
    return TypeLabel(kind, prefix or None)


def _path(name: str) -> Path:
    return Path(str(files("kg").joinpath("imports", name)))
