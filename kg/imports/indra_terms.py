"""What INDRA's statements mean here: ``indra_types.tsv`` and ``indra_names.tsv``.

>>> kind = statement_kinds()["IncreaseAmount"]
>>> kind and (kind.subject, kind.predicate, kind.object, kind.aspect)
('subj', 'increases', 'obj', 'level')
>>> statement_kinds()["Translocation"] is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from kg.errors import FormatError
from kg.model import ASPECTS, MENTION_TYPES, PREDICATES, Aspect, MentionType, Predicate
from ontologies.files import tsv_lines

MEMBERS = "members"
OF_CONCEPTS = ("Influence", "Association")  # they relate concepts, not agents
_UNREAD = "-"


@dataclass(frozen=True, slots=True)
class StatementKind:
    """What a type of statement means: the fields of its agents, and our predicate."""

    subject: str
    object: str
    predicate: Predicate
    aspect: Aspect | None


@cache
def statement_kinds() -> dict[str, StatementKind | None]:
    """Type of statement → what it means; None where it relates no two agents."""
    columns = ("type", "subject", "object", "predicate", "aspect", "note")
    found: dict[str, StatementKind | None] = {}
    for where, (name, subject, object_, predicate, aspect, _) in _rows("indra_types.tsv", columns):
        if predicate not in (_UNREAD, *PREDICATES) or aspect not in ("", *ASPECTS):
            raise FormatError(f"{name}: unknown predicate or aspect", where=where)
        found[name] = None if predicate == _UNREAD else StatementKind(
            subject, object_, cast(Predicate, predicate), cast(Aspect | None, aspect or None)
        )  # fmt: skip
    return found


@cache
def namespaces() -> dict[str, MentionType | None]:
    """Namespace, the one that is taken first before others → the type of what it names.

    None where the statement tells the type.
    """
    found: dict[str, MentionType | None] = {}
    for where, (name, kind) in _rows("indra_names.tsv", ("namespace", "type")):
        if kind not in ("", *MENTION_TYPES):
            raise FormatError(f"{name}: unknown type {kind!r}", where=where)
        found[name] = cast(MentionType | None, kind or None)
    return found


def influence(statement: Mapping[str, Any]) -> Predicate | None:
    """What an influence with polarities says; None where it has none, or is no influence.

    >>> up, down = {"delta": {"polarity": 1}}, {"delta": {"polarity": -1}}
    >>> influence({"type": "Influence", "subj": down, "obj": down})
    'increases'
    >>> influence({"type": "Influence", "subj": up, "obj": {}}) is None
    True
    """
    if statement["type"] != "Influence":
        return None
    ends = [_polarity(statement.get(role)) for role in ("subj", "obj")]
    if ends[1] is None:
        return None
    return "increases" if (ends[0] or 1) * ends[1] > 0 else "decreases"


def _polarity(event: Any) -> int | None:
    delta = event.get("delta") if isinstance(event, dict) else None
    polarity = delta.get("polarity") if isinstance(delta, dict) else None
    return polarity if polarity in (1, -1) else None


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from tsv_lines(Path(str(files("kg").joinpath("imports", name))), columns)
