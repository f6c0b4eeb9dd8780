"""What the caller of an importer knows of a file beside its content."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import MentionType
from kg.terminology.rows import NameLanguage, Source

HUMAN = frozenset({"9606"})
ACCEPTED = frozenset({"OFFICIAL", "ACCEPTED"})


@dataclass(frozen=True, slots=True)
class Given:
    """The source of the rows, and what the format itself leaves open.

    Parameters
    ----------
    type : for formats that hold concepts of one type and do not say which
    prefix : CURIE prefix of bare identifiers ("D016559" of "mesh")
    lang : language of names that carry none
    columns : what the columns of a table hold, one word each, for tables without a header or with
        another one; the words are those of the format
    organisms : taxon numbers of the genes and proteins to keep; empty: of all organisms
    statuses : statuses of translations to keep (Babelon), in capitals
    """

    source: Source
    type: MentionType | None = None
    prefix: str | None = None
    lang: NameLanguage | None = None
    columns: tuple[str, ...] = ()
    organisms: frozenset[str] = HUMAN
    statuses: frozenset[str] = ACCEPTED
