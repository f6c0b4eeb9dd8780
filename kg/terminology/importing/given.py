"""What the caller of an importer knows of a file beside its content."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import MentionType
from kg.terminology.rows import NameLanguage, Source


@dataclass(frozen=True, slots=True)
class Given:
    """The source of the rows, and what the format itself leaves open.

    Parameters
    ----------
    type : for formats that hold concepts of one type and do not say which
    prefix : CURIE prefix of bare identifiers ("D016559" of "mesh")
    lang : language of names that carry none
    """

    source: Source
    type: MentionType | None = None
    prefix: str | None = None
    lang: NameLanguage | None = None
