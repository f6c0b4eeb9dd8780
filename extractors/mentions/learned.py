"""How what a learned network sees and what the rules found become the mentions of a sentence.

The rules go first: what they know by name they know better. The network adds what they have no
word for, puts right where a phrase ends that they only guessed, drops guesses of which it
sees nothing, and stands in their place where it is surest. ``languages/<language>/learned.yaml``
says from which chance on, by type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, cast

from extractors.mentions.phrases import Found
from extractors.models.recognising import Reading, Recognised
from extractors.tables import read_yaml
from kg.errors import FormatError
from kg.model import MENTION_TYPES, Language, MentionType

_FILE = "learned.yaml"


@dataclass(frozen=True, slots=True)
class Joining:
    """The figures of `learned.yaml`: chances by type, and one for guesses that are dropped."""

    adds: dict[str, float]
    widens: dict[str, float]
    retypes: dict[str, float]
    keeps: dict[str, float]
    settles: dict[str, float]


def join(
    found: Sequence[Found], reading: Reading, mark: str, joining: Joining
) -> tuple[Found, ...]:  # fmt: skip
    """The mentions of a sentence, of the rules and of the network; they may still overlap.

    Parameters
    ----------
    mark : the method of what only the network found
    """
    kept = [item for item in found if not _is_dropped(item, reading, joining)]
    for seen in reading.found:
        rivals = [item for item in kept if item.start < seen.end and seen.start < item.end]
        mention = Found(
            seen.start, seen.end, cast(MentionType, seen.type), mark, round(seen.score, 3)
        )
        if not rivals:
            if seen.score >= joining.adds[seen.type]:
                kept.append(mention)
        elif (changed := _changed(mention, seen, rivals, joining)) is not None:
            kept = [item for item in kept if item not in rivals]
            kept.append(changed)
    return tuple(kept)


def _changed(
    mention: Found, seen: Recognised, rivals: Sequence[Found], joining: Joining
) -> Found | None:
    """What stands in place of the rivals; None where they stay."""
    if any((i.start, i.end, i.type) == (seen.start, seen.end, seen.type) for i in rivals):
        return None
    around = all(seen.start <= item.start and item.end <= seen.end for item in rivals)
    same = [item for item in rivals if item.type == seen.type]
    settled = seen.score >= joining.settles[seen.type]
    if around and len(same) == len(rivals) == 1:
        wide = settled or seen.score >= joining.widens[seen.type]
        return replace(same[0], start=seen.start, end=seen.end) if wide else None
    guessed = all(item.method == "pattern" and item.match is None for item in rivals)
    retyped = around and guessed and not same and seen.score >= joining.retypes[seen.type]
    return mention if settled or retyped else None


def _is_dropped(item: Found, reading: Reading, joining: Joining) -> bool:
    """Whether a guess of the rules is one of which the network sees nothing."""
    if item.method != "pattern" or item.match is not None:
        return False
    return reading.chance(item.start, item.end) < joining.keeps[item.type]


@cache
def load_joining(language: Language) -> Joining:
    """The figures of a language, checked.

    Raises
    ------
    FormatError
        where one is absent, is no chance, or is of an unknown type.
    """
    return read_joining(read_yaml(language, _FILE))


def read_joining(table: dict[str, Any]) -> Joining:
    """The figures of a parsed table."""
    try:
        return Joining(**{field.name: _by_type(table[field.name]) for field in fields(Joining)})
    except (KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"{type(error).__name__}: {error}", where=_FILE,
                          remedy="see the comments there") from error  # fmt: skip


def _by_type(table: dict[str, Any]) -> dict[str, float]:
    chances = {kind: table.get(kind, table["any"]) for kind in MENTION_TYPES}
    unknown: Iterable[str] = set(table) - set(MENTION_TYPES) - {"any"}
    wrong = [*unknown, *(k for k, v in chances.items() if not isinstance(v, int | float))]
    if wrong:
        raise FormatError(
            f"{wrong[0]}: no type with a chance", where=_FILE,
            remedy=f"give any, and {', '.join(MENTION_TYPES)} where they differ",
        )  # fmt: skip
    return {kind: float(chance) for kind, chance in chances.items()}
